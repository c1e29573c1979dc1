import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A small JSON file that is either there as a whole or not at all. What does not have its shape counts as not there. */
export class KeptFile<Value> {
  readonly #file: string
  readonly #schema: z.ZodType<Value>

  constructor(file: string, schema: z.ZodType<Value>) {
    this.#file = file
    this.#schema = schema
  }

  read(): Value | null {
    try {
      return this.#schema.parse(JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch {
      return null
    }
  }

  /** @throws what the disk says */
  write(value: Value | null): void {
    if (value === null) {
      rmSync(this.#file, { force: true })
      return
    }
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.tmp`
    writeFileSync(draft, JSON.stringify(value), { flush: true })
    renameSync(draft, this.#file)
  }
}
