import type { ChannelRisk, ChannelRules, RiskReason } from '../channels/account.ts'
import type { ChannelKind, InboundMessage, KnownChat } from '../channels/channel.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { Language, ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import { localMoment, startOfDay } from '../language/calendar.ts'
import { optedOutNotice, welcomeBack } from '../language/serving-texts.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { understand } from '../understanding/service.ts'
import { AccountRules } from './account-rules.ts'
import type { ChatFilter } from './chat-repository.ts'
import { answerIn, Chats, chatIdsOf, isGroup } from './chats.ts'
import { AccountFigures, type IncidentKind } from './figures.ts'
import { optOutWish } from './opt-out.ts'
import { riskOf } from './risk.ts'
import { type ChatAnswer, type ChatRule, isRuleReason, type RuleReason, ruleReasons } from './rules.ts'
import { verdictOn } from './verdict.ts'

export interface GovernorDependencies {
  storage: Storage
  conversations: Pick<ConversationService, 'switchMode' | 'resume' | 'notify'>
  customers: Pick<CustomerService, 'phoneKey'>
  shop: () => ShopBrief
  clock: Clock
}

interface ConversationRow {
  id: string
  accountId: string
  chatId: string
  channel: ChannelKind
  mode: ConversationMode
  reason: string
  epoch: number
  language: Language | null
  optedOutAt: string | null
  senderId: string | null
  username: string | null
  phone: string | null
}

/** Who writes, as far as the platform tells. */
type Person = Pick<ConversationRow, 'senderId' | 'username' | 'phone'>

/** Decides in which chats the assistant answers, and keeps what is known of an account's health. */
export class GovernorService {
  readonly #deps: GovernorDependencies
  readonly #storage: Storage
  readonly #rules: AccountRules
  readonly #chats: Chats
  readonly #figures: AccountFigures

  constructor(deps: GovernorDependencies) {
    this.#deps = deps
    this.#storage = deps.storage
    this.#rules = new AccountRules(deps.storage)
    this.#chats = new Chats(deps.storage, deps.customers)
    this.#figures = new AccountFigures(deps.storage)
  }

  /** The rules in force: the owner's, and the usual ones where nothing was said. Do not change the object. */
  rulesOf(accountId: string): ChannelRules {
    return this.#rules.of(accountId)
  }

  /**
   * Changes what is given, and brings every conversation of the account in line.
   * @throws DomainError `channel.rules_invalid {field}`, `channel.not_found`
   */
  setRules(tx: Tx, accountId: string, changes: Partial<ChannelRules>): ChannelRules {
    this.#kindOf(accountId)
    const rules = this.#rules.set(tx, accountId, changes)
    this.reconsider(tx, accountId)
    tx.emit('channel.changed', { channelAccountId: accountId, state: 'rules' })
    return rules
  }

  /** Whether a message is stored at all. Groups are heard where they are answered, status and newsletters never. */
  hears(accountId: string, message: InboundMessage): boolean {
    if (message.chatKind === 'private') return true
    if (message.chatKind === 'broadcast') return false
    if (!this.rulesOf(accountId).groups) return false
    if (message.own) return true
    // One who is never to be answered is not answered among others either.
    const rows = this.#chats.rowsOfSender(accountId, message.from)
    return message.addressed === true && answerIn(rows) !== 'never'
  }

  /**
   * Looks at the rules for a customer's message that is stored already: pauses a conversation that is not answered, takes
   * one back that is, hears the wish to be left alone. `answer`: a turn is to be scheduled under `epoch`.
   */
  admit(
    tx: Tx,
    given: { conversationId: string; isNew: boolean; message: InboundMessage },
  ): { answer: boolean; epoch: number } {
    const { conversationId, message } = given
    const before = this.#conversation(conversationId)
    if (before.channel === 'testchat') return { answer: before.mode === 'bot', epoch: before.epoch }
    this.#chats.note(tx, before, given)
    const wish = message.attachments.length > 0 ? null : this.#wishIn(before, message.text)
    if (wish === 'out' && before.optedOutAt === null) return this.#optOut(tx, before)
    if (wish === 'back' && before.optedOutAt !== null) return this.#comeBack(tx, before)
    const { from } = message
    const person = {
      senderId: from.externalId,
      username: from.username ?? null,
      phone: this.#chats.phoneOf(from.phone),
    }
    this.#settle(tx, before, person)
    const after = this.#conversation(conversationId)
    return { answer: after.mode === 'bot', epoch: after.epoch }
  }

