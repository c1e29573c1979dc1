import { addDays, isLocalDate } from '../../language/calendar.ts'
import { fold } from '../../understanding/normalise.ts'

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const named: readonly RegExp[] = [
  /\b(?:lunes|mondays?)\b/,
  /\b(?:martes|tuesdays?)\b/,
  /\b(?:miercoles|wednesdays?)\b/,
  /\b(?:jueves|thursdays?)\b/,
  /\b(?:viernes|fridays?)\b/,
  /\b(?:sabados?|saturdays?)\b/,
  /\b(?:domingos?|sundays?)\b/,
]

const tomorrow = /(?<!(?:la|por la|de la) )\bmanana\b|\btomorrow\b/

/** Days of the week that a text names (`mon` … `sun`); "today" and "tomorrow" count from `today`, where it is known. */
export function daysAsked(text: string, today: string | null): string[] {
  const folded = fold(text)
  const days: string[] = week.filter((_, index) => named[index]?.test(folded))
  if (days.length === 0 && /\b(?:fines? de semana|findes?|weekends?)\b/.test(folded)) days.push('sat', 'sun')
  const at = today === null ? -1 : week.findIndex((day) => today.startsWith(day))
  if (days.length > 0 || at < 0) return days
  if (/\bpasado manana\b|\bday after tomorrow\b/.test(folded)) days.push(week[(at + 2) % 7] ?? 'mon')
  else if (tomorrow.test(folded)) days.push(week[(at + 1) % 7] ?? 'mon')
  return days
}

const months: readonly RegExp[] = [
  'ene(?:ro)?|jan(?:uary)?',
  'feb(?:rero|ruary)?',
  'marzo|march',
  'abr(?:il)?|apr(?:il)?',
  'mayo|may',
  'jun(?:io|e)?',
  'jul(?:io|y)?',
  'ago(?:sto)?|aug(?:ust)?',
  'sep(?:t|tiembre|tember)?|setiembre',
  'oct(?:ubre|ober)?',
  'nov(?:iembre|ember)?',
  'dic(?:iembre)?|dec(?:ember)?',
].map((names) => new RegExp(`^(?:${names})$`))

/** Feasts of the same date each year, `MM-DD`. */
const feasts: readonly (readonly [RegExp, string])[] = [
  [/\bnochebuena\b|\bchristmas eve\b|\bxmas eve\b/, '12-24'],
  [/\bnochevieja\b|\bfin de ano\b|\bnew years? eve\b/, '12-31'],
  [/\bano nuevo\b|\bnew years?(?: day)?\b/, '01-01'],
  [/\bboxing day\b/, '12-26'],
  [/\bnavidad(?:es)?\b|\bchristmas\b|\bxmas\b/, '12-25'],
  [/\bdia de reyes\b|\breyes magos\b|\b(?:en|por) reyes\b/, '01-06'],
  [/\bsan valentin\b|\bvalentines?\b/, '02-14'],
  [/\bhalloween\b/, '10-31'],
  [/\b(?:fourth|4th) of july\b|\bindependence day\b/, '07-04'],
]

/** A time of the year that a question of hours names. */
export type Season = { kind: 'date'; date: string } | { kind: 'month'; month: number } | { kind: 'special' }

function monthOf(word: string): number {
  return months.findIndex((pattern) => pattern.test(word)) + 1
}

/** The next such day from `today` (`YYYY-MM-DD`) on. */
function nextDate(today: string, month: number, day: number): string | null {
  const year = Number(today.slice(0, 4))
  const two = (value: number) => String(value).padStart(2, '0')
  for (const one of [year, year + 1]) {
    const date = `${one}-${two(month)}-${two(day)}`
    if (isLocalDate(date) && date >= today) return date
  }
  return null
}

/** The date, month or holidays that a text names; null when it names none. `today` is the shop's local date. */
export function seasonAsked(text: string, today: string): Season | null {
  const folded = fold(text).replace(/['’]/g, '')
  const dated = (month: number, day: number): Season | null => {
    const date = nextDate(today, month, day)
    return date === null ? null : { kind: 'date', date }
  }
  for (const [, day = '', word = ''] of folded.matchAll(
    /\b(\d{1,2})(?:st|nd|rd|th|ro)?\s+(?:de\s+|of\s+)?([a-z]{3,})\b/g,
  ))
    if (monthOf(word) > 0) return dated(monthOf(word), Number(day))
  for (const [, word = '', day = ''] of folded.matchAll(
    /\b([a-z]{3,})\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\b/g,
  ))
    if (monthOf(word) > 0) return dated(monthOf(word), Number(day))
  const slashed = /\b(?:el|dia)\s+(\d{1,2})\/(\d{1,2})\b/.exec(folded)
  if (slashed !== null) return dated(Number(slashed[2]), Number(slashed[1]))
  for (const [pattern, feast] of feasts)
    if (pattern.test(folded)) return dated(Number(feast.slice(0, 2)), Number(feast.slice(3)))
  const bare =
    /\b(?:el|dia) (?:dia )?(\d{1,2})(?!\d|:|\s*(?:h|am|pm)\b)/.exec(folded) ??
    /\bthe (\d{1,2})(?:st|nd|rd|th)\b/.exec(folded)
  if (bare !== null) {
    const day = Number(bare[1])
    for (let ahead = 0; ahead < 62; ahead++) {
      const date = addDays(today, ahead)
      if (Number(date.slice(8)) === day) return { kind: 'date', date }
    }
  }
  const [, month = ''] = /\b(?:en|in|during|de|durante|todo)\s+([a-z]{3,})\b/.exec(folded) ?? []
  if (monthOf(month) > 0) return { kind: 'month', month: monthOf(month) }
  return /\b(?:festivos?|feriados?|puentes?|semana santa|pascua|easter|good friday|thanksgiving|(?:bank|public) holidays?|black friday|holidays|vacaciones|dia de la madre)\b/.test(
    folded,
  )
    ? { kind: 'special' }
    : null
}

/** Whether a text asks of the day on which it is written. */
export function asksToday(text: string): boolean {
  return /\b(?:hoy|today|tonight|this (?:evening|afternoon)|esta (?:tarde|noche))\b/.test(fold(text))
}
