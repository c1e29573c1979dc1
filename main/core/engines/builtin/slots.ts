import { weekdayOf } from '../../language/calendar.ts'
import { weekdayName } from '../../language/hours.ts'
import { fold } from '../../understanding/normalise.ts'
import { numberOf } from '../../understanding/numbers.ts'
import type { SlotData } from './checkout-data.ts'

const places: Readonly<Record<string, number>> = {
  primero: 1,
  primera: 1,
  first: 1,
  segundo: 2,
  segunda: 2,
  second: 2,
  tercero: 3,
  tercera: 3,
  third: 3,
}

const small = new Set([
  'por',
  'para',
  'the',
  'los',
  'las',
  'una',
  'que',
  'con',
  'favor',
  'please',
  'prefiero',
  'mejor',
])

/** The window that words mean, by its place in the list, its day or its label; null when none or several fit. */
export function chooseSlot(text: string, slots: readonly SlotData[]): SlotData | null {
  const words = fold(text)
    .split(/[^a-z0-9:]+/)
    .filter((word) => word !== '')
  const place = words
    .map((word) => places[word] ?? numberOf(word))
    .find((value) => value !== null && value !== undefined && value >= 1 && value <= slots.length)
  const telling = words.filter((word) => word.length > 2 && !small.has(word) && places[word] === undefined)
  const scored = slots.map((slot) => {
    const day = weekdayOf(slot.date)
    const own = fold(`${slot.label} ${weekdayName('es', day)} ${weekdayName('en', day)}`).split(/[^a-z0-9:]+/)
    const days = [fold(weekdayName('es', day)), fold(weekdayName('en', day))]
    return {
      slot,
      score:
        telling.filter((word) =>
          own.some(
            (other) =>
              other === word ||
              (word.length > 4 && other.startsWith(word.slice(0, 4)) && word.startsWith(other.slice(0, 4))),
          ),
        ).length +
        words.filter((word) => days.includes(word)).length * 2,
    }
  })
  const most = Math.max(0, ...scored.map((one) => one.score))
  const best = scored.filter((one) => one.score === most && most > 0)
  if (best.length === 1) return best[0]?.slot ?? null
  if (best.length === 0 && place != null) return slots[place - 1] ?? null
  // "el martes por la mañana" among several: the first of them
  return best.length > 1 && best.length < slots.length ? (best[0]?.slot ?? null) : null
}
