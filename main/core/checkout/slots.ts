import type { HoursView } from '../knowledge/hours.ts'
import { addDays, localMoment, weekdayOf } from '../language/calendar.ts'
import type { DeliverySlot } from '../selling/settings.ts'
import type { CheckoutSlot } from './checkout.ts'

/** Days ahead in which windows are offered, and how many windows at most. */
const daysOffered = 14
const slotsOffered = 12

/**
 * Windows that can still be chosen, the nearest first: on their weekdays, before their cut-off, with room left, and on
 * no day on which the shop is known to be closed.
 */
export function openSlots(input: {
  slots: readonly DeliverySlot[]
  now: Date
  timeZone: string
  hours: HoursView
  /** Orders of a window on a date. */
  taken: (slotId: string, date: string) => number
  limit?: number
}): CheckoutSlot[] {
  const { slots, hours } = input
  if (slots.length === 0) return []
  const { date: today, minutes } = localMoment(input.now, input.timeZone)
  const found: CheckoutSlot[] = []
  for (let ahead = 0; ahead <= daysOffered; ahead++) {
    const date = addDays(today, ahead)
    const day = hours.on(date)
    if (day.from !== 'week' && day.known && day.ranges.length === 0) continue
    const ofDay = slots
      .filter((slot) => slot.days.includes(weekdayOf(date)))
      .filter((slot) => ahead * 1440 + minutesOf(slot.from) - minutes >= slot.cutoffMinutes)
      .filter((slot) => slot.capacity === null || input.taken(slot.id, date) < slot.capacity)
      .sort((a, b) => a.from.localeCompare(b.from))
    found.push(...ofDay.map(({ id, label }) => ({ id, label, date })))
    if (found.length >= (input.limit ?? slotsOffered)) break
  }
  return found.slice(0, input.limit ?? slotsOffered)
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
