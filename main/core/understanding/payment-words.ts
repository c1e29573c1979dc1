import { fold } from './normalise.ts'
import type { RemainingText } from './remaining-text.ts'

/** Ways to pay as customers name them, and which of a shop's own they mean. */

const groups: readonly { meaning: string; words: RegExp }[] = [
  {
    meaning: 'card',
    words:
      /\b(?:tarjetas?|tdc|visa|mastercard|amex|credito|debito|cards?|credit|debit|contactless|datafono|tpv)\b/,
  },
  { meaning: 'cash', words: /\b(?:efectivo|metalico|cash|contado|billetes?|efvo)\b/ },
  {
    meaning: 'transfer',
    words:
      /\b(?:transferencias?|transfer(?:ir)?|transfe?|transfers?|spei|deposito bancario|bank|iban|cbu|consignacion|ach|wire)\b/,
  },
  {
    meaning: 'on_delivery',
    words:
      /\b(?:contra ?-?entrega|contra ?-?reembolso|reembolso|cash on delivery|cod|al recibir(?:lo|la)?|cuando (?:me )?llegue|al momento de la entrega|on delivery)\b/,
  },
  { meaning: 'bizum', words: /\bbiz?zum\b|\bbisum\b/ },
  { meaning: 'paypal', words: /\bpay ?pal\b/ },
  { meaning: 'mercado_pago', words: /\bmercado ?pago\b|\bmp\b/ },
  { meaning: 'nequi', words: /\bnequi\b/ },
  { meaning: 'daviplata', words: /\bdaviplata\b/ },
  { meaning: 'venmo', words: /\bvenmo\b/ },
  { meaning: 'oxxo', words: /\boxxo\b/ },
  { meaning: 'pse', words: /\bpse\b/ },
  { meaning: 'yape', words: /\b(?:yape|plin)\b/ },
  { meaning: 'wallet', words: /\b(?:apple ?pay|google ?pay|samsung ?pay)\b/ },
  { meaning: 'crypto', words: /\b(?:bitcoin|btc|crypto|cripto\w*|usdt|ethereum)\b/ },
  { meaning: 'instalments', words: /\b(?:klarna|cuotas|plazos|instal?lments?|aplazame)\b/ },
  { meaning: 'cheque', words: /\b(?:cheque|talon|check by mail)\b/ },
]

export interface PaymentOption {
  id: string
  name: string
}

function meaningsOf(text: string): string[] {
  const folded = fold(text)
  return groups.filter(({ words }) => words.test(folded)).map(({ meaning }) => meaning)
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^a-z0-9]+/)
    .filter(
      (word) =>
        word.length > 2 &&
        !/^(?:con|por|una?|the|with|pago|pay|paying|pagar|bancaria|tienda|shop|store)$/.test(word),
    )
}

/** The shop's way to pay that the words mean; null when none or several do. */
export function matchPayment<Option extends PaymentOption>(
  said: string,
  options: readonly Option[],
): Option | null {
  const folded = fold(said).trim()
  const exact = options.find((option) => fold(option.name) === folded || fold(option.id) === folded)
  if (exact !== undefined) return exact
  const words = wordsOf(said)
  const score = (option: Option): number => {
    const own = wordsOf(option.name)
    const shared = words.filter((word) => own.includes(word)).length
    const meanings = meaningsOf(option.name)
    const alike = meaningsOf(said).filter((meaning) => meanings.includes(meaning)).length
    return shared * 2 + alike * 3
  }
  const scored = options.map((option) => ({ option, score: score(option) })).filter((one) => one.score > 0)
  const most = Math.max(0, ...scored.map((one) => one.score))
  const best = scored.filter((one) => one.score === most)
  return best.length === 1 ? (best[0]?.option ?? null) : null
}

/** Any word of a way to pay, also one that no shop here takes. */
const named =
  /tarjetas?(?! (?:de )?(?:regalo|felicitaci|dedicatoria|visita|boda|cumple|invitaci|postal))(?! (?:que|con) (?:ponga|diga|un mensaje|mensaje|dedicatoria))(?: de (?:cr[eé]dito|d[eé]bito))?|tdc|visa|mastercard|efectivo|met[aá]lico|cash on delivery|cash|bizum|bisum|bank transfer|transferencias?(?: bancaria| spei)?|transfer|transfe|transf|spei|pay ?pal|nequi|daviplata|mercado ?pago|contra ?-?entrega|contra ?-?reembolso|oxxo|venmo|(?<!gift |regalo )(?:(?:credit|debit) )?card|apple pay|google pay|bitcoin|criptomonedas?|crypto|pse|yape|plin|cheque|klarna/

