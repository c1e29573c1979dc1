import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'
import { isExplicitConfirmation, isUnqualifiedYes } from '../understanding/confirmation.ts'
import type { NotConfirmed, Summary } from './checkout.ts'
import { tellsAmount } from './told.ts'

interface CustomerMessage {
  seq: number
  text: string
  repliesTo: string | null
  attachments: number
}

interface SentPart {
  state: string
  sentAfterSeq: number | null
  messageId: string
}

/**
 * Whether a turn's messages confirm a summary, read in the unit of work that would place the order: the summary was told
 * in a reply whose every part is known to be sent, and all that the customer has said in this turn was said after that
 * and is a yes and nothing else. Where the shop said something after the summary, the yes must name the order.
 * @returns null when they do.
 */
export class ConfirmationReader {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  refusal(summary: Summary, turnId: string, locale: string): NotConfirmed | null {
    const messages = this.#messagesOf(turnId)
    const parts = this.#partsOf(summary.turnId)
    const told = new Set(parts.map((part) => part.messageId))
    if (!isOff('checkout.sent')) {
      if (summary.turnId === turnId || parts.length === 0) return 'not_sent'
      if (parts.some((part) => part.state !== 'sent' || part.sentAfterSeq === null)) return 'not_sent'
      if (!this.#tellsTotal(summary, told, locale)) return 'not_sent'
      const sentAfter = Math.max(...parts.map((part) => part.sentAfterSeq ?? 0))
      if (messages.some((message) => message.seq <= sentAfter)) return 'too_early'
    }
    if (isOff('checkout.confirmed')) return null
    if (messages.length === 0) return 'not_yes'
    const spokenSince = this.#shopSpokeSince(summary.conversationId, told, messages[0]?.seq ?? 0)
    for (const message of messages) {
      // A yes that quotes another message, or comes with a picture, may be about that.
      const elsewhere = message.repliesTo !== null && !told.has(message.repliesTo)
      if (elsewhere || message.attachments > 0) return 'not_yes'
    }
    // Read as one, so that "sí" and "gracias" sent apart are the yes that they are in one message.
    if (!isUnqualifiedYes(messages.map(({ text }) => text).join('\n'))) return 'not_yes'
    if (spokenSince && !messages.some((message) => isExplicitConfirmation(message.text)))
      return 'older_summary'
    return null
  }

  /** Everything that the turn answers, with what came in while it ran. */
  #messagesOf(turnId: string): CustomerMessage[] {
    return this.#storage
      .prepare<[string], CustomerMessage>(
        `SELECT m.seq, m.text, m.reply_to_id AS repliesTo,
           (SELECT count(*) FROM attachments a WHERE a.message_id = m.id) AS attachments
         FROM turns t JOIN messages m ON m.conversation_id = t.conversation_id AND m.seq >= t.first_message_seq
         WHERE t.id = ? AND m.author = 'customer' AND m.removed_at IS NULL ORDER BY m.seq`,
      )
      .all(turnId)
  }

  #partsOf(turnId: string): SentPart[] {
    return this.#storage
      .prepare<[string], SentPart>(
        'SELECT state, sent_after_seq AS sentAfterSeq, message_id AS messageId FROM outbox WHERE turn_id = ?',
      )
      .all(turnId)
  }

  /** A reply that does not name the total told no summary, whatever the engine meant it to be. */
  #tellsTotal(summary: Summary, ids: ReadonlySet<string>, locale: string): boolean {
    const textOf = this.#storage.prepare<[string], string>('SELECT text FROM messages WHERE id = ?').pluck()
    const text = [...ids].map((id) => textOf.get(id) ?? '').join('\n')
    const { total: amount, currency } = summary.snapshot
    return tellsAmount(text, { amount, currency }, locale)
  }

  /** Whether the shop's side said anything between the summary and this turn. */
  #shopSpokeSince(conversationId: string, ids: ReadonlySet<string>, firstSeq: number): boolean {
    const seqOf = this.#storage.prepare<[string], number>('SELECT seq FROM messages WHERE id = ?').pluck()
    const told = Math.max(0, ...[...ids].map((id) => Number(seqOf.get(id) ?? 0)))
    return (
      this.#storage
        .prepare<[string, number, number]>(
          `SELECT 1 FROM messages WHERE conversation_id = ? AND seq > ? AND seq < ?
             AND author <> 'customer' AND kind <> 'note' AND removed_at IS NULL LIMIT 1`,
        )
        .get(conversationId, told, firstSeq) !== undefined
    )
  }
}
