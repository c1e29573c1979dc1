import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'
import { canonical, contentStems, type Sentence } from './gate-text.ts'

/** Promises and properties that only the shop's own words license. */
const subjects: { reason: string; form: RegExp; topic?: RegExp }[] = [
  { reason: 'guarantee', form: /\b(?:garant\w+|guarant\w+|warrant\w+)\b/ },
  {
    reason: 'returns',
    form: /\b(?:devoluc\w+|devolv\w+|devuelv\w+|reembols\w+|returns?|returned|returning|refund\w*|money back|come back within|reponem\w*)\b/,
  },
  {
    reason: 'exchange',
    form: /\b(?:se cambian?|cambios|el cambio|exchang\w*|(?:puedes|puede|podras|podra|se puede[n]?) (?:\w+ )?cambiarl[oa]s?|(?:can|could) (?:always |just )?(?:swap|change) (?:it|them))\b/,
  },
  {
    reason: 'instalments',
    form: /\b(?:cuotas?|a plazos|financi\w+|financ\w+|instal?lments?|interest|sin interes\w*|meses sin|pagar\w* (?:mas tarde|despues|el mes)|pay (?:later|next))\b/,
  },
  {
    reason: 'price_match',
    form: /\b(?:igualam\w*|price match\w*|match(?:es)? any|precio mas bajo|lowest price|mas barat[oa]s de|cheapest (?:in|around)|competencia|competitors?)\b/,
  },
  { reason: 'payment', form: /\b(?:tarjetas?|cards?)\b(?!\s?(?:regalo|dedicatoria))/ },
  { reason: 'payment', form: /\b(?:efectivo|cash)\b/ },
  { reason: 'payment', form: /\b(?:transferencias?|bank transfer)\b/ },
  { reason: 'payment', form: /\b(?:cheques?|criptomonedas?|cripto|crypto\w*|bitcoins?|ethereum)\b/ },
  { reason: 'payment', form: /\bcontra ?(?:reembolso|entrega)|cash on delivery\b/ },
  ...'bizum paypal nequi daviplata oxxo revolut yape plin venmo zelle webpay klarna spei pix stripe redcompra'
    .split(' ')
    .map((name) => ({ reason: 'payment', form: new RegExp(`\\b${name}\\b`) })),
  { reason: 'payment', form: /\bmercado ?pago\b/ },
  { reason: 'payment', form: /\b(?:apple|google) pay\b/ },
  { reason: 'tracking', form: /\b(?:seguimiento|tracking|rastreo)\b/ },
  { reason: 'claim', form: /\bvegan[oa]?s?\b/ },
  { reason: 'claim', form: /\bgluten\b/ },
  { reason: 'claim', form: /\b(?:lactosa|lactose)\b/ },
  { reason: 'claim', form: /\b(?:ecologic[oa]s?|organic[oa]?s?)\b/ },
  { reason: 'claim', form: /\b(?:hipoalergenic\w+|hypoallergenic)\b/ },
  { reason: 'claim', form: /\b(?:impermeables?|waterproof)\b/ },
  { reason: 'claim', form: /\b(?:alergenos?|allergens?)\b/ },
  { reason: 'claim', form: /\b(?:clases?|lessons?|class(?:es)?)\b/ },
  { reason: 'claim', form: /\b(?:llaves|keys)\b/ },
  { reason: 'claim', form: /\b(?:factura|invoices?)\b/ },
  { reason: 'wrapping', form: /\b(?:papel de regalo|envolv\w+|gift ?wrap\w*)\b/ },
  { reason: 'discount', form: /\b(?:descuentos?|discounts?)\b/ },
]

