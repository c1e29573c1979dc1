import type { ChatModelFunctions, ChatWrapper, LlamaModel, Token } from 'node-llama-cpp'
import type { PromptedConversation, PromptMessage } from '../prompted/prompt.ts'
import { Failure } from './failure.ts'
import { chatHistory, droppableMessages, withoutOldest } from './history.ts'

/** A prompt as the model reads it. */
export interface FittedPrompt {
  messages: readonly PromptMessage[]
  tokens: Token[]
  droppedMessages: number
}

/** Renders conversations with a model's wrapper and counts with its own tokenizer. */
export class PromptRenderer {
  readonly #model: LlamaModel
  readonly #wrapper: ChatWrapper
  readonly #functions: ChatModelFunctions

  constructor(model: LlamaModel, wrapper: ChatWrapper, functions: ChatModelFunctions) {
    this.#model = model
    this.#wrapper = wrapper
    this.#functions = functions
  }

  /**
   * Leaves out as many of the oldest droppable messages as needed.
   * @param room tokens for the prompt
   * @throws Failure `context_too_long`
   */
  fit(conversation: PromptedConversation, room: number): FittedPrompt {
    const droppable = droppableMessages(conversation)
    const attempt = (dropped: number): FittedPrompt => {
      const messages = withoutOldest(conversation, dropped)
      return { messages, tokens: this.#render(conversation.head, messages), droppedMessages: dropped }
    }
    const whole = attempt(0)
    if (whole.tokens.length <= room) return whole
    let fitting = attempt(droppable)
    if (fitting.tokens.length > room)
      throw new Failure('context_too_long', `${fitting.tokens.length} tokens, room for ${room}`)
    for (let tooFew = 0; fitting.droppedMessages - tooFew > 1; ) {
      const middle = attempt(Math.floor((fitting.droppedMessages + tooFew) / 2))
      if (middle.tokens.length <= room) fitting = middle
      else tooFew = middle.droppedMessages
    }
    return fitting
  }

  /** What all prompts with this head and these tools begin with: where two that differ at once still agree. */
  prefix(head: string): Token[] {
    const [one, other] = ['a', 'b'].map((text) => this.#render(head, [{ role: 'user', text }]))
    if (one === undefined || other === undefined) return []
    const differs = one.findIndex((token, at) => token !== other[at])
    return differs < 0 ? one : one.slice(0, differs)
  }

  #render(head: string, messages: readonly PromptMessage[]): Token[] {
    const { contextText } = this.#wrapper.generateContextState({
      chatHistory: chatHistory(head, messages),
      availableFunctions: this.#functions,
      documentFunctionParams: true,
    })
    return contextText.tokenize(this.#model.tokenizer)
  }
}
