import type { CatalogService } from '../catalog/service.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import { instantOf, localMoment } from '../language/calendar.ts'
import { say } from '../language/voice.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { usualFormOfAddress } from '../understanding/language.ts'
import type { Asked, Card, Keep, Question, WaitingConversation } from './card.ts'
import { cleanQuestion, isPassing, questionKey, subjectOf } from './question.ts'
import { type CardFilter, CardRepository, type CardRow } from './repository.ts'

export type { Asked, Card, CardKind, CardState, Keep, Question } from './card.ts'
export type { CardFilter } from './repository.ts'

export interface CardDependencies {
  storage: Storage
  conversations: ConversationService
  knowledge: KnowledgeService
  catalog: CatalogService
  shop: () => ShopBrief
  /** Hours after which who waits is told that it takes longer. */
  cardHours: () => number
  /** Puts a card before the owner outside the desk; runs inside the unit of work that opened it. */
  announce: (tx: Tx, card: Card) => void
}

/** Open cards for whose answers one conversation may wait. */
const openPerConversation = 5
/** How long an answer serves who asks the same. */
const answerServesMs = 90 * 86_400_000
/** How long after its time a card still stands among what waits for the owner. */
const stillAnsweredMs = 14 * 86_400_000
const longestAnswer = 2_000

/**
 * Questions that neither catalog nor knowledge answers, put to the owner as cards. One answer replies to everybody who
 * waits and serves those who ask the same later.
 */
export class CardService {
  readonly #deps: CardDependencies
  readonly #rows: CardRepository

  constructor(deps: CardDependencies) {
    this.#deps = deps
    this.#rows = new CardRepository(deps.storage)
  }

