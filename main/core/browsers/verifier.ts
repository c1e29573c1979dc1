import { stat } from 'node:fs/promises'
import { DomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import type { VerifiedBrowser } from './browser.ts'
import { firstAnswer } from './first-answer.ts'

interface Known {
  /** Changes when the file does: browsers update themselves. */
  stamp: string
  answer: Promise<VerifiedBrowser>
  version: string | null
}

/** Asks each browser once for as long as its file stays the same. One that did not work is asked again. */
export class Verifier {
  readonly #clock: Clock
  readonly #known = new Map<string, Known>()
  readonly #closed = new AbortController()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws DomainError `browser.not_usable {path, reason}`, `cancelled` once closed */
  async verify(path: string): Promise<VerifiedBrowser> {
    const stamp = await stampOf(path)
    const known = this.#known.get(path)
    if (known !== undefined && known.stamp === stamp) return known.answer
    const answer = firstAnswer(path, { clock: this.#clock, signal: this.#closed.signal })
    const asked: Known = { stamp, answer, version: null }
    this.#known.set(path, asked)
    try {
      asked.version = (await answer).version
      return await answer
    } catch (error) {
      if (this.#known.get(path) === asked) this.#known.delete(path)
      throw error
    }
  }

  versionOf(path: string): string | null {
    return this.#known.get(path)?.version ?? null
  }

  /** Ends those that are being asked. */
  close(): void {
    this.#closed.abort(new DomainError('cancelled'))
  }
}

async function stampOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found === null ? 'missing' : `${found.mtimeMs}/${found.size}`
}
