import { toMinorUnits } from '../money/money.ts'
import { fold, unitOf } from './text.ts'

/** What a query says about money, in minor units, and the query without those words. */
export interface PriceReading {
  rest: string
  minPrice: number | null
  maxPrice: number | null
}

const CURRENCY =
  'euros?|eur|€|dolares|dolar|dollars?|usd|us\\$|\\$|pounds?|libras esterlinas|quid|gbp|£|pesos?|mxn|cop|clp|ars|soles|sol|pen|s/|pavos|varos|bucks|bolivares|quetzales|lempiras|colones|guaranies|bolivianos|reales'
const NUMBER_WORDS: Record<string, number> = {
  cinco: 5,
  diez: 10,
  quince: 15,
  veinte: 20,
  veinticinco: 25,
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
  cien: 100,
  ciento: 100,
  doscientos: 200,
  trescientos: 300,
  cuatrocientos: 400,
  quinientos: 500,
  seiscientos: 600,
  ochocientos: 800,
  dos: 2,
  tres: 3,
  cuatro: 4,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
}
const DIGITS = String.raw`\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`
const SCALE = String.raw`\s*(?:k\b|mil(?:es)?\b|lucas?\b|grand\b|thousand\b|millon(?:es)?\b|palos?\b|million\b)`
const AMOUNT = String.raw`(?:(?:${CURRENCY})\s*)?(?:(?:${DIGITS})(?:${SCALE})?|(?:${Object.keys(NUMBER_WORDS).join('|')})\b(?:${SCALE})?|mil\b|una luca\b|un millon\b)(?:\s*(?:de\s+)?(?:${CURRENCY})(?![a-z]))?`

const MAX_BEFORE = String.raw`(?:que\s+)?(?:no\s+(?:pasen?|superen?|cuesten?|valgan?|excedan?|sobrepasen?)(?:\s+(?:de|mas\s+de|los|las|a))*|(?:por|a|con)\s+menos\s+de|menos\s+de|no\s+mas\s+(?:de|que)|hasta|maximo(?:\s+de)?|max\.?|como\s+(?:mucho|maximo)|a\s+lo\s+sumo|(?:por\s+)?debajo\s+de|bajo|inferior(?:es)?\s+a|menor(?:es)?\s+(?:a|de|que)|tope(?:\s+de)?|(?:cuesten?|valgan?)\s+menos\s+de|presupuesto(?:\s+(?:es|maximo|max))*(?:\s+de)?|(?:solo\s+)?tengo|under|below|less\s+than|up\s+to|cheaper\s+than|at\s+most|max(?:imum)?(?:\s+of)?|no\s+more\s+than|not\s+(?:over|more\s+than)|within|(?:my\s+)?budget(?:\s+(?:is|of))?(?:\s+of)?|<=?)`
const MIN_BEFORE = String.raw`(?:(?:por|a|de)\s+mas\s+de|mas\s+de|mayor(?:es)?\s+(?:a|de|que)|superior(?:es)?\s+a|(?:por\s+)?(?:encima|arriba)\s+de|a\s+partir\s+de|desde|minimo(?:\s+de)?|al\s+menos|por\s+lo\s+menos|over|above|more\s+than|at\s+least|from|starting\s+at|>=?)`
const MAX_AFTER = String.raw`(?:como\s+(?:mucho|maximo)|(?:o|y)\s+menos|de\s+maximo|maximo|max\b|tope|a\s+lo\s+sumo|or\s+less|or\s+under|max(?:imum)?\b|tops|at\s+most)`
const MIN_AFTER = String.raw`(?:o\s+mas|en\s+adelante|minimo|or\s+more|and\s+up|como\s+minimo)`
const ABOUT = String.raw`(?:unos|unas|alrededor\s+de|cerca\s+de|aprox(?:imadamente)?\.?|mas\s+o\s+menos|around|about|roughly|sobre\s+los)`
const NOT_MONEY = String.raw`(?!\s*(?:[x×]\s*\d|%|º|°|"|[a-z]*\d))`

