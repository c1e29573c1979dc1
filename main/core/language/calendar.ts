/** Days and times as a wall calendar and clock show them. A local date is `YYYY-MM-DD`, without a time zone. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

export interface LocalMoment {
  date: string
  day: Weekday
  /** Minutes since midnight, as the clock on the wall shows them. */
  minutes: number
}

const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timeZone, made)
  return made
}

/** What calendar and clock show at a moment in a time zone. */
export function localMoment(now: Date, timeZone: string): LocalMoment {
  const parts = formatOf(timeZone).formatToParts(now)
  const part = (type: string) => parts.find((item) => item.type === type)?.value ?? ''
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
  return { date, day: weekdayOf(date), minutes: Number(part('hour')) * 60 + Number(part('minute')) }
}

/** Whether a text is the date of a day that exists, between the years 1900 and 9999. */
export function isLocalDate(text: string): boolean {
  if (!/^(?:19|[2-9]\d)\d\d-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

export function weekdayOf(date: string): Weekday {
  return weekdays[(new Date(utcOf(date)).getUTCDay() + 6) % 7] ?? 'mon'
}

export function addDays(date: string, days: number): string {
  return new Date(utcOf(date) + days * dayMs).toISOString().slice(0, 10)
}

/** Days from one date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / dayMs)
}

/** Month and day, `MM-DD`: what comes back each year. */
export function monthDayOf(date: string): string {
  return date.slice(5)
}

/** Last day of the month of a date. */
export function monthEnd(date: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/**
 * The moment, in ms since the epoch, at which calendar and clock of a time zone show this. Minutes may pass midnight.
 * A time that the clock leaves out (spring) is the moment of the change; of one that it shows twice (autumn) the first.
 */
export function instantOf(date: string, minutes: number, timeZone: string): number {
  const wanted = utcOf(date) + minutes * 60_000
  const shown = (instant: number): number => {
    const local = localMoment(new Date(instant), timeZone)
    return utcOf(local.date) + local.minutes * 60_000
  }
  // The offsets in force around it: at most one change falls between them.
  const before = shown(wanted - dayMs) - (wanted - dayMs)
  const after = shown(wanted + dayMs) - (wanted + dayMs)
  const candidates = [wanted - before, wanted - after].filter((instant) => shown(instant) === wanted)
  if (candidates.length > 0) return Math.min(...candidates)
  return changeBetween(wanted - Math.max(before, after), wanted - Math.min(before, after), wanted, shown)
}

/** UTC ISO 8601 of the moment at which a local date begins. */
export function startOfDay(date: string, timeZone: string): string {
  return new Date(instantOf(date, 0, timeZone)).toISOString()
}

/** The first minute at which the clock shows no less than `wanted`. */
function changeBetween(from: number, to: number, wanted: number, shown: (instant: number) => number): number {
  let low = from
  let high = to
  while (high - low > 60_000) {
    const middle = low + Math.floor((high - low) / 120_000) * 60_000
    if (shown(middle) >= wanted) high = middle
    else low = middle
  }
  return shown(low) >= wanted ? low : high
}

function utcOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`)
}
