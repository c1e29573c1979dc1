import { readFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { troubleSchema } from '../../preload/contract/shell.ts'
import type { Log } from '../core/host.ts'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })

const settingsSchema = z.object({
  /** The computer does not sleep while customers are served. Off until its owner wants it: it costs a battery. */
  keepAwake: z.boolean().default(false),
  closeToTray: z.boolean().default(true),
  /** Notifications name the customer. Off until the owner wants it: others may see the screen. */
  noticeNames: z.boolean().default(false),
  updateChannel: z.enum(['stable', 'beta']).default('stable'),
  updateAutomatic: z.boolean().default(true),
  window: z.object({ bounds: boundsSchema, isMaximized: z.boolean() }).nullable().default(null),
  /** Whether the owner was told that the app goes on when its window is closed. */
  toldAboutTray: z.boolean().default(false),
  troubles: z.array(troubleSchema).max(100).default([]),
})
export type ShellSettings = z.output<typeof settingsSchema>

/**
 * What the desktop app remembers for itself, in `<data>/desktop.json`. A change counts at once and is written in order,
 * each file whole before it takes the place of the one before. A damaged file is kept beside it, and the usual
 * settings hold.
 */
export class SettingsFile {
  /** Whether there was a file that could not be read. */
  readonly wasDamaged: boolean
  readonly #file: string
  readonly #log: Pick<Log, 'warn'>
  #settings: ShellSettings
  #writing: Promise<void> = Promise.resolve()
  #isDirty = false

  constructor(dataFolder: string, log: Pick<Log, 'warn'>) {
    this.#file = join(dataFolder, 'desktop.json')
    this.#log = log
    const { settings, isDamaged } = readSettings(this.#file)
    this.#settings = settings
    this.wasDamaged = isDamaged
    if (isDamaged) {
      log.warn('desktop.settings_damaged')
      this.#writing = rename(this.#file, `${this.#file}.damaged`).catch(() => undefined)
    }
  }

  read(): ShellSettings {
    return this.#settings
  }

  /** Counts at once; resolves when it is on the disk. What cannot be written is logged and holds until the app ends. */
  write(changes: Partial<ShellSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...changes }
    this.#isDirty = true
    this.#writing = this.#writing.then(() => this.#save())
    return this.#writing
  }

  /** Resolves when everything is on the disk. */
  flush(): Promise<void> {
    return this.#writing
  }

  async #save(): Promise<void> {
    // Several changes that waited for each other are one file.
    if (!this.#isDirty) return
    this.#isDirty = false
    const next = `${this.#file}.new`
    try {
      const handle = await open(next, 'w', 0o600)
      try {
        await handle.writeFile(`${JSON.stringify(this.#settings, null, 2)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(next, this.#file)
      await syncFolder(dirname(this.#file))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed'
      this.#log.warn('desktop.settings_not_written', { code })
      await rm(next, { force: true }).catch(() => undefined)
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function readSettings(file: string): { settings: ShellSettings; isDamaged: boolean } {
  const usual = settingsSchema.parse({})
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { settings: usual, isDamaged: !isAbsent }
  }
  try {
    return { settings: settingsSchema.parse(JSON.parse(text)), isDamaged: false }
  } catch {
    return { settings: usual, isDamaged: true }
  }
}
