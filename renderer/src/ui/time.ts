/** Times as the desk shows them: in the desk's language and the shop's zone. */

/** `12 mar 2026, 10:05` of a UTC instant. */
export function dateTimeText(at: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(at),
  )
}

/** `10:05` of a UTC instant. */
export function timeText(at: string, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(new Date(at))
}

/** The hour of an instant that is today, else its day and hour; `hour` is for "a la una" and "a las dos". */
export function momentOf(
  at: string,
  now: number,
  language: string,
  timeZone: string,
): { today: boolean; text: string; hour: number } {
  const then = Date.parse(at)
  const today = localDate(then, timeZone) === localDate(now, timeZone)
  const text = new Intl.DateTimeFormat(language, {
    ...(today ? {} : { day: 'numeric', month: 'short' }),
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(then)
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(then)
  return { today, text, hour: Number(hour) }
}

/** `jueves, 12 de marzo` of a local date `YYYY-MM-DD`. */
export function dayText(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))
}

/** The local date of an instant, `YYYY-MM-DD`, moved by a number of days. */
export function localDate(now: number, timeZone: string, days = 0): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(now + days * 86_400_000)
}

/** Time of a list row: the hour today, the weekday this week, the date before that. */
export function rowTime(at: string, now: number, locale: string, timeZone: string): string {
  const then = new Date(at)
  const age = now - then.getTime()
  const sameDay =
    new Intl.DateTimeFormat('en-CA', { timeZone }).format(then) ===
    new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
  if (sameDay) return timeText(at, locale, timeZone)
  const options: Intl.DateTimeFormatOptions =
    age < 6 * 86_400_000 ? { weekday: 'short' } : { day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(then)
}