const pattern = (source: string) => new RegExp(String.raw`(?<![\p{L}\d])${source}`, 'iu')
const RANGE = pattern(
  String.raw`(?:(entre|between)\s+|(de|desde|from)\s+)?(?:los\s+|las\s+)?(?<low>${AMOUNT})\s*(?<joint>y|and|a|to|hasta|-|–)\s*(?:los\s+|las\s+)?(?<high>${AMOUNT})${NOT_MONEY}`,
)
const MAX_FIRST = pattern(
  String.raw`(?<word>${MAX_BEFORE})\s*(?:(?:a|de|los|las|of|is)\s+)*(?:${ABOUT}\s+)?(?<amount>${AMOUNT})${NOT_MONEY}`,
)
const MIN_FIRST = pattern(
  String.raw`(?<word>${MIN_BEFORE})\s*(?:(?:los|las|of)\s+)*(?<amount>${AMOUNT})${NOT_MONEY}`,
)
const MAX_LAST = pattern(
  String.raw`(?:(?:de|por|for)\s+)?(?:${ABOUT}\s+)?(?<amount>${AMOUNT})\s*,?\s*(?<word>${MAX_AFTER})`,
)
const MIN_LAST = pattern(String.raw`(?<amount>${AMOUNT})\s*(?<word>${MIN_AFTER})`)
const FOR_AMOUNT = pattern(String.raw`(?<word>por|for|con|with)\s+(?<amount>${AMOUNT})${NOT_MONEY}`)
const BARE_AMOUNT = pattern(String.raw`(?:(?:de|a|for)\s+)?(?<word>)(?<amount>${AMOUNT})${NOT_MONEY}`)
const ABOUT_AMOUNT = pattern(
  String.raw`(?:(?:de|por|for)\s+)?(?<word>${ABOUT})\s+(?<amount>${AMOUNT})${NOT_MONEY}`,
)
/** Words that bound a price whatever follows; after the others a bare number may be a size, an age or a quantity. */
const MONEY_MARK = new RegExp(`(?:${CURRENCY})|${SCALE}`, 'iu')
const MARKED_FIGURE = new RegExp(`\\d.*(?:${CURRENCY})|(?:${CURRENCY}).*\\d|\\d${SCALE}`, 'iu')
const COUNTED =
  /^\s*(?:de\s+)?(?:anos?|meses|mes|dias?|semanas?|personas?|piezas?|pzas?|unidades|uds?|puertas|plazas|comensales|horas?|minutos?|velocidades|colores|paginas|hojas|litros|talla|nucleos|years?|months?|days?|weeks?|people|persons?|pieces?|pcs|hours?|minutes?|pack|sheets|pages|seater|seats|kids|ninos|bultos|cajas|puestos|escalones|peldanos|bocas|canales|luces|led|bits?|ply|amp|amperios|bar|grados|degrees|kcal|calorias|vueltas|capas|rpm|k|fps|feet|ft|yards?|stars?)\b/

/**
 * Finds a price limit in a query: `menos de 50 mil`, `entre 10 y 20 €`, `under £20`, `por 5k`, `20 lucas máximo`.
 * Amounts are read in the shop's currency whatever sign the customer used. `barato` and `cheap` are no limits.
 */
