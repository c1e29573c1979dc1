import type { Language } from '../engines/engine.ts'
import { daysBetween, weekdayOf } from './calendar.ts'
import type { Voice } from './voice.ts'

const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const names = {
  es: {
    mon: 'lunes',
    tue: 'martes',
    wed: 'miércoles',
    thu: 'jueves',
    fri: 'viernes',
    sat: 'sábado',
    sun: 'domingo',
  },
  en: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
} as const

/** "lunes" · "Monday" */
export function weekdayName(language: 'es' | 'en', day: string): string {
  const found = Object.entries(names[language]).find(([key]) => key === day)
  return found?.[1] ?? day
}

/** "hoy", "mañana", "el lunes" · "today", "tomorrow", "on Monday". */
export function dayName(voice: Voice, day: string, inDays: number | null): string {
  const spanish = voice.language === 'es'
  if (inDays === 0) return spanish ? 'hoy' : 'today'
  if (inDays === 1) return spanish ? 'mañana' : 'tomorrow'
  return spanish ? `el ${weekdayName('es', day)}` : `on ${weekdayName('en', day)}`
}

const months = {
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const

function monthOf(language: Language, date: string): string {
  return months[language][Number(date.slice(5, 7)) - 1] ?? ''
}

/** "24 de diciembre", "24 de diciembre de 2026" · "24 December", "24 December 2026". */
export function dateText(language: Language, date: string, year = false): string {
  const day = Number(date.slice(8))
  const link = language === 'es' ? ' de ' : ' '
  return `${day}${link}${monthOf(language, date)}${year ? `${link}${date.slice(0, 4)}` : ''}`
}

/** "en agosto" · "in August 2027" */
export function monthText(language: Language, date: string, year = false): string {
  const link = language === 'es' ? ' de ' : ' '
  const name = `${monthOf(language, date)}${year ? `${link}${date.slice(0, 4)}` : ''}`
  return `${language === 'es' ? 'en' : 'in'} ${name}`
}

/** "del 1 al 31 de agosto", "del 28 de diciembre al 7 de enero" · "from 1 to 31 August". */
export function periodText(language: Language, from: string, to: string, year = false): string {
  const [start, link] = language === 'es' ? ['del', 'al'] : ['from', 'to']
  if (from === to) return `${language === 'es' ? 'el' : 'on'} ${dateText(language, from, year)}`
  const sameMonth = from.slice(0, 7) === to.slice(0, 7)
  const first = sameMonth
    ? String(Number(from.slice(8)))
    : dateText(language, from, year && from.slice(0, 4) !== to.slice(0, 4))
  return `${start} ${first} ${link} ${dateText(language, to, year)}`
}

/** A date this far ahead is told with its year, days. */
const farAhead = 300

/** Whether a date is so far from today that its year belongs to it. */
export function needsYear(today: string, date: string): boolean {
  const days = daysBetween(today, date)
  return days < 0 || days > farAhead
}

/** "hoy", "mañana", "el jueves 24 de diciembre" · "today", "tomorrow", "on Thursday 24 December". */
export function onDate(voice: Voice, date: string, today: string): string {
  const inDays = daysBetween(today, date)
  if (inDays === 0 || inDays === 1) return dayName(voice, weekdayOf(date), inDays)
  return `${dayName(voice, weekdayOf(date), null)} ${dateText(voice.language, date, needsYear(today, date))}`
}

/** A day of the coming week by its name, one after it by its date. */
export function comingDay(voice: Voice, date: string, today: string): string {
  const inDays = daysBetween(today, date)
  return inDays >= 0 && inDays < 7 ? dayName(voice, weekdayOf(date), inDays) : onDate(voice, date, today)
}

/** "10:00–14:00, 17:00–20:30" */
export function rangesText(ranges: readonly (readonly [string, string])[]): string {
  return ranges.map(([opens, closes]) => `${opens}–${closes}`).join(', ')
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "Lunes a viernes: 10:00–14:00, 17:00–20:30": days in a row with the same hours share a line. */
export function hoursLines(
  voice: Voice,
  week: Readonly<Record<string, readonly (readonly [string, string])[]>>,
  closed: string,
): string[] {
  const groups: { from: string; to: string; text: string }[] = []
  for (const day of order) {
    const text = rangesText(week[day] ?? []) || closed
    const last = groups.at(-1)
    if (last?.text === text) last.to = day
    else groups.push({ from: day, to: day, text })
  }
  const link = voice.language === 'es' ? ' a ' : ' to '
  return groups.map(
    ({ from, to, text }) =>
      `• ${capital(from === to ? weekdayName(voice.language, from) : `${weekdayName(voice.language, from)}${link}${weekdayName(voice.language, to)}`)}: ${text}`,
  )
}
