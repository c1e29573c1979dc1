import type { AmountClaim } from './gate-amounts.ts'
import { findAmounts } from './gate-amounts.ts'
import type { Binding, Clause } from './gate-binding.ts'
import { cartLineFits, misleadsAboutQuantity } from './gate-check-lines.ts'
import { sumFault } from './gate-check-sums.ts'
import type { Evidence } from './gate-evidence.ts'
import { type Ledger, linesAbout, type ProductLedger } from './gate-ledger.ts'
import type { Segment } from './gate-segments.ts'
import { variantsIn } from './gate-variants.ts'

/** An amount in its surroundings. */
export interface AmountInContext {
  claim: AmountClaim
  /** The sentence with names of products and numbers of orders hidden. */
  sentence: string
  /** The sentence as it is. */
  text: string
  clause: Clause
  /** Text between the amount before (or the clause's start) and this one. */
  before: string
  /** Text between this amount and the next (or the clause's end). */
  after: string
  /** Text before this amount in its sentence, from the amount before. */
  lead: string
  /** Another amount comes in the same clause. */
  followed: boolean
  range: 'low' | 'high' | 'old' | 'new' | null
  binding: Binding | null
  /** A product is named somewhere in the sentence. */
  named: boolean
  /** A delivery zone is named beside the amount. */
  zoneNamed: boolean
  /** Delivery zone that was spoken of, canonical; empty when none. */
  zone: string
  /** The words that belong to this amount alone. */
  own: Segment & { evidence: Evidence[]; attached: string[]; named: Set<string> | null }
  /** Figures that the customer wrote. */
  customerAmounts: ReadonlySet<number>
  customer: readonly string[]
  /** What the sentences before were about, where that is no product. */
  topic: 'delivery' | null
  /** The end of the reply before this sentence. */
  earlier: string
  /** Amounts of the reply so far, and of this sentence, that the facts carry. */
  verified: readonly number[]
  verifiedHere: readonly number[]
}

export const delivery =
  /\b(?:(?<!\b(?:te|le|os|les)\s)envios?|enviar(?:lo|la)?|enviamos|entregas?|a domicilio|domicilio|repartos?|portes|gastos de envio|delivery|deliver|shipping|ship|postage|despachos?|despacha\w*|recog(?:e[rs]?|ida|es)\w*|recojo|retir(?:ar|o|as?|e|es)\w*|pickup|pick ?up|collect(?:ion)?|pedido minimo|minimo de (?:pedido|compra)|minimum order|min\.? order)\b/
const former =
  /\b(?:(?<!mas \w{4,8} que )antes(?: costaba[n]?| valia[n]?| estaba[n]?)?|antes estaba[n]? a|rebajad[oa]s? desde|regularly|normally|usually|marked down from|used to be|costaba[n]?|valia[n]?|era[n]?|en (?:lugar|vez) de|precio (?:anterior|original|de antes|normal|habitual)|rebajad[oa]s? de|rebaja de|pvp|was|were|used to (?:be|cost)|originally|instead of|rather than|down from|reduced from|(?:old|former|regular|original|previous|list) price|rrp)\W*(?:a |de |es |era |of |is )?$/
const formerAfter = /^\W*(?:antes|before|anteriormente|originally|de antes|era el precio anterior)\b/
const total =
  /\b(?:total(?:es)?|subtotal|suma[n]?|altogether|all together|in all|comes to|sum|tu (?:carrito|cesta|pedido)|su (?:carrito|cesta|pedido)|el (?:carrito|pedido) (?:es|suma|queda|sale)|your (?:cart|basket|order)|todo (?:junto|sale|son|serian?))\b/
const freeFrom = /\b(?:gratis|gratuito|free)\W+(?:desde|a partir de|from|over|above)\s*$/
const maximum =
  /\b(?:menos de|por debajo de|maximo(?: de)?|tope(?: de)?|no (?:mas|pasa[nr]?) de|presupuesto(?: de)?|under|below|less than|cheaper than|no more than|at most|maximum(?: of)?|budget(?: of)?|within|inferior(?:es)? a)\s*$/
const minimum =
  /\b(?:mas de|por encima de|minimo(?: de)?|al menos|over|above|more than|at least|minimum(?: of)?|superior(?:es)? a)\s*$/
const upTo = /\b(?:hasta|up to|as much as)\s*(?:los|las)?\s*$/
const from =
  /\b(?:desde|a partir de|from|starting (?:at|from)|starts? (?:at|from)|as low as|parte[n]? (?:de|en)|empieza[n]? (?:en|desde)|arranca[n]? (?:en|desde|de)|comienza[n]? (?:en|desde))\s*(?:los|las|solo|just|only)?\s*$/
