import { type DateAsked, readCalendarDates } from '../understanding/dates.ts'
import type { Fault } from './gate-check-figures.ts'
import { clockRanges, timesIn } from './gate-check-times.ts'
import type { Ledger } from './gate-ledger.ts'

const aboutOpening =
  /\b(?:abr(?:e|es|en|imos|is|ir|ira|iran|iremos|iendo)|abiert[oa]s?|cerr(?:ar|amos|ara|aremos|ad[oa]s?)|cierran?|vacaciones|festivos?|horarios?|open(?:s|ed|ing)?|reopen\w*|clos(?:e|es|ed|ing)|vacations?|holidays?)\b/
const closing =
  /\b(?:cerr(?:amos|aremos|ara|ad[oa]s?)|cierran?|no (?:\w+ )?abr\w+|vacaciones|clos(?:e|es|ed)|not (?:be )?open|(?:won't|aren't|don't|isn't) (?:be )?open|on vacation)\b/
const opening = /\b(?:abr\w+|abiert\w+|open\w*)\b/
const denied = /\b(?:no|not|never|nunca|tampoco|cerr\w+|cierran?|clos\w+|vacaciones|vacations?|\w+n't)\b/
/** Where a date only bounds what is said, it tells nothing of the day itself. */
const bounding =
  /\b(?:hasta|desde|a partir|entre|salvo|excepto|menos|volve\w+|vuelve|until|till|from|since|after|before|except|reopen\w*|back)\b/

/** A sentence that goes on about other days tells their times too. */
const otherDays = /\b(?:resto|demas|otros dias|normal\w*|habitual\w*|siempre|rest|other days|usual\w*)\b/

/** Any day will do to read dates without a year: only month and day are compared then. */
const anyDay = '2028-01-01'

const universal =
  /\b(?:todos los dias|cada dia|24 horas|24h|siempre|festivos incluidos|incluso festivos|every ?day|every single day|7 days|24\/7|always open|bank holidays included|24 hours)\b/

type Opening = Ledger['openings'][number]

/**
 * Dates on which a sentence says that the shop opens or closes and that no fact carries, or of which facts say
 * otherwise; and times of such a date that are not its own.
 */
export function dateFaults(ledger: Ledger, said: string, question: boolean): Fault[] {
  if (question) return []
  const text = clockRanges(said)
  if (!aboutOpening.test(text)) return strayDates(ledger, text)
  const always = universal.exec(text)
  if (
    always !== null &&
    !denied.test(text) &&
    !ledger.lines.some((line) => line.topic === 'hours' && universal.test(line.text))
  )
    return [{ text: always[0], reason: 'always' }]
  const asked = readCalendarDates(text, anyDay)
  const faults: Fault[] = bareDays(ledger, text)
  for (const date of asked) {
    const carried = openingsOn(ledger, date, text)
    if (carried.length > 0) continue
    const lines = ledger.lines.filter((line) => speaksOf(line.text, date, namesYear(text, date)))
    if (lines.length === 0) faults.push({ text: dateWords(date), reason: 'date' })
    else if (saysOpen(text) && lines.every((line) => closing.test(line.text)))
      faults.push({ text: dateWords(date), reason: 'closed' })
  }
  const [only] = asked
  if (asked.length === 1 && only !== undefined) faults.push(...statedFaults(ledger, text, only))
  return faults
}

/** Times of a day without its month, where the facts have one such day. */
function openingFaults(ledger: Ledger, day: number, text: string, words: string): Fault[] {
  const found = ledger.openings.filter(({ from, to }) => from === to && Number(from.slice(8)) === day)
  const [only] = found
  if (only === undefined || found.length > 1) return []
  if (only.ranges.length === 0) return saysOpen(text) ? [{ text: words, reason: 'closed' }] : []
  const times = new Set(timesIn(only.ranges.flat().join(' ')).flatMap(({ values }) => values))
  return timesIn(text)
    .filter(
      ({ values }) => !values.some((value) => times.has(value) || (value < 720 && times.has(value + 720))),
    )
    .map((said) => ({ text: said.text, reason: 'time' }))
}

/** "El 24 abrimos": a day without its month, where no fact or text of the shop is about a day of that number. */
function bareDays(ledger: Ledger, text: string): Fault[] {
  const dated = ledger.lines.filter((line) => dayAndMonth.test(line.text)).map((line) => line.text)
  const days = new Set([
    ...ledger.openings.flatMap(({ from, to }) => [Number(from.slice(8)), Number(to.slice(8))]),
    ...dated.flatMap((line) =>
      [...line.matchAll(/(?<![\d:.])\d{1,2}(?![\d:.])/g)].map(([day]) => Number(day)),
    ),
  ])
  return [...text.matchAll(bareDay)].flatMap((match) => {
    const value = Number(match[1] ?? match[2])
    if (value < 1 || value > 31) return []
    if (!days.has(value)) return [{ text: match[0], reason: 'date' }]
    const rest = text.slice(match.index)
    const own = rest.split(/,\s|\s(?:y|and|pero|but)\s/)[0] ?? rest
    return openingFaults(ledger, value, own, match[0])
  })
}

const months =
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|january|february|march|april|may|june|july|august|september|october|november|december'
const dayAndMonth = new RegExp(
  String.raw`\b(?:\d{1,2}(?:st|nd|rd|th)? (?:de |of )?(?:${months})|(?:${months}) \d{1,2})\b`,
)
const bareDay = new RegExp(
  String.raw`\b(?:el|dia|hasta el) (\d{1,2})(?![\d:.,]*\d|\s?[%€$£]|\s(?:de |of )?(?:${months}|\d)|\s?h\b)|\bthe (\d{1,2})(?:st|nd|rd|th)\b(?!\s(?:of )?(?:${months}))`,
  'g',
)

/** A day of a month, said of an order or anything else, that stands in no text of the shop. */
function strayDates(ledger: Ledger, text: string): Fault[] {
  if (!dayAndMonth.test(text)) return []
  return readCalendarDates(text, anyDay)
    .filter((date) => date.kind !== 'span')
    .filter(
      (date) =>
        openingsOn(ledger, date, text).length === 0 &&
        ![...ledger.lines.map((line) => line.text), ...ledger.said].some((line) =>
          speaksOf(line, date, false),
        ),
    )
    .map((date) => ({ text: dateWords(date), reason: 'date' }))
}

/** What is said of the one date of a sentence, held against the facts about it. */
function statedFaults(ledger: Ledger, text: string, date: DateAsked): Fault[] {
  const carried = openingsOn(ledger, date, text)
  const open = carried.filter(({ ranges }) => ranges.length > 0)
  const said = timesIn(text)
  const bounds = bounding.test(text)
  if (carried.length > 0 && open.length === 0)
    return !bounds && saysOpen(text) ? [{ text: dateWords(date), reason: 'closed' }] : []
  if (open.length === 0 || open.length < carried.length) return []
  if (!bounds && closing.test(text) && said.length === 0) return [{ text: dateWords(date), reason: 'open' }]
  if (date.kind === 'span' || otherDays.test(text)) return []
  const own = open.flatMap(({ ranges }) => ranges.flat()).join(' ')
  const times = new Set(timesIn(own).flatMap(({ values }) => values))
  const fits = (value: number) => times.has(value) || (value < 720 && times.has(value + 720))
  return said
    .filter(({ values }) => !values.some(fits))
    .map(({ text: words }) => ({ text: words, reason: 'time' }))
}

function saysOpen(text: string): boolean {
  return opening.test(text) && !denied.test(text)
}

function dateWords({ from, to }: DateAsked): string {
  return from === to ? from.slice(5) : `${from.slice(5)}/${to.slice(5)}`
}

/** Facts about any day of what a text names; of a stretch its first and last day must both be carried. */
function openingsOn(ledger: Ledger, date: DateAsked, text: string): Opening[] {
  const year = date.from.slice(0, 4)
  const sameYear = namesYear(text, date)
  const overlap = (opening: Opening, first: string, last: string) =>
    opening.from <= last && first <= opening.to
  const yearsOf = (opening: Opening) =>
    sameYear
      ? [Number(year)]
      : [
          Number(opening.from.slice(0, 4)) - 1,
          Number(opening.from.slice(0, 4)),
          Number(opening.to.slice(0, 4)),
        ]
  const touches = (opening: Opening, first: string, last: string) =>
    yearsOf(opening).some((base) => {
      const later = Number(last.slice(0, 4)) - Number(first.slice(0, 4))
      return overlap(opening, `${base}${first.slice(4)}`, `${base + later}${last.slice(4)}`)
    })
  const found = ledger.openings.filter((item) => touches(item, date.from, date.to))
  const wholeMonth = date.kind === 'span' && date.from.endsWith('-01') && !/\d/.test(text)
  const ends = date.kind === 'span' && !wholeMonth ? [date.from, date.to] : []
  return ends.every((end) => found.some((item) => touches(item, end, end))) ? found : []
}

function namesYear(text: string, { from }: DateAsked): boolean {
  return new RegExp(String.raw`\b${from.slice(0, 4)}\b`).test(text)
}

/** @param sameYear whether a line with a year of its own must name that of the date */
function speaksOf(line: string, date: DateAsked, sameYear: boolean): boolean {
  if (sameYear && /\b(?:19|2\d)\d\d\b/.test(line) && !namesYear(line, date)) return false
  return readCalendarDates(line, anyDay).some(
    (other) =>
      (other.from.slice(5) === date.from.slice(5) && other.to.slice(5) === date.to.slice(5)) ||
      (other.from <= date.from && date.to <= other.to),
  )
}
