import type { Binding, Clause } from './gate-binding.ts'
import { type Ledger, linesAbout, type ProductLedger } from './gate-ledger.ts'
import { stem } from './gate-text.ts'
import { variantsIn } from './gate-variants.ts'

/** A claim that the facts do not carry. */
export interface Fault {
  text: string
  reason: string
}

function productsOf(ledger: Ledger, binding: Binding | null): ProductLedger[] {
  if (binding === null) return [...ledger.products.values()]
  return [...binding.ids].flatMap((id) => ledger.products.get(id) ?? [])
}

const percentForms: [RegExp, (match: RegExpExecArray) => number | null][] = [
  [
    /(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(?:%|por ?ciento|per ?cent|percent)/g,
    (match) => Number((match[1] ?? '').replace(',', '.')),
  ],
  [
    /\b(?:a )?mitad de (?:su |l )?precio|\ba la mitad\b|\bla mitad (?:de (?:precio|lo que)|menos)|\bmedio precio|half[ -]price|half (?:the|its|off)|\bhalf off\b|a half less/g,
    () => 50,
  ],
  [
    /\b(\d)\s*(?:x|×|por|for)\s*(\d)\b(?!\s*(?:cm|mm|m\b|x|×|[€$£]|euros?|pesos?|\d))|\bbogo\b|buy \w+ get \w+/g,
    (match) => (match[1] && Number(match[1]) <= Number(match[2]) ? null : -1),
  ],
  [
    /\b(?:descuentos?|descuentit[oa]s?|rebajit[oa]s?|precio especial|precio de amigo|special price|(?:better|best) price for you|off the (?:price|total|bill)|(?:te|se|le|os) (?:lo|la|los|las) (?:dejo|doy|pongo|vendo) (?:mas barat[oa]s?|en oferta|a mejor precio|rebajad[oa]s?)|a better price|cheaper for you|rebajad[oa]s?|rebajas?|de oferta|en oferta|promocion(?:es)?|discount(?:ed|s)?|on sale|special offers?|on offer|reduced|promo)\b/g,
    () => 0,
  ],
]
const denied =
  /\b(?:no|ni|sin|tampoco|nunca|not|don't|doesn't|can't|cannot|isn't|aren't|without|never|unable|nor|neither)\b/
const said = /\b(?:descuentos?|rebaj\w+|oferta|promocion(?:es)?|discount\w*|on sale|offers?|reduced|promo)\b/

/** Percentages, "half price", "2x1" and discounts in a clause that no fact carries. */
export function percentFaults(
  ledger: Ledger,
  text: string,
  sentence: string,
  binding: Binding | null,
  question: boolean,
): Fault[] {
  const faults: Fault[] = []
  for (const [form, read] of percentForms) {
    for (const match of text.matchAll(form)) {
      const value = read(match)
      if (value === null) continue
      if (value === 0 && (question || denied.test(sentence))) continue
      if (!percentFits(ledger, value, match[0], sentence, binding))
        faults.push({ text: match[0], reason: value === 0 ? 'discount' : 'percent' })
    }
  }
  return faults
}

function percentFits(
  ledger: Ledger,
  value: number,
  words: string,
  sentence: string,
  binding: Binding | null,
): boolean {
  const products = productsOf(ledger, binding)
  const ofProduct = (product: ProductLedger) =>
    reductions(product).some((one) => value === 0 || one === value)
  const priced =
    said.test(sentence) || /\b(?:menos|off|ahorr\w+|save|mitad|half|precio|price)\b/.test(sentence)
  if (binding !== null && products.some(ofProduct)) return true
  // A share that is no price ("98 % algodón") may be any spoken-of product's: a comparison names them line by line.
  const spoken = priced ? [] : [...ledger.products.values()]
  if (value > 0 && spoken.some((product) => holdsPercent(product.text, value))) return true
  if (value === 0 && binding === null && products.some(ofProduct)) return true
  if (
    value > 0 &&
    ledger.percents.includes(value) &&
    !said.test(sentence) &&
    !/\b(?:off|menos|cod(?:e|igo)|cupon)\b/.test(sentence)
  )
    return true
  // A code that was taken in: what it takes off may be named by its share.
  if (value > 0 && ledger.sums.some(({ role, amount }) => role === 'discount' && amount > 0))
    if (ledger.lines.some((line) => line.topic === 'discounts' && holdsPercent(line.text, value))) return true
  const lines = linesAbout(ledger, sentence)
  if (value === 0)
    return (
      ledger.lines.some((line) => line.topic === 'discounts' && !denied.test(line.text)) ||
      lines.some((line) => said.test(line.text))
    )
  if (value < 0) return lines.some((line) => line.text.replace(/\s/g, '').includes(words.replace(/\s/g, '')))
  return lines.some(
    (line) => holdsPercent(line.text, value) || (value === 50 && /mitad|half/.test(line.text)),
  )
}

/** What a former price and the present one come to, in whole per cent. */
function reductions(product: ProductLedger): number[] {
  return product.prices.flatMap((old) => {
    if (old.role !== 'compare_at' || old.amount === 0) return []
    const now = product.prices.filter(({ role, variantId }) => role === 'unit' && variantId === old.variantId)
    return now.map(({ amount }) => Math.round((1 - amount / old.amount) * 100))
  })
}

function holdsPercent(text: string, value: number): boolean {
  return [...text.matchAll(/(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(?:%|por ?ciento|per ?cent|percent)/g)].some(
    (match) => Number((match[1] ?? '').replace(',', '.')) === value,
  )
}

const count = String.raw`(?<![\d.,a-z])(\d{1,6})(?![\d.,]*\d)`
const pieces = String.raw`(?:unidad(?:es)?|uds?\b|units?|piezas?|pieces?|ejemplares|pares|pairs)`
const ready =
  '(?:en stock|in stock|disponibles?|available|left|remaining|en existencias?|en (?:la )?tienda|en almacen|restantes)'
const stockForms = [
  new RegExp(
    String.raw`\b(?:nos |me |te |solo |only |ya |just )*(?:quedan?|quedarian|stock(?: de| es| is|:)?|existencias:?|disponibles:|available:|in stock:|en stock:)\s*(?:de |of |hay |solo |solamente |unas? |unos |las ultimas |los ultimos |exactamente |exactly |aprox\.? |:)*${count}(?!\s*(?:%|dias|days|horas|hours|min|€|euros|tallas?|sizes?|colores|opciones|options|modelos))`,
    'g',
  ),
  new RegExp(
    String.raw`(?<!\b(?:los|las|the|all)\s)${count}\s*(?:${pieces}\s*)?(?:[\w\ue001]+\s){0,4}?${ready}`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:tenemos|hay|contamos con|disponemos de|tengo|we (?:only )?have(?: got)?|we've got|there (?:are|is)|i have|got)\s(?:solo |only |just |exactly |exactamente |unas |unos |aun |todavia |still )*${count}\s*(?:${pieces}|$|[.!,)]|de (?:esos|esas|ellos|ellas|este|esta|el|la|\ue001)|of (?:them|those|these|it|the \ue001|\ue001)|\ue001)`,
    'g',
  ),
]
const having = stockForms[2]
stockForms.push(
  new RegExp(String.raw`\b(?:solo|only|just)\s${count}\s(?:del?|of)\s`, 'g'),
  new RegExp(
    String.raw`\b${ready}\W{1,4}(?:solo |only |hay |quedan |todavia |aun |still |just |with |con )*${count}(?!\s*(?:%|dias|days|horas|hours|min|tallas?|sizes?|colores|colou?rs|opciones|options|modelos|models|€|euros|[.,:]\d))`,
    'g',
  ),
  new RegExp(String.raw`${count}\s(?:\w+\s)?ones\b`, 'g'),
  new RegExp(String.raw`\(\s*(?:quedan?|solo|only|hay)?\s*${count}\s*${pieces}`, 'g'),
)
const few =
  /\b(?:ultim[oa]s? (?:unidad(?:es)?|pieza[s]?)|(?:es|son|queda[n]?|reservo) (?:el|la|los|las) ultim[oa]s?|pocas? (?:unidades|piezas|existencias)|(?:queda[n]?|hay) (?:muy )?poqu?[oaisim]*s\b|quedan muy poc[oa]s|casi (?:no |ya no )?(?:nos |me )?queda[n]?|last (?:one|few|units?|pieces?)|only a (?:few|couple)|a couple (?:left|remaining)|running (?:low|out)|few left|hardly any|barely any|nearly (?:gone|sold out)|almost (?:gone|out|sold out)|selling (?:out|fast)|casi agotad|se (?:estan? )?agot(?:an|ando)|vuelan|se acaban?(?! de\b))/
const outForms =
  /\b(?:agotad[oa]s?|sin (?:stock|existencias)|no (?:nos |me )?quedan?(?! duda)|no hay (?:stock|existencias|unidades)|nothing left|no (?:esta|estan) disponibles?|(?:no|not) (?:hay )?disponibles?|out of stock|sold out|not (?:currently )?(?:in stock|available)|unavailable|none left|no (?:more )?stock|isn't (?:available|in stock)|aren't (?:available|in stock)|run out|don't have (?:any|it|them) (?:left|in stock)|no (?:nos |me )?quedan? (?:nada|ning\w+)|no l[oa]s? (?:tenemos|tengo|hay)\b(?! (?:claro|seguro|apuntad[oa]|a mano|en\b(?! (?:este|estos|la tienda|stock))))|se (?:nos )?acaban? de agotar\b|ya no (?:l[oa]s? )?(?:vendemos|tenemos|trabajamos|hay)|se (?:nos |me )?(?:ha |han )?(?:agot|termin|acab)(?:o|aron|ad[oa]s?)|no tenemos (?:[\w\ue001]+\s){1,6}disponibles?|no longer (?:sell|have|carry|stock)|(?:went|gone) out of stock|\bno (?:[\w\ue001]+\s){1,6}(?:left|in stock|available))/
const inForms =
  /\b(?:en stock|in stock|disponibles?|disponibilidad|available|hay (?:stock|existencias|unidades|de sobra)|plenty|(?:lo|la|los|las) tenemos|si (?:que )?(?:tenemos|hay)|(?:we|yes,? we) (?:do )?have (?:it|them|plenty)|hay suficientes?|enough (?:stock|units)|nos quedan|quedan? unidades|todavia quedan|aun quedan|still have)/
const otherReady =
  /\b(?:para (?:ayudar|lo que)|to help|de lunes|from mon|de \d|from \d|envio[s]? disponible|delivery (?:is )?available|pago|payment|persona|person|atender|horario|hours|zona|area|recogida|pick ?up|contact|si (?:esta|hay|estan)|whether|if (?:it|we|there)|no se si|cuando (?:este|haya|vuelva)|when (?:it|we)|avis)/

/** "Hay 6 ramos", "de las rojas 10". */
const countedGoods =
  /\b(?:hay|quedan?|tenemos|we have|we've|there are)\s(?:solo |only |aun |still )?(\d{1,4})\s([a-z]{3,})|\bde (?:las|los|la|el) ([a-z]{3,}),? (\d{1,4})(?=\s*(?:$|[.,;]))/g

function hasVariantWord({ variants }: ProductLedger, word: string): boolean {
  return variants.some(({ parts }) =>
    parts.some((part) =>
      part.split(' ').some((one) => stem(one) === word || stem(one).slice(0, 4) === word.slice(0, 4)),
    ),
  )
}

/** Stock figures and claims of being available or sold out that no fact carries. */
export function stockFaults(
  ledger: Ledger,
  text: string,
  clause: Clause,
  binding: Binding | null,
  question: boolean,
  sentenceEnd: number,
): Fault[] {
  const faults: Fault[] = []
  const spoken = productsOf(ledger, binding).filter(
    (product) => product.stock.length > 0 || product.status !== 'available',
  )
  // "The white one" is of what comes in white.
  const named = spoken.filter((product) => variantsIn(product, [clause.text]).named)
  const products = named.length > 0 && clause.mentions.length === 0 ? named : spoken
  const hint = binding?.hints ?? [clause.text]
  const figures: number[] = []
  for (const form of stockForms) {
    for (const match of text.matchAll(form)) {
      const value = Number(match[1])
      if (figures.includes(value)) continue
      // "Tenemos dos:" kinds, which follow.
      if (
        form === having &&
        clause.end < sentenceEnd &&
        match.index + match[0].length === text.length &&
        value <= ledger.products.size &&
        value < 7
      )
        continue
      figures.push(value)
      if (
        !products.some(
          (product) => (binding !== null || products.length === 1) && figureFits(product, hint, value),
        ) &&
        !saidByShop(ledger, text, value)
      ) {
        faults.push({ text: match[0], reason: 'figure' })
      }
    }
  }
  for (const match of text.matchAll(countedGoods)) {
    const value = Number(match[1] ?? match[4])
    const word = stem(match[2] ?? match[3] ?? '')
    if (figures.includes(value) || products.length === 0) continue
    const about = products.filter((product) => product.stems.has(word) || hasVariantWord(product, word))
    // "Tenemos tres pizzas": kinds, not pieces.
    const kinds = [...ledger.products.values()].filter((product) => product.heads.has(word)).length
    if (about.length === 0 || kinds === value) continue
    figures.push(value)
    if (!about.some((product) => figureFits(product, [match[0], ...hint], value)))
      faults.push({ text: match[0], reason: 'figure' })
  }
  if (question || (figures.length > 0 && !outForms.test(text))) return faults
  if (few.test(text) && !products.some((product) => isFew(product, hint)))
    faults.push({ text, reason: 'few' })
  if (otherReady.test(text)) return faults
  // Nothing is left at the price that was asked for.
  const withinBudget = ledger.limits.length > 0 && /\ue000|\ben \d/.test(text)
  if (outForms.test(text)) {
    const elliptic = /^\W*(?:y |pero |and )?(?:el|la|los|las) de\b/.test(text)
    if (
      withinBudget ||
      (elliptic && products.some(({ stock }) => stock.some(({ available }) => available === 0)))
    )
      return faults
    if (ledger.products.size > 0 && binding !== null && !products.some((product) => isOut(product, hint)))
      faults.push({ text, reason: 'not_sold_out' })
  } else if (inForms.test(text) && binding !== null && !products.some((product) => isIn(product, hint))) {
    faults.push({ text, reason: 'not_available' })
  } else if (
    inForms.test(text) &&
    binding === null &&
    ledger.products.size > 0 &&
    !products.some((product) => isIn(product, []))
  ) {
    faults.push({ text, reason: 'not_available' })
  }
  return faults
}

function saidByShop(ledger: Ledger, text: string, value: number): boolean {
  return linesAbout(ledger, text, 2).some((line) =>
    new RegExp(String.raw`(?<!\d)${value}(?!\d)`).test(line.text),
  )
}

function stockOf(
  product: ProductLedger,
  hint: readonly string[],
): { rows: (number | null)[]; named: boolean } {
  const { ids, named } = variantsIn(product, hint)
  return {
    rows: product.stock.filter(({ variantId }) => ids.has(variantId)).map(({ available }) => available),
    named,
  }
}

function figureFits(product: ProductLedger, hint: readonly string[], value: number): boolean {
  const { rows, named } = stockOf(product, hint)
  if (/\b(?:de cada|each|cada un[oa])\b/.test(hint[0] ?? '')) return rows.includes(value)
  if (rows.length === 1 || named) return rows.includes(value)
  // Of several variants none was named: their sum, or one that all share.
  const sum = rows.reduce<number>((all, one) => all + (one ?? Number.NaN), 0)
  return rows.every((one) => one === value) ? rows.length > 0 : sum === value
}

function isFew(product: ProductLedger, hint: readonly string[]): boolean {
  return stockOf(product, hint).rows.some((one) => one !== null && one > 0 && one <= 10)
}

function isOut(product: ProductLedger, hint: readonly string[]): boolean {
  if (product.status !== 'available') return true
  const { rows } = stockOf(product, hint)
  return rows.length > 0 && rows.every((one) => one === 0)
}

function isIn(product: ProductLedger, hint: readonly string[]): boolean {
  if (product.status !== 'available') return false
  const { rows } = stockOf(product, hint)
  return product.leadDays.length > 0 || rows.some((one) => one === null || one > 0)
}
