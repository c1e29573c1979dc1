import type { HoursView, Opening } from '../../knowledge/hours.ts'
import type { ShopProfile } from '../../knowledge/profile.ts'
import { addDays, daysBetween, type Weekday, weekdays } from '../../language/calendar.ts'
import { dateText, periodText, weekdayName } from '../../language/hours.ts'
import { type DateAsked, readDates } from '../../understanding/dates.ts'
import type { Fact } from '../facts.ts'

/** Opening hours as the tool of the shop's information gives them: data for the engine and facts for the gate. */

/** Days of a stretch that are looked at one by one. */
const longestSpan = 370
/** Days of a stretch that become facts one by one; of a longer one its first and last day do. */
const spanFacts = 31
const specialShown = 20

type TimeRanges = [string, string][]

export interface ToolDay {
  [key: string]: boolean | string | TimeRanges | ToolPeriod | ToolOpening | null
  kind: 'date' | 'weekday'
  date: string
  day: string
  known: boolean
  ranges: TimeRanges
  from: 'week' | 'holiday' | 'vacation'
  name: string
  vacation: ToolPeriod | null
  /** The first opening after a day that is closed. */
  opens: ToolOpening | null
}

export interface ToolSpan {
  [key: string]: boolean | string | ToolPeriod[] | ToolSpecial[] | ToolOpening | null
  kind: 'span'
  from: string
  to: string
  /** Whether it is open on any day of it. */
  open: boolean
  special: ToolSpecial[]
  vacations: ToolPeriod[]
  opens: ToolOpening | null
}

interface ToolPeriod {
  [key: string]: string
  from: string
  to: string
  note: string
}
interface ToolSpecial {
  [key: string]: string | TimeRanges
  date: string
  name: string
  ranges: TimeRanges
}
interface ToolOpening {
  [key: string]: string | number
  date: string
  day: string
  opens: string
  inDays: number
}

export function hoursData(
  view: HoursView,
  asked: readonly DateAsked[],
  { holidays, vacations }: Pick<ShopProfile, 'holidays' | 'vacations'>,
) {
  return {
    known: view.known,
    /** False when the shop has said nothing of holidays and vacations: then a feast's hours are not certain. */
    specialKnown: holidays.length > 0 || vacations.length > 0,
    openNow: view.openNow,
    closedNow: view.closedNow,
    closes: view.closes,
    date: view.date,
    day: view.day as string,
    today: view.today,
    week: { ...view.week } as Record<string, TimeRanges>,
    next: openingData(view.next),
    special: view.special.map((day): ToolSpecial => ({ ...day })),
    vacations: view.vacations.map((vacation): ToolPeriod => ({ ...vacation })),
    note: view.note,
    asked: asked.map((date) => (date.kind === 'span' ? spanData(view, date) : dayData(view, date))),
  }
}

export type HoursData = ReturnType<typeof hoursData>

function openingData(opening: Opening | null): ToolOpening | null {
  return opening === null ? null : { ...opening }
}

function dayData(view: HoursView, { from: date, kind }: DateAsked): ToolDay {
  const { day, known, ranges, from, name, vacation } = view.on(date)
  const opens = known && ranges.length === 0 ? view.opensFrom(addDays(date, 1)) : null
  return {
    kind: kind === 'weekday' ? 'weekday' : 'date',
    date,
    day,
    known,
    ranges,
    from,
    name,
    vacation: vacation === null ? null : { ...vacation },
    opens: openingData(opens),
  }
}

function spanData(view: HoursView, { from, to }: DateAsked): ToolSpan {
  const length = Math.min(daysBetween(from, to), longestSpan)
  const days = Array.from({ length: length + 1 }, (_, ahead) => view.on(addDays(from, ahead)))
  const open = days.some(({ ranges }) => ranges.length > 0)
  return {
    kind: 'span',
    from,
    to,
    open,
    special: days
      .filter((day) => day.from === 'holiday')
      .slice(0, specialShown)
      .map(({ date, name, ranges }) => ({ date, name, ranges })),
    vacations: view.vacations
      .filter((vacation) => vacation.from <= to && vacation.to >= from)
      .map((vacation) => ({ ...vacation })),
    opens: open ? null : openingData(view.opensFrom(addDays(to, 1))),
  }
}

