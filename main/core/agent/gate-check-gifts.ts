import { findAmounts } from './gate-amounts.ts'
import { delivery, pickup } from './gate-check-amounts.ts'
import { holdsWords, type Ledger, linesAbout, type ProductLedger } from './gate-ledger.ts'

const gift =
  /\b(?:gratis|gratuit[oa]s?|de regalo|sin (?:coste|costo|cargo)|free(?! to\b| of\b(?! charge))|te regal\w+|le regal\w+|regalamos|invita la casa|complimentary|on the house|no charge|for nothing|obsequi\w+|regal(?:o|ito) (?:con|por)|detallit\w+|(?:free|little|small) (?:gift|present)|at no (?:extra )?cost|no tiene[n]? (?:coste|costo)|por cuenta de la casa|corren? (?:por|de) (?:nuestra|mi) cuenta|on us\b|won't (?:be )?charged?|no (?:te|le|se lo|se|os) cobr\w+|sin gastos de|no (?:delivery|shipping) (?:fee|charge|cost)s?|cover the (?:shipping|delivery|postage)|(?:envio|despacho|domicilio|delivery|shipping|postage) (?:is )?(?:incluid[oa]|included))\b/
const notGift =
  /\b(?:feel free|gluten[ -]free|sugar[ -]free|fat[ -]free|lactose[ -]free|dairy[ -]free|nut[ -]free|\w+-free|toll[ -]free|free time|free range|para regalo|free from (?!\S*\d)|not free|no es gratis|no son gratis|no (?:\w+ ){0,2}gratis|isn't free|hands[ -]free)\b/

/** "Gratis" is the amount 0: why the facts do not carry it, or null. */
export function giftFault(
  ledger: Ledger,
  sentence: string,
  bound: readonly ProductLedger[],
  hasAmount: boolean,
  zone: string,
): string | null {
  if (!gift.test(sentence) || notGift.test(sentence)) return null
  if (
    linesAbout(ledger, sentence).some(
      (line) => gift.test(line.text) && (hasAmount || findAmounts(line.text, ledger.currency).length === 0),
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
    return 'fee'
  }
  return bound.some(
    (product) => product.prices.some(({ amount }) => amount === 0) || holdsWords(product.text, 'gratis'),
  )
    ? null
    : 'free'
}
