import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

export interface Installation {
  /** Folder of the shipped resources. */
  resources: string
  /** Folder of the built desk. */
  desk: string
  version: string
}

const packageSchema = z.object({ name: z.literal('mostrador'), version: z.string() })

/** Finds the program's own files from where this module lies: as source, or built under `out/`. */
export function findInstallation(from = import.meta.dirname): Installation {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const parsed = packageSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
      if (parsed.success) {
        const { version } = parsed.data
        return { resources: join(folder, 'resources'), desk: join(folder, 'out', 'renderer'), version }
      }
    }
    if (dirname(folder) === folder) throw new Error('the program does not lie in its folder')
  }
}

export function resourcesFolder(): string {
  return findInstallation().resources
}

export function version(): string {
  return findInstallation().version
}
