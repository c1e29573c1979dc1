import type { Prices } from '../spending/spending.ts'
import type { EngineKind } from './engine.ts'
import type { EngineFindings } from './tables.ts'

export type RemoteProvider = 'deepseek' | 'openrouter' | 'custom'

/** An engine that the owner has added. */
export interface EngineAccount {
  id: string
  kind: Exclude<EngineKind, 'builtin'>
  name: string
  provider: RemoteProvider | null
  /** Null for the provider's own address. */
  baseUrl: string | null
  secretId: string | null
  /** Remote: the service's id of the model; local: the file's own name. */
  model: string
  /** Local: absolute path of the GGUF file. */
  file: string | null
  enabled: boolean
  /** Null where nobody knows them. */
  prices: Prices | null
  contextTokens: number | null
  measured: EngineFindings
  /** Rises with each change: an engine made from an earlier one is made anew. */
  revision: number
}

/** An engine as the owner sees it; its key is not part of it. */
export interface EngineView {
  /** `builtin` for the one that is always there. */
  id: string
  kind: EngineKind
  name: string
  provider: RemoteProvider | null
  baseUrl: string | null
  model: string | null
  file: string | null
  enabled: boolean
  /** Place in the order, from 0; null when it is not asked. */
  position: number | null
  prices: Prices | null
  contextTokens: number | null
  health: {
    state: 'ready' | 'busy' | 'loading' | 'resting' | 'off' | 'capped' | 'missing'
    error: string | null
    /** UTC ISO 8601, as the others. */
    failedAt: string | null
    retryAt: string | null
    answeredAt: string | null
  }
  speed: {
    firstTokenMs: number | null
    tokensPerSecond: number | null
    tier: 'fast' | 'fair' | 'slow' | null
  }
  today: { requests: number; failed: number; inputTokens: number; outputTokens: number; costMicros: number }
}

/** What became of asking an engine something small. */
export interface EngineTest {
  ok: boolean
  text: string
  /** Whether it called the tool it was asked to call. */
  tools: boolean
  firstTokenMs: number | null
  durationMs: number
  tokensPerSecond: number | null
  costMicros: number | null
  error: string | null
}
