import { addDays, isLocalDate, monthEnd, weekdayOf, weekdays } from '../language/calendar.ts'
import {
  day,
  dayNames,
  daysBefore,
  fullMonth,
  lead,
  month,
  monthNumber,
  noDay,
  weekday,
  year,
} from './date-words.ts'
import { namedDays } from './day-names.ts'
import { fold } from './normalise.ts'

/** A day or a stretch of days that a text speaks of, as local dates. */
export interface DateAsked {
  from: string
  to: string
  /** `weekday`: told as a day of the week ("el lunes"); `date`: as a date or a name; `span`: several days. */
  kind: 'weekday' | 'date' | 'span'
}

interface Reading {
  text: string
  today: string
  monthFirst: boolean
  found: (DateAsked & { at: number })[]
}

const mostDates = 4

/**
 * Days that a customer speaks of, in the order of the text. What names no year is the next such day from `today` on.
 * @param options.monthFirst whether 12/24 is the 24th of December
 */
export function readDates(text: string, today: string, options: { monthFirst?: boolean } = {}): DateAsked[] {
  const reading = readingOf(text, today, options)
  readCalendar(reading)
  readRelative(reading)
  readDaysOfMonth(reading)
  readWeekdays(reading)
  readMonths(reading)
  return told(reading)
}

/** Only what stands in the calendar whatever day it is today: dates, days with a name, months. */
export function readCalendarDates(text: string, today: string): DateAsked[] {
  const reading = readingOf(text, today, {})
  readCalendar(reading)
  readMonths(reading)
  return told(reading)
}

function readingOf(text: string, today: string, options: { monthFirst?: boolean }): Reading {
  const folded = ordinalsAsDigits(fold(text).replace(/[’‘´]/g, "'"))
  return { text: folded, today, monthFirst: options.monthFirst ?? false, found: [] }
}

function readCalendar(reading: Reading): void {
  readWritten(reading)
  readSpans(reading)
  readDays(reading)
  readNumeric(reading)
  readNamed(reading)
}

function told(reading: Reading): DateAsked[] {
  const seen = new Set<string>()
  return reading.found
    .sort((a, b) => a.at - b.at)
    .filter(({ from, to }) => !seen.has(`${from} ${to}`) && seen.add(`${from} ${to}`))
    .slice(0, mostDates)
    .map(({ from, to, kind }) => ({ from, to, kind }))
}

/** Whether a text speaks of some date. */
export function namesDate(text: string): boolean {
  return readDates(text, '2026-01-01').length > 0
}

function ordinalsAsDigits(text: string): string {
  return text
    .replace(/\b(?:primero|uno|first)(?=\s+(?:de|of)\s)/g, '1')
    .replace(/\b(?:veinticinco)(?=\s+de\s)/g, '25')
    .replace(/\b(?:veinticuatro)(?=\s+de\s)/g, '24')
    .replace(/\btreinta y uno(?=\s+de\s)/g, '31')
    .replace(/\bquince(?=\s+de\s)/g, '15')
}

/** Reads each match once: what was read is blanked for the later patterns, a day that does not exist too; null leaves it. */
function take(
  reading: Reading,
  pattern: string | RegExp,
  read: (match: RegExpExecArray) => DateAsked | DateAsked[] | null,
): void {
  const expression = new RegExp(pattern, 'g')
  for (let match = expression.exec(reading.text); match !== null; match = expression.exec(reading.text)) {
    const result = read(match)
    if (result === null) continue
    const { index } = match
    reading.found.push(...[result].flat().map((one, order) => ({ ...one, at: index + order / 10 })))
    reading.text =
      reading.text.slice(0, index) +
      '\u0001'.repeat(match[0].length) +
      reading.text.slice(index + match[0].length)
  }
}

function one(date: string | null, kind: 'date' | 'weekday' = 'date'): DateAsked[] {
  return date === null ? [] : [{ from: date, to: date, kind }]
}