  /** Brings every conversation of an account in line with its rules; whom a person has stays with the person. */
  reconsider(tx: Tx, accountId: string): void {
    const ids = this.#storage
      .prepare<[string, string], string>(
        `SELECT id FROM conversations WHERE channel_account_id = ? AND deleted_at IS NULL
           AND (mode = 'bot' OR (mode = 'paused' AND mode_reason IN (SELECT value FROM json_each(?))))`,
      )
      .pluck()
      .all(accountId, JSON.stringify(ruleReasons)) as string[]
    for (const id of ids) this.#settle(tx, this.#conversation(id))
  }

  /** The chats that were there when the account was connected. Those with a conversation here are customers' already. */
  knowChats(tx: Tx, accountId: string, chats: readonly KnownChat[]): void {
    for (const { chatId, name, phone } of chats)
      this.#chats.markExisting(tx, accountId, { chatId, name, phone }, 0)
  }

  /** The owner wrote in a chat that no customer has written in: what is answered there is an answer to the owner. */
  ownerWroteFirst(
    tx: Tx,
    accountId: string,
    chat: { chatId: string; name?: string; phone?: string | null },
  ): void {
    this.#chats.markExisting(tx, accountId, chat, 1)
  }

  /**
   * The owner gives a conversation to the assistant although a rule says no: from now on the chat is answered, and a wish
   * not to be is forgotten. Nothing changes where no rule speaks against it.
   */
  allow(tx: Tx, conversationId: string): void {
    const conversation = this.#conversation(conversationId)
    if (this.#verdict(conversation) === null) return
    const chats = this.#chats.rowsOf(conversation, conversation.phone)
    this.#forgetOptOut(tx, conversation)
    if (this.#verdict(this.#conversation(conversationId)) !== null)
      this.#chats.answer(tx, conversation.accountId, conversation.chatId, chats, 'always')
  }

  /** Whether the assistant answers in a conversation, and if not, which rule says so. Who holds it is another matter. */
  answerOf(conversationId: string): { answers: true } | { answers: false; reason: RuleReason } {
    const reason = this.#verdict(this.#conversation(conversationId))
    return reason === null ? { answers: true } : { answers: false, reason }
  }

  /** Chats that have a rule or a conversation, by name. */
  chats(accountId: string, filter: ChatFilter): { items: ChatRule[]; more: boolean } {
    const items = this.#chats.list(accountId, filter)
    return { items: items.slice(0, filter.limit), more: items.length > filter.limit }
  }

  /**
   * The owner's word about a chat, given by its id or by a phone; it holds for every chat id of that person.
   * @throws DomainError `input.invalid {field: 'chatId'}`, `channel.not_found`
   */
  setChat(tx: Tx, accountId: string, chat: string, answer: ChatAnswer): ChatRule {
    const kind = this.#kindOf(accountId)
    const { chatId, phone } = this.#chats.addressed(accountId, kind, chat.trim())
    const rows = this.#chats.rowsOf({ accountId, channel: kind, chatId }, phone)
    this.#chats.answer(tx, accountId, chatId, rows, answer, phone)
    for (const id of this.#conversationsOf(accountId, chatIdsOf(chatId, rows)))
      this.#settle(tx, this.#conversation(id))
    tx.emit('channel.changed', { channelAccountId: accountId, state: 'chats' })
    return this.#chats.one(accountId, chatId)
  }

  /** Notes what happened to an account; kept for 30 days. */
  incident(tx: Tx, accountId: string, kind: IncidentKind): void {
    this.#figures.incident(tx, accountId, kind)
  }

  /** How likely the platform is to block an account, and why. */
  risk(accountId: string): { level: ChannelRisk; reasons: RiskReason[] } {
    const now = this.#deps.clock.now()
    const figures = this.#figures.risk(
      { id: accountId, rules: this.rulesOf(accountId) },
      now,
      this.#dayStart(now),
    )
    return figures === null ? { level: 'low', reasons: [] } : riskOf(figures)
  }

  /** Which of an account's ceilings is reached, if any, by one more message of the assistant in a conversation. */
  ceilingReached(accountId: string, conversationId: string): 'replies_ceiling' | 'contacts_ceiling' | null {
    if (isOff('governor.ceiling')) return null
    const { dailyReplies, dailyNewContacts } = this.rulesOf(accountId)
    const since = this.#dayStart(this.#deps.clock.now())
    if (dailyReplies !== null && this.#figures.replies(accountId, since) >= dailyReplies)
      return 'replies_ceiling'
    if (dailyNewContacts === null || this.#figures.hasAnswered(conversationId)) return null
    return this.#figures.newContacts(accountId, since) >= dailyNewContacts ? 'contacts_ceiling' : null
  }

  /** A reply does not leave because a ceiling is reached: a person has the conversation, and is called once a day. */
  stopAtCeiling(
    tx: Tx,
    accountId: string,
    conversationId: string,
    ceiling: 'replies_ceiling' | 'contacts_ceiling',
  ): void {
    const { mode, reason } = this.#conversation(conversationId)
    // Whom a person has already keeps the reason why.
    this.#deps.conversations.switchMode(tx, conversationId, 'person', mode === 'person' ? reason : 'ceiling')
    const since = this.#dayStart(Date.parse(tx.now))
    if (this.#figures.incidents(accountId, ceiling, since) > 0) return
    this.incident(tx, accountId, ceiling)
    tx.emit('handover.requested', { conversationId, reason: 'ceiling' })
  }

  #wishIn(conversation: ConversationRow, text: string): 'out' | 'back' | null {
    const lastReply = this.#storage
      .prepare<[string], string>(
        `SELECT text FROM messages WHERE conversation_id = ? AND author = 'agent' ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
      .get(conversation.id) as string | undefined
    return optOutWish(text, lastReply)
  }

  /** Confirmed once, and only where the assistant has the conversation: others are not answered by it. */
  #optOut(tx: Tx, conversation: ConversationRow): { answer: boolean; epoch: number } {
    const wasAnswered = conversation.mode === 'bot' && this.#verdict(conversation) === null
    this.#storage
      .prepare('UPDATE conversations SET opted_out_at = ?, updated_at = ?, updated_by = ? WHERE id = ?')
      .run(tx.now, tx.now, tx.actor, conversation.id)
    if (isOff('governor.opt_out')) return { answer: wasAnswered, epoch: conversation.epoch }
    this.incident(tx, conversation.accountId, 'opted_out')
    this.#settle(tx, { ...conversation, optedOutAt: tx.now })
    if (wasAnswered)
      this.#deps.conversations.notify(tx, conversation.id, optedOutNotice(this.#languageOf(conversation)))
    return { answer: false, epoch: conversation.epoch }
  }

  #comeBack(tx: Tx, conversation: ConversationRow): { answer: boolean; epoch: number } {
    this.#forgetOptOut(tx, conversation)
    const now = { ...conversation, optedOutAt: null }
    const isRulePaused = conversation.mode === 'paused' && isRuleReason(conversation.reason)
    if (isRulePaused && this.#verdict(now) === null) {
      // Nothing from the time between is answered: the customer did not want it then.
      this.#deps.conversations.switchMode(tx, conversation.id, 'bot', '')
      this.#deps.conversations.notify(tx, conversation.id, welcomeBack(this.#languageOf(conversation)))
    } else this.#settle(tx, now)
    return { answer: false, epoch: conversation.epoch }
  }

  /** Under every id that the person has. */
  #forgetOptOut(tx: Tx, conversation: ConversationRow): void {
    const chats = this.#chats.rowsOf(conversation, conversation.phone)
    this.#storage
      .prepare(
        `UPDATE conversations SET opted_out_at = NULL, updated_at = ?, updated_by = ?
         WHERE channel_account_id = ? AND chat_id IN (SELECT value FROM json_each(?)) AND opted_out_at IS NOT NULL`,
      )
      .run(tx.now, tx.actor, conversation.accountId, JSON.stringify(chatIdsOf(conversation.chatId, chats)))
  }

  #languageOf(conversation: ConversationRow): Language {
    if (conversation.language !== null) return conversation.language
    const said = this.#storage
      .prepare<[string], string>(
        "SELECT text FROM messages WHERE conversation_id = ? AND author = 'customer' ORDER BY seq DESC LIMIT 5",
      )
      .pluck()
      .all(conversation.id) as string[]
    return understand(said.join('\n')).language ?? (this.#deps.shop().locale.startsWith('en') ? 'en' : 'es')
  }

  /** Brings one conversation in line with the rules. Only the bot's and those that a rule paused are touched. */
  #settle(tx: Tx, conversation: ConversationRow, person: Person = conversation): void {
    const { id, mode, reason } = conversation
    const verdict = this.#verdict(conversation, person)
    const isRulePaused = mode === 'paused' && isRuleReason(reason)
    if (verdict === null && isRulePaused) this.#deps.conversations.resume(tx, id)
    if (verdict === null) return
    if (mode === 'bot' || (isRulePaused && reason !== verdict))
      this.#deps.conversations.switchMode(tx, id, 'paused', verdict)
  }

  #verdict(conversation: ConversationRow, person: Person = conversation): RuleReason | null {
    if (conversation.channel === 'testchat') return null
    const { accountId, chatId, channel } = conversation
    const rows = this.#chats.rowsOf(conversation, person.phone)
    return verdictOn({
      channel,
      chatKind: isGroup(channel, chatId) ? 'group' : 'private',
      chatId,
      phone: person.phone ?? conversation.phone ?? rows[0]?.phone ?? null,
      username: person.username,
      senderId: person.senderId ?? chatId,
      rules: this.rulesOf(accountId),
      answer: answerIn(rows),
      existed: rows.some((row) => row.existed === 1),
      ownerFirst: rows.some((row) => row.ownerFirst === 1),
      optedOut: conversation.optedOutAt !== null || this.#chats.optedOut(accountId, chatIdsOf(chatId, rows)),
    })
  }

  #conversationsOf(accountId: string, chatIds: readonly string[]): string[] {
    return this.#storage
      .prepare<[string, string], string>(
        `SELECT id FROM conversations WHERE channel_account_id = ? AND deleted_at IS NULL
           AND chat_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(accountId, JSON.stringify(chatIds)) as string[]
  }

  #conversation(id: string): ConversationRow {
    const row = this.#storage
      .prepare<[string], ConversationRow>(
        `SELECT c.id, c.channel_account_id AS accountId, c.chat_id AS chatId, a.kind AS channel, c.mode, c.mode_reason AS reason,
           c.epoch, c.language, c.opted_out_at AS optedOutAt, i.external_id AS senderId, i.username,
           (SELECT r.phone FROM chat_rules r WHERE r.channel_account_id = c.channel_account_id AND r.chat_id = c.chat_id AND r.deleted_at IS NULL) AS phone
         FROM conversations c JOIN channel_accounts a ON a.id = c.channel_account_id
         LEFT JOIN customer_identities i ON i.customer_id = c.customer_id AND i.channel_account_id = c.channel_account_id AND i.deleted_at IS NULL
         WHERE c.id = ? LIMIT 1`,
      )
      .get(id)
    if (row === undefined) throw new DomainError('not_found', { entity: 'conversation', id })
    return row
  }

  /** @throws DomainError `channel.not_found` */
  #kindOf(accountId: string): ChannelKind {
    const kind = this.#storage
      .prepare<[string], ChannelKind>('SELECT kind FROM channel_accounts WHERE id = ? AND deleted_at IS NULL')
      .pluck()
      .get(accountId) as ChannelKind | undefined
    if (kind === undefined || kind === 'testchat')
      throw new DomainError('channel.not_found', { id: accountId })
    return kind
  }

  /** When the shop's local day began. UTC ISO 8601. */
  #dayStart(now: number): string {
    const { timeZone } = this.#deps.shop()
    return startOfDay(localMoment(new Date(now), timeZone).date, timeZone)
  }
}
