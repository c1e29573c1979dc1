import type { InboundEdit, InboundMessage, InboundRemoval } from '../channels/channel.ts'
import type { ChannelInbox } from '../channels/service.ts'
import type { Language, ShopBrief } from '../engines/engine.ts'
import { isDomainError } from '../errors.ts'
import { type OwnerTextKey, ownerSay } from '../language/owner-chat.ts'
import { formatMoney } from '../money/money.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Card, Keep } from './card.ts'
import type { OwnerCalls } from './owner-calls.ts'
import type { OwnerChatService, PairedChat } from './owner-chats.ts'
import { isRefusal, nameOf, ownerLanguage, priceIn, readOwnerMessage, shorten } from './owner-message.ts'
import type { NoticeKind, OwnerNotices } from './owner-notices.ts'
import { readPairingCode } from './pairing.ts'
import { productNameOf } from './question.ts'
import type { CardService } from './service.ts'

export interface OwnerDeskDependencies {
  storage: Storage
  /** Where everybody else's messages go. */
  inbox: ChannelInbox
  chats: OwnerChatService
  notices: OwnerNotices
  cards: CardService
  calls: OwnerCalls
  shop: () => ShopBrief
}

/** Cards shown to a chat at once. */
const listed = 10
/** How much of a question stands in a list. */
const listedQuestion = 160

/** What an owner is told in return. */
interface Said {
  kind: NoticeKind
  cardId: string | null
  conversationId?: string
  text: string
}

/** Stands before the inbox: what an owner writes in a paired chat is theirs and never a customer's. */
export class OwnerDesk implements ChannelInbox {
  readonly #deps: OwnerDeskDependencies

  constructor(deps: OwnerDeskDependencies) {
    this.#deps = deps
  }

