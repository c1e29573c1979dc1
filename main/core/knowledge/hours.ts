import { addDays, daysBetween, instantOf, localMoment, monthDayOf, weekdayOf } from '../language/calendar.ts'
import { type Day, days, type ShopProfile, type TimeRange, type Vacation, type WeekHours } from './profile.ts'

/** What a profile says about when the shop is open. */
export type OpeningTimes = Pick<ShopProfile, 'hours' | 'hoursNote' | 'holidays' | 'vacations'>

/** One local date. An opening belongs to the day on which it begins, also when it ends after midnight. */
export interface DayHours {
  date: string
  day: Day
  /** Days from today; negative for a day that is over. */
  inDays: number
  /** False when the shop has said neither its week nor anything about this date. */
  known: boolean
  /** None: closed. */
  ranges: TimeRange[]
  /** What the ranges come from. */
  from: 'week' | 'holiday' | 'vacation'
  /** Name of the holiday, or the note of the vacation. */
  name: string
  vacation: Vacation | null
}

export interface SpecialDay {
  date: string
  name: string
  ranges: TimeRange[]
}

export interface Opening {
  date: string
  day: Day
  opens: string
  /** 0 is later today. */
  inDays: number
}

/** Opening hours at one moment, in the shop's time zone. */
export interface HoursView {
  /** False when the shop has not said its weekly hours. */
  known: boolean
  openNow: boolean
  /** True when it is certain that the shop is closed now; false too where hours are not known. */
  closedNow: boolean
  /** When it is open now: local time at which this opening ends. */
  closes: string | null
  date: string
  day: Day
  /** Holidays and vacations heeded. */
  today: TimeRange[]
  /** The ordinary week. */
  week: Record<Day, TimeRange[]>
  /** The next opening after this moment; after a vacation it may be months ahead. */
  next: Opening | null
  /** Holidays of the next 60 days, in order. */
  special: SpecialDay[]
  /** Vacations that are not over, in order. */
  vacations: Vacation[]
  note: string
  on(date: string): DayHours
  /** The first opening of a date or after it. */
  opensFrom(date: string): Opening | null
}

const minutesADay = 24 * 60
const specialDays = 60
/** How far ahead the next opening is looked for, days. */
const horizon = 800

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Start and end in minutes of the range's own day; past midnight the end is beyond 1440. */
function bounds([opens, closes]: TimeRange): { start: number; end: number } {
  const start = toMinutes(opens)
  const end = toMinutes(closes)
  return { start, end: end <= start ? end + minutesADay : end }
}

/**
 * Reads opening times at `now`: split shifts, shifts past midnight, holidays, vacations, and the next opening. A
 * holiday of one year counts before a vacation, a vacation before a yearly holiday, and that before the week.
 */
export function hoursAt(times: OpeningTimes, now: Date, timeZone: string): HoursView {
  const { date, day } = localMoment(now, timeZone)
  const week = weekOf(times.hours)
  const on = (asked: string): DayHours => dayHours(times, week, asked, date)
  const instants = (of: string) =>
    on(of).ranges.map((range) => {
      const { start, end } = bounds(range)
      return { range, start: instantOf(of, start, timeZone), end: instantOf(of, end, timeZone) }
    })
  const moment = now.getTime()
  const near = [addDays(date, -1), date].flatMap(instants)
  const open = near.filter(({ start, end }) => moment >= start && moment < end)
  // Where openings overlap the shop stays open until the last of them ends.
  const last = open.reduce<(typeof open)[number] | null>(
    (best, one) => (best === null || one.end > best.end ? one : best),
    null,
  )
  const today = on(date)
  const opensFrom = (from: string): Opening | null => {
    if (from > date) return firstOpening(on, from, null)
    const later = instants(date).find(({ start }) => start > moment)
    return firstOpening(on, date, later?.range[0] ?? null)
  }
  return {
    known: times.hours !== null,
    openNow: last !== null,
    closedNow: last === null && today.known,
    closes: last?.range[1] ?? null,
    date,
    day,
    today: today.ranges,
    week,
    next: opensFrom(date),
    special: upcoming(times, on, date),
    vacations: times.vacations.filter(({ to }) => to >= date),
    note: times.hoursNote,
    on,
    opensFrom,
  }
}

/** @param today opening later on the first day; null when that day has none any more or is not today */
function firstOpening(on: (date: string) => DayHours, from: string, today: string | null): Opening | null {
  for (let ahead = 0; ahead <= horizon; ahead++) {
    const { date, day, inDays, ranges } = on(addDays(from, ahead))
    const opens = inDays <= 0 ? today : (ranges[0]?.[0] ?? null)
    if (opens !== null) return { date, day, opens, inDays }
  }
  return null
}

function weekOf(hours: WeekHours | null): Record<Day, TimeRange[]> {
  const week: Record<Day, TimeRange[]> = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
  for (const day of days) week[day] = sorted(hours?.[day] ?? [])
  return week
}

function dayHours(
  { hours, holidays, vacations }: OpeningTimes,
  week: Record<Day, TimeRange[]>,
  date: string,
  today: string,
): DayHours {
  const day = weekdayOf(date)
  const said = { date, day, inDays: daysBetween(today, date), known: true, vacation: null }
  const once = holidays.find((holiday) => !holiday.yearly && holiday.date === date)
  const vacation = vacations.find(({ from, to }) => from <= date && date <= to)
  if (once === undefined && vacation !== undefined)
    return { ...said, ranges: [], from: 'vacation', name: vacation.note, vacation }
  const yearly = holidays.find((holiday) => holiday.yearly && monthDayOf(holiday.date) === monthDayOf(date))
  const holiday = once ?? yearly
  if (holiday !== undefined)
    return { ...said, ranges: sorted(holiday.hours ?? []), from: 'holiday', name: holiday.name }
  return { ...said, known: hours !== null, ranges: week[day], from: 'week', name: '' }
}

function upcoming(times: OpeningTimes, on: (date: string) => DayHours, today: string): SpecialDay[] {
  if (times.holidays.length === 0) return []
  return Array.from({ length: specialDays + 1 }, (_, ahead) => on(addDays(today, ahead))).flatMap(
    ({ date, from, name, ranges }) => (from === 'holiday' ? [{ date, name, ranges }] : []),
  )
}

function sorted(ranges: TimeRange[]): TimeRange[] {
  return [...ranges].sort((a, b) => a[0].localeCompare(b[0]))
}
