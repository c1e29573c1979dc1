import type { Clock } from '../../main/core/host.ts'
import type { OrderState } from '../../main/core/orders/states.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { Tx } from '../../main/core/storage/storage.ts'
import { systemClock } from '../fixtures/clock.ts'

/** What the shop's owner, or time, does between a customer's messages: the `!` lines of a script. */

/** The system's clock, with time added to what it shows. */
export class ShiftedClock implements Clock {
  readonly monotonic = systemClock.monotonic
  readonly after = systemClock.after
  #shift = 0

  now(): number {
    return systemClock.now() + this.#shift
  }

  pass(hours: number): void {
    this.#shift += hours * 3_600_000
  }
}

export interface OwnerScene {
  shop: Shop
  conversationId: string
  clock: ShiftedClock
}

type Deed = (scene: OwnerScene, tx: Tx, words: readonly string[]) => void

function variantOf({ shop }: OwnerScene, sku: string | undefined) {
  const found = shop.catalog.variantBySku(sku ?? '')
  if (found === null) throw new Error(`no such SKU: ${sku}`)
  return found
}

function orderOf({ shop, conversationId }: OwnerScene) {
  const found = shop.orders.newestOf(conversationId)
  if (found === null) throw new Error('no order yet')
  return found
}

function move(scene: OwnerScene, tx: Tx, state: OrderState): void {
  scene.shop.orders.setState(tx, orderOf(scene).id, { state, tell: false })
}

/** The newest question that waits for the owner. */
function openCard(shop: Shop) {
  const [card] = shop.cards.list({ state: 'open', limit: 1 }).items
  if (card === undefined) throw new Error('no card is open')
  return card
}

/** The word after a word, null when it is not there. */
function after(words: readonly string[], name: string): string | null {
  const at = words.indexOf(name)
  return at < 0 ? null : (words[at + 1] ?? null)
}

const deeds: Readonly<Record<string, Deed>> = {
  price: (scene, tx, [sku, amount]) => {
    const { product, variant } = variantOf(scene, sku)
    scene.shop.catalog.update(tx, product.id, {
      variants: [{ id: variant.id, price: { kind: 'exact', amount: Number(amount) } }],
    })
  },
  stock: (scene, tx, [sku, onHand]) =>
    scene.shop.catalog.setStock(tx, variantOf(scene, sku).variant.id, Number(onHand), 'count'),
  sold: (scene, tx, [sku, quantity]) => {
    const lines = [{ variantId: variantOf(scene, sku).variant.id, quantity: Number(quantity) }]
    scene.shop.orders.counterSale(tx, { lines })
  },
  remove: (scene, tx, [sku]) => scene.shop.catalog.remove(tx, variantOf(scene, sku).product.id),
  process: (scene, tx) => move(scene, tx, 'processing'),
  ship: (scene, tx) => {
    if (orderOf(scene).state === 'pending') move(scene, tx, 'processing')
    move(scene, tx, 'shipped')
  },
  cancel: (scene, tx) => move(scene, tx, 'cancelled'),
  pay: (scene, tx) => {
    const { id, total } = orderOf(scene)
    scene.shop.orders.addPayment(tx, id, { amount: total, tell: false })
  },
  discount: ({ shop }, tx, [code = '', kind, value, ...rest]) => {
    const minimum = after(rest, 'min')
    shop.discounts.add(tx, {
      code,
      kind: kind === 'percent' ? 'percent' : 'amount',
      value: Number(value) * (kind === 'percent' ? 100 : 1),
      minSubtotal: minimum === null ? null : Number(minimum),
      endsOn: after(rest, 'until'),
    })
  },
  settings: ({ shop }, tx, words) => {
    shop.selling.set(tx, JSON.parse(words.join(' ')))
  },
  'card-answer': ({ shop }, tx, words) => {
    shop.cards.answer(tx, openCard(shop).id, { answer: words.join(' ') })
  },
  'card-keep': ({ shop }, tx, [as, amount, ...name]) => {
    const [card] = shop.cards.list({ state: 'answered', limit: 1 }).items
    if (card === undefined) throw new Error('no card was answered')
    const keep =
      as === 'knowledge'
        ? ({ as } as const)
        : ({ as: 'product', price: Number(amount), name: name.join(' ') } as const)
    shop.cards.keep(tx, card.id, keep)
  },
  'card-dismiss': ({ shop }, tx) => {
    shop.cards.dismiss(tx, openCard(shop).id, { tell: true })
  },
  'hours-pass': ({ clock }, _tx, [hours]) => clock.pass(Number(hours)),
}

/** Does one line, such as `price SKU 1990`. Amounts are minor units, percentages whole. */
export function act(scene: OwnerScene, line: string): void {
  const [verb = '', ...words] = line.trim().split(/\s+/)
  if (verb === 'hand-back') {
    scene.shop.conversations.handBack('system', scene.conversationId)
    return
  }
  if (verb === 'take') {
    scene.shop.conversations.take('system', scene.conversationId)
    return
  }
  const deed = deeds[verb]
  if (deed === undefined) throw new Error(`unknown line: ! ${line}`)
  scene.shop.storage.write('system', (tx) => deed(scene, tx, words))
}

/** Lets go of what a script's orders hold, so that the next script finds the shop as it was. */
export function releaseOrders(shop: Shop, conversationId: string): void {
  const { customerId } = shop.conversations.get(conversationId)
  for (const { id, state } of shop.orders.ofCustomer(customerId)) {
    if (state !== 'pending' && state !== 'processing') continue
    shop.storage.write('system', (tx) => {
      shop.orders.setState(tx, id, { state: 'cancelled', tell: false })
    })
  }
}
