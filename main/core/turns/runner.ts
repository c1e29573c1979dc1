import { DomainError, isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import { nextSlice } from '../slice-queue.ts'
import type { Turn, TurnService } from './service.ts'

/** After this many deaths a turn ends with a safe reply and a hand-over, so that no message can make the app die for ever. */
export const maxAttempts = 3

export interface RunnerDependencies {
  turns: TurnService
  bus: EventBus
  clock: Clock
  log: Log
  /** Conversations served at once; the engine says how many it can take. */
  parallel: number
  /** Quiet time that joins a burst, ms; a burst that never rests is answered after `longestWaitMs`. */
  quietWindowMs(conversationId: string): number
  longestWaitMs: number
  /** While it is true no turn begins; `serving.changed` or `kick` tells of its change. */
  paused?(): boolean
  run(turn: Turn, signal: AbortSignal): Promise<void>
  /** Ends a turn that died too often. */
  giveUp(turn: Turn): void
}

interface Waiting {
  turnId: string
  since: number
  cancel: () => void
}

/**
 * Runs turns: at most one for each conversation, in order, a bounded number at once, first come first served. A short
 * quiet window joins a burst of messages into one turn.
 */
export class TurnRunner {
  readonly #deps: RunnerDependencies
  readonly #waiting = new Map<string, Waiting>()
  readonly #ready: { conversationId: string; turnId: string }[] = []
  readonly #active = new Map<string, { turnId: string; abort: AbortController }>()
  readonly #retries = new Map<string, () => void>()
  readonly #running = new Set<Promise<void>>()
  #stopping = false
  #unsubscribe: (() => void) | null = null

  constructor(deps: RunnerDependencies) {
    this.#deps = deps
  }

  /** @param options.resume whether turns that an earlier process left open are due now */
  start(options: { resume: boolean }): void {
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'turn.scheduled') this.#schedule(event.payload.conversationId, event.payload.turnId)
      if (event.type === 'turn.changed' && event.payload.state === 'cancelled')
        this.#cancel(event.payload.turnId)
      // A turn that is held goes on where it was, once nothing is paused any more.
      if (event.type === 'turn.changed' && event.payload.state === 'pending')
        this.#hold(event.payload.conversationId, event.payload.turnId)
      if (event.type === 'serving.changed') this.#fill()
    })
    if (!options.resume) return
    for (const turn of this.#deps.turns.open()) this.#enqueue(turn.conversationId, turn.id)
  }

  /** What held turns without an event of the shop does so no more. */
  kick(): void {
    this.#fill()
  }

  /** Whether somebody is being answered, or has just written and is about to be. What is paused does not count. */
  get isAnswering(): boolean {
    const isAbout = this.#deps.paused?.() !== true && this.#waiting.size + this.#ready.length > 0
    return this.#active.size > 0 || isAbout
  }

  async stop(): Promise<void> {
    this.#stopping = true
    this.#unsubscribe?.()
    for (const waiting of this.#waiting.values()) waiting.cancel()
    for (const cancel of this.#retries.values()) cancel()
    for (const active of this.#active.values()) active.abort.abort(new DomainError('cancelled'))
    await Promise.allSettled([...this.#running])
  }

  #schedule(conversationId: string, turnId: string): void {
    if (this.#stopping || this.#active.get(conversationId)?.turnId === turnId) return
    if (this.#ready.some((entry) => entry.turnId === turnId)) return
    const now = this.#deps.clock.monotonic()
    const before = this.#waiting.get(conversationId)
    before?.cancel()
    const since = before?.turnId === turnId ? before.since : now
    const quiet = this.#deps.quietWindowMs(conversationId)
    const delay = Math.max(0, Math.min(quiet, since + this.#deps.longestWaitMs - now))
    if (delay === 0) {
      this.#waiting.delete(conversationId)
      this.#enqueue(conversationId, turnId)
      return
    }
    const cancel = this.#deps.clock.after(delay, () => {
      this.#waiting.delete(conversationId)
      this.#enqueue(conversationId, turnId)
    })
    this.#waiting.set(conversationId, { turnId, since, cancel })
  }

  #enqueue(conversationId: string, turnId: string): void {
    this.#ready.push({ conversationId, turnId })
    this.#fill()
  }

  #fill(): void {
    if (this.#deps.paused?.() === true) return
    while (!this.#stopping && this.#active.size < this.#deps.parallel) {
      const index = this.#ready.findIndex((entry) => !this.#active.has(entry.conversationId))
      if (index === -1) return
      const [entry] = this.#ready.splice(index, 1)
      if (entry === undefined) return
      const abort = new AbortController()
      this.#active.set(entry.conversationId, { turnId: entry.turnId, abort })
      const work = this.#run(entry.conversationId, entry.turnId, abort.signal).finally(() => {
        this.#active.delete(entry.conversationId)
        this.#running.delete(work)
        this.#fill()
      })
      this.#running.add(work)
    }
  }

  async #run(conversationId: string, turnId: string, signal: AbortSignal): Promise<void> {
    // One turn must not start inside the transaction or the tick that scheduled it.
    await nextSlice()
    if (this.#stopping) return
    if (this.#deps.paused?.() === true) {
      this.#ready.unshift({ conversationId, turnId })
      return
    }
    try {
      const turn = this.#deps.turns.claim(turnId)
      if (turn === null) return
      if (turn.attempts > maxAttempts) {
        this.#deps.giveUp(turn)
        return
      }
      await this.#deps.run(turn, signal)
    } catch (error) {
      if (this.#stopping || signal.aborted || isDomainError(error, 'turn.epoch_changed')) return
      this.#deps.log.error('turn.failed', {
        turnId,
        error: isDomainError(error) ? error.code : String(error),
      })
      this.#retryLater(conversationId, turnId)
    }
  }

  /** A turn that failed without killing the process is tried again after a pause; its attempts are counted all the same. */
  #retryLater(conversationId: string, turnId: string): void {
    const cancel = this.#deps.clock.after(1_000, () => {
      this.#retries.delete(turnId)
      this.#enqueue(conversationId, turnId)
    })
    this.#retries.set(turnId, cancel)
  }

  #hold(conversationId: string, turnId: string): void {
    if (this.#active.get(conversationId)?.turnId !== turnId) return
    this.#cancel(turnId)
    this.#ready.push({ conversationId, turnId })
  }

  #cancel(turnId: string): void {
    for (const active of this.#active.values()) {
      if (active.turnId === turnId) active.abort.abort(new DomainError('turn.epoch_changed'))
    }
  }
}
