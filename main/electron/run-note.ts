import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { startAfter, together } from './restart-policy.ts'

const noteSchema = z.object({
  /** Since when the app runs; null when it ended as it should. */
  running: z.iso.datetime().nullable(),
  /** When it crashed, the newest last. */
  crashes: z.array(z.iso.datetime()).max(20),
  /** The graphics process died again and again. */
  withoutGraphics: z.boolean(),
})
type Note = z.infer<typeof noteSchema>

/** How the run before this one ended, where it did not end as it should; `at`: when that was noticed. */
export interface BadEnd {
  at: string
  reason: 'crashed' | 'killed'
}

/**
 * Remembers how the app ended, in `<data>/desktop-run.json`. Written at once and by hand-over, because it is needed most
 * when the app is just dying; what cannot be written is only missing from the list of troubles.
 */
export class RunNote {
  readonly #file: string
  readonly #now: () => number
  /** Of the run before: the owner may have had its crash forgotten by the time this one begins. */
  readonly #before: { running: string | null; crash: string | undefined }
  #note: Note

  /** @param now the wall clock, ms since the epoch */
  constructor(dataFolder: string, now: () => number = Date.now) {
    this.#file = join(dataFolder, 'desktop-run.json')
    this.#now = now
    this.#note = read(this.#file)
    this.#before = { running: this.#note.running, crash: this.#note.crashes.at(-1) }
  }

  get withoutGraphics(): boolean {
    return this.#note.withoutGraphics
  }

  /** What this start does: serves as always, or asks the owner first. */
  get start(): 'serve' | 'ask' {
    return startAfter(this.#note.crashes.map(Date.parse), this.#now())
  }

  /** The app runs from now on. Says how the run before ended, where that was not as it should. */
  begin(): BadEnd | null {
    const { running, crash } = this.#before
    this.#write({ ...this.#note, running: this.#instant() })
    if (running === null) return null
    return crash !== undefined && crash >= running
      ? { at: crash, reason: 'crashed' }
      : { at: this.#instant(), reason: 'killed' }
  }

  crashed(): void {
    const times = together(this.#note.crashes.map(Date.parse), this.#now())
    this.#write({ ...this.#note, crashes: times.slice(-20).map((time) => new Date(time).toISOString()) })
  }

  /** The owner wants it tried again. */
  forgetCrashes(): void {
    this.#write({ ...this.#note, crashes: [] })
  }

  drawWithoutGraphics(): void {
    this.#write({ ...this.#note, withoutGraphics: true })
  }

  /** It ended as it should. */
  ended(): void {
    this.#write({ ...this.#note, running: null })
  }

  #instant(): string {
    return new Date(this.#now()).toISOString()
  }

  #write(note: Note): void {
    this.#note = note
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(note), { mode: 0o600 })
      renameSync(`${this.#file}.new`, this.#file)
    } catch {
      // A full disk or a folder without rights: opening the app says so.
    }
  }
}

function read(file: string): Note {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Absent at the first start. A damaged one says nothing that would be worth stopping for.
    return { running: null, crashes: [], withoutGraphics: false }
  }
}
