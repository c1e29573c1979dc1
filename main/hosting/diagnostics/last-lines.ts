import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withoutPersonalData } from './personal-data.ts'

/** Read from the end of each file, bytes: some thousand lines. */
const tailBytes = 512 * 1024

/** The last lines of the log files in a folder, oldest first; none where there is no file. */
export async function lastLogLines(folder: string, count: number): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log'))
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 }
    }),
  )
  let lines: string[] = []
  for (const { path } of files.sort((a, b) => b.at - a.at)) {
    if (lines.length >= count) break
    lines = [...(await tail(path)), ...lines]
  }
  return lines.slice(-count)
}

/** The end of the log in a data folder as it may be passed on. */
export async function lastLinesToPassOn(dataFolder: string, count: number): Promise<string[]> {
  const lines = await lastLogLines(join(dataFolder, 'logs'), count)
  return lines.map((line) => withoutPersonalData(line) ?? '[a line that is no JSON]')
}

async function tail(path: string): Promise<string[]> {
  const file = await open(path).catch(() => null)
  if (file === null) return []
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n')
    // The first one is cut where not the whole file was read.
    return (from > 0 ? lines.slice(1) : lines).filter((line) => line !== '')
  } finally {
    await file.close()
  }
}
