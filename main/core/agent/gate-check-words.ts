import type { Fault } from './gate-check-figures.ts'
import { hasWord, type Ledger, linesAbout, type ShopLine } from './gate-ledger.ts'
import { canonical, contentStems, type Sentence, stem, wordsOf } from './gate-text.ts'

const subjects: { form: RegExp; topic: RegExp }[] = [
  {
    form: /\b(?:envios?|enviamos|entregas? a domicilio|reparto|domicilio|deliver(?:y|ies)?|shipping|ship)\b/,
    topic: /delivery/,
  },
  { form: /\b(?:recog(?:er|ida)|pick ?up|collect(?:ion)?)\b/, topic: /pickup|delivery/ },
  { form: /\b(?:tarjetas?|cards?)\b/, topic: /payment|faq/ },
  { form: /\b(?:efectivo|cash)\b/, topic: /payment|faq/ },
  {
    form: /\b(?:bizum|paypal|nequi|daviplata|mercado ?pago|oxxo|revolut|apple pay|google pay|yape|plin)\b/,
    topic: /payment|faq/,
  },
  { form: /\b(?:transferencias?|transfers?)\b/, topic: /payment|faq/ },
  { form: /\b(?:contra ?reembolso|contraentrega|cash on delivery)\b/, topic: /payment|delivery|faq/ },
  { form: /\b(?:devolucion(?:es)?|devolver|returns?|refunds?|reembolsos?)\b/, topic: /returns|faq/ },
  { form: /\b(?:cambios?|cambiar|exchanges?)\b/, topic: /returns|faq/ },
]
const policy =
  /\b(?:acept\w+|admit\w+|hac(?:emos|er)|realiz\w+|ofrec\w+|tenemos|hay|enviamos|repartimos|entregamos|se puede[n]?|puedes?|puede|take|accept|offer|do|don't|we (?:have|deliver|ship)|deliver|ship|can|can't|cannot|no)\b/
const negated = /\b(?:no|ni|tampoco|not|don't|doesn't|cannot|can't|without|never|neither|nor|unable)\b/

/** A policy said the other way round: "no hacemos envíos" where the shop delivers, "sí, tarjeta" where it says no. */
export function policyFaults(ledger: Ledger, sentence: string, question: boolean): Fault[] {
  if (question || !policy.test(sentence)) return []
  for (const { form, topic } of subjects) {
    const said = form.exec(sentence)
    if (
      said === null ||
      /\b(?:solo|only|excepto|except|salvo|pero|but|si |if |unless|hasta|until|despues|after|within)\b/.test(
        sentence,
      )
    )
      continue
    const negative = negated.test(sentence.slice(0, said.index))
    // "No enviamos a Canarias" speaks of a place: the shop's own line must be about it.
    if (
      negative &&
      /^\s*(?:a|en|to|in|fuera|outside|los|las|on)\s+(?!domicilio)/.test(
        sentence.slice(said.index + said[0].length),
      )
    )
      continue
    if (/\b(?:fuera de|outside)\b/.test(sentence)) continue
    if (negative && namesExcludedPlace(ledger, sentence.slice(0, said.index))) continue
    const refusals = ledger.lines.filter(
      (line) => topic.test(line.topic) && form.test(line.text) && negated.test(line.text),
    )
    const shared = refusals.some((line) => speaksOfRefused(ledger, line, sentence))
    if (shared && negative) continue
    if (shared) return [{ text: said[0], reason: 'policy' }]
    const lines = ledger.lines.filter((line) => topic.test(line.topic) && form.test(line.text))
    const feesSay =
      /delivery/.test(topic.source) &&
      !/recog|pick/.test(said[0]) &&
      ledger.fees.some((fee) => fee.name.startsWith('delivery:'))
    if (feesSay && !negative) continue
    if (negative && feesSay) return [{ text: said[0], reason: 'policy' }]
    if (lines.length === 0) continue
    const polarities = lines.map((line) => {
      const at = form.exec(line.text)
      return negated.test(
        line.text
          .slice(Math.max(0, (at?.index ?? 0) - 40), at?.index ?? 0)
          .split(/[,;:.]/)
          .at(-1) ?? '',
      )
    })
    if (polarities.every((one) => one !== negative)) return [{ text: said[0], reason: 'policy' }]
  }
  return []
}

/** "A Canarias no enviamos": the place comes first, and a line of the shop leaves it out ("excepto Canarias"). */
function namesExcludedPlace(ledger: Ledger, before: string): boolean {
  const places = [...before.matchAll(/\b(?:a|en|to|in)\s+((?:las?\s|los\s)?[\p{L}]{4,})/gu)]
  return places.some(([, place = '']) =>
    ledger.lines.some((line) => {
      const at = line.text.search(
        /\b(?:excepto|salvo|menos|except|excluding|not to|fuera de|no enviamos a|no llegamos a)\b/,
      )
      return at !== -1 && hasWord(line.text.slice(at), [place.replace(/^(?:las?|los)\s/, '')])
    }),
  )
}

/** Whether a sentence names what only this refusing line of the shop names (a place it does not deliver to). */
function speaksOfRefused(ledger: Ledger, line: ShopLine, sentence: string): boolean {
  const others = ledger.lines.filter((item) => item !== line && !negated.test(item.text))
  const words = wordsOf(line.text).filter(
    (word) => word.length >= 4 && !subjects.some(({ form }) => form.test(word)) && !policy.test(word),
  )
  return words.some(
    (word) =>
      hasWord(sentence, [word]) &&
      !others.some((item) => hasWord(item.text, [word])) &&
      !ledger.fees.some((fee) => hasWord(fee.zone, [word])),
  )
}

/** Digits in one or in groups; a postcode before a bracket ("41010 (24-48 horas)") is no part of what stands in it. */
const phoneLike = /(?<![\d.,€$£])\+?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ \u00a0.-]{0,3}\d){6,}(?!\s?[€$£%]|\d)/g