const upwards = /^\W*(?:upwards?|and up|and over|en adelante|para arriba|o mas)\b/
export const pickup =
  /\b(?:recog\w+|recoj\w+|retir(?:ar|o|as?|e|es)\w*|pick(?:ing)?(?: it| them)? ?up|collect\w*)\b/
const difference =
  /^\s*(?:mas (?:car|barat)|menos\b|more (?:exp|than)|cheaper|dearer|less\b|de diferencia|difference|mas que|more\b)/
const saving = /(?:ahorr\w+|save|saving|descuento de|discount of|rebaja de)\W*$/
const savingAfter =
  /^\s*(?:mas barat[oa]s? que (?:antes|el precio)|de descuento|menos que antes|off\b|discount|de ahorro|de rebaja)/

/** Why the facts do not carry an amount, or null when they do. */
export function amountFault(ledger: Ledger, item: AmountInContext): string | null {
  const { claim } = item
  if (claim.foreign) return 'currency'
  if (!Number.isFinite(claim.amount)) return 'unreadable'
  const named = item.binding?.explicit === true && item.clause.mentions.length > 0
  if (
    /\b(?:encima|debajo|dentro|pasas?) de (?:tus|sus|los) $/.test(item.lead) &&
    !item.customerAmounts.has(claim.amount)
  )
    return 'limit'
  if (isBudget(ledger, item)) return null
  if (delivered(ledger, item) || isDeposit(ledger, item)) return null
  const sum = sumFault(ledger, item)
  if (sum !== null) return sum === 'fits' ? null : sum.reason
  if (isDelivery(ledger, item)) return deliveryFits(ledger, item) ? null : 'fee'
  if (difference.test(item.after)) return differenceFits(ledger, item) ? null : 'difference'
  if (saving.test(item.before) || savingAfter.test(item.after))
    return savingFits(ledger, item) ? null : 'saving'
  if (isLimit(item) && limitFits(ledger, item)) return null
  if (maximum.test(item.before) || minimum.test(item.before))
    return textCarries(ledger, item, 1) ? null : 'limit'
  if (total.test(item.before) || /^\W*(?:en total|in total|total|altogether|in all)\b/.test(item.after))
    return totalFits(ledger, item) ? null : 'total'
  if (!named && !item.named && textCarries(ledger, item, 1) && !carriedPrice(ledger, item)) return null
  if (item.binding === null) return unboundFits(ledger, item) ? null : 'unbound'
  return productsFit(ledger, item) ? null : 'product'
}

/** "Con 20 € te llega para unos calcetines": what the customer said to have, where something named costs no more. */
function isBudget(
  ledger: Ledger,
  { claim, before, after, binding, customerAmounts }: AmountInContext,
): boolean {
  if (!customerAmounts.has(claim.amount)) return false
  if (/\b(?:tu|su|your) (?:idea|presupuesto|budget) (?:es|era|eran|son|is|was) (?:de )?$/.test(before))
    return true
  if (!/\b(?:con|with)\s(?:los |tus |sus |your )?$/.test(before)) return false
  if (!/^\s*(?:te|le|os|les|you)\s(?:llega|alcanza|da|can (?:get|have))\b/.test(after)) return false
  return idsOf(ledger, binding).some((product) =>
    currentAmounts(product).some((amount) => amount <= claim.amount),
  )
}

/** "Pedidos de más de 150 €: señal del 50 %": from where on the shop asks for a deposit. */
function isDeposit(ledger: Ledger, { claim, sentence }: AmountInContext): boolean {
  return (
    /\b(?:anticipo|senal|adelanto|deposit|down payment)\b/.test(sentence) &&
    ledger.fees.some(({ name, amount }) => name.startsWith('deposit') && amount === claim.amount)
  )
}

function carriedPrice(ledger: Ledger, item: AmountInContext): boolean {
  return item.binding !== null && productsFit(ledger, item)
}

function isDelivery(ledger: Ledger, item: AmountInContext): boolean {
  const { before, after, sentence, named, clause, zoneNamed } = item
  if (clause.mentions.length === 0 && zoneNamed) return true
  if (freeFrom.test(before) && ledger.fees.some((fee) => fee.kind === 'free_from')) return true
  if (delivery.test(before)) return true
  if (
    /^\W*(?:de |por |el |la |los |del |for |the |of ){0,3}(?:gastos de )?(?:envio|entrega|reparto|domicilio|portes|delivery|shipping|postage|recogida|pedido minimo|minimum order)/.test(
      after,
    )
  )
    return true
  return !named && clause.mentions.length === 0 && delivery.test(sentence)
}

