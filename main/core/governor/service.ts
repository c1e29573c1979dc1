import type { ChannelRisk, ChannelRules, RiskReason } from '../channels/account.ts'
import type { ChannelKind, InboundMessage, KnownChat } from '../channels/channel.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { Language, ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import { optedOutNotice, welcomeBack } from '../language/serving-texts.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { AccountRules } from './account-rules.ts'
import type { ChatFilter } from './chat-repository.ts'
import { answerIn, Chats, chatIdsOf, isGroup } from './chats.ts'
import type { IncidentKind } from './figures.ts'
import { type ConversationRow, GovernedConversations } from './governed-conversations.ts'
import { AccountHealth, type Ceiling } from './health.ts'
import { optOutWish } from './opt-out.ts'
import { OptOutNotices } from './opt-out-notices.ts'
import { Reconsideration } from './reconsideration.ts'
import { type ChatAnswer, type ChatRule, isRuleReason, type RuleReason } from './rules.ts'
import { verdictOn } from './verdict.ts'

export interface GovernorDependencies {
  storage: Storage
  conversations: Pick<ConversationService, 'switchMode' | 'resume' | 'notify'>
  customers: Pick<CustomerService, 'phoneKey'>
  shop: () => ShopBrief
  clock: Clock
  log?: Log
  /** The owner has paused everything: nobody is told anything. */
  paused?(): boolean
}

/** Who writes, as far as the platform tells. */
type Person = Pick<ConversationRow, 'senderId' | 'username' | 'phone'>

/** Decides in which chats the assistant answers, and keeps what is known of an account's health. */
export class GovernorService {
  readonly reconsideration: Reconsideration
  readonly #deps: GovernorDependencies
  readonly #storage: Storage
  readonly #rules: AccountRules
  readonly #chats: Chats
  readonly #conversations: GovernedConversations
  readonly #health: AccountHealth
  readonly #notices: OptOutNotices

