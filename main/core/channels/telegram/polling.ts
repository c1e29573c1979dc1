import type { Update, UserFromGetMe } from 'grammy/types'
import type { Clock, Log } from '../../host.ts'
import type { ChannelState } from '../channel.ts'
import { describe, type Failure } from './failure.ts'
import { PollingSession, type SessionEnd } from './polling-session.ts'

/** Waits in ms of monotonic time. */
const unreachableDelays = [3_000, 3_000, 5_000, 10_000, 15_000]
/** A second poller: 60 to 90 s, so that two copies of us do not keep step. */
const conflictDelay = { least: 60_000, spread: 30_000 }
/** After that the owner knows; one try now and then finds out that the other one has gone. */
const settledConflictDelay = 300_000
/** Conflicts that lie further apart than this do not belong together. */
const conflictMemory = 600_000
/** Telegram has surely given a request up after that. */
const heldOpen = 60_000
/** No `getUpdates` completed for this long: the connection is dead without saying so. */
const watchdogDelay = 120_000

export interface PollingDeps {
  token: string
  apiRoot: string
  clock: Clock
  log: Log
  /** Resolves only once the update is committed. */
  deliver: (update: Update) => Promise<void>
  onState: (state: ChannelState) => void
}

/**
 * Keeps one poller of a bot alive: starts sessions, and after an outage, a conflict or a dead connection starts the
 * next one. Only a refused token and `stop` end it. An update that was not confirmed comes again in the next session.
 */
export class Polling {
  readonly #deps: PollingDeps
  #session: PollingSession | undefined
  #stopped = false
  #wake: (() => void) | undefined
  #ended: Promise<void> = Promise.resolve()
  #failures = 0
  #lastConflict = Number.NEGATIVE_INFINITY
  #state: ChannelState = { state: 'connecting' }

  constructor(deps: PollingDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#ended = this.#run()
  }

  /** Stops after the update in hand: it is committed, or left for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake?.()
    await this.#session?.close()
    await this.#ended
  }

  /** Tries again now: a connection of before is not waited for. What Telegram asked to wait for is. */
  reconnect(sleptMs: number): void {
    if (this.#stopped) return
    this.#failures = 0
    if (this.#state.state === 'waiting' && this.#state.reason === 'unreachable') this.#wake?.()
    // While Telegram still holds the last request open, another one would be a conflict.
    if (sleptMs > heldOpen && this.#session?.busy === false) this.#session.abandon()
  }

  async #run(): Promise<void> {
    this.#setState({ state: 'connecting' })
    while (!this.#stopped) {
      const end = await this.#runSession()
      if (this.#stopped) return
      const delay = this.#afterSession(end)
      if (delay === null) return
      if (delay > 0) await this.#wait(delay)
    }
  }

  async #runSession(): Promise<SessionEnd> {
    const session = new PollingSession({
      ...this.#deps,
      onPolled: (me) => this.#onPolled(me),
      onPollFailed: (failure) => this.#onPollFailed(failure),
      onUncommitted: (code) => this.#setWaiting('storage', code),
    })
    this.#session = session
    const watchdog = this.#watch(session)
    try {
      return await session.run()
    } finally {
      watchdog()
    }
  }

  /** Ends a session that has stopped completing `getUpdates` while no update is in hand. */
  #watch(session: PollingSession): () => void {
    const { clock, log } = this.#deps
    let cancel = () => {}
    const check = (): void => {
      const idle = clock.monotonic() - session.lastCompleted
      if (idle >= watchdogDelay && !session.busy) {
        log.warn('telegram.watchdog', { idleSeconds: Math.round(idle / 1000) })
        session.abandon()
        return
      }
      cancel = clock.after(Math.max(1_000, watchdogDelay - idle), check)
    }
    cancel = clock.after(watchdogDelay, check)
    return () => cancel()
  }

  /** What follows a session: a wait in ms, or null when there is nothing to wait for. */
  #afterSession(end: SessionEnd): number | null {
    if (end.kind === 'abandoned') return 0
    const failure = end.failure
    if (failure.kind === 'refused' && (failure.code === 401 || failure.code === 404)) {
      this.#deps.log.error('telegram.token_refused', {})
      this.#setState({ state: 'refused', reason: 'token' })
      return null
    }
    if (failure.kind === 'refused' && failure.code === 409) return this.#onConflict()
    this.#onPollFailed(failure)
    if (failure.kind === 'rate_limited') return failure.retryAfterMs
    this.#failures += 1
    return unreachableDelays[Math.min(this.#failures, unreachableDelays.length) - 1] ?? 3_000
  }

  #onConflict(): number {
    const now = this.#deps.clock.monotonic()
    const again = now - this.#lastConflict < conflictMemory
    this.#lastConflict = now
    this.#deps.log.warn('telegram.conflict', { again })
    if (!again) {
      this.#setWaiting('conflict', 'telegram.409')
      return conflictDelay.least + Math.random() * conflictDelay.spread
    }
    this.#setState({ state: 'refused', reason: 'conflict', detail: 'telegram.409' })
    return settledConflictDelay
  }

  #onPolled(me: UserFromGetMe): void {
    this.#failures = 0
    this.#setState({ state: 'ready', name: me.username, externalId: String(me.id) })
  }

  #onPollFailed(failure: Failure): void {
    this.#setWaiting(failure.kind === 'rate_limited' ? 'rate_limited' : 'unreachable', describe(failure))
  }

  #setWaiting(reason: 'unreachable' | 'rate_limited' | 'conflict' | 'storage', detail: string): void {
    const before = this.#state
    const since =
      before.state === 'waiting' && before.reason === reason
        ? before.since
        : new Date(this.#deps.clock.now()).toISOString()
    this.#setState({ state: 'waiting', reason, since, detail })
  }

  #setState(state: ChannelState): void {
    if (this.#stopped) return
    this.#state = state
    this.#deps.onState(state)
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(ms, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}
