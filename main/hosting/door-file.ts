import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** How a process on this computer reaches the running host. Only the owner of the files can read it. */
const doorSchema = z.object({
  port: z.int().min(1).max(65_535),
  token: z.string().min(40),
  instanceId: z.string(),
  pid: z.int(),
  /** The running host holds this lock; when nobody does, the door is left over from a host that died. */
  lock: z.string(),
})
export type Door = z.output<typeof doorSchema>

const fileName = 'door.json'

/** Writes the door into a folder (data or shop): 0600, all of it or nothing. */
export function writeDoor(folder: string, door: Door): void {
  const path = join(folder, fileName)
  const temporary = `${path}.${process.pid}.tmp`
  rmSync(temporary, { force: true })
  const file = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(door)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** The door of a folder; null when there is none or it cannot be read. */
export function readDoor(folder: string): Door | null {
  try {
    return doorSchema.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')))
  } catch {
    return null
  }
}

/** Removes the door, unless another host has put its own there by now. */
export function removeDoor(folder: string, token: string): void {
  if (readDoor(folder)?.token === token) rmSync(join(folder, fileName), { force: true })
}
