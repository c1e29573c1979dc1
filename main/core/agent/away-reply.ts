import type { Turn } from '../turns/service.ts'
import { usualFormOfAddress } from '../understanding/language.ts'
import { classify } from '../understanding/service.ts'
import type { ContextReader, ConversationContext } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import type { ReplyWriter } from './reply.ts'

/**
 * Ends turns of a shop that is away: one message for each conversation and closed period, and silence after it. No
 * engine is asked, the conversation stays with the bot and its messages stay unread.
 */
export class AwayReply {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #replies: ReplyWriter

  constructor(deps: AgentDependencies, context: ContextReader, replies: ReplyWriter) {
    this.#deps = deps
    this.#context = context
    this.#replies = replies
  }

  /**
   * True when the turn has ended here. A turn that an engine began before the shop closed goes on: what it has done is
   * told. Message, note, outbox rows and end of turn commit together.
   * @throws DomainError `turn.epoch_changed`
   */
  end(turn: Turn, conversation: ConversationContext): boolean {
    const { away, turns, journal } = this.#deps
    const closure = away.closure()
    if (closure?.policy !== 'away' || journal.steps(turn.id).length > 0) return false
    const input = this.#context.input(conversation.id, turn.firstMessageSeq)
    const last = input.at(-1)
    if (last === undefined) return false
    this.#deps.storage.write('agent', (tx) => {
      this.#replies.requireEpoch(turn)
      turns.takeIn(turn.id, last.seq)
      this.#replies.recordUnderstanding(tx, input)
      if (away.told(conversation.id, closure)) {
        turns.end(tx, turn, 'done', 'away_told_before')
        return
      }
      const language = conversation.language ?? classify(last.text, {}).language
      const formOfAddress = conversation.formOfAddress ?? usualFormOfAddress(this.#deps.shop().country)
      const text = away.message(closure, language, formOfAddress)
      turns.end(tx, turn, 'done', 'away')
      const messageId = this.#replies.addUnasked(tx, {
        turn,
        conversation,
        text,
        epoch: turn.epoch,
        endReason: 'away',
      })
      away.note(tx, conversation.id, closure, messageId)
    })
    return true
  }
}