function deliveryFits(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const around = `${item.before} ${item.after}`
  const threshold =
    minimum.test(item.before) ||
    from.test(item.before) ||
    /(?:partir de|pasa de|supera|over|from|above|orders? of|pedidos? de|compras? de|llega[s]? a|llegar a|gasta[s]?|spend|reach|gratis|free)\W*(?:los |las )?$/.test(
      item.before,
    )
  const least =
    /\b(?:minim[oa]|minimum|min)\b/.test(`${around} ${item.sentence}`) && !/gratis|free/.test(item.sentence)
  const fees = ledger.fees.filter((fee) => {
    if (fee.amount !== amount) return false
    if (least) return fee.kind === 'min_order'
    if (pickup.test(item.sentence)) return fee.kind === 'pickup'
    if (fee.kind === 'pickup') return false
    if (threshold)
      return (
        fee.kind === 'free_from' ||
        (fee.kind === 'fee' && from.test(item.before) && isLowestFee(ledger, amount))
      )
    return fee.kind === 'fee' || fee.kind === 'other'
  })
  const zones =
    item.zone === ''
      ? fees
      : fees.filter((fee) => fee.zone === item.zone || fee.kind === 'min_order' || fee.zone === '')
  if (zones.length > 0) return true
  // Where the profile gives structured fees, free text may only add amounts that are in none of its lines.
  if (ledger.fees.some((fee) => fee.amount === amount)) return false
  return textCarries(ledger, item, 1)
}

/** The fees of a zone and those of every zone. */
export function zoneFees(ledger: Ledger, zone: string): Ledger['fees'] {
  return zone === ''
    ? ledger.fees
    : ledger.fees.filter((fee) => fee.zone === zone || fee.zone === '' || fee.kind === 'min_order')
}

/** "Total con el envío: 34,50 €" – the cart and its fee, as the tool added them up. */
function delivered(ledger: Ledger, { claim, before }: AmountInContext): boolean {
  return total.test(before) && delivery.test(before) && ledger.deliveredTotals.includes(claim.amount)
}

function isLowestFee(ledger: Ledger, amount: number): boolean {
  return ledger.fees.every((fee) => fee.kind !== 'fee' || fee.amount >= amount)
}

function isLimit({ before, range }: AmountInContext): boolean {
  return (
    range !== null || maximum.test(before) || minimum.test(before) || upTo.test(before) || from.test(before)
  )
}

