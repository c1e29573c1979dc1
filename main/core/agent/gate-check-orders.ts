import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'
import { wordSpans } from './gate-ledger.ts'

type OrderLedger = Ledger['orders'][number]

const noun = '(?:pedidos?|compras?|orden(?:es)?|encargos?|orders?|purchases?)'
const counted = String.raw`(?:(?:n\.?\s?o\.?|no\.?|num(?:ero)?\.?|number)\s*)?`
const numbers = [
  new RegExp(
    String.raw`\b${noun}\s*${counted}(?:es (?:el )?|is )?[#:]?\s*#?((?:[a-z]{1,8}[-/.]?)?\d{3,12})\b(?!\s*[€$£%]|[.,]\d|\s?(?:euros?|pesos?|dolares|dollars|pounds)\b)`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:numero|number)\s(?:de |of )?(?:tu |su |el |your |the )?(?:${noun})?\s*(?:es|is|:)?\s*(?:el )?#?((?:[a-z]{1,8}[-/.]?)?\d{3,12})\b(?!\s*[€$£%]|[.,]\d)`,
    'g',
  ),
]

/** Where a sentence names numbers of orders: they are no amounts, counts or times. */
export function orderNumberSpans(
  ledger: Ledger,
  text: string,
): { start: number; end: number; number: string }[] {
  const spans = numbers.flatMap((form) =>
    [...text.matchAll(form)].map((match) => {
      const number = match[1] ?? ''
      const start = match.index + match[0].lastIndexOf(number)
      return { start, end: start + number.length, number }
    }),
  )
  for (const { number } of ledger.orders) {
    for (const { start, end } of wordSpans(text, number)) {
      const priced = /^\s*[€$£%]|^[.,]\d/.test(text.slice(end)) || /[€$£]\s?$/.test(text.slice(0, start))
      if (!priced && !spans.some((span) => start < span.end && end > span.start))
        spans.push({ start, end, number })
    }
  }
  return spans.sort((a, b) => a.start - b.start)
}

/** Orders that a sentence speaks of: those whose number it names, else all that the facts know. */
export function ordersIn(ledger: Ledger, text: string): OrderLedger[] {
  const named = orderNumberSpans(ledger, text).map(({ number }) => number)
  const found = ledger.orders.filter((order) => named.includes(order.number))
  return named.length > 0 ? found : ledger.orders
}

const standing = ({ state }: OrderLedger) => state !== 'cancelled' && state !== 'returned'

/** Words for where an order is, and the orders of which they are true. */
const states: { words: string; fits: (order: OrderLedger) => boolean }[] = [
  {
    words:
      'realizad[oa]s?|hech[oa]s?|confirmad[oa]s?|registrad[oa]s?|tramitad[oa]s?|cursad[oa]s?|procesad[oa]s?|recibid[oa]s?|aceptad[oa]s?|cerrad[oa]s?|placed|confirmed|received|processed|submitted|registered|accepted',
    fits: standing,
  },
  {
    words:
      'preparando(?:lo|se)?|en preparacion|en proceso|en marcha|being (?:prepared|packed)|in (?:preparation|process|progress)|preparing',
    fits: ({ state }) => state === 'processing',
  },
  {
    words: 'pendientes? de (?:pago|cobro)|awaiting payment|sin pagar|unpaid|not paid',
    fits: (order) => standing(order) && (order.paymentState === 'unpaid' || order.paymentState === 'part'),
  },
  {
    words: 'pendientes?|pending|a la espera',
    fits: ({ state, paymentState }) =>
      state === 'pending' || (state !== 'cancelled' && paymentState !== 'paid'),
  },
  {
    words:
      'en camino|en reparto|de camino|on (?:its|the) way|out for delivery|in transit|a punto de llegar|llegando',
    fits: ({ state }) => state === 'shipped',
  },
  {
    words:
      'enviad[oa]s?|despachad[oa]s?|expedid[oa]s?|mandad[oa]s?|salido|shipped|sent(?: out)?|dispatched|posted',
    fits: ({ state }) => state === 'shipped' || state === 'delivered',
  },
  {
    words:
      'entregad[oa]s?|completad[oa]s?|finalizad[oa]s?|delivered|completed|complete|collected|recogid[oa]s?',
    fits: ({ state }) => state === 'delivered',
  },
  {
    words: 'cancelad[oa]s?|anulad[oa]s?|cancelled|canceled|voided',
    fits: ({ state }) => state === 'cancelled',
  },
  { words: 'devuelt[oa]s?|returned', fits: ({ state }) => state === 'returned' },
  {
    words: 'pagad[oa]s?|abonad[oa]s?|cobrad[oa]s?|paid|charged',
    fits: ({ paymentState }) => paymentState === 'paid',
  },
  { words: 'reembolsad[oa]s?|refunded', fits: ({ paymentState }) => paymentState === 'refunded' },
]
const being =
  "(?:esta[n]?|ha[n]? sido|queda[n]?|ha[n]? quedado|ha[n]?|fue(?:ron)?|se encuentra[n]?|sigue[n]?|figura[n]?|aparece[n]?|consta[n]?|va[n]?|(?:is|are|has|have|was|were)(?:n't)?(?: been)?|got)"
