/**
 * Events tell the desk and the app's own workers that something changed; they carry ids, never the data itself.
 * Stored events get a sequence inside the transaction that caused them and are published after its commit.
 * Ephemeral ones (progress, typing) have `seq: null` and may be lost.
 */
export interface EventMap {
  'conversation.changed': { conversationId: string }
  'message.added': { conversationId: string; messageId: string }
  'message.changed': { conversationId: string; messageId: string }
  'turn.scheduled': { conversationId: string; turnId: string }
  'turn.changed': { conversationId: string; turnId: string; state: string }
  'outbox.changed': { conversationId: string; messageId: string; state: string }
  'cart.changed': { conversationId: string; cartId: string }
  'handover.requested': { conversationId: string; reason: string }
  'order.placed': { orderId: string }
  'order.changed': { orderId: string }
  'customer.changed': { customerId: string }
  'card.opened': { cardId: string }
  'card.changed': { cardId: string }
  'owner_chat.changed': { ownerChatId: string }
  'demand.changed': Record<string, never>
  'selling.changed': Record<string, never>
  'tariff.changed': { productId: string }
  /** `stockOnly`: nothing but what can be sold of it has changed. */
  'product.changed': { productId: string; stockOnly?: boolean }
  'catalog.imported': { importId: string }
  'knowledge.changed': { knowledgeId: string | null }
  'profile.changed': Record<string, never>
  'channel.changed': { channelAccountId: string; state: string }
  /** The list of engines, their order, caps or switches; `null` when it is not one engine alone. */
  'engine.changed': { engineId: string | null }
  'personality.changed': Record<string, never>
  /** A conversation went back to the assistant by itself. */
  'conversation.returned': { conversationId: string }
  'draft.changed': { conversationId: string; draftId: string }
  /** Settings of serving, or the pause of everything. */
  'serving.changed': { paused: boolean }
  'absence.changed': { absenceId: string }
  'quick_reply.changed': Record<string, never>
}

export interface EphemeralEventMap {
  /** Something of an account's state that is shown but not kept: a fresh code to scan, a step of connecting. */
  'channel.live': { channelAccountId: string }
  'import.progress': { importId: string; rows: number; bytes: number; totalBytes: number; done: boolean }
  'export.progress': { runId: string; rows: number; total: number; done: boolean }
  'search.progress': { state: string; done: number; total: number }
  /** An engine rests, is back, or another one answers now. */
  'engine.health': { engineId: string; state: string }
  'spending.changed': { day: string; warning: boolean; capped: boolean }
  'exam.progress': { runId: string; done: number; total: number; finished: boolean }
  'typing.changed': { conversationId: string; who: 'agent' | 'customer'; typing: boolean }
}

export type EventType = keyof EventMap
export type ShopEvent =
  | { [T in EventType]: { seq: number; at: string; type: T; payload: EventMap[T] } }[EventType]
  | {
      [T in keyof EphemeralEventMap]: { seq: null; at: string; type: T; payload: EphemeralEventMap[T] }
    }[keyof EphemeralEventMap]

type Listener = (event: ShopEvent) => void

/** Delivers events to listeners in order. A listener that throws is reported and does not stop the others. */
export class EventBus {
  readonly #listeners = new Set<Listener>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(event: ShopEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event)
      } catch (error) {
        this.#onError(error)
      }
    }
  }

  publishEphemeral<T extends keyof EphemeralEventMap>(
    type: T,
    payload: EphemeralEventMap[T],
    at: string,
  ): void {
    // The mapped union cannot be inferred from a generic key; the pair (type, payload) is checked by the signature.
    this.publish({ seq: null, at, type, payload } as ShopEvent)
  }
}
