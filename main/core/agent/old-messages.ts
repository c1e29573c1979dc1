import type { Turn } from '../turns/service.ts'
import type { ContextReader, ConversationContext } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import type { ReplyWriter } from './reply.ts'

/** Ends turns whose newest message is too old to be answered: a draft is asked for in their place, and nothing is sent. */
export class OldMessages {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #replies: ReplyWriter

  constructor(deps: AgentDependencies, context: ContextReader, replies: ReplyWriter) {
    this.#deps = deps
    this.#context = context
    this.#replies = replies
  }

  /**
   * True when the turn has ended here. One that had done something already is cancelled, so that it is shown that the
   * customer was not told of it.
   * @throws DomainError `turn.epoch_changed`
   */
  end(turn: Turn, conversation: ConversationContext): boolean {
    const { wake, turns, journal, storage } = this.#deps
    if (wake?.isOldTurn(conversation.id, turn.firstMessageSeq) !== true) return false
    const input = this.#context.input(conversation.id, turn.firstMessageSeq)
    const last = input.at(-1)
    if (last === undefined) return false
    const begun = journal.steps(turn.id).length > 0
    storage.write('agent', (tx) => {
      this.#replies.requireEpoch(turn)
      turns.takeIn(turn.id, last.seq)
      this.#replies.recordUnderstanding(tx, input)
      turns.end(tx, turn, begun ? 'cancelled' : 'done', 'old')
      wake.draftTurn(tx, turn)
    })
    return true
  }
}