const between = String.raw`(?:\s(?:ya|ahora|no|aun|todavia|not|now|already|just|currently|still|yet|all|toda(?:via)?|correctamente|successfully|bien|siendo|lo|being))*`
const doer = "(?:he|hemos|ha|han|i've|i have|we've|we have|i|we)"
const articles = '(?:el|la|los|las|tu|su|tus|sus|vuestro|este|ese|mi|your|the|this|that|an?|my)'
const parcels = `(?:${noun}|paquetes?|parcels?|packages?|shipments?)`
const forms = states.map(({ words, fits }) => ({
  fits,
  form: new RegExp(
    [
      String.raw`\b${parcels}\b(?:[^.!?;\n]{0,60}?)\b${being}${between}\s["'«]?(?:${words})\b`,
      String.raw`\b${parcels}\b(?:\s*${counted}#?[\w/-]*\d)?\s*(?:[:·,(–—>→=|-]\s*)*(?:estado:?\s|status:?\s)?(?:${words})\b`,
      String.raw`\b${doer}\s(?:ya |just |now |already |te |le |lo |la )*(?:${words})\s(?:ya )?(?:${articles}\s)?(?:ultim[oa]\s|last\s|nuev[oa]\s|new\s)?(?:${parcels})\b`,
      String.raw`\b(?:estado|status)\b[^.!?;\n]{0,25}?(?:[:=]|\bes\b|\bis\b)\s*(?:${words})\b`,
    ].join('|'),
  ),
}))
/** What is said of an order without naming it ("ya está pagado", "it's been shipped"), and of one that left. */
const unnamed = states
  .filter(({ words }) => /camino|shipped|delivered|cancelled|paid\||refunded/.test(words))
  .map(({ words, fits }) => ({
    fits,
    form: new RegExp(
      [
        String.raw`\b(?:ya |te |se |os )*(?:lo|la|los|las)\s(?:he|hemos|han)\s(?:ya )?(?:${words})\b`,
        String.raw`\b(?:ya|ahora|todo)\s(?:esta[n]?|ha[n]? sido|queda[n]?|va[n]?|viene[n]?)\s(?:todo )?(?:\w+ y )?(?:${words})\b`,
        String.raw`\b(?:it|they)(?:'s|'ve|\shas|\shave)\s(?:already |now |just )?been\s(?:${words})\b`,
        String.raw`\b(?:it|they)(?:'s|'re|\sis|\sare)\s(?:already |now )?(?:${words})\b(?!\s(?:in|within|to|by|from)\b)`,
      ].join('|'),
    ),
  }))
const left = new RegExp(
  String.raw`\b(?:salio|salieron|se envio|se despacho)\s(?:ya )?(?:${articles}\s)?${parcels}\b|\b${parcels}\b[^.!?;\n]{0,30}?\b(?:salio|se envio|se despacho)\b`,
)
const standsReady =
  /\b(?:ya (?:quedo|queda|esta)|quedo|quedaron) (?:list[oa] )?(?:tu|su|la|el) (?:orden|pedido|compra)\b|\b(?:gracias por (?:tu|su|la) compra|thank you for your (?:order|purchase))\b/
