import type { EventBus } from '../events.ts'
import type { Clock, Notifier } from '../host.ts'
import type { EngineErrorCode } from './engine.ts'
import {
  afterFailure,
  afterSuccess,
  asked,
  type Health,
  healthy,
  isResting,
  letGo,
  type Moment,
  mayAsk,
  worthTelling,
} from './health.ts'

export interface HealthBookDependencies {
  slug: string
  clock: Clock
  bus: EventBus
  notifier: Notifier
}

/** The health of a shop's engines, as long as the process lives: a new one asks them all again. */
export class HealthBook {
  readonly #deps: HealthBookDependencies
  readonly #of = new Map<string, Health>()
  readonly #rests = new Map<string, () => void>()
  readonly #told = new Set<string>()
  #answering: string | null = null

  constructor(deps: HealthBookDependencies) {
    this.#deps = deps
  }

  get(id: string): Health {
    return this.#of.get(id) ?? healthy
  }

  mayAsk(id: string): boolean {
    return mayAsk(this.get(id), this.#deps.clock.monotonic())
  }

  resting(id: string): boolean {
    return isResting(this.get(id), this.#deps.clock.monotonic())
  }

  /** When a resting engine is tried again, ms since the epoch; null when it does not rest. */
  retryAt(id: string): number | null {
    const { clock } = this.#deps
    const { restsUntil } = this.get(id)
    if (restsUntil === null || !this.resting(id)) return null
    return Math.round(clock.now() + restsUntil - clock.monotonic())
  }

  asked(id: string): void {
    this.#of.set(id, asked(this.get(id)))
  }

  letGo(id: string): void {
    this.#of.set(id, letGo(this.get(id)))
  }

  /** Which engine the last answer came from. */
  answers(id: string): void {
    if (this.#answering === id) return
    this.#answering = id
    this.announce(id, 'answers')
  }

  succeeded(id: string): void {
    const before = this.get(id)
    this.#of.set(id, afterSuccess(this.#moment()))
    this.#endRest(id)
    this.#told.delete(id)
    if (before.failures > 0) this.announce(id, 'ready')
  }

  /** @param engine its name, and whether it is the first one of the order: then the owner hears of a failure that lasts */
  failed(
    id: string,
    code: EngineErrorCode,
    retryAfterMs: number | null,
    engine: { name: string; leads: boolean },
  ): void {
    const { clock, notifier, slug } = this.#deps
    const health = afterFailure(this.get(id), code, retryAfterMs, this.#moment())
    this.#of.set(id, health)
    if (health.restsUntil === null || !this.resting(id)) return
    this.#endRest(id)
    const back = clock.after(health.restsUntil - clock.monotonic(), () => this.announce(id, 'ready'))
    this.#rests.set(id, back)
    this.announce(id, 'resting')
    if (!engine.leads || this.#told.has(id) || !worthTelling(health)) return
    this.#told.add(id)
    notifier.notify({
      kind: 'problem',
      shop: slug,
      data: { code: 'engine.resting', engine: engine.name, error: code },
    })
  }

  /** Its key, model or file is another one now: what was before says nothing. */
  forget(id: string): void {
    this.#endRest(id)
    this.#of.delete(id)
    this.#told.delete(id)
  }

  /** Tells the desk. */
  announce(engineId: string, state: string): void {
    const { bus, clock } = this.#deps
    bus.publishEphemeral('engine.health', { engineId, state }, new Date(clock.now()).toISOString())
  }

  close(): void {
    for (const id of [...this.#rests.keys()]) this.#endRest(id)
  }

  #endRest(id: string): void {
    this.#rests.get(id)?.()
    this.#rests.delete(id)
  }

  #moment(): Moment {
    const { clock } = this.#deps
    return { mono: clock.monotonic(), wall: clock.now() }
  }
}
