import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp'

const gib = 1024 ** 3

/** How much conversation is kept in memory. */
export interface ContextSize {
  contextTokens: number
  sequences: number
}

/**
 * By the computer's memory: conversations that are kept at hand, and how long they may be. A turn with the tools of a
 * shop takes some 3,000 tokens.
 * @param memory bytes of the whole computer
 */
export function contextSizeFor(memory: number, trained: number, asked: number | null): ContextSize {
  const [contextTokens, sequences] = memory < 12 * gib ? [6144, 1] : memory < 24 * gib ? [8192, 2] : [8192, 3]
  return { contextTokens: Math.min(asked ?? contextTokens, trained), sequences }
}

/** Creates a context as large as fits: first conversations at hand are given up, then length. */
export async function createContext(
  model: LlamaModel,
  size: ContextSize,
  threads: number,
): Promise<{ context: LlamaContext; size: ContextSize }> {
  let { contextTokens, sequences } = size
  for (;;) {
    try {
      const context = await model.createContext({
        contextSize: contextTokens,
        sequences,
        threads: { ideal: threads, min: threads },
        // Models with a sliding window keep all, or the head of a prompt could not be used again.
        swaFullCache: true,
      })
      return { context, size: { contextTokens: context.contextSize, sequences } }
    } catch (error) {
      if (sequences > 1) sequences--
      else if (contextTokens > 2048) contextTokens = Math.max(2048, Math.floor(contextTokens / 2))
      else throw error
    }
  }
}

interface Slot {
  sequence: LlamaContextSequence
  affinity: string | null
  /** Rises with each use. */
  used: number
}

/** Conversations at hand: each finds its own sequence again, a new one gets what was used longest ago. */
export class Sequences {
  readonly #slots: Slot[]
  #uses = 0

  constructor(context: LlamaContext) {
    this.#slots = Array.from({ length: context.totalSequences }, () => ({
      sequence: context.getSequence(),
      affinity: null,
      used: 0,
    }))
  }

  take(affinity: string): LlamaContextSequence {
    const own = this.#slots.find((slot) => slot.affinity === affinity)
    const slot = own ?? [...this.#slots].sort((a, b) => a.used - b.used)[0]
    if (slot === undefined) throw new Error('a context has a sequence')
    slot.affinity = affinity
    slot.used = ++this.#uses
    return slot.sequence
  }
}
