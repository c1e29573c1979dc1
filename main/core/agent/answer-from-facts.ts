import type { FormOfAddress, Language, ShopBrief } from '../engines/engine.ts'
import { formatMoney } from '../money/money.ts'
import type { Fact } from './facts.ts'
import { checkReply } from './gate.ts'
import { checkoutLines, orderLines, summaryQuestion } from './order-lines.ts'

export interface AnswerInput {
  facts: readonly Fact[]
  language: Language
  formOfAddress: FormOfAddress | null
  shop: ShopBrief
}

const productsShown = 3
/** Lines of the shop's own texts that a plain answer may carry; more is no answer in a chat. */
const shopLinesShown = 4

/**
 * The answer that leaves when a draft did not pass the gate: the facts of the turn, said plainly. Deterministic; it
 * passes the gate itself. Where a shop's own names would confuse the gate it says less rather than something else.
 */
export function answerFromFacts(input: AnswerInput): string {
  const say = input.language === 'es' ? spanish(input.formOfAddress) : english
  const placing = orderLines(input, 'whole').length > 0 || checkoutLines(input, 'whole').length > 0
  const drafts = [
    ...(placing ? orderDrafts(input, say) : []),
    () => [
      ...actionLines(input, say),
      ...cartLines(input, say),
      ...productLines(input, say),
      ...shopLines(input),
    ],
    () => [...cartLines(input, say), ...productLines(input, say)],
    () => productLines(input, say),
    () => shopLines(input),
  ]
  for (const draft of drafts) {
    const lines = draft().filter((line) => line !== '')
    if (lines.length === 0) continue
    const text = lines.join('\n')
    const verdict = checkReply({ ...input, text, customerTexts: [], mentions: () => [] })
    if (verdict.ok) return text
  }
  return say.nothing
}

/** Checkout and orders in full; then without what the customer wrote themselves, where that confuses the gate. */
function orderDrafts(input: AnswerInput, say: Phrases): (() => string[])[] {
  return (['whole', 'figures'] as const).map((extent) => () => {
    const placed = orderLines(input, extent)
    const lines = placed.length > 0 ? placed : checkoutLines(input, extent)
    return [...actionLines(input, say), ...lines, ...summaryQuestion(input)]
  })
}

interface Phrases {
  from(amount: string): string
  was(amount: string): string
  ask: string
  soldOut: string
  inStock: string
  total(amount: string): string
  empty: string
  handedOver: string
  photo: string
  added: string
  removed: string
  cleared: string
  delivery(zone: string, amount: string): string
  nothing: string
}

function spanish(form: FormOfAddress | null): Phrases {
  const usted = form === 'usted'
  return {
    from: (amount) => `desde ${amount}`,
    was: (amount) => `antes ${amount}`,
    ask: 'precio a consultar',
    soldOut: 'agotado',
    inStock: 'disponible',
    total: (amount) => `Total del carrito: ${amount}`,
    empty: usted ? 'Su carrito está vacío.' : 'Tu carrito está vacío.',
    handedOver: usted
      ? 'He avisado a una persona de la tienda; le escribirá por aquí.'
      : 'He avisado a una persona de la tienda; te escribirá por aquí.',
    photo: usted ? 'Le envío la foto.' : 'Te envío la foto.',
    added: 'Añadido al carrito.',
    removed: 'Quitado del carrito.',
    cleared: 'He vaciado el carrito.',
    delivery: (zone, amount) => `Envío ${zone}: ${amount}`,
    nothing: usted
      ? 'Disculpe, no tengo ese dato a mano. ¿Me dice qué producto le interesa y se lo miro?'
      : form === 'vos'
        ? 'Perdón, no tengo ese dato a mano. ¿Me decís qué producto te interesa y lo miro?'
        : 'Perdona, no tengo ese dato a mano. ¿Me dices qué producto te interesa y lo miro?',
  }
}

const english: Phrases = {
  from: (amount) => `from ${amount}`,
  was: (amount) => `was ${amount}`,
  ask: 'price on request',
  soldOut: 'sold out',
  inStock: 'available',
  total: (amount) => `Cart total: ${amount}`,
  empty: 'Your cart is empty.',
  handedOver: "I've told a person of the shop; they will write to you here.",
  photo: "I'm sending the photo.",
  added: 'Added to the cart.',
  removed: 'Removed from the cart.',
  cleared: "I've emptied the cart.",
  delivery: (zone, amount) => `Delivery ${zone}: ${amount}`,
  nothing: "Sorry, I don't have that to hand. Which product are you interested in? I'll look it up.",
}

