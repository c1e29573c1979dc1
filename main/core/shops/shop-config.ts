import type { Engine } from '../engines/engine.ts'
import type { ModelHost } from '../engines/local/model-host.ts'
import type { MediaReader } from '../media/reader.ts'
import type { EmbedderSource } from '../search/embedder.ts'

export interface ShopConfig {
  /** Quiet time that joins a burst of messages, ms. */
  quietWindowMs: number
  /** A burst that never rests is answered after this time, ms. */
  longestWaitMs: number
  /** The engine that answers, whatever the shop's owner has chosen. For tests and exams. */
  engine?: Engine
  /** The process that runs models on this computer; no local engine answers without it. */
  modelHost?: ModelHost
  /** Models for search by meaning; search works by words alone without it. */
  embedders?: EmbedderSource
  /** The browser that drives a messenger's page, the chosen one or the computer's; none is there without it. */
  browser?: (chosen: string | null) => Promise<{ path: string; version: string; userAgent: string }>
  /** Makes words of voice notes, pictures and papers; nobody does without it. */
  mediaReader?: MediaReader
  /** False for a process that only works on the shop (the command line): no messenger is connected and nothing that waits is taken up. */
  serve?: boolean
}
