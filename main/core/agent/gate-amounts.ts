import { parseAmount } from '../money/parse-amount.ts'

/** An amount of money found in a text. */
export interface AmountClaim {
  /** Minor units of the shop's currency; meaningless when `foreign`. */
  amount: number
  start: number
  end: number
  /** Said in a currency that is not the shop's. */
  foreign: boolean
  /** A number without a currency beside a price word. */
  bare: boolean
}

const number = String.raw`\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d[\d.,]*\d|\d`
const scale = String.raw`(?:\s?(?:k|mil|thousand|grand|lucas?|millon(?:es)?|million)\b)?`
const sign = String.raw`us\$|r\$|s\/\.?|bs\.?s?|[€$£¥₲₡₱₹₩₽₺]|\b(?:eur|usd|gbp|mxn|cop|clp|ars|pen|uyu|pyg|brl|chf|jpy|cad|aud|dop|crc|gtq|ves)\b`
const name = String.raw`(?:euros?|euritos?|pavos|dolar(?:es)?|dollars?|bucks?|pesos?|pesitos?|varos|libras?|pounds?|quid|soles|reales|colones|guaranies|bolivares|quetzales|francos?|yenes|yen)\b`
const minor = String.raw`(?:centimos?|centavos?|cents?|cts?|peniques?|pence|p)\b`

const forms = [
  // 5 euros con 50 · 5 € y 20 céntimos · 5€50
  new RegExp(
    String.raw`(?<!\d)(${number})\s?(${sign}|${name})\s?(?:con\s(\d{2})(?![\d.,]*\d|\s?(?:${sign}|${name}|%|x\b))|(?:(?:y|and)\s)?(\d{2})(?:\s?${minor})?(?![\d.,]*\d|\s?(?:${sign}|${name}|%|x\b|[a-z])))`,
    'g',
  ),
  new RegExp(String.raw`(${sign})\s?(${number})(${scale})`, 'g'),
  new RegExp(String.raw`(?<![\d.,])(${number})(${scale})\s?(?:de\s)?(${sign}|${name})`, 'g'),
  new RegExp(String.raw`(?<![\d.,])(${number})\s?(${minor})`, 'g'),
]

