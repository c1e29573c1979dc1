import type { GgufFileInfo, LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp'

const gib = 1024 ** 3

/** How much conversation is kept in memory. */
export interface ContextSize {
  contextTokens: number
  sequences: number
}

/** A model whose conversations take no more of the memory than this may have long ones. */
const smallShare = 0.05
const longContext = 16_384

/**
 * By the computer's memory: conversations that are kept at hand, and how long they may be. A turn with the tools of a
 * shop takes some 4,000 tokens of a usual vocabulary.
 * @param memory bytes of the whole computer
 * @param tokenBytes what one token of a conversation takes; null where the file does not tell
 */
export function contextSizeFor(
  memory: number,
  trained: number,
  asked: number | null,
  tokenBytes: number | null,
): ContextSize {
  const [usual, sequences] = memory < 12 * gib ? [6144, 1] : memory < 24 * gib ? [8192, 2] : [8192, 3]
  const small = tokenBytes !== null && tokenBytes * longContext * sequences < memory * smallShare
  return { contextTokens: Math.min(asked ?? (small ? longContext : usual), trained), sequences }
}

/** Bytes of keys and values that a token of a conversation takes, with 16 bits each; null where the file does not tell. */
export function tokenBytes({ architectureMetadata }: GgufFileInfo): number | null {
  const { block_count: layers, embedding_length: width, attention } = architectureMetadata
  const heads = single(attention?.head_count)
  const keyHeads = single(attention?.head_count_kv) ?? heads
  if (layers === undefined || width === undefined || heads === null || keyHeads === null) return null
  const size = (length: number | undefined) => length ?? width / heads
  return layers * keyHeads * (size(attention?.key_length) + size(attention?.value_length)) * 2
}

/** Some architectures give a figure for each layer: the largest counts. */
function single(value: number | number[] | undefined): number | null {
  if (value === undefined) return null
  return Array.isArray(value) ? Math.max(...value) : value
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
