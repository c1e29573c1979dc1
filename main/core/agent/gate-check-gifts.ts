import { findAmounts } from './gate-amounts.ts'
import { delivery, pickup } from './gate-check-amounts.ts'
import { holdsWords, type Ledger, type ProductLedger, type ShopLine } from './gate-ledger.ts'
import { contentStems } from './gate-text.ts'

const gift =
  /\b(?:gratis|gratuit[oa]s?|de regalo|sin (?:coste|costo|cargo)|free(?! to\b| of\b(?! charge))|te regal\w+|le regal\w+|regalamos|invita la casa|complimentary|on the house|no charge|for nothing|obsequi\w+|regal(?:o|ito) (?:con|por)|detallit\w+|(?:free|little|small) (?:gift|present)|at no (?:extra )?cost|no tiene[n]? (?:coste|costo)|por cuenta de la casa|corren? (?:por|de) (?:nuestra|mi) cuenta|on (?:us|me)\b|won't (?:be )?charged?|no (?:te|le|se lo|se|os) cobr\w+|sin gastos de|no (?:delivery|shipping) (?:fee|charge|cost)s?|no pagas? (?:el )?(?:envio|domicilio|despacho)|won't pay (?:for|any)|no (?:te |le )?cuesta[n]? nada|free of charge|corre[n]? por (?:nuestra|mi|cuenta)|freebies?|cover the (?:shipping|delivery|postage)|(?:envio|despacho|domicilio|delivery|shipping|postage)(?:'s)? (?:va |is |esta )?(?:incluid[oa]|included))\b/
const notGift =
  /\b(?:feel free|gluten[ -]free|sugar[ -]free|fat[ -]free|lactose[ -]free|dairy[ -]free|nut[ -]free|\w+-free|toll[ -]free|free time|free range|para regalo|free from (?!\S*\d)|not free|no es gratis|no son gratis|no (?:\w+ ){0,2}gratis|isn't free|hands[ -]free)\b/

/** Words of a sentence that say nothing of what is free. */
const courtesy =
  /^(?:gust|clar|perfect|tambien|si|yes|ademas|solo|just|ask|ped|tien|basta|incluid|va|happ|glad|sure|course|also|you|pued|prefier|local|tiend|shop|store)/

/** How much of what a sentence speaks of a line of the shop speaks of too, from 0 to 1. */
function shares(line: ShopLine, sentence: string): number {
  const words = (text: string) =>
    [...contentStems(text.replace(new RegExp(gift.source, 'g'), ' '))].filter(
      (one) => one.length > 2 && !/^\d/.test(one) && !courtesy.test(one),
    )
  const root = (one: string) => one.replace(/ue/, 'o').replace(/ie/, 'e').slice(0, 4)
  const own = new Set([...line.stems].map(root))
  const clause =
    sentence.split(/[,;:.!](?:\s|$)|\s(?:pero|but|y|and)\s/).find((part) => gift.test(part)) ?? sentence
  const said = words(clause)
  if (said.length === 0) return 0
  return said.filter((one) => own.has(root(one))).length / said.length
}

/** "Gratis" is the amount 0: why the facts do not carry it, or null. */
export function giftFault(
  ledger: Ledger,
  sentence: string,
  bound: readonly ProductLedger[],
  amounts: readonly number[],
  zone: string,
): string | null {
  if (/\b(?:no es gratis|no son gratis|not free|isn't free|aren't free)\b/.test(sentence)) {
    const free = ledger.lines.some((line) => gift.test(line.text) && shares(line, sentence) >= 0.5)
    return free ? 'not_free' : null
  }
  if (!gift.test(sentence) || notGift.test(sentence)) return null
  const hasAmount = amounts.length > 0
  const wholes = new Set([
    ...ledger.deliveredTotals,
    ...ledger.sums.flatMap((sum) => (sum.role === 'total' ? [sum.amount] : [])),
  ])
  if (/\binclui?d[oa]|\bincluded/.test(sentence) && amounts.some((one) => wholes.has(one))) return null
  if (ledger.fees.some((fee) => fee.kind === 'free_from' && amounts.includes(fee.amount))) return null
  if (
    ledger.lines.some(
      (line) =>
        gift.test(line.text) &&
        shares(line, sentence) >= 0.5 &&
        (hasAmount || findAmounts(line.text, ledger.currency).length === 0),
    )
  )
    return null
  if (
    delivery.test(sentence) ||
    (hasAmount && /\b(?:gratis|gratuito|free)\W+(?:desde|a partir|from|over|above)/.test(sentence))
  ) {
    const zones = ledger.fees.filter((fee) => zone === '' || fee.zone === zone || fee.zone === '')
    const kind = pickup.test(sentence) ? 'pickup' : 'fee'
    if (zones.some((fee) => fee.kind === kind && fee.amount === 0)) return null
    if (hasAmount && zones.some((fee) => fee.kind === 'free_from')) return null
    const goods = ledger.cartTotal?.amount ?? 0
    const reached = zones.some((fee) => fee.kind === 'free_from' && goods >= fee.amount)
    if (reached && ledger.deliveredTotals.includes(goods)) return null
    return 'fee'
  }
  return bound.some(
    (product) => product.prices.some(({ amount }) => amount === 0) || holdsWords(product.text, 'gratis'),
  )
    ? null
    : 'free'
}