const putThrough = new RegExp(
  String.raw`\b${doer}\s(?:just )?put\s(?:${articles}\s)?${noun}\s(?:through|in)\b|\b${noun}\s(?:is|are)\s(?:now )?in(?=\W*$)`,
)
const money = '(?:pago|bizum|transferencia|payment|transfer)'
const payment = new RegExp(
  [
    String.raw`\b${money}\b[^.!?;\n]{0,20}?\b(?:recibid|confirmad|aceptad|registrad|realizad|procesad|completad|efectuad|llegad|entrad|received|confirmed|accepted|processed|complete|successful|gone through|went through|come through)\w*`,
    String.raw`\b(?:he|hemos) recibido (?:tu|su|el|la) ${money}`,
    String.raw`\b(?:(?:nos|me) )?(?:ya )?(?:nos )?(?:ha )?lleg(?:o|ado) (?:tu|su|el|la) ${money}`,
    String.raw`\b(?:i've|we've|we have|i have) (?:received|got|processed|taken) (?:your|the) ${money}`,
  ].join('|'),
)
const denied = /\b(?:no|ni|not|aun no|todavia no|sin|never|nunca|tampoco|\w+n't)\b/
const conditional =
  /\b(?:si|cuando|para que|en cuanto|una vez|hasta que|antes de|puedo|puedes|puede|podemos|quieres|quiere|deseas|if|when|once|until|before|as soon as|shall|should|can|could|will|would|to be|want|let me know|ready to)\b/

const everyOne = /\b(?:todos|ambos|los (?:dos|2)|both|all)\b/

/** A known number that stands alone ("el 1009 va de camino") is an order's. */
function withNoun(ledger: Ledger, text: string): string {
  let out = text
  for (const { start, number } of orderNumberSpans(ledger, text).toReversed()) {
    if (!ledger.orders.some((order) => order.number === number)) continue
    if (!new RegExp(`\\b${noun}\\b[^.!?;]{0,14}$`).test(text.slice(0, start)))
      out = `${out.slice(0, start)}pedido ${out.slice(start)}`
  }
  return out
}

/** Where an order is spoken of, a bare number as long as its own that stands nowhere else is another order's. */
function strayNumbers(ledger: Ledger, text: string, customer: readonly string[]): Fault[] {
  const own = ledger.orders.map(({ number }) => number)
  if (own.length === 0) return []
  const elsewhere = [...ledger.lines.map((line) => line.text), ...ledger.said, ...customer]
  return [
    ...text.matchAll(
      /(?<![\d.,:€$£/-])(?<!(?:€|\$|£|s\/)\s?)\d{3,6}(?![\d.,:]*\d|\s?[€$£%]|\s?(?:euros?|pesos?|soles|pounds?|dollars?|g|ml|kg|cm)\b)/g,
    ),
  ]
    .map(([number]) => number)
    .filter(
      (number) =>
        own.some((one) => one.length === number.length) &&
        !own.includes(number) &&
        !elsewhere.some((line) => wordSpans(line, number).length > 0) &&
        !/^(?:19|20)\d\d$/.test(number),
    )
    .map((number) => ({ text: number, reason: 'order_number' }))
}

/** Numbers of orders that are not this customer's, and states in which no order of the facts is. */
export function orderFaults(
  ledger: Ledger,
  text: string,
  question: boolean,
  customer: readonly string[],
): Fault[] {
  const faults: Fault[] = []
  for (const { number } of orderNumberSpans(ledger, text)) {
    if (ledger.orders.some((order) => order.number === number)) continue
    const repeated = customer.some((words) => wordSpans(words, number).length > 0)
    if (!repeated || !(denied.test(text) || question)) faults.push({ text: number, reason: 'order_number' })
  }
  faults.push(...strayNumbers(ledger, text, customer))
  if (question) return faults
  const orders = ordersIn(ledger, text)
  const named = withNoun(ledger, text)
  const shippedOrDelivered = ({ state }: OrderLedger) => state === 'shipped' || state === 'delivered'
  const claims = [
    ...forms,
    ...unnamed,
    { form: left, fits: shippedOrDelivered },
    { form: putThrough, fits: standing },
    { form: standsReady, fits: standing },
  ]
  for (const { form, fits } of claims) {
    const match = form.exec(named)
    if (
      /\b(?:orders|pedidos|compras) (?:over|above|of|from|superiores|mayores|de mas|desde|a partir)\b/.test(
        named,
      )
    )
      continue
    if (match === null || conditional.test(named.slice(0, match.index + match[0].length))) continue
    const negative = denied.test(named.slice(Math.max(0, match.index - 12), match.index + match[0].length))
    const all = orders.length > 0 && orders.every(fits)
    const holds = everyOne.test(named) ? all : orders.some(fits)
    if (negative ? all : !holds) faults.push({ text: match[0], reason: 'order_state' })
  }
  const paid = payment.exec(text)
  if (paid !== null && !denied.test(text) && !conditional.test(text.slice(0, paid.index))) {
    const some = orders.some(({ paymentState }) => paymentState === 'paid' || paymentState === 'part')
    if (!some) faults.push({ text: paid[0], reason: 'payment' })
  }
  return faults
}