export function readPrice(query: string, currency: string): PriceReading {
  const text = fold(query.slice(0, 400)).replace(/\s+/g, ' ')
  const whole = (rest: string, minPrice: number | null, maxPrice: number | null): PriceReading => ({
    rest: rest.replace(/\s+/g, ' ').trim(),
    minPrice,
    maxPrice,
  })
  const none = whole(query, null, null)
  const range = RANGE.exec(text)
  if (range?.groups !== undefined) {
    const { low = '', high = '', joint } = range.groups
    const named = range[1] !== undefined
    const marked = MONEY_MARK.test(low) || MONEY_MARK.test(high)
    if ((named || marked) && (named || joint !== 'y') && !countsSomething(text, range)) {
      // "entre 200 y 300 mil" means 200 mil.
      const shared =
        scaleOf(low) === 1 && (figureOf(low) ?? 0) <= (figureOf(high) ?? 0) ? scaleOf(high) : scaleOf(low)
      const from = amountOf(low, currency, shared)
      const to = amountOf(high, currency)
      if (from !== null && to !== null && from <= to) return whole(without(text, range), from, to)
    }
  }
  let rest = text
  let maxPrice: number | null = null
  let minPrice: number | null = null
  for (const [expression, side, needsMark] of LIMITS) {
    if (side === 'max' ? maxPrice !== null : minPrice !== null) continue
    const found = expression.exec(rest)
    const { amount = '', word = '' } = found?.groups ?? {}
    if (found === null || countsSomething(rest, found)) continue
    if ((needsMark || WEAK.test(word)) && !MONEY_MARK.test(amount)) continue
    const value = amountOf(amount, currency)
    if (value === null || value <= 0) continue
    if (side === 'max') maxPrice = value
    else minPrice = value
    rest = without(rest, found)
  }
  if (minPrice !== null && maxPrice !== null && minPrice > maxPrice) return none
  if (minPrice === null && maxPrice === null) {
    const about = ABOUT_AMOUNT.exec(text)
    const amount = about?.groups?.amount ?? ''
    const value = about === null || !MONEY_MARK.test(amount) ? null : amountOf(amount, currency)
    if (about !== null && value !== null)
      return whole(without(text, about), Math.round(value * 0.6), Math.round(value * 1.3))
    // "un vino de 20 euros", "zapatos 20 lucas": what the customer wants to spend.
    const bare = BARE_AMOUNT.exec(text)
    const spend = bare?.groups?.amount ?? ''
    const most =
      bare === null || !MARKED_FIGURE.test(spend) || countsSomething(text, bare)
        ? null
        : amountOf(spend, currency)
    if (bare !== null && most !== null && most > 0) return whole(without(text, bare), null, most)
    return none
  }
  return whole(rest, minPrice, maxPrice)
}

const WEAK =
  /^(?:desde|from|tengo|solo tengo|minimo|al menos|por lo menos|at least|mas de|more than|within|bajo|mayor(?:es)? (?:de|a|que)|menor(?:es)? (?:de|a|que)|over)$/
const LIMITS: readonly (readonly [RegExp, 'min' | 'max', boolean])[] = [
  [MAX_LAST, 'max', false],
  [MAX_FIRST, 'max', false],
  [MIN_FIRST, 'min', false],
  [MIN_LAST, 'min', true],
  [FOR_AMOUNT, 'max', true],
]

function without(text: string, match: RegExpExecArray): string {
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
}

/** `hasta 10 kg`, `menos de 15 pulgadas`, `entre 3 y 6 años`: the number is a measure. */
function countsSomething(text: string, match: RegExpExecArray): boolean {
  const after = text.slice(match.index + match[0].length)
  const word = /^\s*([a-z]+)/.exec(after)?.[1]
  if (
    word !== undefined &&
    unitOf(word) !== undefined &&
    !MONEY_MARK.test(match.groups?.amount ?? match.groups?.high ?? '')
  )
    return true
  return COUNTED.test(after) && !new RegExp(CURRENCY, 'iu').test(match[0])
}

function scaleOf(text: string): number {
  if (/millon|million|palo/.test(text)) return 1_000_000
  return /\bmil|lucas?\b|grand|thousand|\dk\b|\d\s+k\b/.test(text) ? 1_000 : 1
}

function figureOf(text: string): number | null {
  const digits = new RegExp(DIGITS).exec(text)?.[0]
  if (digits !== undefined) return numberOf(digits)
  for (const word of text.split(' ')) if (NUMBER_WORDS[word] !== undefined) return NUMBER_WORDS[word]
  return /\bmil\b|luca|millon/.test(text) ? 1 : null
}

function amountOf(text: string, currency: string, scale = scaleOf(text)): number | null {
  const value = figureOf(text)
  const minor = value === null ? null : toMinorUnits(value * scale, currency)
  return minor === null || !Number.isSafeInteger(minor) ? null : minor
}

/** `12.900` and `1,299` are thousands, `12,90` and `3.5` decimals. */
function numberOf(digits: string): number {
  const match = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits)
  const whole = (match?.[1] ?? digits).replace(/[^\d]/g, '')
  return Number(match?.[2] === undefined ? whole : `${whole}.${match[2]}`)
}
