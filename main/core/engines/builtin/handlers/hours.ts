import { daysBetween, isLocalDate, monthEnd } from '../../../language/calendar.ts'
import {
  capital,
  comingDay,
  dateText,
  dayName,
  hoursLines,
  monthText,
  needsYear,
  onDate,
  periodText,
  rangesText,
} from '../../../language/hours.ts'
import { readCalendarDates, readDates } from '../../../understanding/dates.ts'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { daysAsked } from '../days.ts'
import type { InformationData } from '../tool-data.ts'
import type { Turn } from '../turn.ts'
import { speak } from '../turn.ts'

type Hours = NonNullable<InformationData['hours']>
type Asked = Hours['asked'][number]
type DayAsked = Exclude<Asked, { kind: 'span' }>
type SpanAsked = Extract<Asked, { kind: 'span' }>
type SpecialDay = Hours['special'][number]
type Opening = NonNullable<Hours['next']>

const specialShown = 8
/** A bare day of the month this near to the date spoken of is in the same month. */
const nearDays = 12

/** "¿y el 25?" after the 24th of December: that month's, or the next such day. Null where the text tells itself. */
export function dateMeant({ dialogue }: Turn, request: CustomerRequest): string | null {
  if (dialogue.topic !== 'hours' || dialogue.date === null) return null
  const { asked, today } = dialogue.date
  const found = readDates(request.text, asked)
  const [next] = found
  if (next === undefined || found.length > 1 || next.kind !== 'date') return null
  if (readCalendarDates(request.text, asked).length > 0) return null
  const near = `${asked.slice(0, 8)}${next.from.slice(8)}`
  const fits = isLocalDate(near) && near >= today && Math.abs(daysBetween(asked, near)) <= nearDays
  return fits ? near : next.from
}

/**
 * When the shop is open: on the days asked, of its vacations or holidays, else all week. Null where the shop has not
 * said it.
 */
export function hoursText(turn: Turn, data: InformationData, request: CustomerRequest): string | null {
  const { hours } = data
  if (hours == null) return null
  const last = hours.asked.at(-1)
  turn.dialogue.date = last?.kind === 'date' ? { asked: last.date, today: hours.date } : null
  const text = fold(request.text)
  const asked = hours.asked.filter((one) => one.kind === 'span' || one.known)
  if (asked.length === 0 && /\bvacacion(?:es)?\b|\bvacations?\b|\b(?:on|from|your) holidays?\b/.test(text))
    return vacationText(turn, hours)
  if (!hours.known && asked.length === 0) return hours.closedNow ? nowText(turn, hours) : null
  if (asked.length > 0) return fitting(text, askedText(turn, hours, asked))
  const days = daysAsked(request.text, hours.day ?? null)
  if (days.length > 0) {
    const told = days.map((day) => weekdayText(turn, day, hours.week[day] ?? []))
    if (days.every((day) => (hours.week[day] ?? []).length === 0))
      told.push(...opensText(turn, hours, hours.next))
    return fitting(text, [...told, ...noteOf(hours)].join('\n'))
  }
  if (/\b(?:festivos?|feriados?|puentes?|holidays?)\b/.test(text)) return holidaysText(turn, hours)
  return [
    nowText(turn, hours),
    speak(turn, 'hours_intro'),
    ...weekLines(turn, hours),
    ...specialLines(turn, hours, hours.special),
    ...vacationLines(turn, hours, soon(hours)),
    ...noteOf(hours),
  ].join('\n')
}

/** "Sí" and "no" answer whether the shop opens; they do not fit "when" or "do you close". */
function fitting(question: string, text: string): string {
  const other =
    /\b(?:que (?:hora|horas|horario|horarios|dia|dias)|horarios?|cuando|cerr\w+|cierr\w+|vacacion\w*|what|when|hours|clos\w+|vacations?|(?:on|from|your) holidays?)\b/
  return other.test(question)
    ? text.replace(/^(?:Sí|No|Yes), (.*)/gm, (_, rest: string) => capital(rest))
    : text
}

/** Vacations that a customer may plan by; one years ahead is told to who asks for it. */
function soon({ date, vacations }: Hours): Hours['vacations'] {
  return vacations.filter(({ from }) => from <= date || !needsYear(date, from))
}

function noteOf({ note }: Hours): string[] {
  return note === '' ? [] : [note]
}

function weekLines(turn: Turn, { week }: Hours): string[] {
  return hoursLines(turn.voice, week, speak(turn, 'hours_closed_day'))
}

/** "Abrimos mañana a las 10:00." */
function opensText(
  turn: Turn,
  { date }: Hours,
  next: Opening | null | undefined,
  key: 'hours_next' | 'hours_reopen' = 'hours_next',
): string[] {
  if (next == null) return []
  return [speak(turn, key, { day: comingDay(turn.voice, next.date, date), time: next.opens })]
}

function nowText(turn: Turn, hours: Hours): string {
  if (hours.openNow) return speak(turn, 'hours_open_now')
  const away = hours.vacations.find(({ from, to }) => from <= hours.date && hours.date <= to)
  if (away === undefined)
    return [speak(turn, 'hours_closed_now'), ...opensText(turn, hours, hours.next)].join(' ')
  return [
    speak(turn, 'hours_vacation_until', { day: lastDay(turn, hours, away.to) }),
    ...opensText(turn, hours, hours.next, 'hours_reopen'),
  ].join(' ')
}

/** "el 31 de agosto" · "31 August" */
function lastDay(turn: Turn, { date: today }: Hours, date: string): string {
  const { language } = turn.voice
  const text = dateText(language, date, needsYear(today, date))
  return language === 'es' ? `el ${text}` : text
}

