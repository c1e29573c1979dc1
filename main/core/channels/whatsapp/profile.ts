import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const incomingName = 'incoming'
const noteName = 'account.json'
/** A browser whose app has died is closing just now, and writes its session. */
const leftOverMs = 5_000
/** A browser holds files for a moment after it has ended. */
const patiently = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }

const noteSchema = z.object({
  /** When the account was last known to be ready, ms since the epoch. */
  readyAt: z.number().nullable().default(null),
  /** Whether the chats of the last pairing are stored. */
  chatsTold: z.boolean().default(false),
})
export type AccountNote = z.output<typeof noteSchema>

/** The folder of one account: the browser's profile, files that came in, and a note. One browser at a time uses it. */
export class Profile {
  readonly folder: string
  readonly #graceMs: number
  #note: AccountNote | null = null

  /** @param graceMs how long a browser that is left over may take to close by itself */
  constructor(folder: string, graceMs = leftOverMs) {
    this.folder = resolve(folder)
    this.#graceMs = graceMs
  }

  /** Makes the folder fit for a new life: nobody of an earlier one is in it, and none of its locks. */
  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await rm(join(this.folder, incomingName), patiently)
    await mkdir(join(this.folder, incomingName), { mode: 0o700 })
    for (const folder of [this.folder, ...(await this.#profiles())]) await this.#clearLocks(folder)
  }

  /** Deletes the session. The browser must have ended. The note stays: it tells what was heard already. */
  async forgetSession(): Promise<void> {
    this.write({ chatsTold: false })
    const names = await readdir(this.folder).catch(() => [])
    for (const name of names) if (name !== noteName) await rm(join(this.folder, name), patiently)
  }

  async remove(): Promise<void> {
    this.#note = null
    await rm(this.folder, patiently)
  }

  /** The path of a file that came in; null for anything that lies elsewhere. */
  incoming(path: string): string | null {
    const whole = resolve(path)
    return whole.startsWith(join(this.folder, incomingName) + sep) ? whole : null
  }

  get note(): AccountNote {
    this.#note ??= this.#read()
    return this.#note
  }

  /** A note that cannot be written costs at most a second look at what was heard. */
  write(changes: Partial<AccountNote>): void {
    this.#note = { ...this.note, ...changes }
    const file = join(this.folder, noteName)
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, JSON.stringify(this.#note), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch {
      // A full disk shows elsewhere.
    }
  }

  #read(): AccountNote {
    try {
      return noteSchema.parse(JSON.parse(readFileSync(join(this.folder, noteName), 'utf8')))
    } catch {
      return noteSchema.parse({})
    }
  }

  async #profiles(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(this.folder, entry.name))
  }

  /** Chrome refuses a profile whose lock names another process, also one that died with the computer. */
  async #clearLocks(folder: string): Promise<void> {
    const owner = await readlink(join(folder, 'SingletonLock')).catch(() => null)
    if (owner !== null) {
      const [, host, pid] = /^(.*)-(\d+)$/.exec(owner) ?? []
      if (host === hostname() && pid !== undefined) await this.#endBrowser(Number(pid))
    }
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      await rm(join(folder, name), { force: true })
  }

  /** A browser of an earlier life that is still there: the shop's lock says that it is nobody else's. */
  async #endBrowser(pid: number): Promise<void> {
    const isThere = async () => (await commandOf(pid)).includes(this.folder)
    const until = performance.now() + this.#graceMs
    while (performance.now() < until && (await isThere())) await new Promise((done) => setTimeout(done, 50))
    if (await isThere()) await endBrowser(pid)
  }
}

/** Ends a browser with all its processes, and waits until it has gone. */
export async function endBrowser(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }).catch(
      () => undefined,
    )
    return
  }
  // It is the head of a group where it was started as one.
  for (const target of [-pid, pid]) signal(target, 'SIGKILL')
  for (let looks = 0; looks < 100 && signal(pid, 0) && !(await isZombie(pid)); looks++)
    await new Promise((done) => setTimeout(done, 50))
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

async function isZombie(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /^.*\) Z/.test(status)
}

async function commandOf(pid: number): Promise<string> {
  if (existsSync('/proc/self/cmdline')) return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (process.platform === 'win32') return ''
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout
}

/** Whether a browser with this id still works on this folder: ids are given away again. */
export async function isBrowserOf(pid: number, folder: string): Promise<boolean> {
  return process.platform === 'win32' || (await commandOf(pid)).includes(folder)
}
