import type { JsonValue } from '../json.ts'

/** The port behind which every engine lives: one step of a conversation in, a stream of events out. */

export type Language = 'es' | 'en'
export type FormOfAddress = 'tu' | 'usted' | 'vos'

export interface ShopBrief {
  name: string
  currency: string
  locale: string
  country: string
  timeZone: string
  pricesIncludeTax: boolean
}

export interface HistoryMessage {
  id: string
  author: 'customer' | 'agent' | 'person' | 'system'
  text: string
  /** UTC ISO 8601. */
  at: string
}

export interface InputMessage {
  id: string
  text: string
  at: string
  /** Text of the message that the customer replied to. */
  replyTo?: string
  attachments: { kind: string; name?: string }[]
}

export interface ToolCallRequest {
  name: string
  arguments: JsonValue
}

export interface FinishedCall extends ToolCallRequest {
  /** What the tool returned to the engine; `ok: false` carries an error code and its data. */
  result: { ok: true; data: JsonValue } | { ok: false; code: string; data: JsonValue }
}

export interface FinishedStep {
  text: string
  calls: FinishedCall[]
  state: JsonValue
}

export interface ToolSpec {
  name: string
  description: string
  /** JSON Schema of the arguments. */
  parameters: JsonValue
}

export interface EngineRequest {
  turnId: string
  step: number
  shop: ShopBrief
  customer: {
    name: string
    language: Language | null
    formOfAddress: FormOfAddress | null
    returning: boolean
    /** What they told of themselves in earlier turns, the newest last; bounded. */
    preferences: { topic: 'size' | 'allergy' | 'delivery' | 'taste' | 'other'; text: string }[]
    /** Their last orders, newest first; bounded. Facts for a reply come from tools, not from here. */
    lastOrders: {
      number: string
      state: string
      /** UTC ISO 8601. */
      placedAt: string
      lines: { name: string; title: string; quantity: number }[]
    }[]
  }
  /** Dialogue state that this engine left at the end of the last turn, `{}` at first. */
  state: JsonValue
  /** Earlier messages, oldest first, bounded. */
  history: HistoryMessage[]
  /** The customer's messages that this turn answers, oldest first. May grow between steps. */
  input: InputMessage[]
  /** Journaled steps of this turn. */
  steps: FinishedStep[]
  tools: ToolSpec[]
  /** UTC ISO 8601. */
  now: string
  signal: AbortSignal
}

export type EngineEvent =
  | { type: 'text'; delta: string }
  | { type: 'call'; call: ToolCallRequest }
  | { type: 'usage'; inputTokens: number; outputTokens: number }
  | {
      type: 'end'
      /** New dialogue state, committed with the reply. Plain JSON. */
      state: JsonValue
      language: Language
      formOfAddress: FormOfAddress | null
      /** For the trace: intents and scores, rules that fired. */
      notes?: JsonValue
    }

export interface Engine {
  readonly id: string
  readonly model: string | null
  /** Conversations it can serve at once. */
  readonly parallel: number
  /** Streams one step: either calls (the loop runs them and asks again) or the reply's text. Throws EngineError. */
  step(request: EngineRequest): AsyncIterable<EngineEvent>
}

export type EngineErrorCode =
  | 'offline'
  | 'refused_key'
  | 'out_of_credit'
  | 'rate_limit'
  | 'context_too_long'
  | 'busy'
  | 'crashed'
  | 'timeout'
  | 'invalid_answer'

export class EngineError extends Error {
  readonly code: EngineErrorCode
  readonly retryAfterMs: number | null

  constructor(code: EngineErrorCode, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause })
    this.name = 'EngineError'
    this.code = code
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
