import type { ConversationService } from '../conversations/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'

/** So often the same is said to one customer within the time below. */
const mostOften = 2
const withinMs = 86_400_000

export interface OptOutNoticesDependencies {
  storage: Storage
  conversations: Pick<ConversationService, 'notify'>
  /** The owner has paused everything: nobody is told anything. */
  paused?(): boolean
}

/** What customers are told who opt out or come back. No ceiling holds these: one who does so without end gets no more. */
export class OptOutNotices {
  readonly #deps: OptOutNoticesDependencies

  constructor(deps: OptOutNoticesDependencies) {
    this.#deps = deps
  }

  tell(tx: Tx, conversationId: string, text: string): void {
    if (this.#deps.paused?.() === true || this.isEnough(tx, conversationId, text)) return
    this.#deps.conversations.notify(tx, conversationId, text)
  }

  /** Whether this was said often enough lately. */
  isEnough(tx: Tx, conversationId: string, text: string): boolean {
    const since = new Date(Date.parse(tx.now) - withinMs).toISOString()
    const said = this.#deps.storage
      .prepare<[string, string, string], number>(
        `SELECT count(*) FROM messages WHERE conversation_id = ? AND author = 'system' AND text = ? AND created_at >= ?`,
      )
      .pluck()
      .get(conversationId, text, since) as number
    return said >= mostOften
  }
}
