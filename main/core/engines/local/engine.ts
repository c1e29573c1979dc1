import type { Clock, Log } from '../../host.ts'
import type { Prices, RequestLedger } from '../../spending/spending.ts'
import {
  type Engine,
  EngineError,
  type EngineEvent,
  type EnginePurpose,
  type EngineRequest,
} from '../engine.ts'
import { answerEvents, type ModelAnswer } from '../prompted/answer.ts'
import { buildConversation } from '../prompted/build.ts'
import { leanStep } from '../prompted/lean.ts'
import { conversationTokens, estimateTokens, type PromptedConversation } from '../prompted/prompt.ts'
import type { PromptFiles } from '../prompted/prompts.ts'
import { wholeSentences } from '../prompted/whole-sentences.ts'
import type { GenerateEvent, GenerateRequest, ModelHost } from './model-host.ts'

export interface LocalEngineOptions {
  id: string
  /** Absolute path of the GGUF file. */
  file: string
  /** As the owner sees it. */
  model: string
  /** Null: as much as suits this computer. */
  contextTokens: number | null
  /** Tells the shops of this computer apart. */
  shop: string
  host: ModelHost
  ledger: RequestLedger
  prompts: PromptFiles
  clock: Clock
  log: Log
}

/** Tokens of an answer: a chat's reply is short, and each takes its time here. */
const answerTokens = { reply: 400, summary: 250 }

/** Nothing leaves this computer, and nobody sends a bill. */
const free: Prices = { input: 0, cached: 0, output: 0, source: 'free' }

const priorities: Record<EnginePurpose, GenerateRequest['priority']> = {
  turn: 'live',
  preview: 'preview',
  test: 'preview',
  summary: 'background',
  exam: 'background',
}

type End = Extract<GenerateEvent, { type: 'end' }>

/** An engine on a model of this computer. */
export class LocalEngine implements Engine {
  readonly id: string
  readonly kind = 'local'
  readonly model: string
  /** The host queues by itself. */
  readonly parallel = 4
  readonly capabilities: Engine['capabilities']
  readonly #options: LocalEngineOptions
  /** Once the whole prompt was too long for this model, it is asked with the lean one. */
  #lean = false

  constructor(options: LocalEngineOptions) {
    this.id = options.id
    this.model = options.model
    this.capabilities = { prompted: true, contextTokens: options.contextTokens, images: false }
    this.#options = options
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    if (!this.#lean) {
      try {
        yield* this.#step(request, this.#options.prompts)
        return
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'context_too_long') throw error
        this.#lean = true
      }
    }
    const lean = leanStep(request, this.#options.prompts)
    yield* this.#step(lean.request, lean.prompts)
  }

  async *#step(request: EngineRequest, prompts: PromptFiles): AsyncIterable<EngineEvent> {
    const conversation = buildConversation(request, prompts)
    const entry = new LedgerEntry(this.#options, request, conversation)
    const answer: ModelAnswer & { calls: { name: string; arguments: string }[] } = { text: '', calls: [] }
    let end: End | null = null
    try {
      for await (const event of this.#options.host.generate(this.#asked(request, conversation))) {
        if (event.type === 'text') answer.text += event.delta
        else if (event.type === 'call') answer.calls.push(event)
        else end = event
      }
      if (end === null) throw new EngineError('crashed')
    } catch (error) {
      entry.failed(error)
      throw error
    }
    entry.succeeded(end)
    yield* this.#events(request, conversation, answer, end, entry.id)
  }

  #asked(request: EngineRequest, conversation: PromptedConversation): GenerateRequest {
    const { file, contextTokens, shop } = this.#options
    const purpose = request.prompt?.purpose ?? 'test'
    return {
      file,
      conversation,
      tools: request.tools,
      affinity: `${shop}:${request.prompt?.conversationId ?? purpose}`,
      priority: priorities[purpose],
      maxTokens: maxTokens(purpose),
      contextTokens,
      signal: request.signal,
    }
  }

  *#events(
    request: EngineRequest,
    conversation: PromptedConversation,
    answer: ModelAnswer,
    end: End,
    requestId: string,
  ): Iterable<EngineEvent> {
    const text = end.cut ? wholeSentences(answer.text) : answer.text
    for (const event of answerEvents({ ...answer, text }, request)) {
      if (event.type === 'end') {
        const { inputTokens, outputTokens, cachedTokens } = end
        yield { type: 'usage', inputTokens, outputTokens, cachedTokens }
        yield {
          type: 'served',
          by: {
            engine: this.id,
            kind: 'local',
            model: this.model,
            promptVersion: conversation.version,
            costMicros: 0,
            firstTokenMs: Math.round(end.firstTokenMs),
            requestId,
            redactions: 0,
            skipped: [],
          },
        }
      }
      yield event
    }
  }
}

function maxTokens(purpose: EnginePurpose): number {
  return purpose === 'summary' ? answerTokens.summary : answerTokens.reply
}

/** The line of one request in the ledger. */
class LedgerEntry {
  readonly id: string
  readonly #options: LocalEngineOptions
  readonly #begun: number

  constructor(options: LocalEngineOptions, request: EngineRequest, conversation: PromptedConversation) {
    const purpose = request.prompt?.purpose ?? 'test'
    this.#options = options
    this.#begun = options.clock.monotonic()
    const { id } = options.ledger.begin({
      engineId: options.id,
      model: options.model,
      purpose,
      turnId: purpose === 'turn' ? request.turnId : null,
      conversationId:
        purpose === 'turn' || purpose === 'summary' || request.prompt?.ofCustomer === true
          ? (request.prompt?.conversationId ?? null)
          : null,
      step: purpose === 'turn' ? request.step : null,
      worst: {
        inputTokens: conversationTokens(conversation) + estimateTokens(JSON.stringify(request.tools)),
        outputTokens: maxTokens(purpose),
      },
      prices: free,
      body: null,
      redactions: 0,
    })
    this.id = id
  }

  succeeded({ inputTokens, cachedTokens, outputTokens, firstTokenMs }: End): void {
    this.#end({ usage: { inputTokens, cachedTokens, outputTokens }, error: null, firstTokenMs })
  }

  failed(error: unknown): void {
    // Whoever asked did not wait any longer.
    const code = error instanceof EngineError ? error.code : 'timeout'
    this.#options.log.warn('engine.local_failed', { engine: this.#options.id, code })
    const none = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }
    this.#end({ usage: none, error: code, firstTokenMs: null })
  }

  #end(result: Pick<Parameters<RequestLedger['end']>[1], 'usage' | 'error' | 'firstTokenMs'>): void {
    const durationMs = this.#options.clock.monotonic() - this.#begun
    this.#options.ledger.end(this.id, { ...result, sent: true, durationMs })
  }
}
