import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const lines = 60

/** The last lines of the newest log file: the log itself holds nobody's words, names or keys. Empty where there is none. */
export function lastLogLines(dataFolder: string): string {
  try {
    const folder = join(dataFolder, 'logs')
    const newest = readdirSync(folder).sort().at(-1)
    if (newest === undefined) return ''
    return readFileSync(join(folder, newest), 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}
