import type { ReplyTrace } from '../agent/trace.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock } from '../host.ts'
import { newId } from '../ids.ts'
import type { Inbox } from '../inbox/service.ts'
import type { Order } from '../orders/order.ts'
import type { OrderService } from '../orders/service.ts'
import type { Outbox } from '../outbox/service.ts'
import type { CartService } from '../selling/service.ts'
import type { TurnService } from '../turns/service.ts'

export interface ChatReply {
  conversationId: string
  /** All texts of the reply, one paragraph each; null when nobody answered (a person has the conversation). */
  reply: string | null
  language: 'es' | 'en' | null
  trace: ReplyTrace | null
  cart: { lines: { sku: string | null; quantity: number; total: number }[]; total: number; currency: string }
  /** The conversation's newest order. */
  order: ChatOrder | null
  mode: ConversationMode
}

/** Amounts in minor units. */
export interface ChatOrder {
  number: string
  state: Order['state']
  lines: { sku: string | null; quantity: number; total: number }[]
  subtotal: number
  delivery: number
  total: number
}

export interface ChatDependencies {
  inbox: Inbox
  conversations: ConversationService
  turns: TurnService
  outbox: Outbox
  carts: CartService
  orders: OrderService
  bus: EventBus
  clock: Clock
  accountId(): string
  /** Nobody is answered now. */
  paused(): boolean
}

/** The test chat: somebody of the shop plays a customer, through the same way that every message takes. */
export class ChatService {
  readonly #deps: ChatDependencies
  /** Conversations whose next turn starts at once: somebody waits for its answer. */
  readonly #hurried = new Set<string>()

  constructor(deps: ChatDependencies) {
    this.#deps = deps
  }

  /** The conversation of the test customer of that name, the same one each time. */
  open(as: string): string {
    const { accountId, chatId, sender } = this.#address(as)
    return this.#deps.inbox.open(accountId, chatId, sender)
  }

  /** Says something as the customer. Returns the message's id. */
  say(conversationId: string, text: string): { messageId: string } {
    const conversation = this.#deps.conversations.get(conversationId)
    if (conversation.channel !== 'testchat')
      throw new DomainError('input.invalid', { field: 'conversationId' })
    const result = this.#deps.inbox.receive(conversation.accountId, {
      chatId: conversation.chatId,
      chatKind: 'private',
      externalId: `in-${newId()}`,
      from: { externalId: conversation.chatId, name: conversation.customerName, isBot: false },
      sentAt: this.#deps.clock.now(),
      text: text.trim(),
      attachments: [],
      own: false,
    })
    if (result.status !== 'new') throw new DomainError('conflict', { entity: 'message' })
    return { messageId: result.messageId }
  }

  /** Says something and waits for the end of its turn and for the reply to arrive, without the quiet window. */
  async ask(as: string, text: string, signal?: AbortSignal): Promise<ChatReply> {
    const conversationId = this.open(as)
    const before = this.#lastSeq(conversationId)
    this.#hurried.add(conversationId)
    const turnEnd = this.#waitForTurn(conversationId, signal)
    try {
      this.say(conversationId, text)
      // Nobody answers when a person has the conversation: then no turn was opened. Nor while everything is paused.
      if (!this.#deps.paused()) {
        if (this.#deps.turns.openOf(conversationId) !== null) await turnEnd.ended
        await this.#waitForSends(conversationId, signal)
      }
      return this.#reply(conversationId, before)
    } finally {
      turnEnd.forget()
      this.#hurried.delete(conversationId)
    }
  }

  /** Whether the next turn of a conversation is to start without the quiet window. */
  isHurried(conversationId: string): boolean {
    return this.#hurried.has(conversationId)
  }

  #waitForTurn(conversationId: string, signal?: AbortSignal): { ended: Promise<void>; forget: () => void } {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type !== 'turn.changed' || event.payload.conversationId !== conversationId) return
      if (event.payload.state !== 'running' && event.payload.state !== 'pending') resolve()
    })
    const abort = () => reject(new DomainError('cancelled'))
    signal?.addEventListener('abort', abort, { once: true })
    promise.catch(() => undefined)
    return {
      ended: promise,
      forget: () => {
        unsubscribe()
        signal?.removeEventListener('abort', abort)
      },
    }
  }

  /** An answer counts as one to what has arrived: who asks again at once must find the reply noted as sent. */
  async #waitForSends(conversationId: string, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const settled = () => this.#deps.outbox.isSettled(conversationId)
    const unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'outbox.changed' && event.payload.conversationId === conversationId && settled())
        resolve()
    })
    const abort = () => reject(new DomainError('cancelled'))
    signal?.addEventListener('abort', abort, { once: true })
    try {
      if (!settled()) await promise
    } finally {
      unsubscribe()
      signal?.removeEventListener('abort', abort)
    }
  }

  #reply(conversationId: string, afterSeq: number): ChatReply {
    const conversation = this.#deps.conversations.get(conversationId)
    const replies = this.#deps.conversations
      .messages({ conversationId, limit: 20 })
      .filter((message) => message.seq > afterSeq && message.author === 'agent')
    const last = replies.at(-1)
    const cart = this.#deps.carts.view(conversationId)
    return {
      conversationId,
      reply: replies.length === 0 ? null : replies.map((message) => message.text).join('\n\n'),
      language:
        conversation.language === 'es' || conversation.language === 'en' ? conversation.language : null,
      trace: last === undefined ? null : this.#deps.conversations.trace(last.id),
      cart: {
        lines: cart.lines.map((line) => ({
          sku: line.sku,
          quantity: line.quantity,
          total: line.total.amount,
        })),
        total: cart.total.amount,
        currency: cart.currency,
      },
      order: chatOrder(this.#deps.orders.newestOf(conversationId)),
      mode: conversation.mode,
    }
  }

  #lastSeq(conversationId: string): number {
    return this.#deps.conversations.messages({ conversationId, limit: 1 }).at(-1)?.seq ?? 0
  }

  #address(as: string) {
    const name = as.trim()
    if (name === '') throw new DomainError('input.invalid', { field: 'as' })
    const externalId = `test:${name}`
    return { accountId: this.#deps.accountId(), chatId: externalId, sender: { externalId, name } }
  }
}

function chatOrder(order: Order | null): ChatOrder | null {
  if (order === null) return null
  return {
    number: order.number,
    state: order.state,
    lines: order.lines.map(({ sku, quantity, total }) => ({ sku, quantity, total })),
    subtotal: order.subtotal,
    delivery: order.deliveryFee,
    total: order.total,
  }
}