/** Currencies that a sign or word may stand for. */
const meanings: [RegExp, readonly string[]][] = [
  [/^us\$|^usd/, ['USD']],
  [/^r\$|^reales|^brl/, ['BRL']],
  [/^€|^eur|^pavos/, ['EUR']],
  [/^£|^quid|^pounds?$|^libras?$/, ['GBP']],
  [/^\$/, ['USD', 'MXN', 'COP', 'CLP', 'ARS', 'UYU', 'CAD', 'AUD', 'NZD', 'DOP', 'CUP', 'HKD', 'SGD', 'BOB']],
  [/^(?:dolar|dollar|buck)/, ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD']],
  [/^pes(?:o|ito)/, ['MXN', 'COP', 'CLP', 'ARS', 'UYU', 'DOP', 'CUP', 'PHP']],
  [/^varos/, ['MXN']],
  [/^s\/|^soles/, ['PEN']],
  [/^bs|^bolivares/, ['BOB', 'VES']],
  [/^₲|^guaranies/, ['PYG']],
  [/^₡|^colones/, ['CRC']],
  [/^quetzales/, ['GTQ']],
  [/^¥|^yen/, ['JPY', 'CNY']],
  [/^francos?/, ['CHF']],
]

function isShops(word: string, currency: string): boolean {
  if (word.toUpperCase() === currency) return true
  return meanings.some(([pattern, codes]) => pattern.test(word) && codes.includes(currency))
}

/** Finds every amount in a canonical text. Spans that must not be read (names of products) are blanked before. */
export function findAmounts(text: string, currency: string): AmountClaim[] {
  const claims: AmountClaim[] = []
  let rest = text
  for (const [index, form] of forms.entries()) {
    for (const match of rest.matchAll(form)) {
      const claim = read(index, match, currency)
      if (claim === null) continue
      claims.push({ ...claim, start: match.index, end: match.index + match[0].length, bare: false })
      rest = blank(rest, match.index, match[0].length)
    }
  }
  for (const match of rest.matchAll(/\b(?:fiver|tenner)s?\b/g)) {
    const pounds = match[0].startsWith('fiver') ? 500 : 1000
    claims.push({
      amount: pounds,
      start: match.index,
      end: match.index + match[0].length,
      foreign: currency !== 'GBP',
      bare: false,
    })
  }
  for (const claim of findBare(rest, currency)) claims.push(claim)
  return claims.sort((a, b) => a.start - b.start)
}

export function blank(text: string, start: number, length: number): string {
  return text.slice(0, start) + '\ue000'.repeat(length) + text.slice(start + length)
}

function read(
  form: number,
  match: RegExpExecArray,
  currency: string,
): { amount: number; foreign: boolean } | null {
  const [, first = '', second = '', third = match[4] ?? ''] = match
  if (form === 3) {
    // A bare "p" is pence in British shops only.
    if (second === 'p' && currency !== 'GBP') return null
    const cents = parseAmount(first, 'EUR')
    return cents === null
      ? null
      : {
          amount: Math.round(cents / 100),
          foreign: /^(?:p|pence|peniques?)$/.test(second) && currency !== 'GBP',
        }
  }
  const [word, digits, tail] =
    form === 0 ? [second, first, third] : form === 1 ? [first, second, third] : [third, first, second]
  const parsed = parseAmount(digits, currency)
  if (parsed === null) return { amount: Number.NaN, foreign: false }
  const foreign = !isShops(word, currency)
  if (form === 0) {
    const cents = parseAmount(`0,${tail}`, currency)
    return { amount: parsed + (cents ?? 0), foreign }
  }
  return { amount: Math.round(parsed * factorOf(tail.trim())), foreign }
}

function factorOf(word: string): number {
  if (word === '') return 1
  return word.startsWith('mill') ? 1e6 : 1000
}

const measured = String.raw`(?:\s?(?:%|por ?ciento|per ?cent|percent|x\b|×|unidad|uds?\b|units?|piezas?|pieces?|dias?|days?|semanas?|weeks?|mes(?:es)?\b|months?|anos?\b|years?|horas?|hours?|h\b|hs\b|min|am\b|pm\b|kg|kilos?|g\b|gr|mg|l\b|litros?|lit|ml|cl|cm|mm|m\b|m2|metros?|w\b|v\b|gb|tb|mah|pulgadas|inch|"|veces|times|personas?|people|opciones|options|modelos?|models|productos?|products|articulos?|items?|talla|sizes?|colores|colou?rs|de\s(?:la|los|las|stock)|left|available|disponibles?|in stock|en stock|o['’]clock|estrellas|stars|puntos|points|lineas?|lines?|paquetes?|packs?|cajas?|boxes|botellas?|bottles?|bolsas?|bags?|tazas?|cups?|am|pm|\/\d))`
const strong = String.raw`(?:cobr(?:o|amos|ar|aria)\w*|charge(?: you)?|(?:can|could|i'll|will) do(?: it for)?|cuestan?|costaban?|costaria|cuestame|valen?\b|valia|precio(?:s)?(?:\s(?:de|es|final|actual|total|unitario))*(?:\s(?:es|son|de))?|pvp|costs?|costing|priced?(?:\s(?:is|at|of))*|pagas?\b|pagarias?|pay\b|sale(?:n)?\s(?:a|en|por)|saldria(?:n)?\s(?:a|en|por)|se\squeda(?:n)?\sen|queda(?:ria)?\sen|(?:dejo|dejamos|dejar)\s(?:en|por|a)|(?:for|por)\s(?:only|just|solo|apenas))`
const filler = String.raw`(?:\s*(?:[:=]|solo|apenas|unos?|unas|only|just|about|around|aprox\.?|alrededor de|now|ahora|hoy|today|es de|de|is|a|en)){0,3}\s*`
const bareForms = [
  // Entre 129 y 149 €: the first has its currency from the second, which is read already.
  new RegExp(
    String.raw`\b(?:entre|between|desde|(?<!\b(?:los|las|el|la|caja|pack|paquete|bolsa|tarro|bote|docena)s? )de|from)\s(?:los |las )?(${number})()\s?(?:y|a|and|to|hasta|-|–)\s?(?:los |las )?(?=\ue000)`,
    'g',
  ),
  // Eighteen ninety-nine.
  new RegExp(
    String.raw`\b(?:is|are|at|for|costs?|it's|cuesta|vale|son|sale)\s(\d{1,3} \d{2})()(?![\d.,:]*\d)(?!${measured})`,
    'g',
  ),
  // 36 € el pequeño y 55 el grande; 12 por 36 € o 24 por 55.
  new RegExp(
    String.raw`\ue000[^\ue000]{0,30}\s(?:por|a|en|for|at)\s(${number})()(?=[.;!?]?\s*$)(?!${measured})`,
    'g',
  ),
  new RegExp(
    String.raw`\ue000[^\ue000]{0,30}\s(?:y|o|and|or)\s(?:por |en |a )?(${number})()(?=\s(?:el|la|los|las|the)\s)(?!${measured})`,
    'g',
  ),
  // 19 € el medio y el entero 34.
  new RegExp(
    String.raw`\ue000[^\ue000]{0,20}\s(?:y|and)\s(?:el|la|los|las|the)\s[a-z]+\s(${number})()(?=[.,;!?](?:\s|$)|\s*$)(?!${measured})`,
    'g',
  ),
  // Sale cincuenta mil.
  new RegExp(
    String.raw`\b(?:sale[n]?|esta[n]?|anda[n]?|queda[n]?)\s(?:en |a |por )?(\d{4,7}|\d{1,3}[.,]\d{3})()(?![\d.,]*\d)(?!${measured})`,
    'g',
  ),
  // Quito 5 del total; take five off.
  new RegExp(
    String.raw`\b(?:quit|rest|descuent|rebaj|baj|tak|knock|tir)\w*\s(${number})(${scale})\s(?:del?|de la|off|menos|from)\b`,
    'g',
  ),
  // Cinco con noventa.
  new RegExp(String.raw`(?<![\d.,])(\d{1,3} con \d{2})()(?![\d.,]*\d|\s?[%x])(?!${measured})`, 'g'),
  new RegExp(String.raw`\b${strong}${filler}(${number})(${scale})(?!${measured})(?![\d:])`, 'g'),
  // An amount's shape: two decimals, no measure after it.
  new RegExp(
    String.raw`(?<![\d.,:/])(\d{1,3}(?:[.,]\d{3})*[.,]\d{2})()(?!\d|[.,]\d)(?!${measured})(?!\s?h)`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:only|just|solo|apenas|son|seria(?:n)?|serian|total|en total|it'?s|it is|that'?s|that is|would be|comes to|asciende a|suma|at|yours for|have it for|llevas?(?:lo|la)? por|tuyo por|tienes? por)${filler}(${number})(${scale})(?=\s*(?:$|[.,;!?)]\s|[.,;!?)]$|cada un|each|c\/u|la unidad|por unidad|per unit|apiece|en total|in total|\ue000))`,
    'g',
  ),
  new RegExp(
    String.raw`(?<![\d.,])(${number})(${scale})\s(?:cada un[oa]|each|c\/u|la unidad|por unidad|per unit|apiece)\b`,
    'g',
  ),
  new RegExp(String.raw`(?<![\d.,])(\d{1,3})(\s?(?:k|mil|lucas?|grand))\b(?!${measured})`, 'g'),
]

function findBare(text: string, currency: string): AmountClaim[] {
  const claims: AmountClaim[] = []
  let rest = text
  for (const form of bareForms) {
    for (const match of rest.matchAll(form)) {
      const digits = match[1] ?? ''
      const start = match.index + match[0].lastIndexOf(digits)
      const parsed = parseAmount(digits.replace(/ (?:con )?(?=\d{2}$)/, ','), currency)
      if (parsed === null) continue
      const amount = Math.round(parsed * factorOf((match[2] ?? '').trim()))
      const length = digits.length + (match[2]?.length ?? 0)
      claims.push({ amount, start, end: start + length, foreign: false, bare: true })
      rest = blank(rest, start, length)
    }
  }
  return claims
}
