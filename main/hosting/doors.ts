import { randomBytes } from 'node:crypto'
import { type Door, removeDoor, writeDoor } from './door-file.ts'

/** What processes on this computer need to reach the running host, beside each folder that it holds. */
export class Doors {
  /** What whoever comes to the door shows. */
  readonly token = randomBytes(32).toString('base64url')
  readonly #lockFile: string
  readonly #instanceId: string
  readonly #folders = new Set<string>()

  constructor(lockFile: string, instanceId: string) {
    this.#lockFile = lockFile
    this.#instanceId = instanceId
  }

  open(folder: string, port: number): void {
    this.#folders.add(folder)
    writeDoor(folder, {
      port,
      token: this.token,
      instanceId: this.#instanceId,
      pid: process.pid,
      lock: this.#lockFile,
    } satisfies Door)
  }

  close(): void {
    for (const folder of this.#folders) removeDoor(folder, this.token)
  }
}
