import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const known = z.record(z.string(), z.int().min(1))

/** The number of threads that was measured as fastest for a model file, kept beside the models. */
export class KnownThreads {
  readonly #folder: string
  #threads: Record<string, number> | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  of(file: string): number | null {
    this.#threads ??= this.#read()
    return this.#threads[file] ?? null
  }

  note(file: string, threads: number): void {
    this.#threads = { ...this.#read(), [file]: threads }
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const aside = `${this.#path}.tmp`
    writeFileSync(aside, JSON.stringify(this.#threads))
    renameSync(aside, this.#path)
  }

  get #path(): string {
    return join(this.#folder, 'threads.json')
  }

  #read(): Record<string, number> {
    try {
      return known.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      // Not measured yet, or not readable: it can be measured again.
      return {}
    }
  }
}
