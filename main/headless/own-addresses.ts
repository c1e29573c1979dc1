import { networkInterfaces } from 'node:os'
import type { Clock } from '../core/host.ts'

/** Addresses change while a computer runs (another network, a new lease); they are asked for at most this often, ms. */
const againAfterMs = 10_000

/** The addresses that this computer has now. */
export class OwnAddresses {
  readonly #clock: Clock
  #asked = Number.NEGATIVE_INFINITY
  #found: { address: string; isInternal: boolean }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  all(): string[] {
    return this.#look().map(({ address }) => address)
  }

  /** Those by which other computers can reach it: IPv4, and the global ones of IPv6. */
  reachable(): string[] {
    return this.#look()
      .filter(({ address, isInternal }) => !isInternal && !/^fe[89ab]/i.test(address))
      .map(({ address }) => address)
  }

  #look(): { address: string; isInternal: boolean }[] {
    const now = this.#clock.monotonic()
    if (now - this.#asked >= againAfterMs) {
      this.#asked = now
      this.#found = Object.values(networkInterfaces()).flatMap((found = []) =>
        found.map(({ address, internal }) => ({ address, isInternal: internal })),
      )
    }
    return this.#found
  }
}
