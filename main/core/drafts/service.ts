import type { Actor } from '../actor.ts'
import type { ConversationService } from '../conversations/service.ts'
import { DomainError, type ErrorCode } from '../errors.ts'
import type { EventBus } from '../events.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ReplyDraft, ReplyDraftView } from './draft.ts'
import { DraftRepository } from './repository.ts'

/** After so many deaths while it was written a draft is given up, so that no message can make the app die for ever. */
const maxAttempts = 3

export interface DraftDependencies {
  storage: Storage
  bus: EventBus
  conversations: ConversationService
}

/**
 * Replies that wait for a person's look. At most one for each conversation; whatever is written there meanwhile by the
 * customer, the bot or a person overtakes it, and an overtaken one cannot be sent.
 */
export class DraftService {
  readonly #deps: DraftDependencies
  readonly #repository: DraftRepository
  #unsubscribe: (() => void) | null = null

  constructor(deps: DraftDependencies) {
    this.#deps = deps
    this.#repository = new DraftRepository(deps.storage)
  }

  /** Marks what was overtaken while nothing ran, and from now on at each message. */
  start(): void {
    for (const draft of this.#repository.open()) this.#check(draft.conversationId)
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'message.added' || event.type === 'message.changed')
        this.#check(event.payload.conversationId)
    })
  }

  stop(): void {
    this.#unsubscribe?.()
  }

  /** Those that wait for a look, oldest first. */
  list(): ReplyDraftView[] {
    return this.#repository.open().map((draft) => this.#view(draft))
  }

  /** @throws DomainError `not_found` */
  get(id: string): ReplyDraftView {
    return this.#view(this.#require(id))
  }

  /** Asks for a reply to the customer's messages from `firstSeq` on. Returns the draft's id. */
  ask(tx: Tx, wanted: { conversationId: string; epoch: number; firstSeq: number }): string {
    const before = this.overtake(tx, wanted.conversationId)
    return this.#add(tx, {
      ...wanted,
      firstSeq: Math.min(wanted.firstSeq, before ?? wanted.firstSeq),
      text: '',
    })
  }

  /** Keeps a reply that was written and has not left; several of one conversation become one draft. */
  keep(tx: Tx, kept: { conversationId: string; epoch: number; firstSeq: number; text: string }): string {
    const before = this.#repository
      .openOf(kept.conversationId)
      .find((draft) => draft.state === 'ready' && draft.engine === null && !this.#isOvertaken(draft))
    const first = this.overtake(tx, kept.conversationId)
    const text = [...(before === undefined ? [] : [before.text]), kept.text].join('\n\n')
    return this.#add(tx, { ...kept, firstSeq: Math.min(kept.firstSeq, first ?? kept.firstSeq), text })
  }

  /**
   * Puts away the open draft of a conversation because something is written there now. Returns the first message that it
   * was to answer, or null when there was none.
   */
  overtake(tx: Tx, conversationId: string): number | null {
    const open = this.#repository.openOf(conversationId)
    for (const draft of open) this.#repository.update(tx, draft, { state: 'overtaken' })
    return open.length === 0 ? null : Math.min(...open.map((draft) => draft.firstMessageSeq))
  }

  /**
   * Sends a draft's text, as the person left it. It is an answer and no take-over: who holds the conversation stays.
   * Returns the message's id.
   * @throws DomainError `not_found`, `conflict`, `draft.not_ready`, `draft.overtaken`, `conversation.empty_message`,
   *   `conversation.channel_gone`, `input.invalid`
   */
  send(actor: Actor, id: string, text: string): string {
    const clean = text.trim()
    if (clean === '') throw new DomainError('conversation.empty_message')
    return this.#deps.storage.write(actor, (tx) => {
      const draft = this.#require(id)
      if (draft.state === 'overtaken') throw new DomainError('draft.overtaken')
      this.#requireOpen(draft)
      if (this.#isOvertaken(draft)) throw new DomainError('draft.overtaken')
      if (draft.state === 'waiting') throw new DomainError('draft.not_ready')
      const messageId = this.#deps.conversations.answerFor(tx, draft.conversationId, clean)
      this.#repository.update(tx, draft, { state: 'sent', text: clean, messageId })
      return messageId
    })
  }

  /** @throws DomainError `not_found`, `conflict` */
  dismiss(actor: Actor, id: string): void {
    this.#deps.storage.write(actor, (tx) => {
      const draft = this.#require(id)
      if (draft.state === 'dismissed') return
      this.#requireOpen(draft)
      this.#repository.update(tx, draft, { state: 'dismissed' })
    })
  }

  /** Has one written again that failed. @throws DomainError `not_found`, `conflict` */
  retry(actor: Actor, id: string): void {
    this.#deps.storage.write(actor, (tx) => {
      const draft = this.#require(id)
      if (draft.state === 'waiting') return
      if (draft.state !== 'failed') throw new DomainError('conflict', { entity: 'draft', state: draft.state })
      this.#repository.update(tx, draft, { state: 'waiting', error: null, attempts: 0 })
    })
  }

  /** The next one to be written; its attempt is committed first, and what died too often is given up. */
  begin(): ReplyDraft | null {
    if (this.#repository.firstWaiting() === null) return null
    return this.#deps.storage.write('agent', (tx) => {
      for (;;) {
        const draft = this.#repository.firstWaiting()
        if (draft === null) return null
        if (this.#isOvertaken(draft)) this.#repository.update(tx, draft, { state: 'overtaken' })
        else if (draft.attempts >= maxAttempts)
          this.#repository.update(tx, draft, { state: 'failed', error: 'engine.crashed' })
        else {
          this.#repository.update(tx, draft, { attempts: draft.attempts + 1 })
          return { ...draft, attempts: draft.attempts + 1 }
        }
      }
    })
  }

  /** Notes what was written; nothing where somebody wrote meanwhile. */
  finish(id: string, written: { text: string; engine: string }): void {
    this.#settle(id, (draft, tx) =>
      this.#repository.update(tx, draft, { ...written, state: 'ready', error: null }),
    )
  }

  fail(id: string, error: ErrorCode): void {
    this.#settle(id, (draft, tx) => this.#repository.update(tx, draft, { state: 'failed', error }))
  }

  /** Nobody failed: it was stopped from outside and is taken up again. */
  release(id: string): void {
    this.#settle(id, (draft, tx) =>
      this.#repository.update(tx, draft, { attempts: Math.max(0, draft.attempts - 1) }),
    )
  }

  #settle(id: string, work: (draft: ReplyDraft, tx: Tx) => void): void {
    this.#deps.storage.write('agent', (tx) => {
      const draft = this.#require(id)
      if (draft.state !== 'waiting') return
      if (this.#isOvertaken(draft)) this.#repository.update(tx, draft, { state: 'overtaken' })
      else work(draft, tx)
    })
  }

  #add(tx: Tx, wanted: { conversationId: string; epoch: number; firstSeq: number; text: string }): string {
    const id = newId()
    const { conversationId, epoch, firstSeq, text } = wanted
    this.#repository.insert(tx, {
      id,
      conversationId,
      epoch,
      text,
      state: text === '' ? 'waiting' : 'ready',
      firstMessageSeq: firstSeq,
      lastMessageSeq: this.#repository.newestMessageSeq(conversationId),
    })
    tx.emit('draft.changed', { conversationId, draftId: id })
    return id
  }

  /** Looks at a conversation's open drafts after something was written, changed or taken back there. */
  #check(conversationId: string): void {
    for (const draft of this.#repository.openOf(conversationId)) {
      const asked = this.#repository.asked(draft)
      const edited = asked.some(({ editedAt }) => editedAt !== null && editedAt > draft.createdAt)
      if (this.#isOvertaken(draft) || asked.length === 0 || edited)
        this.#deps.storage.write('system', (tx) => {
          this.overtake(tx, conversationId)
          // What was asked reads otherwise now: it is answered anew, with the same first message.
          if (edited && asked.length > 0 && !this.#isOvertaken(draft))
            this.ask(tx, { conversationId, epoch: draft.epoch, firstSeq: draft.firstMessageSeq })
        })
    }
  }

  #isOvertaken(draft: ReplyDraft): boolean {
    if (isOff('drafts.overtaken')) return false
    return this.#repository.wroteAfter(draft.conversationId, draft.lastMessageSeq)
  }

  #view(draft: ReplyDraft): ReplyDraftView {
    const asked = this.#repository.asked(draft).map(({ text, at }) => ({ text, at }))
    return { ...draft, customer: this.#repository.customer(draft.conversationId), asked }
  }

  #require(id: string): ReplyDraft {
    const draft = this.#repository.find(id)
    if (draft === null) throw new DomainError('not_found', { entity: 'draft', id })
    return draft
  }

  #requireOpen(draft: ReplyDraft): void {
    if (!['waiting', 'ready', 'failed'].includes(draft.state))
      throw new DomainError('conflict', { entity: 'draft', state: draft.state })
  }
}
