import { stat } from 'node:fs/promises'
import type { Llama } from 'node-llama-cpp'
import { ChatModel, type Say } from './chat-model.ts'
import { EmbeddingModel } from './embedding-model.ts'
import { Failure, shortly } from './failure.ts'
import { inspectModel } from './inspection.ts'
import { measureModel } from './measurement.ts'
import type { CudaChoice } from './model-host.ts'
import { cautiousThreads, loadModel, NoBinary, startLlama } from './native.ts'
import { PrefixStates } from './prefix-states.ts'
import { encodeVector, type FailureCode, type Order, type StartOptions } from './protocol.ts'

/** Carries out the host's orders: at most one chat model and one embedding model are in memory. */
export class Orders {
  readonly #say: Say
  readonly #states: PrefixStates | null
  readonly #cuda: CudaChoice | null
  readonly #aborts = new Map<number, AbortController>()
  #llama: Promise<Llama> | null = null
  #chat: ChatModel | null = null
  #embedding: EmbeddingModel | null = null

  constructor(options: StartOptions, say: Say) {
    this.#say = say
    this.#cuda = options.cuda
    this.#states =
      options.statesFolder === null ? null : new PrefixStates(options.statesFolder, options.stateBytes)
    void this.#states?.clean()
  }

  abort(id: number): void {
    this.#aborts.get(id)?.abort()
  }

  /** Never throws: what goes wrong is said. */
  async carryOut(order: Order): Promise<void> {
    const abort = new AbortController()
    this.#aborts.set(order.id, abort)
    try {
      await this.#perform(order, abort.signal)
    } catch (error) {
      const code = abort.signal.aborted ? 'aborted' : codeOf(error)
      this.#say({ type: 'failed', id: order.id, code, detail: shortly(error) })
    } finally {
      this.#aborts.delete(order.id)
      await this.#tellState()
    }
  }

  async #perform(order: Order, signal: AbortSignal): Promise<void> {
    if (order.type === 'inspect') {
      const facts = await inspectModel(() => this.#started(), order.file, signal)
      this.#say({ type: 'facts', id: order.id, facts })
      return
    }
    const llama = await this.#started()
    switch (order.type) {
      case 'generate': {
        const threads = order.threads ?? cautiousThreads(llama)
        llama.maxThreads = threads
        const model = await this.#chatModel(llama, order, signal)
        await model.generate(order, threads, this.#say, signal)
        return
      }
      case 'embed': {
        const model = await this.#embeddingModel(llama, order, order.threads, signal)
        const vectors = await model.embed(order.texts, signal)
        this.#say({ type: 'vectors', id: order.id, vectors: vectors.map(encodeVector) })
        return
      }
      case 'measure': {
        const model = await this.#loading(order, () => this.#loadAlone(llama, order.file, signal))
        try {
          const speed = await measureModel(llama, model, signal)
          const measuredAt = new Date().toISOString()
          this.#say({ type: 'measured', id: order.id, measured: { ...speed, measuredAt } })
        } finally {
          await model.dispose()
        }
      }
    }
  }

  #started(): Promise<Llama> {
    this.#llama ??= startLlama((level, text) => this.#say({ type: 'log', level, text }), this.#cuda)
    return this.#llama
  }

  async #chatModel(llama: Llama, order: Order, signal: AbortSignal): Promise<ChatModel> {
    if (this.#chat?.file === order.file) return this.#chat
    await this.#dropChat()
    this.#chat = await this.#loading(order, async () => {
      const size = await sizeOf(order.file)
      return ChatModel.load(llama, order.file, { size, states: this.#states, signal })
    })
    await this.#tellState()
    return this.#chat
  }

  async #embeddingModel(
    llama: Llama,
    order: Order,
    threads: number | null,
    signal: AbortSignal,
  ): Promise<EmbeddingModel> {
    if (this.#embedding?.file === order.file) return this.#embedding
    const old = this.#embedding
    this.#embedding = null
    await old?.dispose()
    this.#embedding = await this.#loading(order, async () => {
      const size = await sizeOf(order.file)
      return EmbeddingModel.load(llama, order.file, {
        size,
        threads: threads ?? cautiousThreads(llama),
        signal,
      })
    })
    await this.#tellState()
    return this.#embedding
  }

  /** For measuring the model is alone in memory, and starts with nothing at hand. */
  async #loadAlone(llama: Llama, file: string, signal: AbortSignal) {
    await this.#dropChat()
    return loadModel(llama, file, await sizeOf(file), signal)
  }

  async #dropChat(): Promise<void> {
    const old = this.#chat
    this.#chat = null
    await old?.dispose()
  }

  async #loading<Model>(order: Order, load: () => Promise<Model>): Promise<Model> {
    this.#say({ type: 'progress', id: order.id, phase: 'loading', done: 0, total: 0 })
    try {
      return await load()
    } catch (error) {
      if (error instanceof Failure) throw error
      // The library's own words are "failed to load model"; the reason is in its log.
      throw new Failure('service_failed', shortly(error), error)
    }
  }

  async #tellState(): Promise<void> {
    const llama = await this.#llama?.catch(() => null)
    const gpu = llama?.gpu ?? false
    this.#say({
      type: 'state',
      chatFile: this.#chat?.file ?? null,
      embeddingFile: this.#embedding?.file ?? null,
      gpu: gpu === false ? null : gpu,
      cuda: this.#cuda === null || this.#llama === null ? null : gpu === 'cuda',
      memory: process.memoryUsage.rss(),
    })
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error) => {
    throw new Failure('model_missing', shortly(error), error)
  })
  return found.size
}

function codeOf(error: unknown): FailureCode {
  if (error instanceof Failure) return error.code
  return error instanceof NoBinary ? 'model.no_binary' : 'service_failed'
}
