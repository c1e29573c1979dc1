import type { Clock, Log } from '../host.ts'
import {
  type Engine,
  type EngineCapabilities,
  EngineError,
  type EngineErrorCode,
  type EngineEvent,
  type EngineKind,
  type EngineRequest,
  type ServedBy,
} from './engine.ts'
import type { HealthBook } from './health-book.ts'

/** An engine of the chain, as it may be asked at this moment. */
export interface ChainLink {
  engine: Engine
  /** What the owner calls it. */
  name: string
  /** Why it cannot be asked whatever its health is (`off`, `model_missing`); null when it can. */
  unavailable: EngineErrorCode | null
}

export interface ChainDependencies {
  /** Engines in the owner's order, without the built-in one; read anew at each step. */
  links(): ChainLink[]
  /** Answers when nobody else does. */
  builtin: Engine
  health: HealthBook
  clock: Clock
  log: Log
}

/** How long one engine may take for a step, ms. What a service may take until its first word is the engine's own limit. */
const stepLimitMs: Record<EngineKind, number> = { remote: 60_000, local: 90_000, builtin: 60_000 }
/** All engines before the built-in one together, ms: the customer waits. */
const allLimitMs = 150_000
/** Turns of which it is remembered who failed them. */
const rememberedTurns = 200

/**
 * Engines in the owner's order, as one engine. An engine that fails, takes too long, rests or may not spend more is
 * passed over within the step: what it has said so far is dropped, and the next one is asked the same. Who failed a turn
 * is not asked in that turn again. The built-in engine is the last resort.
 */
export class EngineChain implements Engine {
  readonly id = 'chain'
  readonly kind = 'builtin' as const
  readonly model = null
  readonly parallel = 4
  readonly #deps: ChainDependencies
  readonly #failed = new Map<string, Map<string, EngineErrorCode>>()

  constructor(deps: ChainDependencies) {
    this.#deps = deps
  }

  /** Of the engine that would be asked first now. */
  get capabilities(): EngineCapabilities {
    return (this.lead() ?? this.#deps.builtin).capabilities
  }

  /** The engine that would be asked first now, in that turn; null when it is the built-in one. */
  lead(turnId?: string): Engine | null {
    return this.#deps.links().find((link) => this.#passedOver(link, turnId) === null)?.engine ?? null
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    const { clock, builtin } = this.#deps
    const skipped: ServedBy['skipped'] = []
    const end = clock.monotonic() + allLimitMs
    for (const [position, link] of this.#deps.links().entries()) {
      const { engine } = link
      const left = end - clock.monotonic()
      const reason =
        this.#passedOver(link, request.turnId) ?? (left < 1_000 ? 'timeout' : notPrepared(engine, request))
      if (reason !== null) {
        skipped.push({ engine: engine.id, code: reason, ms: 0 })
        continue
      }
      const started = clock.monotonic()
      const outcome = await this.#ask(link, position, request, Math.min(left, stepLimitMs[engine.kind]))
      if (outcome.events !== null) {
        yield* served(engine, outcome.events, skipped)
        return
      }
      const ms = Math.round(clock.monotonic() - started)
      skipped.push({ engine: engine.id, code: outcome.code, ms })
      this.#remember(request.turnId, engine.id, outcome.code)
    }
    this.#deps.health.answers(builtin.id)
    yield* served(builtin, await collect(builtin, request), skipped)
  }

  /** One step of one engine, whole; throws only what ends the turn itself. */
  async #ask(
    link: ChainLink,
    position: number,
    request: EngineRequest,
    limitMs: number,
  ): Promise<{ events: EngineEvent[] } | { events: null; code: EngineErrorCode }> {
    const { health, clock, log } = this.#deps
    const { engine, name } = link
    const stop = new AbortController()
    const cancel = clock.after(limitMs, () => stop.abort(new EngineError('timeout')))
    health.asked(engine.id)
    try {
      const signal = AbortSignal.any([request.signal, stop.signal])
      const events = await collect(engine, { ...request, signal })
      requireAnswer(events)
      health.succeeded(engine.id)
      health.answers(engine.id)
      return { events }
    } catch (error) {
      if (request.signal.aborted) {
        health.letGo(engine.id)
        throw request.signal.reason
      }
      // A cut engine may report its end in its own words.
      const failure = stop.signal.aborted ? new EngineError('timeout') : toEngineError(error)
      if (!(error instanceof EngineError))
        log.error('engine.unexpected', { engine: engine.id, error: nameOf(error) })
      log.warn('engine.passed_over', { engine: engine.id, code: failure.code, turnId: request.turnId })
      health.failed(engine.id, failure.code, failure.retryAfterMs, { name, leads: position === 0 })
      return { events: null, code: failure.code }
    } finally {
      cancel()
    }
  }

  #passedOver(link: ChainLink, turnId: string | undefined): EngineErrorCode | null {
    if (link.unavailable !== null) return link.unavailable
    const inTurn = turnId === undefined ? undefined : this.#failed.get(turnId)?.get(link.engine.id)
    return inTurn ?? (this.#deps.health.mayAsk(link.engine.id) ? null : 'resting')
  }

  #remember(turnId: string, engineId: string, code: EngineErrorCode): void {
    const codes = this.#failed.get(turnId) ?? new Map<string, EngineErrorCode>()
    codes.set(engineId, code)
    this.#failed.set(turnId, codes)
    const [oldest] = this.#failed.keys()
    if (this.#failed.size > rememberedTurns && oldest !== undefined) this.#failed.delete(oldest)
  }
}

/** A step without a prompt is for the rules: what models wrote in this turn was refused. */
function notPrepared(engine: Engine, request: EngineRequest): EngineErrorCode | null {
  return engine.capabilities.prompted && request.prompt === null ? 'invalid_answer' : null
}

/** All events of a step. An engine that does not heed its signal is left behind. */
async function collect(engine: Engine, request: EngineRequest): Promise<EngineEvent[]> {
  const { signal } = request
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  aborted.catch(() => undefined)
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  const events: EngineEvent[] = []
  const iterator = engine.step(request)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted])
      if (next.done === true) return events
      events.push(next.value)
    }
  } catch (error) {
    iterator.return?.().catch(() => undefined)
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** @throws EngineError `invalid_answer` for a step that ends without words and calls, or does not end */
function requireAnswer(events: readonly EngineEvent[]): void {
  const says = events.some(
    (event) => event.type === 'call' || (event.type === 'text' && event.delta.trim() !== ''),
  )
  if (!says || events.at(-1)?.type !== 'end') throw new EngineError('invalid_answer')
}

function* served(
  engine: Engine,
  events: readonly EngineEvent[],
  skipped: ServedBy['skipped'],
): Iterable<EngineEvent> {
  const told = events.find((event) => event.type === 'served')?.by
  const by: ServedBy = {
    engine: engine.id,
    kind: engine.kind,
    model: engine.model,
    promptVersion: null,
    costMicros: engine.kind === 'builtin' ? 0 : null,
    firstTokenMs: null,
    requestId: null,
    redactions: 0,
    ...told,
    skipped: [...(told?.skipped ?? []), ...skipped],
  }
  for (const event of events) {
    if (event.type === 'served') continue
    if (event.type === 'end') yield { type: 'served', by }
    yield event
  }
}

function toEngineError(error: unknown): EngineError {
  return error instanceof EngineError ? error : new EngineError('crashed', { cause: error })
}

/** What may be logged of an unexpected error: a message could carry a customer's words. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
