import type { SumRole } from './facts.ts'
import type { AmountInContext } from './gate-check-amounts.ts'
import { orderNumberSpans } from './gate-check-orders.ts'
import type { Ledger } from './gate-ledger.ts'

/** Labels of the figures of a whole checkout or order. `weak` ones may also mean something else. */
const labels: { role: SumRole; form: RegExp; weak?: true }[] = [
  {
    role: 'subtotal',
    form: /\b(?:sub-?total|productos|articulos|items|goods|carrito|cesta|cart|basket)\b/g,
  },
  {
    role: 'discount',
    form: /\b(?:ahorr\w+|sav(?:e|es|ing|ings)|descuentos?|dto|discounts?|cupon|codigo|code|voucher|promo)\b/g,
  },
  { role: 'tax', form: /\b(?:iva|igv|itbis|isv|vat|tax(?:es)?|impuestos?|gst)\b/g },
  {
    role: 'delivery',
    form: /\b(?:envios?|entregas?|domicilio|repartos?|portes|delivery|shipping|postage|recogidas?|pick ?up|collection)\b/g,
  },
  {
    role: 'paid',
    form: /\b(?:(?:has|ha|han) (?:pagado|abonado)|pagaste|you paid|pagado|abonado|paid so far|you've paid|already paid)\b/g,
  },
  {
    role: 'due',
    form: /\b(?:pendientes?|por pagar|falta[n]? (?:por )?pagar|outstanding|due|owe|left to pay|still to pay)\b/g,
  },
  {
    role: 'total',
    form: /\b(?:total(?:es)?|altogether|all together|in all|comes to|todo (?:junto|sale|son|serian?)|(?:tu|su|el|este|your|the|this) (?:pedido(?! minim)|compra(?! minim)|orden|order|purchase)|suma[n]?|adds up to|so far|(?:pedido|compra|orden|order)\s*(?:n\.?\s?o\.?\s*|numero\s*|number\s*)?#?\ue002+)/g,
  },
  {
    role: 'total',
    form: /\b(?:importe|amount|a pagar|to pay|pag\w+|pay|bizum|transfer\w*|ingres\w+|abon\w+|efectivo|cash|tarjeta|card|al recibir|recib\w+|receive|son|serian?|queda(?:ria)? en|sale por|it's|that's)\b/g,
    weak: true,
  },
]
const after: { role: SumRole; form: RegExp }[] = [
  {
    role: 'tax',
    form: /^\s(?:de|of|in|for)\s(?:iva|igv|itbis|vat|tax|impuestos?|gst)\b|^\s(?:iva|igv|vat|tax|gst)\b(?!\s*(?:incl|\())/,
  },
  { role: 'discount', form: /^\W*(?:de |of )?(?:descuento|discount|off\b)/ },
  { role: 'total', form: /^\W*(?:en total|in total|total|altogether|in all|todo incluido|all in)\b/ },
  { role: 'paid', form: /^\W*(?:pagados?|abonados?|paid)\b/ },
  { role: 'due', form: /^\W*(?:pendientes?|por pagar|outstanding|due)\b/ },
]
const ofCart =
  /\b(?:por ahora|hasta ahora|de momento|so far|carrito|cesta|cart|basket|productos|articulos|items|goods|sub-?total|sin (?:el )?envio|antes del? (?:envio|descuento)|without (?:the )?delivery|before (?:delivery|shipping|the discount)|mas (?:el )?envio|plus (?:the )?(?:delivery|shipping))\b/
const shortOf = /\b(?:falt\w+|short|more|another|otros|mas|away)\b/
const threshold = /\b(?:minim[oa]|minimum|gratis|gratuito|free)\b/

/**
 * Holds an amount against the figures of the turn's checkout and orders.
 * @returns `fits`, why it does not, or null when nothing says that it is such a figure.
 */
export function sumFault(ledger: Ledger, item: AmountInContext): 'fits' | { reason: string } | null {
  if (ledger.sums.length === 0) return null
  const { amount } = item.claim
  if (missingFits(ledger, item)) return 'fits'
  const role = roleOf(item)
  if (role === null || item.clause.mentions.length > 0) return null
  const sums = sumsOf(ledger, item)
  const figures = sums.filter((sum) => sum.role === role.role).map((sum) => sum.amount)
  if (figures.includes(amount)) return 'fits'
  switch (role.role) {
    case 'subtotal':
      return ledger.cartTotal?.amount === amount ? 'fits' : null
    case 'tax':
      return { reason: 'tax' }
    case 'paid':
    case 'due':
      return sums.some((sum) => sum.role === 'total' && sum.amount === amount) &&
        role.role === 'due' &&
        figures.length === 0
        ? 'fits'
        : { reason: role.role }
    case 'discount':
      return reducedTo(sums, item) ? 'fits' : figures.length > 0 ? { reason: 'discount' } : null
    case 'delivery':
      return null
    case 'total':
      if (role.weak || figures.length === 0) return null
      return ledger.cartTotal?.amount === amount && ofCart.test(item.sentence) ? 'fits' : { reason: 'total' }
  }
}

/** "Con tu código se quedan en 35,82 €": the lines less the discount. */
function reducedTo(sums: Ledger['sums'], { claim, before }: AmountInContext): boolean {
  const amountOf = (role: SumRole) => sums.find((sum) => sum.role === role)?.amount ?? 0
  return (
    /\b(?:qued\w+|sale[n]?|comes? (?:down )?to|down to)\s(?:a |en |por )?$/.test(before) &&
    amountOf('discount') > 0 &&
    claim.amount === amountOf('subtotal') - amountOf('discount')
  )
}

/** "Te faltan 5 € para el pedido mínimo": what the cart lacks to a limit of the shop's. */
function missingFits(ledger: Ledger, { claim, sentence, before, after: behind }: AmountInContext): boolean {
  if (ledger.cartTotal === null || !threshold.test(sentence) || !shortOf.test(`${before} ${behind}`))
    return false
  const { amount: subtotal } = ledger.cartTotal
  return ledger.fees.some(
    (fee) => (fee.kind === 'min_order' || fee.kind === 'free_from') && fee.amount - subtotal === claim.amount,
  )
}

/** The label nearest to the amount. */
function roleOf(item: AmountInContext): { role: SumRole; weak: boolean } | null {
  const behind = after.find(({ form }) => form.test(item.after))
  if (behind !== undefined) return { role: behind.role, weak: false }
  let best: { role: SumRole; weak: boolean; at: number } | null = null
  for (const { role, form, weak } of labels) {
    for (const match of item.before.matchAll(form)) {
      const at = match.index + match[0].length
      if (best === null || at > best.at) best = { role, weak: weak === true, at }
    }
  }
  return best
}

/** Figures of the order that the sentence names before the amount, else all. */
export function sumsOf(ledger: Ledger, item: AmountInContext): Ledger['sums'] {
  const named = orderNumberSpans(ledger, item.text).filter(({ start }) => start < item.claim.start)
  const number = named.at(-1)?.number
  const order = ledger.orders.find((one) => one.number === number)
  return order === undefined ? ledger.sums : ledger.sums.filter((sum) => sum.of === order.orderId)
}
