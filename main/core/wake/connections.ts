import type { Clock } from '../host.ts'

/** An account that is away for less than this is no absence, ms. */
const absentMs = 10 * 60_000

export interface ConnectionDependencies {
  clock: Clock
  /** Wall-clock time at which the account was lost, UTC ISO 8601. */
  onAbsent(accountId: string, since: string): void
  onBack(accountId: string): void
}

/** Notices accounts that are not connected for long. */
export class Connections {
  readonly #deps: ConnectionDependencies
  readonly #lost = new Map<string, () => void>()

  constructor(deps: ConnectionDependencies) {
    this.#deps = deps
  }

  /** @param state the channel's, or what was done to its account */
  changed(accountId: string, state: string): void {
    if (state === 'ready' || state === 'disabled' || state === 'removed') {
      this.#lost.get(accountId)?.()
      this.#lost.delete(accountId)
      this.#deps.onBack(accountId)
    } else if (!this.#lost.has(accountId)) {
      const since = new Date(this.#deps.clock.now()).toISOString()
      const cancel = this.#deps.clock.after(absentMs, () => this.#deps.onAbsent(accountId, since))
      this.#lost.set(accountId, cancel)
    }
  }

  stop(): void {
    for (const cancel of this.#lost.values()) cancel()
    this.#lost.clear()
  }
}
