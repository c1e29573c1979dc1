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