/** Phones, accounts, links and addresses of mail that are in no text of the shop or of the customer. */
export function contactFaults(ledger: Ledger, raw: string, customer: readonly string[]): Fault[] {
  const known = [
    ...ledger.lines.map((line) => line.text),
    ...[...ledger.products.values()].map((product) => product.text),
    ...customer,
    ...ledger.said,
  ].join('\n')
  const digits = known.replace(/\D/g, '')
  const folded = canonical(raw)
  const faults: Fault[] = []
  for (const match of raw.matchAll(phoneLike)) {
    const bare = match[0].replace(/\D/g, '')
    if (bare.length >= 7 && !/^\d{1,3}(?:[.,]\d{3})+$/.test(match[0].trim()) && !digits.includes(bare))
      faults.push({ text: match[0], reason: 'phone' })
  }
  for (const match of folded.matchAll(
    /\b(?:https?:\/\/|www\.)[^\s)]+|[\w.+-]+@[\w-]+\.[\w.]+|(?<![\w.])@[a-z0-9_.]{3,}|\b[\w-]+\.(?:com|es|net|org|co|mx|ar|cl|io|shop|store)\b/g,
  )) {
    if (!known.includes(match[0].replace(/[.,]$/, ''))) faults.push({ text: match[0], reason: 'link' })
  }
  return faults
}

const common = new Set(
  'Hola Buenos Buenas Gracias Hi Hello Thanks Thank Sure Claro Perfecto Great Perfect Vale I You We Sí Si No Yes Es It The This Son Lunes Martes Miércoles Jueves Viernes Sábado Domingo Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Bizum PayPal Visa Mastercard WhatsApp Telegram IVA VAT EUR USD COP MXN ARS CLP GBP PEN OK Total Subtotal Stock Navidad Christmas Pascua Easter Madrid España Spain Nequi Daviplata IBAN Usted Ud Uds'
    .split(' ')
    .map((word) => canonical(word)),
)

