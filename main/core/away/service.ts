import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { Clock } from '../host.ts'
import type { ClosedPolicy } from '../knowledge/profile.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import { type ClosedWords, ordersLater, usualAwayMessage } from '../language/closed.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'

/** A time at which the shop is closed and does something about it. */
export interface Closure {
  policy: Exclude<ClosedPolicy, 'answer'>
  /**
   * Names the closed period: the local date and time of the opening that ends it. Where the owner changes the hours
   * meanwhile it is another period, and customers learn of the new opening.
   */
  period: string
  words: ClosedWords
}

export interface AwayDependencies {
  storage: Storage
  knowledge: KnowledgeService
  clock: Clock
}

/** What the shop does while it is closed, and what each conversation was told of it already. */
export class AwayService {
  readonly #deps: AwayDependencies

  constructor(deps: AwayDependencies) {
    this.#deps = deps
  }

  /** The closed period of this moment; null while the shop is open, has not said its hours, or answers as always. */
  closure(): Closure | null {
    const { knowledge, clock } = this.#deps
    const policy = knowledge.profile().whenClosed
    if (policy === 'answer') return null
    const hours = knowledge.hours(new Date(clock.now()))
    if (!hours.closedNow) return null
    const { date: today, next } = hours
    return {
      policy,
      period: next === null ? 'none' : `${next.date}T${next.opens}`,
      words: { today, next, vacation: hours.on(today).from === 'vacation' },
    }
  }

  /**
   * The sentence that belongs to an order that is taken while the shop is closed: that it is closed, and when orders
   * are seen to. Null while the shop is open or does not ask for it.
   */
  closedNotice(language: Language): string | null {
    const closure = this.closure()
    return closure?.policy === 'orders_later' ? ordersLater(language, closure.words) : null
  }

  /** The shop's own away message, or the usual one, which names the next opening. */
  message({ words }: Closure, language: Language, formOfAddress: FormOfAddress): string {
    const own = this.#deps.knowledge.profile().awayMessage[language].trim()
    return own === '' ? usualAwayMessage(language, formOfAddress, words) : own
  }

  /** That sentence where a conversation was not told yet in this closed period: the next reply says it. */
  untoldNotice(conversationId: string, language: Language): { closure: Closure; text: string } | null {
    const closure = this.closure()
    if (closure?.policy !== 'orders_later' || this.told(conversationId, closure)) return null
    return { closure, text: ordersLater(language, closure.words) }
  }

  /** Whether a conversation was told already in this closed period. */
  told(conversationId: string, { policy, period }: Closure): boolean {
    if (isOff('away.once')) return false
    return (
      this.#deps.storage
        .prepare('SELECT 1 FROM closed_notices WHERE conversation_id = ? AND kind = ? AND period = ?')
        .get(conversationId, policy, period) !== undefined
    )
  }

  /** Notes the message that told it, in the unit of work that adds the message. */
  note(tx: Tx, conversationId: string, { policy, period }: Closure, messageId: string): void {
    this.#deps.storage
      .prepare(
        `INSERT ${isOff('away.once') ? 'OR REPLACE ' : ''}INTO closed_notices (conversation_id, kind, period, message_id, created_at)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(conversationId, policy, period, messageId, tx.now)
  }
}
