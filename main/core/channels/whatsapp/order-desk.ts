import { join } from 'node:path'
import type { ShopClient } from './client.ts'
import { describeError } from './failure.ts'
import { fetchMedia } from './media.ts'
import { refreshCode, showTyping } from './page-state.ts'
import type { FromProcess, Order } from './protocol.ts'
import type { Sending } from './sending.ts'

/** Orders that are carried out in the page. */
export type PageOrder = Extract<
  Order,
  { type: 'send' | 'typing' | 'seen' | 'fetch' | 'abort' | 'refresh_code' }
>

export interface OrderDeskDeps {
  client: ShopClient
  sending: Sending
  /** Where fetched files lie. */
  incoming: string
  say(message: FromProcess): void
}

/** Carries out orders and answers those that want an answer. Never throws. */
export class OrderDesk {
  readonly #deps: OrderDeskDeps

  constructor(deps: OrderDeskDeps) {
    this.#deps = deps
  }

  take(order: PageOrder): void {
    this.#carryOut(order).catch((error: unknown) => {
      const data = { order: order.type, detail: describeError(error) }
      this.#deps.say({ type: 'log', level: 'debug', event: 'whatsapp.order_failed', data })
    })
  }

  async #carryOut(order: PageOrder): Promise<unknown> {
    const { client, sending } = this.#deps
    switch (order.type) {
      case 'send':
        return this.#send(order)
      case 'fetch':
        return this.#fetch(order.id, order.messageId)
      case 'abort':
        return sending.abort(order.id)
      case 'typing':
        return client.page.evaluate(showTyping, { chatId: order.chatId, on: order.on })
      case 'seen':
        return client.sendSeen(order.chatId)
      case 'refresh_code':
        return client.page.evaluate(refreshCode)
    }
  }

  async #send(order: Extract<PageOrder, { type: 'send' }>): Promise<void> {
    const { sending, say } = this.#deps
    const outcome = await sending
      .send(order)
      .catch((error: unknown) => ({ state: 'unknown' as const, reason: describeError(error) }))
    say({ type: 'outcome', id: order.id, outcome })
  }

  async #fetch(id: number, messageId: string): Promise<void> {
    const { client, incoming, say } = this.#deps
    const fetched = await fetchMedia(client, incoming, messageId).catch(() => ({ reason: 'later' as const }))
    if ('path' in fetched) say({ type: 'fetched', id, path: fetched.path })
    else say({ type: 'not_fetched', id, reason: fetched.reason })
  }
}

/** Where an account's files lie until whoever asked takes them. */
export function incomingFolder(folder: string): string {
  return join(folder, 'incoming')
}
