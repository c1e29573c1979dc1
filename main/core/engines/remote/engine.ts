import type { Clock, Log } from '../../host.ts'
import type { JsonValue } from '../../json.ts'
import { type Redaction, redact } from '../../privacy/redaction.ts'
import type { Prices, RequestLedger } from '../../spending/spending.ts'
import type { RemoteProvider } from '../account.ts'
import type { Engine, EngineError, EngineEvent, EngineRequest } from '../engine.ts'
import { answerEvents } from '../prompted/answer.ts'
import { buildConversation } from '../prompted/build.ts'
import type { PromptFiles } from '../prompted/prompts.ts'
import { wholeSentences } from '../prompted/whole-sentences.ts'
import { serviceAddress } from './address.ts'
import { attempt, type Outcome } from './attempt.ts'
import type { RemoteAnswer } from './collect.ts'
import { engineErrorOf, type RemoteFailure } from './errors.ts'
import { fitted, reasoningOf, worstTokens } from './messages.ts'
import { chatBody, outputTokens, type RequestSettings, thinksByName } from './request.ts'
import { type RemoteLimits, remoteLimits, Watch } from './time-limits.ts'

export interface RemoteEngineOptions {
  id: string
  provider: RemoteProvider
  /** Null for the provider's own. */
  baseUrl: string | null
  /** '' for a service that asks for none. */
  key: () => Promise<string>
  model: string
  /** Null when nobody knows them. */
  prices: Prices | null
  contextTokens: number | null
  /** Whether the model always thinks before it answers; judged by its name, then by what it does, where it is left out. */
  thinks?: boolean
  ledger: RequestLedger
  /** Whether personal data stays on this computer. */
  redact: () => boolean
  prompts: PromptFiles
  clock: Clock
  log: Log
  limits?: RemoteLimits
}

/** Longest wait that a service may ask for before the one further try. */
const longestRetryAfterMs = 5_000
/** Before a connection that was refused is tried once more. */
const reconnectMs = 250
/** Parameters that may be left out one after the other. */
const mostRefusals = 3

/**
 * An engine at a service that speaks the OpenAI chat API. Personal data is replaced before anything leaves and put back
 * in what comes; each request is reserved and settled in the ledger.
 * @throws DomainError `engine.address`, `engine.address_insecure`
 */
export function createRemoteEngine(options: RemoteEngineOptions): Engine {
  return new RemoteEngine(options)
}

class RemoteEngine implements Engine {
  readonly id: string
  readonly kind = 'remote'
  readonly model: string
  readonly parallel = 8
  readonly capabilities: Engine['capabilities']
  readonly #options: RemoteEngineOptions
  readonly #baseUrl: string
  #thinks: boolean
  /** What this service refused once is not sent again. */
  readonly #without = new Set<string>()

  constructor(options: RemoteEngineOptions) {
    this.id = options.id
    this.model = options.model
    this.capabilities = { prompted: true, contextTokens: options.contextTokens, images: false }
    this.#options = options
    this.#baseUrl = serviceAddress(options.provider, options.baseUrl)
    this.#thinks = options.thinks ?? thinksByName(options.model)
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    const { clock, limits = remoteLimits } = this.#options
    const watch = new Watch(clock, limits, request.signal)
    try {
      const redaction = this.#conversation(request)
      const outcome = await this.#ask(request, redaction, watch)
      if ('failure' in outcome) throw this.#failed(request, outcome.failure)
      yield* this.#events(request, redaction, outcome)
    } finally {
      watch.end()
    }
  }

