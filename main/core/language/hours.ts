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

function nameOf(language: 'es' | 'en', day: string): string {
  const found = Object.entries(names[language]).find(([key]) => key === day)
  return found?.[1] ?? day
}

/** "hoy", "mañana", "el lunes" · "today", "tomorrow", "on Monday". */
export function dayName(voice: Voice, day: string, inDays: number | null): string {
  const spanish = voice.language === 'es'
  if (inDays === 0) return spanish ? 'hoy' : 'today'
  if (inDays === 1) return spanish ? 'mañana' : 'tomorrow'
  return spanish ? `el ${nameOf('es', day)}` : `on ${nameOf('en', day)}`
}

function capital(text: string): string {
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
    const text = (week[day] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ') || closed
    const last = groups.at(-1)
    if (last?.text === text) last.to = day
    else groups.push({ from: day, to: day, text })
  }
  const link = voice.language === 'es' ? ' a ' : ' to '
  return groups.map(
    ({ from, to, text }) =>
      `• ${capital(from === to ? nameOf(voice.language, from) : `${nameOf(voice.language, from)}${link}${nameOf(voice.language, to)}`)}: ${text}`,
  )
}
