import type {
  ChatWrapper,
  Llama,
  LlamaChatResponse,
  LlamaContext,
  LlamaContextSequence,
  LlamaModel,
  Token,
} from 'node-llama-cpp'
import { Failure, shortly } from './failure.ts'
import { answerFunctions, describingWrapper } from './functions.ts'
import { chatHistory } from './history.ts'
import { loadLibrary, loadModel } from './native.ts'
import { fileIdentity, type PrefixStates, prefixKey } from './prefix-states.ts'
import { type FittedPrompt, PromptRenderer } from './prompt-tokens.ts'
import type { FromProcess, GenerateOrder } from './protocol.ts'
import { type ContextSize, contextSizeFor, createContext, Sequences, tokenBytes } from './sequences.ts'
import { wrapperFor } from './wrapper.ts'

/** Tokens that are computed at once before an answer; then abort and state are looked at. On a GPU more is as quick. */
const chunk = { processor: 128, gpu: 512 }
/** A prefix that is worth a file. */
const leastPrefix = 96
/** Beyond the answer: what the library adds around calls. */
const spareTokens = 32
const mostCalls = 8

export type Say = (message: FromProcess) => void

/** A chat model in memory, with the conversations that are at hand. */
export class ChatModel {
  readonly file: string
  readonly #llama: Llama
  readonly #model: LlamaModel
  readonly #identity: string
  readonly #wrapper: ChatWrapper
  readonly #states: PrefixStates | null
  #context: OpenContext | null = null

  private constructor(
    file: string,
    llama: Llama,
    model: LlamaModel,
    parts: {
      identity: string
      wrapper: ChatWrapper
      states: PrefixStates | null
    },
  ) {
    this.file = file
    this.#llama = llama
    this.#model = model
    this.#identity = parts.identity
    this.#wrapper = parts.wrapper
    this.#states = parts.states
  }

  static async load(
    llama: Llama,
    file: string,
    options: { size: number; states: PrefixStates | null; signal: AbortSignal },
  ): Promise<ChatModel> {
    const identity = await fileIdentity(file)
    const model = await loadModel(llama, file, options.size, options.signal)
    const wrapper = await wrapperFor(model)
    return new ChatModel(file, llama, model, { identity, wrapper, states: options.states })
  }