  /** @throws DomainError `storage.*` when it could not be committed; then the same message may come again. */
  receive(accountId: string, message: InboundMessage): unknown {
    if (message.chatKind === 'private' && !message.own && !message.from.isBot) {
      const { chatId, from } = message
      const chat = this.#deps.chats.find(accountId, chatId, from.externalId)
      if (chat !== null) return this.#heed(chat, message)
      // "/stop" that comes again after it was heeded.
      if (this.#deps.chats.wasHeeded(accountId, chatId, message.externalId)) return { status: 'repeat' }
      if (this.#pair(accountId, message)) return { status: 'owner' }
    }
    return this.#deps.inbox.receive(accountId, message)
  }

  edit(accountId: string, edit: InboundEdit): unknown {
    return this.#deps.inbox.edit(accountId, edit)
  }

  remove(accountId: string, removal: InboundRemoval): unknown {
    return this.#deps.inbox.remove(accountId, removal)
  }

  /** A code makes the chat the owner's; a wrong one is a message like any other. */
  #pair(accountId: string, message: InboundMessage): boolean {
    const { storage, chats, notices, cards } = this.#deps
    const code = readPairingCode(message.text)
    if (code === null || !chats.waits(accountId, storage.now())) return false
    return storage.write('system', (tx) => {
      const { chatId, from } = message
      const chat = chats.tryCode(tx, accountId, code, { chatId, senderId: from.externalId, name: from.name })
      if (chat === null) return false
      chats.takeIn(tx, chat, message.externalId)
      notices.queue(tx, chat, reply(this.#say('paired', { shop: this.#deps.shop().name })))
      for (const card of cards.unanswered(listed).cards) {
        notices.queue(tx, chat, { kind: 'card', cardId: card.id, text: announcement(card, this.#language()) })
      }
      return true
    })
  }

  #heed(chat: PairedChat, message: InboundMessage): { status: 'owner' | 'repeat' } {
    const { storage, chats } = this.#deps
    const actor = `person:${chat.personId}` as const
    try {
      return storage.write(actor, (tx) => {
        if (!chats.takeIn(tx, chat, message.externalId)) return { status: 'repeat' }
        this.#deps.notices.queue(tx, chat, this.#handle(tx, chat, message))
        return { status: 'owner' }
      })
    } catch (error) {
      // What cannot be done is said; it must not hold up the messages behind it.
      if (!isDomainError(error) || error.code.startsWith('storage.')) throw error
      storage.write(actor, (tx) => {
        if (chats.takeIn(tx, chat, message.externalId))
          this.#deps.notices.queue(tx, chat, reply(this.#say('refused', { code: error.code })))
      })
      return { status: 'owner' }
    }
  }

  #handle(tx: Tx, chat: PairedChat, message: InboundMessage): Said {
    const word = readOwnerMessage(message.text)
    const { cards, chats, notices } = this.#deps
    if (word.kind === 'stop') {
      chats.unpair(tx, chat.id)
      return reply(this.#say('unpaired'))
    }
    const behind =
      message.replyToExternalId === undefined ? null : notices.behind(chat, message.replyToExternalId)
    // Whatever answers a call is the customer's, but for a command.
    if (behind?.kind === 'call' && behind.conversationId !== null && !message.text.trim().startsWith('/'))
      return this.#answerCall(tx, behind.conversationId, message.text)
    if (word.kind === 'list' || word.kind === 'help') return reply(this.#openCards())
    if (word.kind === 'wordless') return reply(this.#say('words_only'))
    if (word.kind === 'numbered') {
      const card = cards.bySeq(word.seq)
      if (card === null) return reply(this.#say('no_such', { seq: word.seq }))
      if (word.text === '') return reply(announcement(card, this.#language()))
      return this.#answer(tx, chat, card, word.text)
    }
    const isChoice = word.kind === 'yes' || word.kind === 'no'
    if (behind?.kind === 'card' && behind.cardId !== null)
      return this.#answer(tx, chat, cards.get(behind.cardId), word.text)
    if (behind?.kind === 'offer' && behind.cardId !== null && isChoice)
      return this.#keep(tx, chat, cards.get(behind.cardId), word.kind === 'yes')
    return this.#unaddressed(tx, chat, word)
  }

  /** What the owner is told may be answered in turn: it goes to the same customer. */
  #answerCall(tx: Tx, conversationId: string, text: string): Said {
    const said = this.#deps.calls.answer(tx, conversationId, text)
    if (said.back) return reply(said.text)
    return { kind: 'call', cardId: null, conversationId, text: said.text }
  }

  /** Words that name no card: a yes or no to the last offer, or the answer to the only question that waits. */
  #unaddressed(tx: Tx, chat: PairedChat, word: { kind: 'yes' | 'no' | 'text'; text: string }): Said {
    const { cards, notices } = this.#deps
    const { cards: open } = cards.unanswered(listed)
    const [only] = open
    if (chat.offerCardId !== null && word.kind !== 'text') {
      if (only === undefined || !notices.cardSinceOffer(chat))
        return this.#keep(tx, chat, cards.get(chat.offerCardId), word.kind === 'yes')
      return reply(this.#say('which_yes', { seq: only.seq }))
    }
    if (only === undefined) return reply(this.#say('none_open'))
    const list = { cards: this.#lines(open), seq: only.seq }
    if (open.length > 1) return reply(this.#say('which', list))
    // A question that this chat has not seen is not what was answered.
    if (!notices.wasTold(chat, only.id)) return reply(this.#say('not_told_yet', list))
    return this.#answer(tx, chat, only, word.text)
  }

  #answer(tx: Tx, chat: PairedChat, card: Card, text: string): Said {
    const { cards, chats } = this.#deps
    const { seq } = card
    if (card.state === 'dismissed') return reply(this.#say('dismissed', { seq }))
    if (card.state === 'answered')
      return reply(this.#say('already', { seq, answer: shorten(card.answer, 300) }))
    const answered = cards.answer(tx, card.id, { answer: text })
    const names = answered.waiting
      .filter((waiter) => waiter.told)
      .map((waiter) => nameOf(waiter.customer.name))
    const done =
      names.length === 0
        ? this.#say('answered_held', { seq })
        : this.#say('answered', { seq, names: names.slice(0, 5).join(', ') })
    chats.offer(tx, chat.id, card.id)
    return { kind: 'offer', cardId: card.id, text: `${done}\n${this.#offerText(answered)}` }
  }

  #keep(tx: Tx, chat: PairedChat, card: Card, wanted: boolean): Said {
    const { cards, chats } = this.#deps
    chats.offer(tx, chat.id, null)
    if (card.knowledgeId !== null || card.productId !== null) return reply(this.#say('kept_already'))
    if (!wanted) return reply(this.#say('not_kept'))
    const keep = this.#offerOf(card)
    cards.keep(tx, card.id, keep)
    const text =
      keep.as === 'product'
        ? this.#say('kept_product', { name: keep.name, price: this.#money(keep.price ?? 0) })
        : this.#say('kept_knowledge')
    return reply(text)
  }

  /** An answer with a price is for the catalog, any other for what the shop knows. */
  #offerOf(card: Card): Exclude<Keep, { as: 'nothing' }> {
    const price = card.kind === 'product' && !isRefusal(card.answer) ? this.#price(card.answer) : null
    return price === null ? { as: 'knowledge' } : { as: 'product', name: productNameOf(card.question), price }
  }

  #offerText(card: Card): string {
    const keep = this.#offerOf(card)
    return keep.as === 'product'
      ? this.#say('offer_product', { name: keep.name, price: this.#money(keep.price ?? 0) })
      : this.#say('offer_knowledge')
  }

  #openCards(): string {
    const { cards: open, total } = this.#deps.cards.unanswered(listed)
    const [first] = open
    if (first === undefined) return this.#say('none_open')
    const more = total - open.length
    const lines = [this.#lines(open), ...(more > 0 ? [this.#say('list_more', { count: more })] : [])]
    return `${this.#say('list', { cards: lines.join('\n') })}\n\n${this.#say('list_help', { seq: first.seq })}`
  }

  #lines(cards: readonly Card[]): string {
    return cards
      .map((card) =>
        this.#say('list_line', {
          seq: card.seq,
          name: nameOf(card.waiting[0]?.customer.name ?? ''),
          question: shorten(card.question, listedQuestion),
        }),
      )
      .join('\n')
  }

  #say(key: OwnerTextKey, values: Readonly<Record<string, string | number>> = {}): string {
    return ownerSay(this.#language(), key, values)
  }

  #language(): Language {
    return ownerLanguage(this.#deps.shop())
  }

  #price(answer: string): number | null {
    return priceIn(answer, this.#deps.shop().currency)
  }

  #money(amount: number): string {
    const { currency, locale } = this.#deps.shop()
    return formatMoney({ amount, currency }, locale)
  }
}

/** A card as it is put to an owner. The customer's words are one line: they cannot look like a card of their own. */
export function announcement(card: Card, language: Language): string {
  const name = nameOf(card.waiting.at(-1)?.customer.name ?? '')
  return ownerSay(language, 'card', { seq: card.seq, name, question: card.question })
}

function reply(text: string): Said {
  return { kind: 'reply', cardId: null, text }
}