const payVerb = String.raw`(?:(?:te|le|les|os|lo|la|los|las|yo|y)\s+)*(?:pago|pagar[eé]|pagar[ií]a|pagar(?:lo|la|los|las|te|le|os)?|pagando|pagamos|abono|cancelo)`
const spoken = [
  // "pago con bitcoin", "te pago en efectivo", "paying with Venmo"
  new RegExp(
    String.raw`(?<!\p{L})(?:quiero |quisiera |voy a |prefiero |mejor |prefer(?:ir[ií]a)? |forma de pago:? ?|m[eé]todo de pago:? ?)?${payVerb}\s*(?:todo\s+|el pedido\s+|ya\s+|al recibir\s+)?(?:con|por|en|mediante|v[ií]a|a trav[eé]s de|a)\s+(?:la\s+|una\s+|el\s+|mi\s+)?(${named.source}|(?!otr|m[aá]s\b|favor)\p{L}[\p{L}\d]*(?:\s(?!y\b|por\b|gracias)\p{L}+)?)(?:\s+(?:mejor|porfa|por favor))?`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(?:i['’]?ll |i will |i want to |i['’]d like to |i['’]d rather |let me |and |rather )*(?:pay|paying|payment|paid)\s*(?:it\s+|is\s+|by\s+|with\s+|via\s+|in\s+|using\s+|through\s+|:\s*){1,3}(?:my\s+|a\s+)?(${named.source}|\p{L}[\p{L}\d]*)(?:\s+please)?`,
    'iu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(?:forma|m[eé]todo|medio) de pago:?\s*(?:es\s+)?(${named.source}|\p{L}+)`,
    'iu',
  ),
]
const loose = new RegExp(
  String.raw`(?<!\p{L})(?:(?:mejor|prefiero|quiero|rather|instead|with|by|con|por|en|in|mediante|v[ií]a|a)\s+){0,2}(?:la\s+|una\s+|el\s+|mi\s+|a\s+|my\s+)?(${named.source})(?!\p{L})(?:\s+(?:mejor|instead))?`,
  'iu',
)

/** Takes the words that name a way to pay; `open`: also without a word of paying beside it. */
export function takePayment(
  text: RemainingText,
  open: boolean,
  options: readonly PaymentOption[],
): string | null {
  for (const pattern of spoken) {
    const found = text.take(pattern)
    if (found?.[1] !== undefined) return found[1].trim()
  }
  if (!open) return null
  // "añade una tarjeta": a thing to buy
  const wished = new RegExp(
    String.raw`(?<!\p{L})(?:a[nñ]ad\w*|agreg\w*|pon\w*|dame|deme|lleva\w*|comprar|incluy\w*|suma\w*|add|include|get me|buy)\s+(?:(?:tambi[eé]n|also)\s+)?(?:una?|otra|dos|tres|unas|an?|another|some)\s+(?:${named.source})`,
    'iu',
  )
  if (wished.test(text.text)) return null
  // "no tengo bizum"
  const refused = new RegExp(
    String.raw`(?<!\p{L})(?:no (?:tengo|uso|quiero|puedo con|me va|es)|sin|(?:do not|don['’]?t|no) (?:have|use|want))\s+(?:el |la |un |una |a |any )?(?:${named.source})`,
    'iu',
  )
  if (text.take(refused) !== null) return takePayment(text, open, options)
  const found = text.take(loose)
  if (found?.[1] !== undefined) return found[1].trim()
  for (const { name } of options) {
    const own = text.take(
      new RegExp(String.raw`(?<!\p{L}|gift )${escaped(name)}(?!\p{L}| (?:de )?regalo)`, 'iu'),
    )
    if (own !== null) return name
  }
  return null
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const codeWord = String.raw`(?:c[oó]digo|cup[oó]n|vale|promo(?:ci[oó]n)?|coupon|voucher|promo|discount|code|descuento)`
const codeForm = String.raw`(?:(?=[\p{L}_-]*\d)[\p{L}\d][\p{L}\d_-]{2,30}|\p{Lu}[\p{Lu}\d_-]{3,30})(?![\p{L}\d])`

/** Takes a discount code: '' when one is spoken of without being named, null when none is. */
export function takeCode(text: RemainingText, asked: boolean): string | null {
  const named = text.take(
    new RegExp(
      String.raw`(?<!\p{L})(?i:(?:(?:tengo|uso|usar|aplica\w*|pon\w*|y|con|i have|i['’]ve got|use|apply|with|and|el|un|este|a|the|this|mi|my)\s+)*${codeWord}(?!\p{L})(?:\s+${codeWord}(?!\p{L})|\s+(?:de|promocional|es|is|del?|que dice|llamado|called|que es|of)(?!\p{L}))*)\s*[:«"'“]*\s*(${codeForm})["'»”]?`,
      'u',
    ),
  )
  if (named?.[1] !== undefined) return named[1]
  if (asked) {
    const bare = text.take(new RegExp(String.raw`(?<![\p{L}\d])(${codeForm})(?![\p{L}\d])`, 'u'))
    if (bare?.[1] !== undefined) return bare[1]
  } else if (/^\W*(?=\p{Lu}{3,}\d)[\p{Lu}\d]{5,20}\W*$/u.test(text.text)) {
    return text.take(/[\p{Lu}\d]{5,20}/u)?.[0] ?? null
  }
  if (
    text.take(
      /(?<!\p{L})(?:tengo|i have|i['’]ve got)\s+(?:un|una|a|el|the|mi|my)?\s*(?:c[oó]digo|cup[oó]n|vale de descuento|voucher|coupon|promo code|discount code)(?:\s+(?:de descuento|promocional))?(?!\p{L})/iu,
    ) !== null
  )
    return ''
  return null
}
