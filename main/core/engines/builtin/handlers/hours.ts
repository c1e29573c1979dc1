import { weekdayOf } from '../../../language/calendar.ts'
import {
  dateText,
  dayName,
  dayPlural,
  hoursLines,
  monthName,
  periodText,
  rangesText,
  weekdayName,
} from '../../../language/hours.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { asksToday, daysAsked, type Season, seasonAsked } from '../days.ts'
import type { InformationData } from '../tool-data.ts'
import type { Turn } from '../turn.ts'
import { speak } from '../turn.ts'

type Hours = NonNullable<InformationData['hours']>
type Ranges = Hours['today']

/** When the shop is open: on the day, date or in the month asked, else all week. Null where the shop has not said its hours. */
export function hoursText(turn: Turn, data: InformationData, request: CustomerRequest): string | null {
  const { hours } = data
  if (hours == null || !hours.known) return null
  const season = hours.date == null ? null : seasonAsked(request.text, hours.date)
  if (season !== null) return seasonText(turn, hours, season)
  const days = daysAsked(request.text, hours.day ?? null)
  if (days.length > 0) {
    const told = days.map((day) => dayText(turn, day, hours.week[day] ?? []))
    if (days.every((day) => (hours.week[day] ?? []).length === 0)) told.push(...nextText(turn, hours))
    return [...told, ...noteOf(hours)].join('\n')
  }
  if (asksToday(request.text)) {
    const told =
      hours.today.length === 0
        ? speak(turn, 'hours_today_closed')
        : speak(turn, 'hours_today', { hours: rangesText(hours.today) })
    return [nowText(turn, hours), ...(hours.openNow || hours.today.length > 0 ? [told] : [])].join(' ')
  }
  return [
    nowText(turn, hours),
    speak(turn, 'hours_intro'),
    ...hoursLines(turn.voice, hours.week, speak(turn, 'hours_closed_day')),
    ...noteOf(hours),
  ].join('\n')
}

function noteOf({ note }: Hours): string[] {
  return note === '' ? [] : [note]
}

function nextText(turn: Turn, { next }: Hours): string[] {
  if (next == null) return []
  return [
    speak(turn, 'hours_next', { day: dayName(turn.voice, next.day, next.inDays ?? null), time: next.opens }),
  ]
}

function nowText(turn: Turn, hours: Hours): string {
  if (hours.openNow) return speak(turn, 'hours_open_now')
  return [speak(turn, 'hours_closed_now'), ...nextText(turn, hours)].join(' ')
}

function dayText(turn: Turn, day: string, ranges: Ranges): string {
  const said = { day: dayName(turn.voice, day, null) }
  return ranges.length === 0
    ? speak(turn, 'hours_day_closed', said)
    : speak(turn, 'hours_day_open', { ...said, hours: rangesText(ranges) })
}

/** The weekday's hours of a date, or the week's of a month; what the shop has not said of special days is open. */
function seasonText(turn: Turn, hours: Hours, season: Season): string {
  const { language } = turn.voice
  const lines: string[] = []
  let certain = false
  if (season.kind === 'date') {
    const day = weekdayOf(season.date)
    const special = hours.special.find(({ date }) => date === season.date)
    const away = hours.vacations.find(({ from, to }) => from <= season.date && season.date <= to)
    certain = special !== undefined || away !== undefined
    const ranges = special?.ranges ?? (away === undefined ? (hours.week[day] ?? []) : [])
    const said = {
      date: dateText(language, season.date),
      day: weekdayName(language, day),
      days: dayPlural(language, day),
      hours: rangesText(ranges),
    }
    if (certain)
      lines.push(speak(turn, ranges.length === 0 ? 'hours_special_closed' : 'hours_special_open', said))
    else lines.push(speak(turn, ranges.length === 0 ? 'hours_date_closed' : 'hours_date_open', said))
  } else {
    if (season.kind === 'month')
      lines.push(speak(turn, 'hours_month', { month: monthName(language, season.month) }))
    else lines.push(speak(turn, 'hours_intro'))
    lines.push(...hoursLines(turn.voice, hours.week, speak(turn, 'hours_closed_day')))
    const two = String(season.kind === 'month' ? season.month : 0).padStart(2, '0')
    for (const { from, to } of hours.vacations)
      if (season.kind === 'special' || from.slice(5, 7) === two || to.slice(5, 7) === two)
        lines.push(speak(turn, 'hours_vacation', { period: periodText(language, from, to) }))
    for (const { date, ranges } of hours.special)
      if (season.kind === 'special' || date.slice(5, 7) === two)
        lines.push(
          speak(turn, ranges.length === 0 ? 'hours_special_closed' : 'hours_special_open', {
            date: dateText(language, date),
            hours: rangesText(ranges),
          }),
        )
  }
  lines.push(...noteOf(hours))
  if (!certain && !(season.kind === 'special' && hours.note !== '')) {
    lines.push(speak(turn, 'hours_special_days'))
    turn.dialogue.pending = { kind: 'person', reason: 'other' }
  }
  return lines.join('\n')
}
