import type { Address } from './addresses.ts'
import { takeAddress, takeBareAddress, takeBarePlace, takePlaceSentTo } from './addresses.ts'
import { isUnqualifiedYes } from './confirmation.ts'
import { isNameLike, isProperName, takeName, takePhone, writtenName } from './contact-words.ts'
import type { DeliveryMethod } from './delivery-words.ts'
import { takeMethod, takeNote, takeUsualAddress } from './delivery-words.ts'
import type { Intent } from './intents.ts'
import { fold } from './normalise.ts'
import type { PaymentOption } from './payment-words.ts'
import { takeCode, takePayment } from './payment-words.ts'
import { RemainingText, taken } from './remaining-text.ts'
import { understand } from './understand.ts'

/** What a checkout may ask for. */
export type CheckoutField =
  | 'delivery_method'
  | 'place'
  | 'address'
  | 'slot'
  | 'name'
  | 'phone'
  | 'payment'
  | 'code'

/** What a message tells for a checkout; null where it tells nothing. */
export interface CheckoutDetails {
  method: DeliveryMethod | null
  address: string | null
  place: string | null
  /** "A la dirección de siempre". */
  usualAddress: boolean
  name: string | null
  phone: string | null
  /** The customer's words for a way to pay. */
  payment: string | null
  /** A discount code; '' when one is spoken of without being named. */
  code: string | null
  withoutCode: boolean
  note: string | null
  /** What is left of the message: other wishes and questions. */
  rest: string
}

export interface DetailContext {
  /** Whether a checkout is open: then bare answers count. */
  open: boolean
  /** What the last reply asked for. */
  asked: readonly CheckoutField[]
  payments: readonly PaymentOption[]
}

const abbreviations =
  /\b(?:av|avda|c|cra|kra|cl|cll|col|esc|pta|no|num|apto|apt|dpto|depto|int|edif|urb|st|ave|rd|sr|sra|mr|mrs|ms|dr|tel|tlf|cel|p)\.$/i

/** Stretches of a text that ask something. */
function questionsOf(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '¿') start = at
    else if (sign === '?') {
      found.push({ from: start, to: at + 1 })
      start = at + 1
    } else if (
      sign === '\n' ||
      sign === '!' ||
      (sign === '.' && /\s/.test(text[at + 1] ?? ' ') && !abbreviations.test(text.slice(start, at + 1)))
    )
      start = at + 1
  }
  return found
}

/** A text without what it asks. */
export function statementsOf(text: string): string {
  let stated = ''
  let at = 0
  for (const { from, to } of questionsOf(text)) {
    stated += `${text.slice(at, from)}\n`
    at = to
  }
  return stated + text.slice(at)
}

/** A question that only asks politely whether an answer will do: "¿puede ser con bizum?", "can I collect it?". */
const polite =
  /\b(?:puedo|puede ser|podria|podemos|se puede|puedes|podeis|pueden|podrian|podriais|would you|will you|me puedes|me puede|me lo|podes|can i|could i|may i|can you|could you|is .* ok|would .* work|te parece|mejor)\b/
const asksMore =
  /\b(?:cuant\w+|cuando|donde|como|que dia|a que hora|horario|how (?:much|long|do)|when|where|what|cost\w*|precio|vale|cuesta|tarda)\b/

const noCode =
  /(?<!\p{L})(?:sin|quita\w*|elimina\w*|olvida\w*|without|remove|no)\s+(?:(?:el|la|mi|un|ning[uú]n|the|my|a|any|uso|usar)\s+)*(?:c[oó]digo|cup[oó]n|descuento|coupon|voucher|(?:discount |promo )?code|discount)(?!\p{L})/iu

