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
  /** `understood`: what a reader made of it; a voice note's is in the text too. */
  attachments: { kind: string; name?: string; understood?: string }[]
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
  /** Who asked for these calls: an engine of that kind, or the loop itself beforehand. Left out: the engine that is asked now. */
  by?: EngineKind | 'retrieval'
}

export interface ToolSpec {
  name: string
  description: string
  /** JSON Schema of the arguments. */
  parameters: JsonValue
}

/** How the owner wants the assistant to speak. What it may say is decided elsewhere. */
export interface Personality {
  /** Name the assistant gives itself; '' for none. */
  assistantName: string
  tone: 'warm' | 'neutral' | 'formal' | 'playful'
  /** `auto`: as the customer speaks, else as is usual in the shop's country. */
  formOfAddress: 'auto' | FormOfAddress
  emoji: 'none' | 'some'
  length: 'short' | 'normal'
  /** `customer`: the customer's language, the shop's where it is not known. */
  language: 'customer' | Language
  /** The owner's own rules, one sentence each ("Recommend the house blend first"). */
  rules: string[]
}

/** A draft that the money gate refused, with the reasons. */
export interface Refusal {
  text: string
  findings: { kind: string; text: string; reason: string }[]
}

/** What engines that work on a prompt need besides; engines that work by rules leave it alone. */
export interface PromptMaterial {
  conversationId: string
  /** Why the engine is asked: live turns go before everything else. */
  purpose: EnginePurpose
  /** A preview of a real conversation: the request is kept with it, and goes when its customer is erased. */
  ofCustomer?: boolean
  /** Profile, policies and categories of the shop as text; the same bytes until the owner changes something. */
  shopSummary: string
  /** Whether the shop is open at this moment, in words. */
  situation?: string
  personality: Personality
  /** What was said before `history`, in a few sentences; null when history is everything. */
  earlier: string | null
  /** Set when the draft before was refused: it is asked for once more. */
  refusal: Refusal | null
  /** The customer's own data, for who must keep it on this computer. */
  personal: KnownPersonalData
}

export type EnginePurpose = 'turn' | 'preview' | 'summary' | 'exam' | 'test'

export interface KnownPersonalData {
  names: string[]
  phones: string[]
  emails: string[]
  addresses: string[]
  nationalIds: string[]
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
  /** Null for an agent that no prompted engine serves. */
  prompt: PromptMaterial | null
  /** How the owner wants the assistant to speak; left out where nobody has said. */
  personality?: Personality
  /** UTC ISO 8601. */
  now: string
  signal: AbortSignal
}

export type EngineEvent =
  | { type: 'text'; delta: string }
  | { type: 'call'; call: ToolCallRequest }
  | { type: 'usage'; inputTokens: number; outputTokens: number; cachedTokens?: number }
  /** Who answered and how it went there, for journal and trace; at most once, before `end`. */
  | { type: 'served'; by: ServedBy }
  | {
      type: 'end'
      /** New dialogue state, committed with the reply. Plain JSON. */
      state: JsonValue
      language: Language
      formOfAddress: FormOfAddress | null
      /** For the trace: intents and scores, rules that fired. */
      notes?: JsonValue
    }

export interface ServedBy {
  /** Id of the engine; `builtin` for the one that needs nothing. */
  engine: string
  kind: EngineKind
  model: string | null
  /** Version of the prompt files; null for an engine without prompts. */
  promptVersion: string | null
  /** In millionths of the shop's currency unit; null when nobody knows the price. */
  costMicros: number | null
  firstTokenMs: number | null
  /** Row of `engine_requests`, for "what was sent". */
  requestId: string | null
  /** Pieces of personal data that stayed here. */
  redactions: number
  /** Engines of the chain that were tried or left out before this one. */
  skipped: { engine: string; code: EngineErrorCode; ms: number }[]
}

export type EngineKind = 'builtin' | 'local' | 'remote'

export interface EngineCapabilities {
  /** False for an engine that works by rules: it needs no prompt, no search beforehand and is asked for no second draft. */
  prompted: boolean
  /** Tokens of prompt and answer together; null where nothing limits them. */
  contextTokens: number | null
  images: boolean
}

export interface Engine {
  /** Id of the engine; `builtin` for the one that needs nothing. */
  readonly id: string
  readonly kind: EngineKind
  readonly model: string | null
  /** Conversations it can serve at once. */
  readonly parallel: number
  readonly capabilities: EngineCapabilities
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
  /** The address answered, and not as such a service does; or it failed inside (5xx). */
  | 'service_failed'
  /** The service does not know the model, or the model's file is not there. */
  | 'model_missing'
  /** The spending cap leaves no room for this request. */
  | 'capped'
  /** There is a cap, and nobody knows what this model costs. */
  | 'no_price'
  /** Left out by the chain while it rests after failures. */
  | 'resting'
  /** Turned off: by the owner, or because it died twice in ten minutes. */
  | 'off'

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
