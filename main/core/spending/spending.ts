import type { EngineErrorCode, EnginePurpose } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'

/** Millionths of a US dollar for a million tokens. */
export interface Prices {
  input: number
  /** For input that the service has in its cache. */
  cached: number
  output: number
  source: 'service' | 'table' | 'owner' | 'free'
}

/** What every request to a model goes through: reserved before it leaves, settled when it ends. */
export interface RequestLedger {
  /** Reserves the worst case. Throws EngineError `capped` or `no_price`; nothing may be sent then. */
  begin(request: {
    engineId: string
    model: string
    purpose: EnginePurpose
    turnId: string | null
    conversationId: string | null
    step: number | null
    worst: { inputTokens: number; outputTokens: number }
    /** Null when nobody knows them. */
    prices: Prices | null
    /** What leaves this computer, word for word; null for a local model. */
    body: JsonValue
    redactions: number
  }): { id: string }
  /**
   * Settles. Without usage the reserved amount stays, unless the request never left (`offline`).
   * Returns the cost in millionths of the shop's currency unit; null when the price is unknown.
   */
  end(
    id: string,
    result: {
      usage: { inputTokens: number; cachedTokens: number; outputTokens: number } | null
      /** What the service itself says that it cost, millionths of a US dollar. */
      costUsdMicros?: number
      error: EngineErrorCode | null
      /** Whether anything reached the service. */
      sent: boolean
      firstTokenMs: number | null
      durationMs: number
    },
  ): number | null
}