  async generate(order: GenerateOrder, threads: number, say: Say, signal: AbortSignal): Promise<void> {
    const begun = performance.now()
    const { context, size, sequences } = await this.#contextFor(order.contextTokens, threads)
    const functions = answerFunctions(order.tools)
    const wrapper = describingWrapper(this.#wrapper, order.tools)
    const renderer = new PromptRenderer(this.#model, wrapper, functions)
    const room = Math.min(order.contextTokens ?? size.contextTokens, size.contextTokens)
    const prompt = renderer.fit(order.conversation, room - order.maxTokens - spareTokens)
    const sequence = sequences.take(order.affinity)
    const prefix = renderer.prefix(order.conversation.head)
    const cachedTokens = await this.#prefill(order.id, { sequence, context, prompt, prefix }, say, signal)
    const answer = new Answer(order.id, say, begun)
    const before = sequence.tokenMeter.usedOutputTokens
    const cut = await this.#answer(order, prompt, { sequence, wrapper, functions, answer, signal })
    say({
      type: 'end',
      id: order.id,
      inputTokens: prompt.tokens.length,
      cachedTokens,
      outputTokens: sequence.tokenMeter.usedOutputTokens - before,
      firstTokenMs: answer.firstTokenMs ?? performance.now() - begun,
      droppedMessages: prompt.droppedMessages,
      cut,
    })
  }

  async dispose(): Promise<void> {
    await this.#model.dispose()
  }

  /** One that is large enough serves shops that want less as well, so that no chat at hand is lost. */
  async #contextFor(contextTokens: number | null, threads: number): Promise<OpenContext> {
    const { total } = await this.#llama.getRamState()
    const bytes = tokenBytes(this.#model.fileInfo)
    const wanted = contextSizeFor(total, this.#model.trainContextSize, contextTokens, bytes)
    const asked = wanted.contextTokens
    if (this.#context !== null && this.#context.threads === threads && this.#context.asked >= asked)
      return this.#context
    await this.#context?.context.dispose()
    this.#context = null
    const { context, size } = await createContext(this.#model, wanted, threads)
    this.#context = { threads, asked, context, size, sequences: new Sequences(context) }
    return this.#context
  }

  /**
   * Computes the prompt but its last token, in chunks. What is in the sequence or in a file is not computed again.
   * Returns how many tokens that were.
   */
  async #prefill(
    id: number,
    { sequence, context, prompt, prefix }: Prefill,
    say: Say,
    signal: AbortSignal,
  ): Promise<number> {
    const tokens = prompt.tokens.slice(0, -1)
    const state = prefix.length >= leastPrefix && !sequence.needsCheckpoints ? this.#states : null
    const key = state === null ? '' : await this.#prefixKey(context, prefix)
    if (state !== null && sequence.compareContextTokens(tokens).firstDifferentIndex < prefix.length)
      await loadState(sequence, state, key, prefix)
    await sequence.adaptStateToTokens(tokens, false)
    const cached = sequence.nextTokenIndex
    const size = this.#llama.gpu === false ? chunk.processor : chunk.gpu
    for (let done = cached; done < tokens.length; ) {
      signal.throwIfAborted()
      say({ type: 'progress', id, phase: 'prefill', done, total: tokens.length })
      // The end of the prefix is the end of a chunk, so that nothing of a conversation is in its file.
      const end = done < prefix.length ? Math.min(done + size, prefix.length) : done + size
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(done, end))
      done = Math.min(end, tokens.length)
      if (done !== prefix.length) continue
      if (sequence.needsCheckpoints) await sequence.takeCheckpoint()
      else if (state !== null && !(await state.has(key)))
        await state.save(key, (path) => sequence.saveStateToFile(path))
    }
    signal.throwIfAborted()
    return cached
  }

  async #prefixKey(context: LlamaContext, prefix: readonly Token[]): Promise<string> {
    const { getModuleVersion } = await loadLibrary()
    const { release } = this.#llama.llamaCppRelease
    const layout = [context.flashAttention, context.kvCacheKeyType, context.kvCacheValueType].join(' ')
    const version = await getModuleVersion()
    return prefixKey([this.#identity, version, release, String(this.#llama.gpu), layout, ...prefix])
  }

  /** Returns whether the answer was cut off. */
  async #answer(order: GenerateOrder, prompt: FittedPrompt, { answer, ...by }: Answering): Promise<boolean> {
    const { LlamaChat } = await loadLibrary()
    const chat = new LlamaChat({ contextSequence: by.sequence, chatWrapper: by.wrapper })
    const hasTools = order.tools.length > 0
    let response: LlamaChatResponse
    try {
      response = await chat.generateResponse(chatHistory(order.conversation.head, prompt.messages), {
        signal: by.signal,
        maxTokens: order.maxTokens,
        // Figures are to be copied, not varied; a repeated one is no mistake.
        temperature: 0,
        repeatPenalty: false,
        budgets: { thoughtTokens: 0 },
        trimWhitespaceSuffix: true,
        onToken: () => answer.begins(),
        onTextChunk: (delta) => answer.text(delta),
        ...(hasTools
          ? {
              functions: by.functions,
              documentFunctionParams: true,
              maxParallelFunctionCalls: mostCalls,
              onFunctionCallParamsChunk: () => answer.begins(),
              onFunctionCall: (call) => answer.call(call.functionName, call.params),
            }
          : {}),
      })
    } catch (error) {
      if (by.signal.aborted) throw error
      throw new Failure('invalid_answer', shortly(error), error)
    } finally {
      chat.dispose({ disposeSequence: false })
    }
    by.signal.throwIfAborted()
    return response.metadata.stopReason === 'maxTokens'
  }
}

interface OpenContext {
  threads: number
  /** Tokens that were asked for; it may have turned out smaller. */
  asked: number
  context: LlamaContext
  size: ContextSize
  sequences: Sequences
}

interface Prefill {
  sequence: LlamaContextSequence
  context: LlamaContext
  prompt: FittedPrompt
  prefix: Token[]
}

interface Answering {
  sequence: LlamaContextSequence
  wrapper: ChatWrapper
  functions: ReturnType<typeof answerFunctions>
  answer: Answer
  signal: AbortSignal
}

/** Passes on what the model says, and notes when it began. */
class Answer {
  readonly #id: number
  readonly #say: Say
  readonly #begun: number
  firstTokenMs: number | null = null

  constructor(id: number, say: Say, begun: number) {
    this.#id = id
    this.#say = say
    this.#begun = begun
  }

  begins(): void {
    if (this.firstTokenMs !== null) return
    this.firstTokenMs = performance.now() - this.#begun
    this.#say({ type: 'progress', id: this.#id, phase: 'decode', done: 0, total: 0 })
  }

  text(delta: string): void {
    if (delta === '') return
    this.begins()
    this.#say({ type: 'text', id: this.#id, delta })
  }

  call(name: string, params: unknown): void {
    this.begins()
    this.#say({ type: 'call', id: this.#id, name, arguments: JSON.stringify(params ?? {}) })
  }
}

/** Puts a saved prefix into the sequence; without one, or if it is not what it should be, the sequence stays as it is or empty. */
async function loadState(
  sequence: LlamaContextSequence,
  states: PrefixStates,
  key: string,
  prefix: readonly Token[],
): Promise<void> {
  const path = await states.find(key)
  if (path === null) return
  try {
    await sequence.loadStateFromFile(path, { acceptRisk: true })
    const { contextTokens } = sequence
    if (contextTokens.length === prefix.length && contextTokens.every((token, at) => token === prefix[at]))
      return
  } catch {
    // Made for a longer context, or by another library: of no use here.
  }
  await states.remove(key)
  await sequence.clearHistory()
}
