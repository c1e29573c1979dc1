import type { Binding } from './gate-binding.ts'
import type { Fault } from './gate-check-figures.ts'
import { type Ledger, linesAbout } from './gate-ledger.ts'

const unit =
  '(?:dias?|days?|semanas?|weeks?|mes(?:es)?|months?|horas?|hours?|hrs?|hs|h|minutos?|minutes?|min)'
const span = new RegExp(
  String.raw`(?<![\d.,:])(\d{1,3})(?:\s*(?:-|–|a|to|o|or|y|and)\s*(\d{1,3}))?\s*(?:-\s*)?(?:working |business |natural |calendar )?(${unit})\b`,
  'g',
)
const clock =
  /(?<![\d.,:€$£])(\d{1,2})(?:[:.](\d{2})|(?=\s*(?:am|pm|a\.m|p\.m)))\s*(am|pm|a\.m|p\.m)?(?:\b|h)(?!\s*(?:€|euros|%|[€$£]))|\b(?:a las?|until|till|from|at|hasta las|desde las|de)\s(\d{1,2})\s*(?:h\b|hrs\b|am\b|pm\b|en punto|o'clock)/g
const promise =
  /\b(?:lleg\w+|recib\w+|receiv\w+|you'll (?:get|have)|entreg\w+|lo tienes|la tienes|los tienes|(?:te|le|os|se) (?:l[oa]s? )?(?:tenemos|dejamos|llevamos)|podemos (?:ir|pasar)|list[oa]s?|arriv\w+|deliver\w*|ready|get it|be there|(?:be|is) with you|tendras|lo tendr\w+|enviamos|sale|ships?|recoger\w*|collect)\b/
const day =
  /\b(?:hoy(?: mismo)?|manana|pasado manana|esta (?:misma )?(?:tarde|noche|semana)|today|tonight|tomorrow|this (?:afternoon|evening|week)|same day|next day|mismo dia|dia siguiente|(?:el |on |este |next |this |proximo )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b/g

interface Span {
  low: number
  high: number
  /** Minutes, so that 24 h and 1 day are the same. */
  text: string
}

const minutes: [RegExp, number][] = [
  [/^(?:dia|day)/, 1440],
  [/^(?:semana|week)/, 10080],
  [/^(?:mes|month)/, 43200],
  [/^(?:h|hora|hour)/, 60],
  [/^min/, 1],
]

function spansIn(text: string): Span[] {
  const said = text.replace(
    /\b(?:an?|una?)\s(?=(?:week|day|hour|month|semana|dia|hora|mes)\b)/g,
    (word) => `1${' '.repeat(word.length - 1)}`,
  )
  return [...said.matchAll(span)].map((match) => {
    const factor = minutes.find(([pattern]) => pattern.test(match[3] ?? ''))?.[1] ?? 1
    const low = Number(match[1]) * factor
    return { low, high: match[2] === undefined ? low : Number(match[2]) * factor, text: match[0] }
  })
}

/** Minutes since midnight of the times in a text; "9" may be 9:00 or 21:00 unless it says which. */
export function timesIn(text: string): { values: number[]; text: string }[] {
  return [...text.matchAll(clock)].flatMap((match) => {
    const hour = Number(match[1] ?? match[4])
    const minute = Number(match[2] ?? '0')
    if (hour > 24 || minute > 59) return []
    const half = `${match[3] ?? ''}${/(am|pm)\b/.exec(match[0])?.[1] ?? ''}`
    const base = hour * 60 + minute
    if (half.startsWith('p')) return [{ values: [hour < 12 ? base + 720 : base], text: match[0] }]
    if (half.startsWith('a')) return [{ values: [hour === 12 ? minute : base], text: match[0] }]
    return [{ values: [base], text: match[0] }]
  })
}

/** Lead times, opening hours and promised days that neither the shop's texts nor a product's facts carry. */
export function timeFaults(
  ledger: Ledger,
  said: string,
  bindings: readonly (Binding | null)[],
  question: boolean,
): Fault[] {
  const text = clockRanges(said)
  const faults: Fault[] = []
  const products = bindings.every((binding) => binding?.explicit !== true)
    ? [...ledger.products.values()]
    : [...new Set(bindings.flatMap((binding) => [...(binding?.ids ?? [])]))].flatMap(
        (id) => ledger.products.get(id) ?? [],
      )
  const own = products.map((product) => product.text)
  const shop = ledger.lines.map((line) => line.text)
  const about = linesAbout(ledger, text)
  const spans = about.length > 0 ? about.map((line) => line.text) : shop
  const known = [...own, ...spans].flatMap(spansIn)
  const lead = products.flatMap((product) => product.leadDays.map((days) => days * 1440))
  for (const { low, high, text: words } of spansIn(text)) {
    const fits =
      known.some((one) => one.low === low && one.high === high) || (low === high && lead.includes(low))
    if (!fits) faults.push({ text: words, reason: 'lead_time' })
  }
  const today = openingLines(ledger, text)
  if (
    today !== null &&
    !question &&
    /\b(?:abr\w+|abiert\w+|open\w*)\b/.test(text) &&
    !/\b(?:no|not|cerrad\w+|closed)\b/.test(text) &&
    today.every((line) => /\b(?:cerrad[oa]|closed)\b/.test(line))
  ) {
    faults.push({ text, reason: 'closed' })
  }
  if (
    today === null &&
    !question &&
    /\b(?:abr\w+|abiert\w+|open\w*)\b/.test(text) &&
    !/\b(?:no|not|cerrad\w+|closed|cerra\w+|hasta|until|vuelv\w+|si|if)\b/.test(text)
  ) {
    const unknown = [...text.matchAll(weekday)].map((match) => match[0].replace(/s$/, ''))
    const any = ledger.lines.filter((line) => line.topic !== 'delivery').map((line) => line.text)
    if (unknown.length === 1 && !any.some((line) => line.includes(unknown[0] ?? '')))
      faults.push({ text: unknown[0] ?? '', reason: 'day' })
  }
  const named = /\b(?:midnight|medianoche|noon|midday)\b/.exec(text)?.[0]
  if (named !== undefined && ![...shop, ...own].some((line) => line.includes(named)))
    faults.push({ text: named, reason: 'time' })
  const times = new Set((today ?? [...shop, ...own]).flatMap(timesIn).flatMap(({ values }) => values))
  for (const { values, text: words } of timesIn(text)) {
    if (!values.some((value) => times.has(value) || (value < 720 && times.has(value + 720))))
      faults.push({ text: words, reason: 'time' })
  }
  for (const [words, first, second] of pairsIn(text)) {
    const lines = [...shop, ...own].map((line) => new Set(timesIn(line).flatMap(({ values }) => values)))
    const holds = (line: ReadonlySet<number>, value: number) =>
      line.has(value) || (value < 720 && line.has(value + 720))
    if (
      lines.some((line) => line.size > 0) &&
      !lines.some((line) => holds(line, first) && holds(line, second))
    )
      faults.push({ text: words, reason: 'time' })
  }
  if (!question && promise.test(text) && !/\b(?:no|not|abr\w+|open\w*|cerra\w+|clos\w+)\b/.test(text)) {
    for (const match of text.matchAll(day)) {
      const word = match[0].replace(/^(?:el|on|este|next|this|proximo) /, '')
      if (
        !ledger.lines.some(
          (line) => line.topic !== 'hours' && (line.text.includes(word) || sameDay(word, line.text)),
        ) &&
        !own.some((line) => line.includes(word))
      )
        faults.push({ text: match[0], reason: 'day' })
    }
  }
  return faults
}

/** "De 10 a 14 h" is a range of the clock, no span of hours. */
export function clockRanges(text: string): string {
  return text.replace(
    /\b(de|desde|from|entre) (las )?(\d{1,2})(:\d{2})? (a|y|to|hasta) (las )?(\d{1,2})(:\d{2})?\s?(?:h|hs|hrs|horas)\b/g,
    (_match, ...found: (string | undefined)[]) => {
      const [first, , from, fromMinutes = ':00', to, , until, untilMinutes = ':00'] = found
      return `${first} ${from}${fromMinutes} ${to} ${until}${untilMinutes}`
    },
  )
}

/** "Hoy" is "the same day", "mañana" the next. */
function sameDay(word: string, line: string): boolean {
  if (/^(?:hoy|today|mismo dia|same day)/.test(word))
    return /\b(?:mismo dia|en el dia|same day|hoy|today)\b/.test(line)
  return /^(?:manana|tomorrow|next day|dia siguiente)/.test(word)
    ? /\b(?:dia siguiente|next day|24 ?(?:h|horas|hours))\b/.test(line)
    : false
}

/** "De 7:00 a 20:00": two times of one range. */
function pairsIn(text: string): [string, number, number][] {
  const form = /(\d{1,2}[:.]\d{2})\s?(?:h\s?)?(?:a|to|-|–|hasta|till|until)\s?(?:las\s)?(\d{1,2}[:.]\d{2})/g
  return [...text.matchAll(form)].flatMap((match): [string, number, number][] => {
    const [first] = timesIn(match[1] ?? '')[0]?.values ?? []
    const [second] = timesIn(match[2] ?? '')[0]?.values ?? []
    return first === undefined || second === undefined ? [] : [[match[0], first, second]]
  })
}

const weekday =
  /\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b/g

/** Lines of opening hours that name the one day a sentence speaks of; null when it speaks of none or of several. */
function openingLines(ledger: Ledger, text: string): string[] | null {
  const named = new Set([...text.matchAll(weekday)].map((match) => match[0].replace(/s$/, '')))
  if (/\b(?:entre semana|resto|demas|weekdays?|other days|fin de semana|weekends?)\b/.test(text)) return null
  const [only] = named
  if (named.size !== 1 || only === undefined) return null
  const lines = ledger.lines
    .filter((line) => line.topic === 'hours' && line.text.includes(only))
    .map((line) => line.text)
  return lines.length > 0 ? lines : null
}