function limitFits(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const bound = item.range === 'high' || maximum.test(item.before) || upTo.test(item.before) ? 'max' : 'min'
  if (!ledger.limits.some((limit) => limit.bound === bound && limit.amount === amount)) return false
  // "X is under 50 €" is also a claim about X.
  if (item.clause.mentions.length === 0 || /\b(?:no|ni|not|nothing|none|don't)\b/.test(item.sentence))
    return true
  const products = idsOf(ledger, item.binding)
  return products.every((product) => {
    const amounts = currentAmounts(product)
    return (
      amounts.length === 0 ||
      (bound === 'max' ? Math.min(...amounts) <= amount : Math.max(...amounts) >= amount)
    )
  })
}

function currentAmounts(product: ProductLedger): number[] {
  return product.prices.filter(({ role }) => role === 'unit' || role === 'from').map(({ amount }) => amount)
}

function totalFits(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  if (item.clause.mentions.length > 0 || /\btotal de (?:la |esta )?linea|line total\b/.test(item.sentence)) {
    const lines = idsOf(ledger, item.binding).flatMap((product) => product.cart)
    if (lines.some((line) => line.total === amount)) return true
  }
  return ledger.cartTotal !== null && ledger.cartTotal.amount === amount
}

function idsOf(ledger: Ledger, binding: Binding | null): ProductLedger[] {
  return [...(binding?.ids ?? [])].flatMap((id) => ledger.products.get(id) ?? [])
}

/** Whether the shop's own lines that this sentence speaks of say the amount. */
export function textCarries(ledger: Ledger, item: AmountInContext, least: number): boolean {
  const lines = linesAbout(ledger, item.sentence, least)
  return lines.some((line) =>
    findAmounts(line.text, ledger.currency).some(
      (claim) => !claim.foreign && claim.amount === item.claim.amount,
    ),
  )
}

function unboundFits(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const amounts = [...ledger.products.values()].flatMap(currentAmounts)
  if (amounts.length === 0) return false
  if (item.range === 'low' || from.test(item.before)) return amount === Math.min(...amounts)
  if (item.range === 'high' || upTo.test(item.before)) return amount === Math.max(...amounts)
  return amounts.length === ledger.products.size && amounts.every((one) => one === amount)
}

export function productsFit(ledger: Ledger, item: AmountInContext): boolean {
  const spoken = idsOf(ledger, item.binding)
  // "From" is said of what has such a price, where a word may mean several.
  const priced = spoken.filter((product) => product.prices.some(({ role }) => role === 'from'))
  const products = priced.length > 0 && from.test(item.before) ? priced : spoken
  if (products.length === 0) return false
  const fits = (product: ProductLedger) => productFits(product, item)
  // "Barras desde 11 €": the lowest price of all that the word may mean.
  if (products.length > 1 && from.test(item.before)) {
    const whole = products.filter((product) => namedInFull(product, item.clause.text))
    const lowest = (whole.length > 0 ? whole : products).map((product) => {
      const { ids, named } = variantsIn(product, item.binding?.hints ?? [item.clause.text])
      return lowestOf(product, ids, named)
    })
    return Math.min(...lowest) === item.claim.amount
  }
  if (!item.binding?.all) return products.some(fits)
  const named = products.filter((product) => variantsIn(product, [item.clause.text, item.text]).named)
  return (named.length > 0 ? named : products).every(fits)
}

/** Whether a text says the whole name of a product, not only a word that several share. */
function namedInFull({ names }: ProductLedger, text: string): boolean {
  return names.some((name) => name.includes(' ') && text.includes(name))
}

function productFits(product: ProductLedger, item: AmountInContext): boolean {
  const { amount } = item.claim
  if (cartLineFits(product, item)) return true
  // A quote was computed for this customer: it is the price, whatever the catalog says of the service.
  if (product.prices.some((price) => price.role === 'quoted' && price.amount === amount)) return true
  const { ids, named } = variantsIn(product, item.binding?.hints ?? [item.clause.text])
  const of = (roles: readonly string[]) =>
    product.prices.filter(
      ({ role, variantId }) => roles.includes(role) && (variantId === null || ids.has(variantId)),
    )
  const units = new Set(of(['unit']).map((price) => price.amount))
  const froms = new Set(of(['from']).map((price) => price.amount))
  if (item.range === 'old' || former.test(item.before) || (!item.followed && formerAfter.test(item.after))) {
    return of(['compare_at']).some((price) => price.amount === amount)
  }
  if (item.range === 'low' || from.test(item.before) || upwards.test(item.text.slice(item.claim.end)))
    return lowestOf(product, ids, named) === amount
  if (item.range === 'high' || upTo.test(item.before))
    return froms.size === 0 && highestOf(product, ids, named) === amount
  // A quantity of several with the price of one would tell a wrong sum.
  if (misleadsAboutQuantity(product, item)) return false
  if (!units.has(amount)) return false
  return (
    froms.size === 0 &&
    (units.size === 1 ||
      (!named && isUsual(product, amount)) ||
      /\b(?:segun|depend\w*|depending)\b/.test(item.sentence))
  )
}

/** The lowest price where most variants have it and none was named. */
function isUsual(product: ProductLedger, amount: number): boolean {
  const units = product.prices.filter(({ role, variantId }) => role === 'unit' && variantId !== null)
  const having = units.filter((price) => price.amount === amount).length
  return having * 2 > units.length && units.every((price) => price.amount >= amount)
}

function lowestOf(product: ProductLedger, ids: Set<string>, named: boolean): number {
  const current = product.prices.filter(
    ({ role, variantId }) =>
      (role === 'unit' || role === 'from' || role === 'lowest') &&
      (variantId === null ? !named : ids.has(variantId)),
  )
  return Math.min(...current.map(({ amount }) => amount))
}

function highestOf(product: ProductLedger, ids: Set<string>, named: boolean): number {
  const current = product.prices.filter(
    ({ role, variantId }) =>
      (role === 'unit' || role === 'highest') && (variantId === null ? !named : ids.has(variantId)),
  )
  return Math.max(...current.map(({ amount }) => amount))
}

function differenceFits(ledger: Ledger, item: AmountInContext): boolean {
  const prices = [...ledger.products.values()].flatMap(currentAmounts)
  return prices.some((a) => prices.some((b) => a - b === item.claim.amount))
}

function savingFits(ledger: Ledger, item: AmountInContext): boolean {
  const saved = idsOf(ledger, item.binding).some((product) =>
    product.prices.some(
      (old) =>
        old.role === 'compare_at' &&
        product.prices.some(
          (now) =>
            now.role === 'unit' &&
            now.variantId === old.variantId &&
            old.amount - now.amount === item.claim.amount,
        ),
    ),
  )
  return saved || textCarries(ledger, item, 1)
}
