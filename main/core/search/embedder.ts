/** Turns texts into vectors whose nearness is nearness of meaning. */
export interface Embedder {
  /** Changes with everything that makes its vectors others: they are not compared across ids. */
  readonly id: string
  readonly dimensions: number
  /**
   * Vectors of unit length, in order. Throws what the models' process throws (EngineError).
   * @param purpose models are told whether a text is asked with or looked through
   */
  embed(
    texts: readonly string[],
    purpose: 'query' | 'document',
    signal?: AbortSignal,
  ): Promise<Float32Array[]>
}

/** Where embedders come from. */
export interface EmbedderSource {
  /**
   * @param file absolute path of a GGUF file
   * @throws DomainError `model.not_found`, `model.not_gguf`, `model.damaged`, `model.no_binary`, `model.no_embedding`
   */
  open(file: string): Promise<Embedder>
}