const negated =
  /\b(?:no|ni|sin|nunca|tampoco|not|never|without|neither|nor|none|free from|\w+n't|cannot|unable|tampoco)\b/
const unsure = /\b(?:depende\w*|depend\w*|segun|no se si|whether|podria\w*|could|preguntar\w*|consult\w*)\b/
const careful =
  /\b(?:depende\w*|depend\w*|segun|si |if |unless|excepto|except|salvo|solo|only|aunque|though|pero|but|podria|could|no se si|whether)\b/

function clauseOf(text: string, at: number): string {
  const before = Math.max(
    ...[',', ';', ':', '.', '(', ')', ' pero ', ' but ', ' y si', ' porque '].map((sign) =>
      text.lastIndexOf(sign, at - 1),
    ),
    0,
  )
  const rest = text.slice(at)
  const end = rest.search(/[,;:.()]|\s(?:pero|but|porque|because)\s/)
  return text.slice(before, end === -1 ? text.length : at + end)
}

/** Said of itself: promises of the shop's, each with whether it is said or denied, that no text of the shop carries so. */
const displeased =
  /\b(?:si no te (?:gusta|convence|queda|sirve|va)|si no le (?:gusta|convence|queda|sirve)|si no quedas? content\w+|if you (?:don't|do not) (?:like|love|want)|if you(?:'re| are) not (?:happy|satisfied)|not happy|unhappy)\b/
const unlimited =
  /\b(?:cuando quieras|cuando quiera|en cualquier momento|sin limite|sin preguntas|any ?time|whenever you (?:like|want)|no questions|lo que pagaste|el doble|money back|back your money|dinero de vuelta|full refund|in full|reembolso (?:completo|total|integro)|devolucion (?:completa|total|integra)|todo (?:tu|su|el) dinero|el 100 ?%|100 ?%|para siempre|forever|de por vida|for life|lifetime|sea cual sea|por cualquier motivo|for any reason|sin compromiso|the difference|la diferencia|sin coste|gratis|free(?: of charge)?)\b/

export function promiseFaults(
  ledger: Ledger,
  sentence: Sentence,
  masked: string,
  bound: readonly { text: string }[],
): Fault[] {
  if (sentence.question) return []
  const faults: Fault[] = []
  const sources: Source[] = [
    ...ledger.lines,
    ...[...ledger.products.values()].flatMap((product) =>
      product.text.split('\n').map((text) => ({ topic: '', text, head: '' })),
    ),
  ]
  for (const { reason, form } of subjects) {
    const said = form.exec(masked)
    if (said === null) continue
    const own = sources.filter(
      ({ text, head, topic }) => form.test(text) || (topic === 'faq' && form.test(head)),
    )
    const denies = deniedAt(masked, said.index, said[0].length)
    if (
      reason === 'returns' &&
      own.length > 0 &&
      /\bno (?:se )?(?:acept\w+|admit\w+)|don't (?:accept|take)/.test(masked)
    ) {
      if (own.every((source) => !isDenied(source, form)))
        faults.push({ text: said[0], reason: 'returns_said' })
      continue
    }
    const bold =
      unlimited.exec(clauseOf(masked, said.index)) ?? (/\d/.test(masked) ? null : displeased.exec(masked))
    if (
      bold !== null &&
      !denies &&
      /^(?:returns|guarantee|exchange)$/.test(reason) &&
      !own.some(({ text }) => text.includes(bold[0]))
    ) {
      faults.push({ text: bold[0], reason })
      continue
    }
    if (own.length === 0) {
      if (reason === 'discount' || denies || ownAction(ledger, reason, sentence.text)) continue
      if (unsure.test(clauseOf(masked, said.index)) && reason !== 'claim') continue
      faults.push({ text: said[0], reason })
      continue
    }
    if (unsure.test(clauseOf(masked, said.index))) continue
    const refused = own.filter((source) => isDenied(source, form))
    if (!denies && refused.length > 0 && refused.length === own.length) {
      const stems = contentStems(sentence.text)
      if (refused.some((source) => speaksOf(source, form, stems)))
        faults.push({ text: said[0], reason: `${reason}_denied` })
    } else if (
      denies &&
      refused.length === 0 &&
      reason !== 'discount' &&
      !(own.every(({ topic }) => topic === '') && about(bound, form))
    ) {
      faults.push({ text: said[0], reason: `${reason}_said` })
    }
  }
  return faults
}

interface Source {
  topic: string
  text: string
  head: string
}

/** Whether a negation governs the words at a place of a text. */
function deniedAt(text: string, at: number, length: number): boolean {
  const clause = clauseOf(text, at)
  const before =
    text
      .slice(Math.max(0, at - clause.length), at)
      .replace(/\bsi no (?:te |le |os |lo )?\w+|if you don't \w+ (?:it|them)/g, ' ')
      .split(/[,;:.]/)
      .at(-1) ?? ''
  return (
    new RegExp(String.raw`${negated.source}(?:\s\S+){0,5}\s*$`).test(before) ||
    /^(?:\s(?:de|of|para|for)\s\S+)?\s*(?:no|not|isn't|aren't|is not|are not)\b/.test(text.slice(at + length))
  )
}

function isDenied({ text }: Source, form: RegExp): boolean {
  const match = form.exec(text)
  if (match === null)
    return /^\W*(?:(?:de momento|por ahora|at the moment),? )?(?:no|we don't|sorry)\b/.test(text)
  return deniedAt(text, match.index, match[0].length)
}

/** A refusal speaks of what it names: "the beeswax ones are not vegan" says nothing of other candles. */
function speaksOf({ text }: Source, form: RegExp, stems: ReadonlySet<string>): boolean {
  const match = form.exec(text)
  const clause = match === null ? text : clauseOf(text, match.index)
  const others = [...contentStems(clause.replace(form, ' '))].filter((one) => one.length > 3)
  return others.length === 0 || others.some((one) => stems.has(one))
}

/** Not of this product: "no es vegano" is no contradiction where another one is. */
function about(bound: readonly { text: string }[], form: RegExp): boolean {
  return bound.length > 0 && bound.every(({ text }) => !form.test(text))
}

function ownAction(ledger: Ledger, reason: string, text: string): boolean {
  return (
    (reason === 'payment' &&
      (ledger.orders.length > 0 || ledger.said.length > 0) &&
      !ledger.lines.some(({ topic }) => topic === 'payment') &&
      !/cripto|bitcoin|cheque/.test(text)) ||
    (reason === 'returns' && ledger.orders.some(({ state }) => state === 'returned'))
  )
}

const serves =
  /\b(?:enviamos|llegamos|repartimos|despachamos|entregamos|llevamos|hacemos (?:envios|repartos|entregas)|deliver|ship)\b/g
const outside = /\b(?:fuera de|outside|afuera de)\b/
const placed =
  /\b(?:a|en|to|in|into|outside|fuera de|hasta)\s(?:(?:la|las|los|el|the|toda|todo|all)\s){0,3}([\p{L}]{3,}(?: [\p{L}]{4,})?)/gu

function refusedNamed(names: readonly string[], refusing: readonly { text: string }[]): boolean {
  return names.some((name) => name.length > 3 && refusing.some((line) => line.text.includes(name)))
}

/** Places that a clause says are served or not, held against the shop's own lines. */
export function placeFaults(ledger: Ledger, sentence: Sentence): Fault[] {
  const { text } = sentence
  if (sentence.question && !/\b(?:en ningun caso|nunca|jamas|never)\b/.test(text)) return []
  const faults: Fault[] = []
  const label = /^([^:]{3,60}): /.exec(text)?.[1] ?? ''
  const refusing = ledger.lines.filter(
    (line) =>
      /delivery|pickup|faq/.test(line.topic) &&
      /\b(?:no|solo|only|not|don't|excepto|except|salvo)\b/.test(line.text) &&
      /\b(?:envi\w+|llega\w+|repart\w+|despach\w+|entreg\w+|ship\w*|deliver\w*)\b/.test(line.text),
  )
  const serving = ledger.fees.some((fee) => fee.kind === 'fee')
  for (const match of text.matchAll(serves)) {
    const clause = clauseOf(text, match.index)
    const before = clause.slice(0, Math.max(0, clause.indexOf(match[0])))
    const denies = /\b(?:no|not|nunca|tampoco|ningun\w*|never|\w+n't|cannot)\b(?:\s\S+){0,4}\s*$/.test(before)
    if (outside.test(clause)) {
      if (!denies && refusing.length > 0) faults.push({ text: match[0], reason: 'place' })
      continue
    }
    const places = [...clause.matchAll(placed)].flatMap(([, name = '']) => [name, name.split(' ')[0] ?? ''])
    // "Canarias: no enviamos".
    const names = places.length > 0 ? places : label.split(/,\s|\s(?:y|e|o|and|or|ni)\s/)
    const zones = ledger.lines.filter((line) => /delivery/.test(line.topic) && !refusing.includes(line))
    const served = names.some(
      (name) =>
        name.length > 3 &&
        (zones.some((line) => line.text.includes(name)) ||
          ledger.fees.some((fee) => fee.zone.includes(name))),
    )
    const refused = names.some(
      (name) =>
        name.length > 3 &&
        !served &&
        refusing.some((line) => line.text.includes(name) && !/\b(?:solo|only)\b/.test(line.text)),
    )
    const proper = [...sentence.raw.matchAll(/\p{L}+/gu)].flatMap(([word], index) =>
      (index > 0 || label !== '') && /^\p{Lu}\p{Ll}{2,}/u.test(word) ? [canonical(word)] : [],
    )
    const unknown =
      !denies &&
      serving &&
      zones.length > 0 &&
      !served &&
      names.some((name) => proper.includes(name) && !ledger.said.some((words) => words.includes(name)))
    if (unknown && !refused) faults.push({ text: match[0], reason: 'place' })
    if (denies ? served && !careful.test(clause) : refused) faults.push({ text: match[0], reason: 'place' })
    else if (
      denies &&
      !refusedNamed(names, refusing) &&
      places.length === 0 &&
      serving &&
      !careful.test(text) &&
      !outside.test(text)
    )
      faults.push({ text: match[0], reason: 'delivery' })
  }
  return faults
}
