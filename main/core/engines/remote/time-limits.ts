import type { Clock } from '../../host.ts'
import { EngineError } from '../engine.ts'

export interface RemoteLimits {
  /** Until the first piece of the answer. */
  firstMs: number
  /** Between two pieces. */
  idleMs: number
  /** Everything, retries included. */
  wholeMs: number
}

export const remoteLimits: RemoteLimits = { firstMs: 30_000, idleMs: 30_000, wholeMs: 60_000 }

/** Ends a request that takes too long, or whose caller has gone; on the host's clock. */
export class Watch {
  readonly #clock: Clock
  readonly #limits: RemoteLimits
  readonly #stop = new AbortController()
  readonly #caller: AbortSignal
  readonly #cancelWhole: () => void
  #cancelNext: () => void = () => {}

  constructor(clock: Clock, limits: RemoteLimits, caller: AbortSignal) {
    this.#clock = clock
    this.#limits = limits
    this.#caller = caller
    this.#cancelWhole = clock.after(limits.wholeMs, () => this.#timeout())
    if (caller.aborted) this.#stop.abort(caller.reason)
    else caller.addEventListener('abort', this.#leave, { once: true })
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Whether it was the caller who ended it. */
  get leftByCaller(): boolean {
    return (
      this.#stop.signal.aborted && this.#caller.aborted && this.#stop.signal.reason === this.#caller.reason
    )
  }

  /** A request leaves. */
  asked(): void {
    this.#next(this.#limits.firstMs)
  }

  /** A piece of the answer came. */
  heard(): void {
    this.#next(this.#limits.idleMs)
  }

  /** Waits on the clock. Throws what ended the request meanwhile. */
  async wait(ms: number): Promise<void> {
    this.#cancelNext()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#cancelNext = this.#clock.after(ms, resolve)
    this.signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    this.signal.throwIfAborted()
  }

  /** To be called at the end, whatever it was. */
  end(): void {
    this.#cancelWhole()
    this.#cancelNext()
    this.#caller.removeEventListener('abort', this.#leave)
  }

  readonly #leave = (): void => this.#stop.abort(this.#caller.reason)

  #next(ms: number): void {
    this.#cancelNext()
    this.#cancelNext = this.#clock.after(ms, () => this.#timeout())
  }

  #timeout(): void {
    this.#stop.abort(new EngineError('timeout'))
  }
}
