import type { ChannelRules } from '../channels/account.ts'
import { addDays, instantOf, localMoment } from '../language/calendar.ts'

/**
 * When the quiet hours of a moment end, ms since the epoch; null outside of them. Times are those that the shop's clock
 * shows, so that a night in which it is changed is longer or shorter. Pure.
 */
export function quietUntil(now: number, hours: ChannelRules['quietHours'], timeZone: string): number | null {
  if (hours === null || hours.from === hours.to) return null
  const { date, minutes } = localMoment(new Date(now), timeZone)
  const from = minutesOf(hours.from)
  const to = minutesOf(hours.to)
  const overnight = from > to
  const inside = overnight ? minutes >= from || minutes < to : minutes >= from && minutes < to
  if (!inside) return null
  const end = instantOf(overnight && minutes >= from ? addDays(date, 1) : date, to, timeZone)
  // The hour that the clock shows twice: they ended when it was shown first.
  return end > now ? end : null
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
