import type { ChannelRisk, ChannelRules, RiskReason } from '../channels/account.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import type { Clock } from '../host.ts'
import { localMoment, startOfDay } from '../language/calendar.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { AccountFigures, type IncidentKind } from './figures.ts'
import { riskOf } from './risk.ts'

type Risk = { level: ChannelRisk; reasons: RiskReason[] }

const judgedForMs = 5_000

export type Ceiling = 'replies_ceiling' | 'contacts_ceiling'

export interface HealthDependencies {
  storage: Storage
  conversations: Pick<ConversationService, 'switchMode'>
  shop: () => ShopBrief
  clock: Clock
  rulesOf(accountId: string): ChannelRules
}

/** How much an account says in a day, and what speaks for or against its health. */
export class AccountHealth {
  readonly #deps: HealthDependencies
  readonly #figures: AccountFigures
  /** Accounts are listed often, and their figures are counted: once in some seconds is enough. */
  readonly #judged = new Map<string, { at: number; rules: ChannelRules; risk: Risk }>()

  constructor(deps: HealthDependencies) {
    this.#deps = deps
    this.#figures = new AccountFigures(deps.storage)
  }

  incident(tx: Tx, accountId: string, kind: IncidentKind): void {
    this.#judged.delete(accountId)
    this.#figures.incident(tx, accountId, kind)
  }

  risk(accountId: string): Risk {
    const rules = this.#deps.rulesOf(accountId)
    const at = this.#deps.clock.monotonic()
    const known = this.#judged.get(accountId)
    if (known !== undefined && known.rules === rules && at - known.at < judgedForMs) return known.risk
    const now = this.#deps.clock.now()
    const figures = this.#figures.risk({ id: accountId, rules }, now, this.#dayStart(now))
    const risk: Risk = figures === null ? { level: 'low', reasons: [] } : riskOf(figures)
    this.#judged.set(accountId, { at, rules, risk })
    return risk
  }

  /** Which of an account's ceilings is reached, if any, by one more message of the assistant in a conversation. */
  ceilingReached(accountId: string, conversationId: string): Ceiling | null {
    if (isOff('governor.ceiling')) return null
    const { dailyReplies, dailyNewContacts } = this.#deps.rulesOf(accountId)
    const since = this.#dayStart(this.#deps.clock.now())
    if (dailyReplies !== null && this.#figures.replies(accountId, since) >= dailyReplies)
      return 'replies_ceiling'
    if (dailyNewContacts === null || this.#figures.hasAnswered(conversationId)) return null
    return this.#figures.newContacts(accountId, since) >= dailyNewContacts ? 'contacts_ceiling' : null
  }

  stopAtCeiling(
    tx: Tx,
    accountId: string,
    conversation: { id: string; mode: ConversationMode; reason: string },
    ceiling: Ceiling,
  ): void {
    const { id: conversationId, mode, reason } = conversation
    // Whom a person has already keeps the reason why.
    this.#deps.conversations.switchMode(tx, conversationId, 'person', mode === 'person' ? reason : 'ceiling')
    const since = this.#dayStart(Date.parse(tx.now))
    if (this.#figures.incidents(accountId, ceiling, since) > 0) return
    this.incident(tx, accountId, ceiling)
    tx.emit('handover.requested', { conversationId, reason: 'ceiling' })
  }

  /** When the shop's local day began. UTC ISO 8601. */
  #dayStart(now: number): string {
    const { timeZone } = this.#deps.shop()
    return startOfDay(localMoment(new Date(now), timeZone).date, timeZone)
  }
}