/** What the shop has not said of special days is open. */
function uncertain(turn: Turn, hours: Hours, asked: readonly Asked[]): boolean {
  if (hours.specialKnown || asked.every(({ kind }) => kind === 'weekday')) return false
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return true
}

function askedText(turn: Turn, hours: Hours, asked: readonly Asked[]): string {
  const [only] = asked
  const told =
    only !== undefined && asked.length === 1 && only.kind === 'weekday' && only.date === hours.date
      ? [todayText(turn, hours, only)]
      : asked.map((one) => (one.kind === 'span' ? spanText(turn, hours, one) : dayText(turn, hours, one)))
  const open = asked.some((one) => (one.kind === 'span' ? one.open : one.ranges.length > 0))
  const last = asked.at(-1)
  if (!open && last !== undefined && !(last.kind === 'weekday' && last.date === hours.date))
    told.push(...opensText(turn, hours, last.opens, isVacation(last) ? 'hours_reopen' : 'hours_next'))
  if (open) told.push(...noteOf(hours))
  if (uncertain(turn, hours, asked)) told.push(speak(turn, 'hours_special_days'))
  return told.join('\n')
}

function isVacation(asked: Asked): boolean {
  return asked.kind === 'span' ? asked.vacations.length > 0 : asked.from === 'vacation'
}

function todayText(turn: Turn, hours: Hours, today: DayAsked): string {
  const now = nowText(turn, hours)
  if (today.ranges.length === 0) return now
  return `${now} ${speak(turn, 'hours_today', { hours: rangesText(today.ranges) })}`
}

function weekdayText(turn: Turn, day: string, ranges: DayAsked['ranges']): string {
  const said = { day: dayName(turn.voice, day, null), hours: rangesText(ranges) }
  return speak(turn, ranges.length === 0 ? 'hours_day_closed' : 'hours_day_open', said)
}

function dayText(turn: Turn, hours: Hours, asked: DayAsked): string {
  const { date, ranges, from, name, kind } = asked
  const ordinary = kind === 'weekday' && from === 'week'
  const day = ordinary ? comingDay(turn.voice, date, hours.date) : onDate(turn.voice, date, hours.date)
  const said = { day, name, hours: rangesText(ranges) }
  if (from === 'vacation') return speak(turn, 'hours_vacation_day', said)
  const named = from === 'holiday' && name !== ''
  if (ranges.length === 0) return speak(turn, named ? 'hours_special_closed' : 'hours_day_closed', said)
  return speak(turn, named ? 'hours_special_open' : 'hours_day_open', said)
}

/** "en agosto", "del 1 al 15 de agosto" */
function spanName(turn: Turn, { date: today }: Hours, { from, to }: SpanAsked): string {
  const { language } = turn.voice
  const year = needsYear(today, from)
  const month = to === monthEnd(from) && (from.endsWith('-01') || from === today)
  return month ? monthText(language, from, year) : periodText(language, from, to, year)
}

function spanText(turn: Turn, hours: Hours, asked: SpanAsked): string {
  const span = spanName(turn, hours, asked)
  const whole = asked.vacations.some(({ from, to }) => from <= asked.from && asked.to <= to)
  if (!asked.open) return speak(turn, whole ? 'hours_span_vacation' : 'hours_span_closed', { span })
  const special = [
    ...vacationLines(turn, hours, asked.vacations),
    ...specialLines(turn, hours, asked.special),
  ]
  const intro =
    special.length > 0
      ? speak(turn, 'hours_other_days')
      : hours.specialKnown
        ? speak(turn, 'hours_span_open', { span })
        : capital(speak(turn, 'hours_span_usual', { span }))
  return [...special, intro, ...weekLines(turn, hours)].join('\n')
}

function vacationLines(turn: Turn, hours: Hours, vacations: Hours['vacations'] = hours.vacations): string[] {
  return vacations.map(({ from, to }) => {
    const period = periodText(turn.voice.language, from, to, needsYear(hours.date, from))
    return speak(turn, 'hours_vacation', { period })
  })
}

function specialLines(turn: Turn, hours: Hours, special: readonly SpecialDay[]): string[] {
  if (special.length === 0) return []
  const lines = special.slice(0, specialShown).map(({ date, name, ranges }) => {
    const day = capital(onDate(turn.voice, date, hours.date).replace(/^(?:el|on) /, ''))
    const told = ranges.length === 0 ? speak(turn, 'hours_closed_day') : rangesText(ranges)
    return `• ${day}${name === '' ? '' : ` (${name})`}: ${told}`
  })
  return [speak(turn, 'hours_special_intro'), ...lines]
}

function vacationText(turn: Turn, hours: Hours): string | null {
  const now = hours.vacations.some(({ from, to }) => from <= hours.date && hours.date <= to)
  if (now) return nowText(turn, hours)
  if (hours.vacations.length > 0) return vacationLines(turn, hours).join('\n')
  if (hours.specialKnown) return speak(turn, 'hours_vacation_none')
  return hours.known ? holidaysText(turn, hours) : null
}

function holidaysText(turn: Turn, hours: Hours): string {
  const lines = [...specialLines(turn, hours, hours.special), ...vacationLines(turn, hours, soon(hours))]
  if (lines.length > 0) return [...lines, ...noteOf(hours)].join('\n')
  if (hours.specialKnown) return speak(turn, 'hours_special_none')
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return [
    speak(turn, 'hours_intro'),
    ...weekLines(turn, hours),
    ...noteOf(hours),
    ...(hours.note === '' ? [speak(turn, 'hours_special_days')] : []),
  ].join('\n')
}
