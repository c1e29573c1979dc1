import {
  type ChatWrapper,
  getLlama,
  LlamaChat,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
  resolveChatWrapper,
} from 'node-llama-cpp'

/** One answer: until its first token and from there to its end, ms. */
export interface Timed {
  firstTokenMs: number
  decodeMs: number
  tokens: number
}

/** node-llama-cpp as its documentation uses it, in this process: what the model process is compared with. */
export class DirectModel {
  readonly #model: LlamaModel
  readonly #sequence: LlamaContextSequence
  readonly #wrapper: ChatWrapper

  private constructor(model: LlamaModel, sequence: LlamaContextSequence) {
    this.#model = model
    this.#sequence = sequence
    this.#wrapper = resolveChatWrapper(model)
  }

  static async load(file: string, options: { threads: number; contextTokens: number }): Promise<DirectModel> {
    const llama = await getLlama({
      gpu: 'auto',
      build: 'never',
      progressLogs: false,
      logLevel: LlamaLogLevel.error,
      maxThreads: options.threads,
    })
    const model = await llama.loadModel({ modelPath: file, useMmap: false })
    const context = await model.createContext({
      contextSize: options.contextTokens,
      threads: { ideal: options.threads, min: options.threads },
    })
    return new DirectModel(model, context.getSequence())
  }

  async answer(head: string, text: string, maxTokens: number): Promise<Timed> {
    const chat = new LlamaChat({ contextSequence: this.#sequence, chatWrapper: this.#wrapper })
    const before = this.#sequence.tokenMeter.usedOutputTokens
    const begun = performance.now()
    let first: number | null = null
    await chat.generateResponse(
      [
        { type: 'system', text: head },
        { type: 'user', text },
        { type: 'model', response: [] },
      ],
      {
        maxTokens,
        temperature: 0,
        repeatPenalty: false,
        onToken: () => {
          first ??= performance.now()
        },
      },
    )
    const end = performance.now()
    chat.dispose({ disposeSequence: false })
    const at = first ?? end
    const tokens = this.#sequence.tokenMeter.usedOutputTokens - before
    return { firstTokenMs: at - begun, decodeMs: end - at, tokens }
  }

  async dispose(): Promise<void> {
    await this.#model.dispose()
  }
}