/** Reads what a message tells for a checkout, and leaves the rest for whoever reads other wishes. Pure. */
export function readCheckoutDetails(message: string, context: DetailContext): CheckoutDetails {
  const { open, asked, payments } = context
  const first = new RemainingText(message.slice(0, 4000).replace(/\t/g, ' '))
  const withoutCode = first.take(noCode) !== null
  const code = withoutCode ? null : takeCode(first, asked.includes('code'))
  const whole = first.text
  const questions: string[] = []
  let body = ''
  let at = 0
  for (const { from, to } of questionsOf(whole)) {
    const question = whole.slice(from, to)
    body += whole.slice(at, from)
    const folded = fold(question)
    if (open && polite.test(folded) && !asksMore.test(folded)) body += `\n${question.replace(/[¿?]/g, ' ')}\n`
    else {
      const asked = question.split(taken).join(' ').trim()
      const ofCode =
        code !== null &&
        /^\W*(?:(?:me|nos|se|l[oa]|puedes?|pod[eé]s|pod[eé]is|podr[ií]as?|can|could|you|y|please|porfa)\s+)*(?:aplic\w*|sirve|vale|funciona|apply|use|works?|valid)(?:\s+(?:it|this|that|aqu[ií]|todav[ií]a|still))*\W*$/i.test(
          asked,
        )
      if (!ofCode && /[\p{L}\p{N}]{3,}/u.test(asked)) questions.push(asked)
      body += '\n'
    }
    at = to
  }
  body += whole.slice(at)
  const text = new RemainingText(body)
  const details: CheckoutDetails = {
    method: null,
    address: null,
    place: null,
    usualAddress: false,
    name: null,
    phone: null,
    payment: null,
    code,
    withoutCode,
    note: null,
    rest: '',
  }
  details.note = takeNote(text)
  details.phone = takePhone(text)
  details.name = takeName(text, asked.includes('name') || details.phone !== null)
  details.payment = takePayment(text, open, payments)
  details.usualAddress = open && takeUsualAddress(text)
  set(details, takeAddress(text))
  const sentTo = details.place === null ? takePlaceSentTo(text) : null
  details.place ??= sentTo
  details.method = takeMethod(text, open || details.address !== null, asked.includes('delivery_method'))
  if (open && sentTo !== null && details.phone !== null) details.method ??= 'delivery'
  if (open) takeBareAnswers(text, details, asked)
  else if (details.address !== null && details.phone !== null) takeBareName(text, details, false)
  if (details.method === null && (details.address !== null || details.usualAddress))
    details.method = 'delivery'
  details.rest = [text.rest(), ...questions].filter((part) => part !== '').join('\n')
  return details
}

function set(details: CheckoutDetails, found: Address | null): void {
  details.address = found?.address ?? null
  details.place = found?.place ?? null
}

/** Answers that only the question makes one: "Ana Pérez", "Getafe", "Mayor 3". */
function takeBareAnswers(
  text: RemainingText,
  details: CheckoutDetails,
  asked: readonly CheckoutField[],
): void {
  const sends =
    details.method === 'delivery' ||
    asked.includes('address') ||
    asked.includes('place') ||
    asked.includes('delivery_method')
  if (details.address === null && sends && details.method !== 'pickup') {
    const found = takeBareAddress(text, namesNoWish, details.place === null)
    if (found !== null) {
      details.address = found.address
      details.place ??= found.place
    }
  }
  const seeksPlace = asked.includes('place')
  if (details.place === null && (seeksPlace || details.address !== null))
    details.place = takeBarePlace(text, namesNothingElse, seeksPlace)
  const others = [details.phone, details.payment, details.address, details.method]
  if (details.name === null && (asked.includes('name') || others.some((one) => one !== null)))
    takeBareName(text, details, asked.includes('name'))
  if (details.address === null && asked.length === 1 && asked[0] === 'address') {
    const [only, second] = text.chunks()
    if (
      only !== undefined &&
      second === undefined &&
      only.text.split(/\s+/).length >= 2 &&
      namesNothingElse(only.text) &&
      isNameLike(only.text)
    ) {
      details.address = only.text
      text.cut(only.from, only.to)
    }
  }
}

function takeBareName(text: RemainingText, details: CheckoutDetails, asked: boolean): void {
  for (const chunk of text.chunks()) {
    const words = chunk.text.replace(/^(?:y|and)\s+/i, '').replace(/[.!\s]+$/, '')
    // "Madrid, Luis 612…", "recojo el viernes, Nerea, bizum"
    const beside = details.phone !== null && text.text.slice(chunk.to).trimStart().startsWith(taken)
    const alone = chunk.from > 0 && (beside || (details.method === 'pickup' && details.place === null))
    const proper = isProperName(words) && (asked || words.includes(' ') || alone)
    if (!proper && !(asked && isNameLike(words) && namesNothingElse(words))) continue
    if ((proper && !namesNothingElse(words, 4)) || isUnqualifiedYes(words)) continue
    details.name = writtenName(words)
    text.cut(chunk.from, chunk.to)
    return
  }
}

/** Whether words wish for nothing else of the shop. */
function namesNothingElse(words: string, strength = 2): boolean {
  return understand(words.replace(/\d[\d.-]*/g, ' ')).requests.every(
    (request) =>
      (request.intent === null || request.score < strength) &&
      (request.quantity === null || request.quantity.article),
  )
}

/** Words of streets that also speak of something else ("Mayor", "del Horno"). */
const ofStreets: ReadonlySet<Intent | null> = new Set<Intent | null>([
  null,
  'faq',
  'address',
  'attributes',
  'unrelated',
  'search',
])

function namesNoWish(words: string): boolean {
  return understand(words.replace(/\d[\d.-]*/g, ' ')).requests.every(
    ({ intent, score }) => ofStreets.has(intent) || score < 2,
  )
}

/** Whether a message tells enough to begin a checkout by itself. */
export function beginsCheckout(details: CheckoutDetails): boolean {
  const told = [details.method, details.address, details.name, details.phone, details.payment]
  return (
    details.address !== null ||
    details.method !== null ||
    (details.payment !== null && told.filter((one) => one !== null).length > 1)
  )
}
