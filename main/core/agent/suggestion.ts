import type { ConversationService } from '../conversations/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { Engine } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import type { Journal } from '../turns/journal.ts'
import { ContextReader } from './conversation-context.ts'
import { stepsLeft } from './engine-steps.ts'
import type { ConversationMemory } from './memory.ts'
import type { PromptSource } from './prompt-material.ts'
import { type Part, Rehearsal, type RehearsalDependencies } from './rehearsal.ts'
import { requestFor } from './request.ts'
import { toolSpecs } from './tools/tool-specs.ts'

export interface SuggestionDependencies extends RehearsalDependencies {
  storage: Storage
  conversations: ConversationService
  customers: Pick<CustomerService, 'memory'>
  journal: Journal
  prompts: PromptSource
  memory: ConversationMemory
  engine: Engine
}

export interface Suggestion {
  text: string
  engine: string
  /** False when the engine's words were replaced by plain facts. */
  gate: { ok: boolean }
}

/** What the assistant would say now in a conversation, whoever has it. Nothing is written, done or sent. */
export class Suggestions {
  readonly #deps: SuggestionDependencies
  readonly #context: ContextReader
  readonly #rehearsal: Rehearsal
  readonly #running = new Set<string>()

  constructor(deps: SuggestionDependencies) {
    this.#deps = deps
    this.#context = new ContextReader(deps.storage)
    this.#rehearsal = new Rehearsal(deps)
  }

  /**
   * One at a time for each conversation.
   * @throws DomainError `not_found`, `conversation.nothing_to_answer`, `engine.busy` while one is being made, `cancelled`
   * @throws EngineError when the engine does not answer
   */
  async suggest(conversationId: string, signal: AbortSignal): Promise<Suggestion> {
    const part = this.#part(conversationId)
    if (this.#running.has(conversationId)) throw new DomainError('engine.busy')
    this.#running.add(conversationId)
    try {
      const { text, engine, gate } = await this.#rehearsal.answer(part, signal)
      if (signal.aborted) throw new DomainError('cancelled')
      return { text, engine, gate: { ok: gate.ok } }
    } catch (error) {
      throw signal.aborted ? new DomainError('cancelled') : error
    } finally {
      this.#running.delete(conversationId)
    }
  }

  #part(conversationId: string): Part {
    const { journal, conversations, tools, memory, engine } = this.#deps
    const conversation = this.#context.conversation(conversationId)
    if (conversation === null)
      throw new DomainError('not_found', { entity: 'conversation', id: conversationId })
    const firstMessageSeq = conversations.firstUnanswered(conversationId)
    const input = firstMessageSeq === null ? [] : this.#context.input(conversationId, firstMessageSeq)
    if (firstMessageSeq === null || input.length === 0)
      throw new DomainError('conversation.nothing_to_answer', { id: conversationId })
    const { prompted } = engine.capabilities
    const specs = toolSpecs(tools)
    return {
      conversation,
      engine,
      texts: input.map(({ text }) => text),
      state: conversation.state,
      seen: journal.seenIds(conversationId),
      request: (steps, refusal) => {
        const request = requestFor(
          { ...this.#deps, memory },
          {
            turn: { id: conversationId, firstMessageSeq },
            conversation,
            input,
            steps,
            tools: stepsLeft(steps, prompted) > 0 ? specs : [],
            step: steps.length,
            purpose: 'preview',
            ...(prompted ? {} : { withoutPrompt: true }),
          },
        )
        const history = prompted ? request.history : this.#context.history(conversationId, firstMessageSeq)
        const prompt = request.prompt && { ...request.prompt, refusal, ofCustomer: true }
        return { ...request, history, prompt }
      },
    }
  }
}
