import { fold } from './normalise.ts'
import { erasePattern, forgetPatterns, patterns, safetyPattern } from './self-words.ts'

export type PreferenceTopic = 'size' | 'allergy' | 'delivery' | 'taste' | 'other'

/** What a customer says of themselves, and what is left of the message for everything else. */
export interface AboutSelf {
  told: { topic: PreferenceTopic; text: string }[]
  /** What is to be forgotten; null as topic means everything. */
  forget: { topic: PreferenceTopic | null }[]
  /** Their data is to be deleted. */
  erase: boolean
  /** How they can be reached, as they say. */
  contact: { email?: string; phone?: string }
  /** Asks whether something may be eaten. */
  asksSafety: boolean
  rest: string
}

interface Clause {
  text: string
  /** As compared: folded, apostrophes and double blanks gone. */
  folded: string
  asked: boolean
}

/**
 * Finds what a customer tells of themselves: "uso la talla M", "I'm allergic to nuts". Only whole clauses in the first
 * person count; a question, a condition or a product's name ("la camiseta talla M", "galletas sin azúcar") is none.
 */
export function readAboutSelf(message: string): AboutSelf {
  const result: AboutSelf = { told: [], forget: [], erase: false, contact: {}, asksSafety: false, rest: '' }
  const kept: string[] = []
  for (const clause of clausesOf(withoutContact(message.slice(0, 4000), result.contact))) {
    if (clause.asked && safetyPattern.test(clause.folded)) result.asksSafety = true
    if (erasePattern.test(clause.folded)) {
      result.erase = true
      continue
    }
    const forgotten = forgetPatterns.find(({ match }) => match.test(clause.folded))
    if (forgotten !== undefined) {
      result.forget.push({ topic: forgotten.topic })
      continue
    }
    const told = clause.asked ? null : toldIn(clause)
    if (told === null) kept.push(clause.text)
    else if (!result.told.some((one) => one.topic === told.topic && one.text === told.text))
      result.told.push(told)
  }
  result.rest = kept.join('').trim()
  return result
}

const contactPatterns: readonly (readonly ['email' | 'phone', RegExp])[] = [
  [
    'email',
    /(?:(?:mi|el) (?:correo|e-?mail|mail)(?: electr[oó]nico)? (?:es|:)|my e-?mail(?: address)? is|^\s*(?:e-?mail|correo)\s*:)\s*([^\s@,;<>]{1,64}@[^\s@,;<>]{1,100}\.[a-z]{2,24})[.,;!]*/imu,
  ],
  ['email', /^\s*([^\s@,;<>]{1,64}@[^\s@,;<>]{1,100}\.[a-z]{2,24})\s*$/imu],
  // Among other details it is an order's.
  [
    'phone',
    /^\s*(?:hola,? |hi,? |hello,? )?(?:mi (?:n[uú]mero de )?(?:tel[eé]fono|m[oó]vil|celular|whatsapp|tel) (?:es|:)(?: el)?|my (?:phone|mobile|cell|whatsapp)(?: number)? is)\s*(\+?\d[\d ().-]{5,18}\d)[.!\s]*$/iu,
  ],
]

/** Takes "mi correo es …", "my phone is …" out of a message. */
function withoutContact(message: string, contact: AboutSelf['contact']): string {
  let left = message
  for (const [kind, match] of contactPatterns) {
    const found = match.exec(left)
    if (found?.[1] === undefined || contact[kind] !== undefined) continue
    contact[kind] = found[1].trim()
    left = `${left.slice(0, found.index)} ${left.slice(found.index + found[0].length)}`
  }
  return left === message ? message : left.trim()
}

function toldIn(clause: Clause): AboutSelf['told'][number] | null {
  for (const { topic, match, note } of patterns) {
    const found = match.exec(clause.folded)
    const what = (found?.groups?.what ?? found?.groups?.also ?? '').trim()
    if (found === null || what === '') continue
    // "uso la 1" chooses from a list; a size of one digit is called a size.
    if (topic === 'size' && /^\d$/.test(what) && !/\b(?:talla|talle|numero|size)\b/.test(clause.folded))
      continue
    if (note === null && /[\d€$£%]/.test(clause.text)) continue
    // An allergy is kept in the customer's own words: nothing of it may get lost.
    const own = clause.text.replace(/^[\s,;.]+|[\s,;.!]+$/g, '').slice(0, 300)
    return { topic, text: note === null ? own : asWritten(note(what), clause.text) }
  }
  return null
}

/** Gives words that were compared without accents back as the customer wrote them. */
function asWritten(noted: string, original: string): string {
  const written = new Map(original.split(/[^\p{L}\p{N}]+/u).map((word) => [fold(word), word.toLowerCase()]))
  return noted.replace(/\p{Ll}{3,}/gu, (word) => written.get(word) ?? word)
}

/** Where "y" begins another thing to say: "soy alérgica a las nueces y quiero dos tartas". */
const beginsAnother =
  /(?=\s+(?:y|e|and|pero|but)\s+(?:quier|quisier|dame|deme|pon|neces|busc|ten[eé][iímr]|tien|hay|me |mand|env[ií]|entreg|d[eé]j|uso|gasto|calzo|visto|soy|tengo|mi |no me|siempre|cu[aá]nt|qu[eé] |i |i['’]|we |can |could |do |deliver|leave|please|my |how |what ))/iu

/** Stretches between full stops, line ends, and commas that begin another sentence. */
function clausesOf(message: string): Clause[] {
  const stretches = message.match(/[^.,;!?\n]+(?:[.,;](?=\d)[^.,;!?\n]*)*[.,;!?\n]*|[.,;!?\n]+/g) ?? []
  const parts = stretches.flatMap((stretch) => stretch.split(beginsAnother))
  const clauses: Clause[] = []
  for (const part of parts) {
    const folded = fold(part)
      .replace(/[’'`´]/g, '')
      .replace(/[^\p{L}\p{N}.,/½¿?]+/gu, ' ')
      .replace(/[.,;]+ *$/g, '')
      .replace(/ +/g, ' ')
      .trim()
    const last = clauses.at(-1)
    // "alérgica a los cacahuetes, las nueces y el sésamo": the list goes on
    if (last !== undefined && isList(last, part, folded)) {
      last.text += part
      last.folded += ` ${folded}`
      continue
    }
    clauses.push({ text: part, folded, asked: /[¿?]/.test(part) || /^(?:si|if) /.test(folded) })
  }
  return clauses
}

function isList(last: Clause, part: string, folded: string): boolean {
  return (
    /,\s*$/.test(last.text) &&
    /\b(?:alergi\w*|intoleran\w*|allergic)\b/.test(last.folded) &&
    !/[¿?]/.test(part) &&
    /^(?:y|e|ni|o|and|or|a|al|to|los|las|el|la|the)(?: [a-z]+){1,7}$/.test(folded) &&
    !/\b(?:qu\w+|dame|deme|me|pon\w*|busc\w*|neces\w*|ten\w+|hay|ver|want|need|have|can|would|what|which|id|ill)\b/.test(
      folded,
    )
  )
}