  /**
   * Puts a customer's question before the owner, unless it was answered lately or somebody asked it already. At most
   * one new card a turn, and few open ones a conversation: beyond that `limited`.
   * @throws DomainError `input.invalid` for a text that asks nothing.
   */
  ask(tx: Tx, input: Question): Asked {
    const question = cleanQuestion(input.question)
    const key = questionKey(input.kind, question)
    if (key === '') throw new DomainError('input.invalid', { field: 'question' })
    const answered = this.#answered(tx, input, key)
    if (answered !== null) return answered
    const known = this.#rows.newest(input.kind, key, ['open', 'timed_out'])
    const waits = known !== null && known.state === 'open'
    const { conversationId, customerId } = input
    const waitsHere =
      waits && this.#rows.waiters(known.id).some((waiter) => waiter.conversationId === conversationId)
    if (!waitsHere && this.#rows.countOpenOf(conversationId) >= openPerConversation && !isOff('cards.limit'))
      return limited
    if (waits) {
      const added = this.#rows.addWaiter(tx, known.id, conversationId, customerId)
      if (added) tx.emit('card.changed', { cardId: known.id })
      const card = this.get(known.id)
      return { state: 'joined', card, answer: null, productId: null, alreadyWaiting: !added }
    }
    const { turnId } = input
    if (turnId !== null && this.#rows.countOpenedIn(turnId) > 0 && !isOff('cards.limit')) return limited
    const dueAt = new Date(Date.parse(tx.now) + this.#deps.cardHours() * 3_600_000).toISOString()
    const row =
      known === null
        ? this.#rows.insert(tx, { kind: input.kind, key, question, language: input.language, dueAt, turnId })
        : this.#rows.update(tx, known, { state: 'open', dueAt, turnId })
    this.#rows.addWaiter(tx, row.id, conversationId, customerId)
    tx.emit('card.opened', { cardId: row.id })
    const card = this.get(row.id)
    this.#deps.announce(tx, card)
    return { state: 'opened', card, answer: null, productId: null, alreadyWaiting: false }
  }

  /** Newest first. */
  list(filter: CardFilter): { items: Card[]; more: boolean } {
    const rows = this.#rows.list({ ...filter, limit: filter.limit + 1 })
    return {
      items: rows.slice(0, filter.limit).map((row) => this.#card(row)),
      more: rows.length > filter.limit,
    }
  }

  countOpen(): number {
    return this.#rows.countOpen()
  }

  /** @throws DomainError `not_found` */
  get(id: string): Card {
    return this.#card(this.#require(id))
  }

  /** By the number that people see. */
  bySeq(seq: number): Card | null {
    const row = this.#rows.bySeq(seq)
    return row === null ? null : this.#card(row)
  }

  /** What the owner still has to answer, oldest first; cards whose time was over lately are among it. */
  unanswered(limit: number): { cards: Card[]; total: number } {
    const since = new Date(Date.parse(this.#deps.storage.now()) - stillAnsweredMs).toISOString()
    const rows = this.#rows.unanswered(since)
    return { cards: rows.slice(0, limit).map((row) => this.#card(row)), total: rows.length }
  }

  /**
   * One answer for everybody who waits; also for a card whose time was over. A conversation that a person holds is
   * left to that person. `keep` puts the answer into knowledge or catalog in the same unit of work.
   * @throws DomainError `card.closed {state}`, `input.invalid`, `not_found`, and those of the catalog.
   */
  answer(tx: Tx, id: string, input: { answer: string; keep?: Keep }): Card {
    const row = this.#require(id)
    if (row.state === 'answered' || row.state === 'dismissed')
      throw new DomainError('card.closed', { state: row.state, seq: row.seq })
    const answer = cleanAnswer(input.answer)
    const answered = this.#rows.update(tx, row, {
      state: 'answered',
      answer,
      answeredAt: tx.now,
      answeredBy: tx.actor,
    })
    this.#tell(tx, answered, 'card_answer', { answer })
    if (input.keep !== undefined && input.keep.as !== 'nothing') this.#keep(tx, answered, input.keep)
    tx.emit('card.changed', { cardId: id })
    return this.get(id)
  }

  /**
   * Puts an answer that was given into knowledge or catalog.
   * @throws DomainError `conflict` for a card without an answer or whose answer is kept already.
   */
  keep(tx: Tx, id: string, keep: Exclude<Keep, { as: 'nothing' }>): Card {
    const row = this.#require(id)
    if (row.state !== 'answered') throw new DomainError('conflict', { entity: 'cards', state: row.state })
    this.#keep(tx, row, keep)
    tx.emit('card.changed', { cardId: id })
    return this.get(id)
  }

  /** Closes a card without an answer. @throws DomainError `card.closed {state}` */
  dismiss(tx: Tx, id: string, options: { tell: boolean }): Card {
    const row = this.#require(id)
    if (row.state === 'answered' || row.state === 'dismissed')
      throw new DomainError('card.closed', { state: row.state, seq: row.seq })
    const dismissed = this.#rows.update(tx, row, {
      state: 'dismissed',
      answeredAt: tx.now,
      answeredBy: tx.actor,
    })
    if (options.tell) this.#tell(tx, dismissed, 'card_no_answer', {})
    tx.emit('card.changed', { cardId: id })
    return this.get(id)
  }

  /** Ids of open cards whose time is over by now, oldest first. */
  overdue(limit: number): string[] {
    return this.#rows.due(this.#deps.storage.now(), limit)
  }

  /** Tells who waits, once, that it takes longer. The card can still be answered. False when it was not open any more. */
  timeOut(tx: Tx, id: string): boolean {
    const row = this.#rows.get(id)
    if (row === null || row.state !== 'open' || row.dueAt > tx.now) return false
    this.#rows.update(tx, row, { state: 'timed_out' })
    this.#tell(tx, row, 'card_late', {})
    tx.emit('card.changed', { cardId: id })
    return true
  }

  /** An answer of the last months that still holds, or what catalog and knowledge say of it by now. */
  #answered(tx: Tx, input: Question, key: string): Asked | null {
    const row = this.#rows.newest(input.kind, key, ['answered'])
    if (row === null || row.answeredAt === null) return null
    const age = Date.parse(tx.now) - Date.parse(row.answeredAt)
    if (age > answerServesMs) return null
    const card = this.#card(row)
    if (row.knowledgeId !== null) {
      const entry = this.#deps.knowledge.entry(row.knowledgeId)
      if (entry === null) return null
      if (entry.revision !== row.linkedRevision)
        return { state: 'answered', card, answer: entry.answer, productId: null }
    }
    if (row.productId !== null) {
      const product = this.#deps.catalog.product(row.productId)
      if (product === null || !this.#deps.catalog.isForSale(product)) return null
      if (product.revision !== row.linkedRevision)
        return { state: 'answered', card, answer: null, productId: product.id }
    }
    if (isPassing(row.question, row.answer) && !this.#sameDay(row.answeredAt, tx.now)) return null
    return { state: 'answered', card, answer: row.answer, productId: row.productId }
  }

  #sameDay(first: string, second: string): boolean {
    const { timeZone } = this.#deps.shop()
    const { date } = localMoment(new Date(first), timeZone)
    return Date.parse(second) < instantOf(date, 24 * 60, timeZone)
  }

  #keep(tx: Tx, row: CardRow, keep: Exclude<Keep, { as: 'nothing' }>): void {
    if (row.knowledgeId !== null || row.productId !== null)
      throw new DomainError('conflict', { entity: 'cards', reason: 'kept' })
    if (keep.as === 'knowledge') {
      const entry = this.#deps.knowledge.add(tx, {
        topic: 'faq',
        question: cleanQuestion(keep.question ?? '') || row.question,
        answer: row.answer,
        source: 'card',
      })
      this.#rows.update(tx, row, { knowledgeId: entry.id, linkedRevision: entry.revision })
      return
    }
    const product = this.#deps.catalog.create(tx, {
      name: keep.name,
      source: 'card',
      externalId: row.id,
      variants: [{ price: keep.price === null ? { kind: 'ask' } : { kind: 'exact', amount: keep.price } }],
    })
    this.#rows.update(tx, row, { productId: product.id, linkedRevision: product.revision })
  }

  #tell(
    tx: Tx,
    row: CardRow,
    text: 'card_answer' | 'card_no_answer' | 'card_late',
    values: Record<string, string>,
  ): void {
    const late = text === 'card_late'
    const subject = subjectOf(row.kind, row.question)
    for (const conversation of this.#rows.untold(row.id, late)) {
      // Whoever holds the conversation decides what is said there.
      if (conversation.mode !== 'bot' && !isOff('cards.held')) continue
      const said = say(this.#voice(conversation, row), text, { subject, ...values })
      const messageId = this.#deps.conversations.notify(tx, conversation.conversationId, said)
      if (messageId !== null) this.#rows.markTold(row.id, conversation.conversationId, messageId, late)
    }
  }

  #voice({ language, formOfAddress }: WaitingConversation, row: CardRow) {
    const { locale, country } = this.#deps.shop()
    const usual = locale.toLowerCase().startsWith('en') ? 'en' : 'es'
    return {
      language: language ?? (row.language === 'en' || row.language === 'es' ? row.language : usual),
      formOfAddress: formOfAddress ?? usualFormOfAddress(country),
      seed: row.id,
    } as const
  }

  #card(row: CardRow): Card {
    const { key: _key, linkedRevision: _linked, ...card } = row
    return { ...card, waiting: this.#rows.waiters(row.id) }
  }

  #require(id: string): CardRow {
    const row = this.#rows.get(id)
    if (row === null) throw new DomainError('not_found', { entity: 'cards', id })
    return row
  }
}

const limited: Asked = { state: 'limited', card: null, answer: null, productId: null }

/** The owner's words as they go out: their lines kept, signs that hide text gone. */
function cleanAnswer(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' || sign === '\u200d' ? sign : ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (clean === '' || clean.length > longestAnswer)
    throw new DomainError('input.invalid', { field: 'answer' })
  return clean
}