function span(from: string | null, to: string | null): DateAsked | null {
  return from === null || to === null || to < from ? null : { from, to, kind: 'span' }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The date of a day and month: in the year told, else the first from `today` on; null when there is no such day. */
function dateOf(today: string, dayOf: number, monthOf: number, yearOf: string | undefined): string | null {
  const inYear = (number: number): string => `${number}-${two(monthOf)}-${two(dayOf)}`
  if (yearOf !== undefined) {
    const date = inYear(yearOf.length === 2 ? 2000 + Number(yearOf) : Number(yearOf))
    return isLocalDate(date) ? date : null
  }
  const first = Number(today.slice(0, 4))
  for (let ahead = 0; ahead <= 8; ahead++) {
    const date = inYear(first + ahead)
    if (isLocalDate(date) && date >= today) return date
  }
  return null
}

function readWritten(reading: Reading): void {
  take(reading, /\b(\d{4}-\d{2}-\d{2})\b/, ([, date = '']) => (isLocalDate(date) ? one(date) : null))
}

/** "del 1 al 15 de agosto", "from August 1 to August 15", "1-15 August" */
function readSpans(reading: Reading): void {
  const { today } = reading
  const between = (start: string | null, endDay: string, endMonth: string, endYear: string | undefined) =>
    start === null ? null : span(start, dateOf(start, Number(endDay), monthNumber(endMonth), endYear))
  for (const { opens, links } of [
    { opens: String.raw`\b(?:entre|between)\s+(?:el\s+|the\s+)?`, links: 'y|and' },
    { opens: String.raw`\b`, links: 'al?|to|until|till|through|hasta' },
  ]) {
    const link = String.raw`\s*(?:\s(?:${links})\s|-|–)\s*(?:el\s+|the\s+)?`
    take(
      reading,
      String.raw`${opens}${day}(?:\s+(?:de|of)?\s*(${month}))?${link}${day}\s+(?:de\s+|of\s+)?(${month})\b${year}`,
      ([, first = '', firstMonth, last = '', lastMonth = '', endYear]) => {
        const startYear = firstMonth === undefined ? endYear : undefined
        const start = dateOf(today, Number(first), monthNumber(firstMonth ?? lastMonth), startYear)
        return between(start, last, lastMonth, endYear)
      },
    )
    take(
      reading,
      String.raw`${opens}(${month})\s+${day}${link}(?:(${month})\s+)?${day}\b${noDay}${year}`,
      ([, firstMonth = '', first = '', lastMonth, last = '', endYear]) =>
        between(
          dateOf(today, Number(first), monthNumber(firstMonth), undefined),
          last,
          lastMonth ?? firstMonth,
          endYear,
        ),
    )
  }
}

/** "24 de diciembre", "el 24 y el 31 de diciembre", "24th of December 2026", "December 24" */
function readDays(reading: Reading): void {
  const { today } = reading
  take(
    reading,
    String.raw`${lead}\b${daysBefore}${day}\s+(?:de\s+|of\s+)?(${month})\b\.?${year}`,
    ([, before = '', last = '', name = '', inYear]) =>
      [...(before.match(/\d{1,2}/g) ?? []), last].flatMap((number) =>
        one(dateOf(today, Number(number), monthNumber(name), inYear)),
      ),
  )
  take(
    reading,
    String.raw`${lead}\b(${month})\.?\s+(?:the\s+)?${day}\b${noDay}${year}`,
    ([, name = '', number = '', inYear]) => one(dateOf(today, Number(number), monthNumber(name), inYear)),
  )
}

/** "24/12", "24/12/2026", "24-12-26"; "24/7" is none. */
function readNumeric(reading: Reading): void {
  const { today, monthFirst } = reading
  take(
    reading,
    String.raw`${lead}\b(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}|\d{2}))?|[-.](\d{1,2})[-.](\d{4}|\d{2}))\b(?!/)`,
    (match) => {
      const [whole, first = ''] = match
      const second = match[2] ?? match[4] ?? ''
      if (/\b24\/(?:7|24)$/.test(whole)) return null
      const american = monthFirst ? Number(second) > 0 && Number(first) <= 12 : Number(second) > 12
      const [dayOf, monthOf] = american ? [second, first] : [first, second]
      return one(dateOf(today, Number(dayOf), Number(monthOf), match[3] ?? match[5]))
    },
  )
}

function readNamed(reading: Reading): void {
  const { today } = reading
  const thisYear = Number(today.slice(0, 4))
  for (const named of namedDays) {
    take(
      reading,
      new RegExp(`(?:${named.pattern.source})(?:\\s+(?:de\\s+|del\\s+)?(\\d{4})\\b)?`),
      (match) => {
        const told = match.at(-1)
        const first = told === undefined ? thisYear : Number(told)
        const { from, to } =
          [first, first + 1]
            .map((number) => named.in(number))
            .find((day) => told !== undefined || day.to >= today) ?? named.in(first)
        return { from, to, kind: from === to ? 'date' : 'span' }
      },
    )
  }
}

function readRelative(reading: Reading): void {
  const { today } = reading
  const ahead = (days: number) => () => one(addDays(today, days), 'weekday')
  const toMonday = weekdays.indexOf(weekdayOf(today))
  const nextMonday = addDays(today, 7 - toMonday)
  take(reading, /\bpasado manana\b|\bday after tomorrow\b/, ahead(2))
  take(
    reading,
    /\bhoy\b|\btoday\b|\btonight\b|\besta (?:manana|tarde|noche)\b|\bthis (?:morning|afternoon|evening)\b/,
    ahead(0),
  )
  take(reading, /(?<!\b(?:la|las) )\bmanana\b|\btomorrow\b/, ahead(1))
  take(reading, /\b(?:la )?(?:semana que viene|proxima semana|semana proxima)\b|\bnext week\b/, () =>
    span(nextMonday, addDays(nextMonday, 6)),
  )
  take(reading, /\besta semana\b|\bthis week\b(?!end)/, () => span(today, addDays(nextMonday, -1)))
  take(
    reading,
    /\b(?:el|este|proximo) (?:fin de semana|finde)\b|\b(?:this|next|at the|on the) weekend\b/,
    () =>
      [addDays(nextMonday, -2), addDays(nextMonday, -1)]
        .filter((date) => date >= today)
        .flatMap((date) => one(date, 'weekday')),
  )
}

/** "el 15", "el día 15", "on the 15th": the next month that has such a day. */
function readDaysOfMonth(reading: Reading): void {
  const { today } = reading
  const pattern = String.raw`(?:${lead}\b(?:el|dia)\s+(?:dia\s+)?(\d{1,2})\b${noDay}|\b${weekday},?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\b${noDay}|\bthe\s+(\d{1,2})(?:st|nd|rd|th)\b|\b(\d{1,2})(?:st|nd|rd|th)\b)`
  take(reading, pattern, (match) => {
    const number = Number(match.slice(1).find((group) => group !== undefined))
    if (number < 1 || number > 31) return null
    for (let start = `${today.slice(0, 8)}01`; ; start = addDays(monthEnd(start), 1)) {
      const date = `${start.slice(0, 8)}${two(number)}`
      if (isLocalDate(date) && date >= today) return one(date)
    }
  })
}

/** "el lunes", "next Monday": the coming one. "Los lunes" and "Mondays" are every week's and no date. */
function readWeekdays(reading: Reading): void {
  const { today } = reading
  dayNames.forEach((names, index) => {
    take(
      reading,
      String.raw`\b(?:(este|this)\s+|(?:el\s+)?(?:proximo\s+)|(los|las|todos los|cada|every)\s+)?(?:${names})(s?)\b`,
      ([whole, sameDay, always, plural]) => {
        // "lunes" is its own plural; "sabados" and "Sundays" are not.
        if (always !== undefined || plural === 's' || whole === '') return null
        const days = (index - weekdays.indexOf(weekdayOf(today)) + 7) % 7
        return one(addDays(today, days === 0 && sameDay === undefined ? 7 : days), 'weekday')
      },
    )
  })
}

/** "en agosto", "in August 2027": from today on when it has begun. */
function readMonths(reading: Reading): void {
  const { today } = reading
  const whole = (name: string, inYear: string | undefined): DateAsked | null => {
    const thisMonth = name !== '' && monthNumber(name) === Number(today.slice(5, 7))
    if (inYear === undefined && thisMonth) return span(today, monthEnd(today))
    const first = dateOf(today, 1, monthNumber(name), inYear)
    return first === null ? null : span(first, monthEnd(first))
  }
  take(
    reading,
    String.raw`\b(?:en|durante|todo|mes de|in|during|for|throughout|all of|all)\s+(?:el mes de\s+)?(${fullMonth}|march|may)\b${year}`,
    ([, name = '', inYear]) => whole(name, inYear),
  )
  take(reading, String.raw`\b(${fullMonth})\b${year}`, ([, name = '', inYear]) => whole(name, inYear))
}