  constructor(deps: GovernorDependencies) {
    this.#deps = deps
    this.#storage = deps.storage
    this.#rules = new AccountRules(deps.storage)
    this.#chats = new Chats(deps.storage, deps.customers)
    this.#conversations = new GovernedConversations(deps.storage)
    this.#notices = new OptOutNotices(deps)
    this.reconsideration = new Reconsideration({
      ...deps,
      settle: (tx, id) => this.#settle(tx, this.#conversations.get(id)),
    })
    this.#health = new AccountHealth({ ...deps, rulesOf: (accountId) => this.rulesOf(accountId) })
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
    this.reconsideration.begin(tx, accountId)
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
    const { channel } = this.#conversations.get(conversationId)
    if (channel !== 'testchat') this.#chats.note(tx, this.#conversations.get(conversationId), given)
    const before = this.#conversations.get(conversationId)
    const wish = this.#wishIn(before, message)
    if (wish === 'out') return this.#optOut(tx, before)
    if (wish === 'back') return this.#comeBack(tx, before)
    const { from } = message
    const person = {
      senderId: from.externalId,
      username: from.username ?? null,
      phone: this.#chats.phoneOf(from.phone),
    }
    this.#settle(tx, before, person)
    // What is known of one id of theirs is known of the others now.
    for (const id of this.#conversationsOf(before))
      if (id !== conversationId) this.#settle(tx, this.#conversations.get(id))
    const after = this.#conversations.get(conversationId)
    return { answer: after.mode === 'bot', epoch: after.epoch }
  }

  /** The chats that were there when the account was connected. Those with a conversation here are customers' already. */
  knowChats(tx: Tx, accountId: string, chats: readonly KnownChat[]): void {
    const customers = chats.flatMap(({ chatId, name, phone }) =>
      this.#chats.markExisting(tx, accountId, { chatId, name, phone }, 0),
    )
    for (const id of this.#conversations.in(accountId, customers))
      this.#settle(tx, this.#conversations.get(id))
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
    const conversation = this.#conversations.get(conversationId)
    if (this.#verdict(conversation) === null) return
    const chats = this.#chats.rowsOf(conversation, conversation.phone)
    this.#forgetOptOut(tx, conversation)
    if (this.#verdict(this.#conversations.get(conversationId)) !== null)
      this.#chats.answer(tx, conversation.accountId, conversation.chatId, chats, 'always')
  }

  /** Whether the assistant answers in a conversation, and if not, which rule says so. Who holds it is another matter. */
  answerOf(conversationId: string): { answers: true } | { answers: false; reason: RuleReason } {
    const reason = this.#verdict(this.#conversations.get(conversationId))
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
    for (const id of this.#conversations.in(accountId, chatIdsOf(chatId, rows)))
      this.#settle(tx, this.#conversations.get(id))
    tx.emit('channel.changed', { channelAccountId: accountId, state: 'chats' })
    return this.#chats.one(accountId, chatId)
  }

  /** Notes what happened to an account; kept for 30 days. */
  incident(tx: Tx, accountId: string, kind: IncidentKind): void {
    this.#health.incident(tx, accountId, kind)
  }

  /** How likely the platform is to block an account, and why. */
  risk(accountId: string): { level: ChannelRisk; reasons: RiskReason[] } {
    return this.#health.risk(accountId)
  }

  /** Which of an account's ceilings is reached, if any, by one more reply in a conversation. */
  ceilingReached(accountId: string, conversationId: string): Ceiling | null {
    return this.#health.ceilingReached(accountId, conversationId)
  }

  /** A reply does not leave because a ceiling is reached: a person has the conversation, and is called once a day. */
  stopAtCeiling(tx: Tx, accountId: string, conversationId: string, ceiling: Ceiling): void {
    this.#health.stopAtCeiling(tx, accountId, this.#conversations.get(conversationId), ceiling)
  }

  /** Something could not be delivered: where the assistant still has the conversation, a person is called to it. */
  stopAtRefusal(tx: Tx, conversationId: string): void {
    if (this.#conversations.get(conversationId).mode !== 'bot' || isOff('governor.refusal')) return
    this.#deps.conversations.switchMode(tx, conversationId, 'person', 'not_delivered')
    tx.emit('handover.requested', { conversationId, reason: 'not_delivered' })
  }

  /** A wish that changes something. What somebody says among others is no wish about the group. */
  #wishIn(conversation: ConversationRow, message: InboundMessage): 'out' | 'back' | null {
    const { id, accountId, channel, chatId } = conversation
    if (channel === 'testchat' || isGroup(channel, chatId) || message.attachments.length > 0) return null
    const wish = optOutWish(message.text, this.#conversations.lastReply(id))
    if (wish === null) return null
    const rows = this.#chats.rowsOf(conversation, conversation.phone)
    const isOut = this.#chats.optedOut(accountId, chatIdsOf(chatId, rows))
    return isOut === (wish === 'back') ? wish : null
  }

  /** Confirmed once, and only where the assistant has the conversation: others are not answered by it. */
  #optOut(tx: Tx, conversation: ConversationRow): { answer: boolean; epoch: number } {
    const wasAnswered = conversation.mode === 'bot' && this.#verdict(conversation) === null
    this.#storage
      .prepare('UPDATE conversations SET opted_out_at = ?, updated_at = ?, updated_by = ? WHERE id = ?')
      .run(tx.now, tx.now, tx.actor, conversation.id)
    if (isOff('governor.opt_out')) return { answer: wasAnswered, epoch: conversation.epoch }
    const notice = optedOutNotice(this.#languageOf(conversation))
    if (!this.#notices.isEnough(tx, conversation.id, notice))
      this.incident(tx, conversation.accountId, 'opted_out')
    for (const id of this.#conversationsOf(conversation)) this.#settle(tx, this.#conversations.get(id))
    if (wasAnswered) this.#notices.tell(tx, conversation.id, notice)
    return { answer: false, epoch: conversation.epoch }
  }

  #comeBack(tx: Tx, conversation: ConversationRow): { answer: boolean; epoch: number } {
    this.#forgetOptOut(tx, conversation)
    const now = { ...conversation, optedOutAt: null }
    const isRulePaused = conversation.mode === 'paused' && isRuleReason(conversation.reason)
    if (isRulePaused && this.#verdict(now) === null) {
      // Nothing from the time between is answered: the customer did not want it then.
      this.#deps.conversations.switchMode(tx, conversation.id, 'bot', '')
      this.#notices.tell(tx, conversation.id, welcomeBack(this.#languageOf(conversation)))
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
    return this.#conversations.languageOf(conversation, this.#deps.shop().locale)
  }

  /** Those of one person, this one among them. */
  #conversationsOf(conversation: ConversationRow): string[] {
    const rows = this.#chats.rowsOf(conversation, conversation.phone)
    return this.#conversations.in(conversation.accountId, chatIdsOf(conversation.chatId, rows))
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
}
