import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../core/host.ts'

/** How long a link that signs a browser in stays good, ms of monotonic time. */
export const launchTokenMs = 60_000
/** Links that may wait at once; the oldest goes first. */
const most = 20

/** One-time tokens that are exchanged for a session. They live in memory, as hashes. */
export class LaunchTokens {
  readonly #clock: Clock
  readonly #expiries = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(): string {
    this.#sweep()
    const token = randomBytes(32).toString('base64url')
    this.#expiries.set(hashOf(token), this.#clock.monotonic() + launchTokenMs)
    const [oldest] = this.#expiries.keys()
    if (this.#expiries.size > most && oldest !== undefined) this.#expiries.delete(oldest)
    return token
  }

  /** True once, within the time. */
  redeem(token: string): boolean {
    this.#sweep()
    // The look-up is by hash: how long it takes says nothing about a token.
    return this.#expiries.delete(hashOf(token))
  }

  #sweep(): void {
    const now = this.#clock.monotonic()
    for (const [hash, expiry] of this.#expiries) if (expiry <= now) this.#expiries.delete(hash)
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
