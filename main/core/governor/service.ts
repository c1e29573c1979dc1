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
import { type ChatFilter, ChatRepository, type ChatRow } from './chat-repository.ts'
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
  readonly #chats: ChatRepository
  readonly #figures: AccountFigures

  constructor(deps: GovernorDependencies) {
    this.#deps = deps
    this.#storage = deps.storage
    this.#rules = new AccountRules(deps.storage)
    this.#chats = new ChatRepository(deps.storage)
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
    const rows = this.#chats.rowsOf(accountId, message.from.externalId, this.#phoneOf(message.from.phone))
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
    this.#noteChat(tx, before, given)
    const wish = message.attachments.length > 0 ? null : this.#wishIn(before, message.text)
    if (wish === 'out' && before.optedOutAt === null) return this.#optOut(tx, before)
    if (wish === 'back' && before.optedOutAt !== null) return this.#comeBack(tx, before)
    const { from } = message
    const person = {
      senderId: from.externalId,
      username: from.username ?? null,
      phone: this.#phoneOf(from.phone),
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
    for (const { chatId, name, phone } of chats) this.#markExisting(tx, accountId, { chatId, name, phone }, 0)
  }

  /** The owner wrote in a chat that no customer has written in: what is answered there is an answer to the owner. */
  ownerWroteFirst(
    tx: Tx,
    accountId: string,
    chat: { chatId: string; name?: string; phone?: string | null },
  ): void {
    this.#markExisting(tx, accountId, chat, 1)
  }

  /**
   * The owner gives a conversation to the assistant although a rule says no: from now on the chat is answered, and a wish
   * not to be is forgotten. Nothing changes where no rule speaks against it.
   */
  allow(tx: Tx, conversationId: string): void {
    const conversation = this.#conversation(conversationId)
    if (this.#verdict(conversation) === null) return
    const chats = this.#rowsOf(conversation, conversation)
    this.#storage
      .prepare(
        `UPDATE conversations SET opted_out_at = NULL, updated_at = ?, updated_by = ?
         WHERE channel_account_id = ? AND chat_id IN (SELECT value FROM json_each(?)) AND opted_out_at IS NOT NULL`,
      )
      .run(tx.now, tx.actor, conversation.accountId, JSON.stringify(chatIdsOf(conversation.chatId, chats)))
    if (this.#verdict(this.#conversation(conversationId)) !== null)
      this.#writeAnswer(tx, conversation.accountId, conversation.chatId, chats, 'always')
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
    const { chatId, phone } = this.#addressed(accountId, kind, chat.trim())
    const rows = this.#chats.rowsOf(accountId, chatId, phone)
    this.#writeAnswer(tx, accountId, chatId, rows, answer, phone)
    for (const id of this.#conversationsOf(accountId, chatIdsOf(chatId, rows)))
      this.#settle(tx, this.#conversation(id))
    tx.emit('channel.changed', { channelAccountId: accountId, state: 'chats' })
    const rule = this.#chats.one(accountId, chatId)
    if (rule === null) throw new DomainError('not_found', { entity: 'chat_rules', id: chatId })
    return rule
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
    this.#setOptedOut(tx, conversation.id, tx.now)
    if (isOff('governor.opt_out')) return { answer: wasAnswered, epoch: conversation.epoch }
    this.incident(tx, conversation.accountId, 'opted_out')
    this.#settle(tx, { ...conversation, optedOutAt: tx.now })
    if (wasAnswered)
      this.#deps.conversations.notify(tx, conversation.id, optedOutNotice(this.#languageOf(conversation)))
    return { answer: false, epoch: conversation.epoch }
  }

  #comeBack(tx: Tx, conversation: ConversationRow): { answer: boolean; epoch: number } {
    this.#setOptedOut(tx, conversation.id, null)
    const now = { ...conversation, optedOutAt: null }
    const isRulePaused = conversation.mode === 'paused' && isRuleReason(conversation.reason)
    if (isRulePaused && this.#verdict(now) === null) {
      // Nothing from the time between is answered: the customer did not want it then.
      this.#deps.conversations.switchMode(tx, conversation.id, 'bot', '')
      this.#deps.conversations.notify(tx, conversation.id, welcomeBack(this.#languageOf(conversation)))
    } else this.#settle(tx, now)
    return { answer: false, epoch: conversation.epoch }
  }

  #setOptedOut(tx: Tx, conversationId: string, at: string | null): void {
    this.#storage
      .prepare('UPDATE conversations SET opted_out_at = ?, updated_at = ?, updated_by = ? WHERE id = ?')
      .run(at, tx.now, tx.actor, conversationId)
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
    const rows = this.#rowsOf(conversation, person)
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

  /** What is known of a chat under all the ids that its person has; a group has no phone. */
  #rowsOf({ accountId, channel, chatId }: ConversationRow, person: Pick<Person, 'phone'>): ChatRow[] {
    const phone = isGroup(channel, chatId) ? null : (person.phone ?? this.#phoneInId(chatId))
    return this.#chats.rowsOf(accountId, chatId, phone)
  }

  /** Keeps a chat's phone and name where the platform tells them: another id of the same person is found by it. */
  #noteChat(
    tx: Tx,
    { accountId, channel, chatId }: ConversationRow,
    { isNew, message }: { isNew: boolean; message: InboundMessage },
  ): void {
    const phone = isGroup(channel, chatId)
      ? null
      : (this.#phoneOf(message.from.phone) ?? this.#phoneInId(chatId))
    const existed = isNew && message.chatIsOlder === true ? 1 : 0
    const [row] = this.#chats.rowsOf(accountId, chatId, phone)
    const name = message.chatName ?? ''
    if (row?.chatId === chatId) {
      const news = (phone !== null && row.phone !== phone) || (name !== '' && row.name !== name)
      if (news || existed > row.existed)
        this.#chats.update(tx, row.id, { name, phone, ...(existed === 1 ? { existed } : {}) })
    } else if (phone !== null || existed === 1)
      this.#chats.insert(tx, accountId, { chatId, name, phone, existed, ownerFirst: 0, answer: 'default' })
  }

  #markExisting(
    tx: Tx,
    accountId: string,
    chat: { chatId: string; name?: string; phone?: string | null },
    ownerFirst: 0 | 1,
  ): void {
    const { chatId, name = '' } = chat
    const phone = this.#phoneOf(chat.phone ?? undefined) ?? this.#phoneInId(chatId)
    const rows = this.#chats.rowsOf(accountId, chatId, phone)
    const isCustomer = this.#chats.hasConversation(accountId, chatIdsOf(chatId, rows))
    const marks = isCustomer ? {} : ({ existed: 1, ...(ownerFirst === 1 ? { ownerFirst } : {}) } as const)
    const own = rows.find((row) => row.chatId === chatId)
    if (own !== undefined) this.#chats.update(tx, own.id, { name, phone, ...marks })
    else if (!isCustomer)
      this.#chats.insert(tx, accountId, { chatId, name, phone, existed: 1, ownerFirst, answer: 'default' })
  }

  #writeAnswer(
    tx: Tx,
    accountId: string,
    chatId: string,
    rows: readonly ChatRow[],
    answer: ChatAnswer,
    phone: string | null = null,
  ): void {
    for (const row of rows) {
      this.#chats.update(tx, row.id, { answer })
      this.#chats.audit(tx, row.id, { answer })
    }
    if (rows.some((row) => row.chatId === chatId)) return
    const row = { chatId, name: '', phone: phone ?? this.#phoneInId(chatId), answer }
    this.#chats.audit(tx, this.#chats.insert(tx, accountId, { ...row, existed: 0, ownerFirst: 0 }), {
      answer,
    })
  }

  /** The chat that the owner means: by its id, or on a phone's account by a number however it was typed. */
  #addressed(accountId: string, kind: ChannelKind, given: string): { chatId: string; phone: string | null } {
    const known = this.#chats.one(accountId, given)
    if (known !== null) return { chatId: given, phone: known.phone }
    if (kind !== 'whatsapp') {
      if (!/^-?\d+$/.test(given)) throw new DomainError('input.invalid', { field: 'chatId' })
      return { chatId: given, phone: null }
    }
    if (/^[\w.-]+@[\w.]+$/.test(given)) return { chatId: given, phone: this.#phoneInId(given) }
    const typed = /^\+?[\d\s().-]+$/.test(given) ? this.#deps.customers.phoneKey(given) : null
    if (typed === null) throw new DomainError('input.invalid', { field: 'chatId' })
    const [row] = this.#chats.rowsOf(accountId, `${typed}@c.us`, typed)
    return { chatId: row?.chatId ?? `${typed}@c.us`, phone: typed }
  }

  /** A platform's digits have their country's code, with or without a plus. */
  #phoneOf(told: string | undefined): string | null {
    const digits = (told ?? '').replace(/\D/g, '')
    return digits === '' ? null : this.#deps.customers.phoneKey(`+${digits}`)
  }

  #phoneInId(chatId: string): string | null {
    return this.#phoneOf(/^(\d+)@(?:c\.us|s\.whatsapp\.net)$/.exec(chatId)?.[1])
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

/** The owner's word for a person: "never" under any of their ids goes before everything. */
function answerIn(rows: readonly ChatRow[]): ChatAnswer {
  if (rows.some((row) => row.answer === 'never')) return 'never'
  return rows.some((row) => row.answer === 'always') ? 'always' : 'default'
}

function chatIdsOf(chatId: string, rows: readonly ChatRow[]): string[] {
  return [...new Set([chatId, ...rows.map((row) => row.chatId)])]
}

function isGroup(channel: ChannelKind, chatId: string): boolean {
  if (channel === 'whatsapp') return chatId.endsWith('@g.us')
  return channel === 'telegram' && chatId.startsWith('-')
}