/** Which days a call asks about: those it names, else those in the customer's words. */
export function datesAsked(
  input: {
    date?: string | null | undefined
    until?: string | null | undefined
    query?: string | null | undefined
  },
  view: HoursView,
  shop: { country: string },
  profile: Pick<ShopProfile, 'holidays'>,
): DateAsked[] {
  const { date, until } = input
  if (date != null) {
    const to = until != null && until > date ? until : date
    return [{ from: date, to, kind: to === date ? 'date' : 'span' }]
  }
  const query = input.query ?? ''
  const named = holidaysNamed(query, view, profile)
  if (named.length > 0) return named
  return readDates(query, view.date, { monthFirst: shop.country === 'US' })
}

/** "¿abrís en San Isidro?": the shop's own names of its holidays. */
function holidaysNamed(
  query: string,
  view: HoursView,
  { holidays }: Pick<ShopProfile, 'holidays'>,
): DateAsked[] {
  const words = ` ${folded(query)} `
  return holidays.flatMap(({ date, name, yearly }) => {
    const wanted = folded(name)
    if (wanted.length < 4 || !words.includes(` ${wanted} `)) return []
    const year = Number(view.date.slice(0, 4))
    const dates = yearly ? [0, 1, 2, 3, 4].map((ahead) => `${year + ahead}${date.slice(4)}`) : [date]
    const next = dates.find((one) => one >= view.date && view.on(one).date === one)
    return next === undefined ? [] : [{ from: next, to: next, kind: 'date' as const }]
  })
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What may be said of days: each as an opening, and as lines that name it in both languages. */
export function hoursFacts(view: HoursView, data: HoursData): Fact[] {
  const dates = new Set<string>(view.special.map(({ date }) => date))
  const add = (opening: ToolOpening | null) => opening !== null && dates.add(opening.date)
  if (view.known || view.today.length > 0) dates.add(view.date)
  add(data.next)
  for (const asked of data.asked) {
    add(asked.opens)
    if (asked.kind !== 'span') {
      if (asked.known) dates.add(asked.date)
      continue
    }
    const length = daysBetween(asked.from, asked.to)
    const ahead = length < spanFacts ? Array.from({ length: length + 1 }, (_, index) => index) : [0, length]
    for (const index of ahead) dates.add(addDays(asked.from, index))
    for (const { date } of asked.special) dates.add(date)
  }
  const days = [...dates].map((date) => view.on(date)).filter(({ known }) => known)
  return [
    ...(view.known ? weekFacts(view) : []),
    ...days.flatMap(({ date, day, name, ranges }): Fact[] => [
      { kind: 'opening', from: date, to: date, ranges },
      line(`${dayNames(day)} ${datesText(date)}${name === '' ? '' : ` (${name})`}: ${rangesLine(ranges)}`),
    ]),
    ...view.vacations.flatMap(({ from, to, note }): Fact[] => [
      { kind: 'opening', from, to, ranges: [] },
      line(
        `vacaciones, vacation ${periodText('es', from, to, true)}, ${periodText('en', from, to, true)}: ${rangesLine([])}${note === '' ? '' : `. ${note}`}`,
      ),
    ]),
  ]
}

function weekFacts(view: HoursView): Fact[] {
  return weekdays.map((day) => line(`${dayNames(day)}: ${rangesLine(view.week[day])}`))
}

function line(text: string): Fact {
  return { kind: 'shop_text', topic: 'hours', text }
}

function dayNames(day: Weekday): string {
  return `${weekdayName('es', day)}, ${weekdayName('en', day)}`
}

function datesText(date: string): string {
  return `${dateText('es', date, true)}, ${dateText('en', date, true)}`
}

function rangesLine(ranges: readonly (readonly [string, string])[]): string {
  return ranges.length === 0 ? 'cerrado, closed' : ranges.flat().join(' ')
}