  #conversation(request: EngineRequest): Redaction {
    const { prompts, contextTokens } = this.#options
    const conversation = buildConversation(request, prompts)
    const room = contextTokens === null ? null : contextTokens - outputTokens(this.#settings())
    const fitting = fitted(conversation, request.tools, room)
    if (!this.#options.redact()) return redact(fitting, null)
    const head = `${fitting.head}\n\n${prompts.block('placeholders')}`
    return redact({ ...fitting, head }, request.prompt?.personal ?? nobody)
  }

  /** One further try where it costs nothing: the connection was refused, or the wait is short. */
  async #ask(request: EngineRequest, redaction: Redaction, watch: Watch): Promise<Outcome> {
    const key = await this.#options.key()
    let refusals = 0
    let retried = false
    for (;;) {
      const outcome = await this.#attempt(request, redaction, watch, key)
      if (!('failure' in outcome)) {
        if (this.#thinks || !isSpentOnThoughts(outcome.answer)) return outcome
        // From now on it gets the room that its thoughts need.
        this.#thinks = true
        continue
      }
      const { failure } = outcome
      if (refusals < mostRefusals && this.#learns(failure.refusedParameter)) {
        refusals++
        continue
      }
      const waitMs = retried ? null : retryWait(failure)
      if (waitMs === null) return outcome
      retried = true
      await watch.wait(waitMs)
    }
  }

  /** Leaves out a parameter that the service refused. False where that is nothing new. */
  #learns(parameter: string | null): boolean {
    if (parameter === null || this.#without.has(parameter)) return false
    this.#without.add(parameter)
    // What cannot be told not to think does.
    if (parameter === 'reasoning' || parameter === 'thinking') this.#thinks = true
    return true
  }

  #attempt(request: EngineRequest, redaction: Redaction, watch: Watch, key: string): Promise<Outcome> {
    const { ledger, clock, prices } = this.#options
    const body = chatBody(redaction.conversation, request.tools, this.#settings())
    const purpose = request.prompt?.purpose ?? 'test'
    return attempt({
      baseUrl: this.#baseUrl,
      key,
      body,
      ledger,
      clock,
      watch,
      reservation: {
        engineId: this.id,
        model: this.model,
        purpose,
        turnId: purpose === 'turn' ? request.turnId : null,
        conversationId:
          purpose === 'turn' || purpose === 'summary' || request.prompt?.ofCustomer === true
            ? (request.prompt?.conversationId ?? null)
            : null,
        step: purpose === 'turn' ? request.step : null,
        worst: {
          inputTokens: worstTokens(JSON.stringify(body)),
          outputTokens: outputTokens(this.#settings()),
        },
        prices,
        redactions: redaction.count,
      },
    })
  }

  *#events(
    request: EngineRequest,
    redaction: Redaction,
    outcome: Exclude<Outcome, { failure: RemoteFailure }>,
  ): Iterable<EngineEvent> {
    const { answer, usage } = outcome
    const text = answer.finish === 'length' ? wholeSentences(answer.text) : answer.text
    const events = answerEvents(
      {
        text: redaction.restore(text),
        calls: answer.finish === 'length' ? answer.calls.filter(isWhole) : answer.calls,
        reasoning: reasoningOf(answer.thoughts, this.id),
      },
      request,
    )
    for (const event of events) {
      if (event.type === 'end') {
        if (usage !== null)
          yield {
            type: 'usage',
            inputTokens: usage.inputTokens,
            outputTokens: usage.outputTokens,
            cachedTokens: usage.cachedTokens,
          }
        yield {
          type: 'served',
          by: {
            engine: this.id,
            kind: 'remote',
            model: this.model,
            promptVersion: redaction.conversation.version,
            costMicros: outcome.costMicros,
            firstTokenMs: outcome.firstTokenMs === null ? null : Math.round(outcome.firstTokenMs),
            requestId: outcome.requestId,
            redactions: redaction.count,
            skipped: [],
          },
        }
        yield event
      } else if (event.type === 'call')
        yield {
          type: 'call',
          call: { ...event.call, arguments: restoredArguments(event.call.arguments, redaction) },
        }
      else yield event
    }
  }

  #failed(request: EngineRequest, failure: RemoteFailure): EngineError {
    this.#options.log.warn('engine.remote_failed', {
      engine: this.id,
      code: failure.code,
      status: failure.status,
      sent: failure.sent,
      turn: request.turnId,
      step: request.step,
    })
    return engineErrorOf(failure)
  }

  #settings(): RequestSettings {
    const { provider, model } = this.#options
    return { engineId: this.id, provider, model, thinks: this.#thinks, without: this.#without }
  }
}

/** What names a datum that nobody gave is no argument: the tool refuses it, and the model may correct itself. */
function restoredArguments(given: JsonValue, redaction: Redaction): JsonValue {
  const text = JSON.stringify(given)
  return redaction.hasUnknown(text) ? { $invalid: text.slice(0, 500) } : redaction.restoreJson(given)
}

const nobody = { names: [], phones: [], emails: [], addresses: [], nationalIds: [] }

/** Null: not to be tried again. */
function retryWait({ code, retryAfterMs, sent }: RemoteFailure): number | null {
  if (code === 'offline' && !sent) return reconnectMs
  if (code === 'rate_limit' && retryAfterMs !== null && retryAfterMs <= longestRetryAfterMs)
    return retryAfterMs
  return null
}

/** An answer without a word, because thinking took all the room there was. */
function isSpentOnThoughts({ finish, text, calls, thoughts }: RemoteAnswer): boolean {
  const said = text.replace(/<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi, '').trim()
  return finish === 'length' && said === '' && calls.length === 0 && (thoughts !== null || text !== '')
}

function isWhole(call: { arguments: string }): boolean {
  try {
    JSON.parse(call.arguments)
    return true
  } catch {
    return false
  }
}