/** Capitalised words inside a sentence that offers something, which are in no fact, text of the shop or word of the customer: a made-up name. */
export function strangerFaults(ledger: Ledger, sentence: Sentence, known: ReadonlySet<string>): Fault[] {
  const words = [...sentence.raw.matchAll(/[\p{L}\p{N}]+/gu)]
  for (const [index, match] of words.entries()) {
    const word = match[0]
    const first = index === 0 || /[.!?¡¿:;•·–—\-"«“(]\s*$/.test(sentence.raw.slice(0, match.index))
    if (first || !/^\p{Lu}\p{Ll}{2,}/u.test(word)) continue
    const folded = canonical(word)
    if (common.has(folded) || known.has(stem(folded)) || known.has(folded)) continue
    if (linesAbout(ledger, sentence.text, 2).some((line) => line.text.includes(folded))) continue
    return [{ text: word, reason: 'unknown_name' }]
  }
  return []
}

const roles = new Set(
  'cesta bolsa compra resumen basket bag summary total subtotal envio delivery shipping precio price pvp antes ahora before now was stock gastos pedido recogida pickup desde from talla size color colour oferta unidad cada hora carrito cart importe amount disponible disponibles available color medida opcion option unidades uds quantity cantidad minimo minimum pendiente pago pagado pagar payment paid due outstanding iva igv impuestos tax vat descuento discount codigo code pedido order entrega domicilio'
    .split(' ')
    .map(stem),
)

/** A code of a discount that stands in no text of the shop or of the customer. */
export function codeFaults(ledger: Ledger, text: string, customer: readonly string[]): Fault[] {
  // A code that is said not to hold promises nothing.
  if (
    /\b(?:no|not|isn't|doesn't|sin|without|quit\w+|remov\w+|caduc\w+|expired|dej\w+ de|retir\w+|pide|exige|necesita\w*|al menos|minim\w+|requires?|needs?|at least|minimum|importe mayor|(?:larger|bigger|higher) (?:orders?|amounts?))\b/.test(
      text,
    )
  )
    return []
  const known = [...ledger.lines.map((line) => line.text), ...customer]
  return [
    ...text.matchAll(
      /\b(?:codigo|cupon|code|coupon|voucher)\s(?:es |is |de descuento |promocional )?([a-z]+\d[a-z0-9]*)\b/g,
    ),
  ].flatMap(([words, code = '']) =>
    known.some((line) => line.includes(code)) ? [] : [{ text: words, reason: 'discount' }],
  )
}

const offering =
  /(?:^|[^\p{L}])(?:hay|tenemos|tengo|vendemos|manejamos|contamos con|we have|we've got|there(?:'s| is| are)|we (?:also )?(?:carry|sell|stock)|otra opcion (?:es|seria)|another option is|te recomiendo|le recomiendo|i'd suggest|i'd recommend|i recommend|y|and)\s(?:(?:also|tambien|ademas|un[oa]?s?|el|la|los|las|the|an?|some)\s)*([\p{L}]{4,})(?:\s(?:de\s)?[\p{L}]{3,})?(?:\s(?:a|en|por|at|for|desde|from|esta a|esta en|cuesta|is|are|costs?)\s|,\s|\s?[(:]\s?)[€$£]?\s?\d/gu
const noThings =
  /^(?:vari\w+|algun\w+|opcion\w*|option\w*|cosas?|thing\w*|ideas?|model\w+|tall\w+|size\w*|color\w*|colou?r\w*|otr[oa]s?|other|another|much\w*|many|several|todo\w*|everything|pedid\w+|order\w*|envio\w*|delivery|shipping|precio\w*|price\w*|total\w*|domicilio|despacho|queda\w*|abrimos|open|cerramos|close\w*|gratis|free|tard\w+|llega\w*|entreg\w+|pequen\w+|grande\w*|medi\w+|small|large|medium|chic\w|median\w|entre|between|horas?|dias?|days?)$/

/** What a sentence offers at a price under a word that stands in no fact: a made-up product. */
export function offeredFaults(sentence: Sentence, known: ReadonlySet<string>): Fault[] {
  return [...sentence.text.matchAll(offering)].flatMap(([, word = '']) =>
    noThings.test(word) || /(?:amos|emos|imos)$/.test(word) || known.has(stem(word)) || roles.has(stem(word))
      ? []
      : [{ text: word, reason: 'unknown_name' }],
  )
}

/** The head of a list line ("Jarrón azul: 24 €") that names nothing the facts know. */
export function headFaults(sentence: Sentence, known: ReadonlySet<string>): Fault[] {
  const match =
    /^\W*([\p{L}][\p{L}\p{N} '’.,/&-]{2,60}?)\s*(?:[:=—–]|\s-\s|\.{2,})\s*(?:(?:solo|only|desde|from|now|ahora)\s*)?[€$£]?\s?\d/u.exec(
      sentence.raw,
    )
  const head = match?.[1]
  if (head === undefined) return []
  const stems = [...contentStems(canonical(head))]
  if (stems.length === 0 || stems.some((one) => known.has(one) || roles.has(one))) return []
  return [{ text: head, reason: 'unknown_name' }]
}

/** Stems that a reply may use as names: of the facts, the shop's texts, the shop's and the customer's own words. */
export function knownStems(ledger: Ledger, customer: readonly string[], shopName: string): Set<string> {
  const stems = new Set<string>()
  const texts = [
    ...ledger.lines.map((line) => line.text),
    ...customer,
    ...ledger.said,
    canonical(shopName),
    ...ledger.fees.map((fee) => fee.zone),
  ]
  for (const product of ledger.products.values())
    texts.push(product.text, ...product.names, ...product.variants.flatMap(({ parts }) => parts))
  for (const text of texts) for (const word of wordsOf(text)) stems.add(stem(word))
  return stems
}
