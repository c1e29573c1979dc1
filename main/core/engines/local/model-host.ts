import type { EngineErrorCode, ToolSpec } from '../engine.ts'
import type { PromptedConversation } from '../prompted/prompt.ts'

/**
 * The one process of this computer that runs models, as everybody else sees it. At most one chat model and one embedding
 * model are in memory; shops take turns.
 */
export interface ModelHost {
  status(): ModelHostStatus
  /** Called when `status` changes; the returned function ends it. */
  onChange(listener: () => void): () => void
  /** One step of a conversation. Throws EngineError: `busy` when the queue is too long, `crashed`, `model_missing`, `off`, `timeout`, `context_too_long`. */
  generate(request: GenerateRequest): AsyncIterable<GenerateEvent>
  /** Vectors of unit length, at low priority. Throws EngineError. */
  embed(file: string, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>
  /** Reads what a model file (or http address) is and how it would fit, without loading it. Throws DomainError `model.not_found`, `model.not_gguf`, `model.damaged`, `model.no_binary`, `model.unreachable`. */
  inspect(fileOrUrl: string): Promise<ModelFacts>
  /** Loads the model and finds the number of threads that is fastest here. Throws EngineError. */
  measure(file: string, signal?: AbortSignal): Promise<Measured>
  /** Gives memory free; the next request loads again. */
  unload(): Promise<void>
  /** Back on after two deaths in ten minutes. */
  turnOn(): void
  close(): Promise<void>
}

/** A CUDA build of the library that lies outside the app. */
export interface CudaChoice {
  /** The library takes only its own. */
  version: string
  /** Absolute `bins` folders by the names of the packages that the library asks for. */
  folders: Readonly<Record<string, string>>
}

/** Whoever has the CUDA build, as the host sees them. */
export interface CudaBuildPort {
  /** For a process that starts now; null for none. */
  choice(): CudaChoice | null
  /** Whether a process that was given it works with it. */
  tried(works: boolean): void
  /** Processes died under it; `choice` has none from now on. */
  gaveUp(): void
}

export interface GenerateRequest {
  /** Absolute path of the GGUF file. */
  file: string
  conversation: PromptedConversation
  tools: readonly ToolSpec[]
  /** Conversations with the same key may find their own state again (hot chats). Carries the shop. */
  affinity: string
  priority: 'live' | 'preview' | 'background'
  maxTokens: number
  contextTokens: number | null
  signal: AbortSignal
}

export type GenerateEvent =
  | { type: 'text'; delta: string }
  | { type: 'call'; name: string; arguments: string }
  | {
      type: 'end'
      inputTokens: number
      /** Of the input, what was in memory or in a saved prefix. */
      cachedTokens: number
      outputTokens: number
      firstTokenMs: number
      /** History messages that were left out because the context was too short. */
      droppedMessages: number
      /** It was stopped at `maxTokens`. */
      cut: boolean
    }

export interface ModelHostStatus {
  state: 'stopped' | 'starting' | 'idle' | 'loading' | 'busy' | 'off'
  /** Why it is off. */
  reason: EngineErrorCode | null
  chatFile: string | null
  embeddingFile: string | null
  /** Requests that wait. */
  queued: number
  gpu: 'cuda' | 'vulkan' | 'metal' | null
  /** Of the process, bytes; null when it does not run. */
  memory: number | null
  deaths: number
}

export interface ModelFacts {
  name: string
  architecture: string
  kind: 'chat' | 'embedding' | 'other'
  /** Bytes of the file. */
  size: number
  /** Trained context, tokens. */
  contextTokens: number
  parameters: number | null
  quantization: string | null
  chatTemplate: boolean
  /** Whether the chat template, or the wrapper found for it, can call tools. */
  tools: boolean
  /** Estimated memory for the model and `fit.contextTokens` of context, bytes. */
  fit: { verdict: 'good' | 'tight' | 'too_large'; memory: number; contextTokens: number; gpuLayers: number }
  embeddingDimensions: number | null
}

export interface Measured {
  threads: number
  prefillPerSecond: number
  decodePerSecond: number
  gpu: ModelHostStatus['gpu']
  /** What the owner can expect of a chat on this computer. */
  tier: 'fast' | 'fair' | 'slow'
  measuredAt: string
}
