import type { ConversationService } from '../conversations/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { localMoment } from '../language/calendar.ts'
import { comingDay } from '../language/hours.ts'
import type { TextKey } from '../language/texts.ts'
import { say, type TextValues, type Voice } from '../language/voice.ts'
import { formatMoney } from '../money/money.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Tx } from '../storage/storage.ts'
import { usualFormOfAddress } from '../understanding/language.ts'
import type { Order } from './order.ts'
import type { OrderState } from './states.ts'

type Say = (key: TextKey, values?: TextValues) => string

/**
 * Tells customers what became of their orders, on the channel and in the language of the order's conversation. Says
 * nothing where there is no such conversation, or where the shop has switched it off.
 */
export class OrderNotices {
  readonly #conversations: ConversationService
  readonly #settings: SellingSettingsStore
  readonly #shop: () => ShopBrief

  constructor(conversations: ConversationService, settings: SellingSettingsStore, shop: () => ShopBrief) {
    this.#conversations = conversations
    this.#settings = settings
    this.#shop = shop
  }

  state(tx: Tx, order: Order, state: OrderState, reason: string): void {
    if (state === 'pending') return
    this.#tell(tx, order, (text) => [
      text(`notice_${state}`),
      ...(reason === '' ? [] : [text('notice_reason', { reason })]),
    ])
  }

  payment(tx: Tx, order: Order, amount: number): void {
    const rest = order.total - order.paid + order.refunded
    this.#tell(tx, order, (text) => [
      text('notice_paid_in', { amount: this.#money(amount) }),
      rest > 0 ? text('notice_rest', { rest: this.#money(rest) }) : text('notice_paid_all'),
    ])
  }

  refund(tx: Tx, order: Order, amount: number): void {
    this.#tell(tx, order, (text) => [text('notice_refunded', { amount: this.#money(amount) })])
  }

  edit(tx: Tx, order: Order): void {
    this.#tell(tx, order, (text) => [
      text('notice_edited'),
      ...order.lines.map((line) =>
        text('notice_edited_line', {
          quantity: line.unit === 'piece' ? line.quantity : `${line.quantity} ${line.unit}`,
          name: line.title === '' ? line.name : `${line.name} (${line.title})`,
          total: this.#money(line.total),
        }),
      ),
      ...(order.deliveryFee > 0
        ? [text('notice_edited_delivery', { fee: this.#money(order.deliveryFee) })]
        : []),
      text('notice_total_now', { total: this.#money(order.total) }),
    ])
  }

  /**
   * That an order is cancelled at `until` (UTC ISO 8601) unless it is paid. Returns the message's id, or null when
   * nobody can be told. Not a matter of `tellCustomers`: nobody loses an order unwarned.
   */
  paymentDue(tx: Tx, order: Order, until: string): string | null {
    const { timeZone } = this.#shop()
    const today = localMoment(new Date(tx.now), timeZone).date
    const { date, minutes } = localMoment(new Date(until), timeZone)
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    return this.#send(tx, order, (text, voice) => {
      const day = comingDay(voice, date, today).replace(/^on /, '')
      const when = `${day} ${voice.language === 'es' ? 'a las' : 'at'} ${time}`
      return [
        text('notice_payment_due', { total: this.#money(order.total - order.paid + order.refunded), when }),
      ]
    })
  }

  unpaid(tx: Tx, order: Order): void {
    this.#send(tx, order, (text) => [text('notice_cancelled_unpaid')])
  }

  #tell(tx: Tx, order: Order, words: (text: Say, voice: Voice) => string[]): void {
    if (this.#settings.get().tellCustomers) this.#send(tx, order, words)
  }

  #send(tx: Tx, order: Order, words: (text: Say, voice: Voice) => string[]): string | null {
    if (order.conversationId === null) return null
    const voice = this.#voice(order.conversationId, order.id)
    const text: Say = (key, values = {}) => say(voice, key, { number: order.number, ...values })
    return this.#conversations.notify(tx, order.conversationId, words(text, voice).join('\n'))
  }

  #voice(conversationId: string, seed: string): Voice {
    const { locale, country } = this.#shop()
    const { language, formOfAddress } = this.#conversations.manner(conversationId)
    return {
      language: language ?? (locale.startsWith('en') ? 'en' : 'es'),
      formOfAddress: formOfAddress ?? usualFormOfAddress(country),
      seed,
    }
  }

  #money(amount: number): string {
    const { currency, locale } = this.#shop()
    return formatMoney({ amount, currency }, locale)
  }
}
