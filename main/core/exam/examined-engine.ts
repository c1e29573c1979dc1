import { createBuiltinEngine } from '../engines/builtin/engine.ts'
import {
  type Engine,
  type EngineCapabilities,
  EngineError,
  type EngineErrorCode,
  type EngineEvent,
  type EngineKind,
  type EngineRequest,
} from '../engines/engine.ts'
import type { Clock } from '../host.ts'

/** Errors that the next request would meet as well: going on would examine nothing. */
const hopeless: ReadonlySet<EngineErrorCode> = new Set([
  'refused_key',
  'out_of_credit',
  'model_missing',
  'capped',
  'no_price',
  'off',
])
const worthWaiting: ReadonlySet<EngineErrorCode> = new Set(['rate_limit', 'busy'])
const mostWaits = 3
const longestWaitMs = 60_000
const usualWaitMs = 2_000

/**
 * The engine under examination with the built-in one behind it: a step that fails is answered by the built-in one and
 * noted as such, so that the conversation goes on as it would for a customer. An engine never rests here.
 */
export class ExaminedEngine implements Engine {
  readonly id: string
  readonly kind: EngineKind
  readonly model: string | null
  readonly parallel: number
  readonly capabilities: EngineCapabilities
  readonly #engine: Engine
  readonly #builtin = createBuiltinEngine()
  readonly #clock: Clock
  #hopeless: EngineErrorCode | null = null

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
    this.id = engine.id
    this.kind = engine.kind
    this.model = engine.model
    this.parallel = engine.parallel
    this.capabilities = engine.capabilities
  }

  /** The error after which no further request can succeed; null while there is none. */
  get hopeless(): EngineErrorCode | null {
    return this.#hopeless
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    const examined: EngineRequest = {
      ...request,
      // What falls out of a long conversation is summed up as it would be for a customer.
      prompt: request.prompt?.purpose === 'turn' ? { ...request.prompt, purpose: 'exam' } : request.prompt,
    }
    const started = this.#clock.monotonic()
    let code: EngineErrorCode
    try {
      // A step without a prompt is for the rules: what the engine wrote in this turn was refused.
      if (this.capabilities.prompted && request.prompt === null) throw new EngineError('invalid_answer')
      yield* await this.#ask(examined)
      return
    } catch (error) {
      request.signal.throwIfAborted()
      if (!(error instanceof EngineError)) throw error
      code = error.code
      if (hopeless.has(code)) this.#hopeless = code
    }
    const skipped = [{ engine: this.id, code, ms: Math.round(this.#clock.monotonic() - started) }]
    for await (const event of this.#builtin.step(request)) {
      if (event.type === 'end')
        yield {
          type: 'served',
          by: {
            engine: this.#builtin.id,
            kind: 'builtin',
            model: null,
            promptVersion: null,
            costMicros: null,
            firstTokenMs: null,
            requestId: null,
            redactions: 0,
            skipped,
          },
        }
      yield event
    }
  }

  /** A whole step; nothing of one that breaks off is passed on. */
  async #ask(request: EngineRequest): Promise<EngineEvent[]> {
    for (let wait = 0; ; wait++) {
      try {
        const events: EngineEvent[] = []
        for await (const event of this.#engine.step(request)) events.push(event)
        return events
      } catch (error) {
        if (!(error instanceof EngineError) || !worthWaiting.has(error.code) || wait >= mostWaits) throw error
        await this.#pause(error.retryAfterMs ?? usualWaitMs * 2 ** wait, request.signal)
      }
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#clock.after(Math.min(ms, longestWaitMs), resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    cancel()
    signal.throwIfAborted()
  }
}
