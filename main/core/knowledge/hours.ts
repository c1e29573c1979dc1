import { type Day, days, type TimeRange, type WeekHours } from './profile.ts'

/** Opening hours at one moment, in the shop's time zone. */
export interface HoursView {
  /** False when the shop has not said its hours. */
  known: boolean
  openNow: boolean
  /** When it is open now: local time at which this opening ends. */
  closes: string | null
  day: Day
  today: TimeRange[]
  week: Record<Day, TimeRange[]>
  /** The next opening after this moment, at most a week ahead. `inDays` 0 is later today. */
  next: { day: Day; opens: string; inDays: number } | null
  note: string
}

const minutesADay = 24 * 60

/** Weekday and minutes since local midnight of a moment in a time zone. */
export function localTime(now: Date, timeZone: string): { day: Day; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((item) => item.type === type)?.value ?? ''
  const name = part('weekday').toLowerCase()
  const day = days.find((item) => name.startsWith(item)) ?? 'mon'
  return { day, minutes: Number(part('hour')) * 60 + Number(part('minute')) }
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Start and end in minutes of the range's own day; past midnight the end is beyond 1440. */
function bounds([opens, closes]: TimeRange): { start: number; end: number } {
  const start = toMinutes(opens)
  const end = toMinutes(closes)
  return { start, end: end <= start ? end + minutesADay : end }
}

/** Reads a week at `now`: split shifts, shifts past midnight, and the next opening. */
export function hoursAt(week: WeekHours | null, now: Date, timeZone: string, note = ''): HoursView {
  const { day, minutes } = localTime(now, timeZone)
  const full = Object.fromEntries(days.map((name) => [name, sorted(week?.[name] ?? [])])) as Record<
    Day,
    TimeRange[]
  >
  const index = days.indexOf(day)
  const dayAt = (offset: number): Day => days[(index + offset + 7) % 7] ?? 'mon'
  let closes: string | null = null
  for (const offset of [0, -1]) {
    const at = minutes - offset * minutesADay
    for (const range of full[dayAt(offset)]) {
      const { start, end } = bounds(range)
      if (at >= start && at < end) closes = range[1]
    }
  }
  return {
    known: week !== null,
    openNow: closes !== null,
    closes,
    day,
    today: full[day],
    week: full,
    next: nextOpening(full, dayAt, minutes),
    note,
  }
}

function nextOpening(
  week: Record<Day, TimeRange[]>,
  dayAt: (offset: number) => Day,
  minutes: number,
): HoursView['next'] {
  for (let inDays = 0; inDays <= 7; inDays++) {
    const name = dayAt(inDays)
    const found = week[name].find((range) => inDays > 0 || bounds(range).start > minutes)
    if (found !== undefined) return { day: name, opens: found[0], inDays }
  }
  return null
}

function sorted(ranges: TimeRange[]): TimeRange[] {
  return [...ranges].sort((a, b) => a[0].localeCompare(b[0]))
}