function actionLines({ facts }: AnswerInput, say: Phrases): string[] {
  const done = new Set(facts.flatMap((fact) => (fact.kind === 'action' ? [fact.action] : [])))
  return [
    done.has('cart_added') || done.has('cart_changed') ? say.added : '',
    done.has('cart_removed') ? say.removed : '',
    done.has('cart_cleared') ? say.cleared : '',
    done.has('photo_sent') ? say.photo : '',
    done.has('handed_over') ? say.handedOver : '',
  ]
}

/** The cart as it stands after the last call of the turn. */
function cartLines({ facts, shop }: AnswerInput, say: Phrases): string[] {
  const total = facts.filter((fact) => fact.kind === 'cart_total').at(-1)
  if (total === undefined) return []
  if (total.lines === 0) return [say.empty]
  const lines = new Map(
    facts.flatMap((fact) => (fact.kind === 'cart_line' ? [[fact.variantId, fact] as const] : [])),
  )
  const texts = [...lines.values()].flatMap((line) => {
    const name = nameOf(facts, line.productId, line.variantId)
    return name === '' ? [] : [`• ${line.quantity} × ${name}: ${formatMoney(line.total, shop.locale)}`]
  })
  // A line taken out earlier in the turn may still be among the facts: then the total alone is certain.
  const certain = lines.size === total.lines ? texts : []
  return [...certain, say.total(formatMoney(total.money, shop.locale))]
}

function nameOf(facts: readonly Fact[], productId: string, variantId: string | null): string {
  const product = facts.find((fact) => fact.kind === 'product' && fact.productId === productId)
  if (product?.kind !== 'product') return ''
  const title = product.variants?.find((variant) => variant.variantId === variantId)?.title ?? ''
  return [product.names[0] ?? '', title].join(' ').replace(/\s+/g, ' ').trim()
}

function productLines({ facts, shop }: AnswerInput, say: Phrases): string[] {
  const inCart = new Set(facts.flatMap((fact) => (fact.kind === 'cart_line' ? [fact.productId] : [])))
  const ids = [...new Set(facts.flatMap((fact) => (fact.kind === 'product' ? [fact.productId] : [])))]
  return ids
    .filter((id) => !inCart.has(id))
    .slice(0, productsShown)
    .map((id) => productLine(facts, id, shop, say))
}

function productLine(facts: readonly Fact[], productId: string, shop: ShopBrief, say: Phrases): string {
  const name = nameOf(facts, productId, null)
  if (name === '') return ''
  const prices = facts.filter((fact) => fact.kind === 'price' && fact.productId === productId)
  const amounts = (role: string) =>
    prices.flatMap((fact) => (fact.kind === 'price' && fact.role === role ? [fact.money.amount] : []))
  const money = (amount: number) => formatMoney({ amount, currency: shop.currency }, shop.locale)
  const units = [...new Set(amounts('unit'))]
  const lowest = Math.min(...units, ...amounts('from'))
  const [only] = units
  const exact = units.length === 1 && amounts('from').length === 0
  const price =
    exact && only !== undefined ? money(only) : Number.isFinite(lowest) ? say.from(money(lowest)) : say.ask
  return `• ${name}: ${[price, stockText(facts, productId, say)].filter(Boolean).join(' · ')}`
}

function stockText(facts: readonly Fact[], productId: string, say: Phrases): string {
  const product = facts.find((fact) => fact.kind === 'product' && fact.productId === productId)
  if (product?.kind === 'product' && product.status !== 'available') return say.soldOut
  const stock = facts.flatMap((fact) =>
    fact.kind === 'stock' && fact.productId === productId ? [fact.available] : [],
  )
  if (stock.length === 0) return ''
  if (stock.every((one) => one === 0)) return say.soldOut
  return stock.every((one) => one === null || one > 0) ? say.inStock : ''
}

/** What the shop itself wrote, without the questions. */
function shopLines({ facts }: AnswerInput): string[] {
  const lines = facts.flatMap((fact) => {
    if (fact.kind !== 'shop_text' || fact.topic === 'categories') return []
    const [first = '', ...rest] = fact.text.split('\n')
    return /\?\s*$/.test(first) && rest.length > 0 ? rest : []
  })
  return [...new Set(lines)].slice(0, shopLinesShown)
}
