import type { ChannelKind, InboundMessage } from '../channels/channel.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { GovernorService } from '../governor/service.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { judgeLoop, type LoopState } from './loop-guard.ts'

export interface JudgedConversation {
  id: string
  mode: ConversationMode
  loop_state: string
  channel: ChannelKind
}

/** Pauses conversations in which two machines seem to talk, and calls the owner. */
export class LoopStop {
  readonly #storage: Storage
  readonly #conversations: Pick<ConversationService, 'switchMode'>
  readonly #governor: Pick<GovernorService, 'incident'>

  constructor(
    storage: Storage,
    conversations: Pick<ConversationService, 'switchMode'>,
    governor: Pick<GovernorService, 'incident'>,
  ) {
    this.#storage = storage
    this.#conversations = conversations
    this.#governor = governor
  }

  /** Whether a customer's message is not to be answered because nobody seems to be there. */
  stops(tx: Tx, accountId: string, conversation: JudgedConversation, message: InboundMessage): boolean {
    const replies = this.#storage
      .prepare<[string], { text: string; created_at: string }>(
        `SELECT text, created_at FROM messages WHERE conversation_id = ? AND author = 'agent' ORDER BY seq DESC LIMIT 4`,
      )
      .all(conversation.id)
    const last = replies[0]
    const verdict = judgeLoop(
      // Written below from this type.
      JSON.parse(conversation.loop_state) as LoopState,
      {
        text: message.text,
        fromBot: message.from.isBot,
        afterReplyMs: last === undefined ? null : Math.abs(Date.parse(tx.now) - Date.parse(last.created_at)),
        ownReplies: replies.map((reply) => reply.text),
        judgePace: conversation.channel !== 'testchat',
      },
    )
    this.#storage
      .prepare('UPDATE conversations SET loop_state = ? WHERE id = ?')
      .run(JSON.stringify(verdict.state), conversation.id)
    if (!verdict.stop || isOff('loops.stop')) return false
    if (conversation.mode === 'bot') {
      const reason = `loop_${verdict.reason}`
      this.#conversations.switchMode(tx, conversation.id, 'paused', reason)
      this.#governor.incident(tx, accountId, 'loop')
      tx.emit('handover.requested', { conversationId: conversation.id, reason })
    }
    return true
  }
}
