import type { Llama, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp'
import { Failure } from './failure.ts'
import { loadModel } from './native.ts'

/** Tokens of a text that count; the rest of a longer one is cut off. */
const mostTokens = 1024
/** For the marks at a text's begin and end. */
const markTokens = 4

/** An embedding model in memory. */
export class EmbeddingModel {
  readonly file: string
  readonly #model: LlamaModel
  readonly #context: LlamaEmbeddingContext
  readonly #tokens: number

  private constructor(file: string, model: LlamaModel, context: LlamaEmbeddingContext, tokens: number) {
    this.file = file
    this.#model = model
    this.#context = context
    this.#tokens = tokens
  }

  static async load(
    llama: Llama,
    file: string,
    options: { size: number; threads: number; signal: AbortSignal },
  ): Promise<EmbeddingModel> {
    const model = await loadModel(llama, file, options.size, options.signal)
    const tokens = Math.min(mostTokens, model.trainContextSize)
    const context = await model.createEmbeddingContext({
      contextSize: tokens,
      batchSize: tokens,
      threads: options.threads,
    })
    return new EmbeddingModel(file, model, context, tokens)
  }

  /** Vectors of unit length. */
  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    for (const text of texts) {
      signal.throwIfAborted()
      vectors.push(await this.#embed(text))
    }
    return vectors
  }

  async dispose(): Promise<void> {
    await this.#context.dispose()
    await this.#model.dispose()
  }

  async #embed(text: string): Promise<Float32Array> {
    const read = this.#model.tokenize(text)
    // A text without a word has no vector of its own; a point stands for it.
    const tokens = (read.length > 0 ? read : this.#model.tokenize('.')).slice(0, this.#tokens - markTokens)
    const { vector } = await this.#context.getEmbeddingFor(tokens)
    const length = Math.hypot(...vector)
    if (!Number.isFinite(length)) throw new Failure('service_failed', 'the model gave no numbers')
    return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length))
  }
}
