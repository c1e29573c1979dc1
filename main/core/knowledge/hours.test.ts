import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localMoment } from '../language/calendar.ts'
import { hoursAt, type OpeningTimes } from './hours.ts'
import { days, emptyProfile, type TimeRange, type WeekHours } from './profile.ts'

const workday: TimeRange[] = [
  ['10:00', '14:00'],
  ['17:00', '20:30'],
]
const week: WeekHours = {
  mon: workday,
  tue: workday,
  wed: workday,
  thu: workday,
  fri: [['20:00', '02:00']],
  sat: [['10:00', '14:00']],
  sun: null,
}

function times(more: Partial<OpeningTimes> = {}): OpeningTimes {
  return { ...emptyProfile(), hours: week, ...more }
}

const madrid = (utc: string, more: Partial<OpeningTimes> = {}) =>
  hoursAt(times(more), new Date(utc), 'Europe/Madrid')

const christmas = { date: '2020-12-25', name: 'Navidad', hours: null, yearly: true }

describe('a holiday', () => {
  it('closes the day, and the next opening is after it', () => {
    // Friday 25 December 2026, 21:00 in Madrid: an ordinary Friday would be open.
    expect(madrid('2026-12-25T20:00:00Z').openNow).toBe(true)
    const view = madrid('2026-12-25T20:00:00Z', { holidays: [christmas] })
    expect(view).toMatchObject({
      openNow: false,
      closedNow: true,
      today: [],
      next: { date: '2026-12-26', day: 'sat', opens: '10:00', inDays: 1 },
    })
    expect(view.on('2026-12-25')).toMatchObject({ from: 'holiday', name: 'Navidad', ranges: [], inDays: 0 })
    expect(view.on('2027-12-25')).toMatchObject({ from: 'holiday', name: 'Navidad', inDays: 365 })
  })

  it('may have hours of its own, in place of the week’s', () => {
    const eve = {
      date: '2026-12-24',
      name: 'Nochebuena',
      hours: [['10:00', '13:00']] as TimeRange[],
      yearly: false,
    }
    const view = madrid('2026-12-24T11:30:00Z', { holidays: [eve] })
    expect(view).toMatchObject({ openNow: true, closes: '13:00', today: [['10:00', '13:00']] })
    expect(madrid('2026-12-24T16:30:00Z', { holidays: [eve] }).openNow).toBe(false)
    expect(view.on('2027-12-24').from).toBe('week')
  })

  it('does not cut short an opening that began the evening before', () => {
    const saturday = { date: '2026-07-25', name: 'Santiago', hours: null, yearly: false }
    const view = madrid('2026-07-24T23:30:00Z', { holidays: [saturday] })
    expect(view).toMatchObject({ openNow: true, closes: '02:00', date: '2026-07-25', today: [] })
    expect(madrid('2026-07-25T00:30:00Z', { holidays: [saturday] })).toMatchObject({
      openNow: false,
      next: { date: '2026-07-27', inDays: 2 },
    })
  })

  it('of one year comes before vacations, a yearly one after them', () => {
    const vacations = [{ from: '2026-12-20', to: '2027-01-07', note: 'Invierno' }]
    const once = {
      date: '2026-12-22',
      name: 'Lotería',
      hours: [['09:00', '11:00']] as TimeRange[],
      yearly: false,
    }
    const yearly = {
      date: '2019-12-29',
      name: 'Fiesta',
      hours: [['09:00', '11:00']] as TimeRange[],
      yearly: true,
    }
    const view = madrid('2026-12-21T09:00:00Z', { vacations, holidays: [once, yearly] })
    expect(view.on('2026-12-22')).toMatchObject({ from: 'holiday', ranges: [['09:00', '11:00']] })
    expect(view.on('2026-12-29')).toMatchObject({ from: 'vacation', ranges: [], name: 'Invierno' })
    expect(view.next).toMatchObject({ date: '2026-12-22', opens: '09:00', inDays: 1 })
    expect(view.special).toEqual([{ date: '2026-12-22', name: 'Lotería', ranges: [['09:00', '11:00']] }])
  })
})

describe('vacations', () => {
  const vacations = [{ from: '2026-08-01', to: '2026-08-31', note: '' }]

  it('close from the first to the last day, and the next opening may be weeks ahead', () => {
    const view = madrid('2026-08-03T09:00:00Z', { vacations })
    expect(view).toMatchObject({
      openNow: false,
      closedNow: true,
      next: { date: '2026-09-01', day: 'tue', opens: '10:00', inDays: 29 },
      vacations,
    })
    expect(view.on('2026-07-31').from).toBe('week')
    expect([view.on('2026-08-01').from, view.on('2026-08-31').from]).toEqual(['vacation', 'vacation'])
    expect(view.on('2026-09-01').from).toBe('week')
    expect(madrid('2026-09-01T09:00:00Z', { vacations }).vacations).toEqual([])
  })

  it('are known to close a shop that has not said its week', () => {
    const view = madrid('2026-08-03T09:00:00Z', { hours: null, vacations })
    expect(view).toMatchObject({ known: false, openNow: false, closedNow: true, next: null })
    expect(madrid('2026-07-03T09:00:00Z', { hours: null, vacations }).closedNow).toBe(false)
  })
})

describe('at the year’s end', () => {
  it('the next opening is in the new year', () => {
    const holidays = [{ date: '2026-01-01', name: 'Año Nuevo', hours: null, yearly: true }]
    expect(madrid('2026-12-31T22:00:00Z', { holidays }).next).toMatchObject({ date: '2027-01-02', inDays: 2 })
    expect(madrid('2026-12-31T23:30:00Z', { holidays })).toMatchObject({
      date: '2027-01-01',
      closedNow: true,
      next: { date: '2027-01-02', inDays: 1 },
    })
  })
})

describe('when the clock changes', () => {
  const night: WeekHours = { ...week, sat: [['22:00', '02:30']], sun: [['02:30', '05:00']] }
  const at = (utc: string) => hoursAt(times({ hours: night }), new Date(utc), 'Europe/Madrid')

  it('an opening ends once in the night that has an hour twice', () => {
    // 25 October 2026, Sunday: 02:00–03:00 comes twice; the first 02:30 is 00:30 UTC.
    const closing = { ...night, sun: null }
    const view = (utc: string) => hoursAt(times({ hours: closing }), new Date(utc), 'Europe/Madrid')
    expect(view('2026-10-25T00:29:00Z').openNow).toBe(true)
    expect(view('2026-10-25T00:30:00Z').openNow).toBe(false)
    expect(view('2026-10-25T01:15:00Z').openNow).toBe(false)
    expect(at('2026-10-25T01:15:00Z').openNow).toBe(true)
  })

  it('an hour that is left out opens and closes at the change', () => {
    // 29 March 2026, Sunday: from 02:00 to 03:00 at 01:00 UTC. 02:30 is that moment.
    expect(at('2026-03-29T00:59:00Z')).toMatchObject({ openNow: true, closes: '02:30' })
    expect(at('2026-03-29T01:00:00Z')).toMatchObject({ openNow: true, closes: '05:00' })
  })
})

const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 2, maxLength: 6 })
  .map((steps) => {
    const sorted = steps
      .toSorted((a, b) => a - b)
      .map((step) => `${String(Math.floor(step / 2)).padStart(2, '0')}:${step % 2 === 0 ? '00' : '30'}`)
    return Array.from(
      { length: Math.floor(sorted.length / 2) },
      (_, at): TimeRange => [sorted[at * 2] ?? '', sorted[at * 2 + 1] ?? ''],
    )
  })
const anyWeek = fc.record(
  Object.fromEntries(days.map((day) => [day, fc.option(ranges)])),
) as fc.Arbitrary<WeekHours>
const start = '2026-09-15'
const offset = fc.integer({ min: 0, max: 220 })
const anyTimes: fc.Arbitrary<OpeningTimes> = fc.record({
  hours: anyWeek,
  hoursNote: fc.constant(''),
  holidays: fc.array(
    fc.record({
      date: offset.map((ahead) => addDays(start, ahead)),
      name: fc.string(),
      hours: fc.option(ranges),
      yearly: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  vacations: fc.array(
    fc
      .tuple(offset, fc.integer({ min: 0, max: 40 }))
      .map(([from, length]) => ({ from: addDays(start, from), to: addDays(start, from + length), note: '' })),
    { maxLength: 2 },
  ),
})
const zones = fc.constantFrom(
  'Europe/Madrid',
  'America/New_York',
  'America/Bogota',
  'Australia/Lord_Howe',
  'Pacific/Apia',
)
/** Over the clock changes of autumn and spring, and the year's end. */
const moments = fc
  .integer({ min: 0, max: 220 * 1440 })
  .map((minutes) => Date.parse(`${start}T00:00:00Z`) + minutes * 60_000)

describe('at any moment in any zone', () => {
  it('is open exactly when the clock stands inside an opening of the day, but for the doubled hour', () => {
    fc.assert(
      fc.property(anyTimes, moments, zones, (opening, moment, zone) => {
        const view = hoursAt(opening, new Date(moment), zone)
        const { date, minutes } = localMoment(new Date(moment), zone)
        const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        // The zone's offset half a day before and after: where they differ the clock may show an hour twice.
        const steady = [-720, 720].every((shift) => {
          const other = localMoment(new Date(moment + shift * 60_000), zone)
          return (other.minutes - minutes - shift) % 1440 === 0
        })
        if (!steady) return
        expect(view.openNow).toBe(
          view.on(date).ranges.some(([opens, closes]) => clock >= opens && clock < closes),
        )
        expect(view.closedNow).toBe(!view.openNow)
      }),
    )
  })

  it('opens next at the first moment that is open and not now', () => {
    fc.assert(
      fc.property(anyTimes, moments, zones, (opening, moment, zone) => {
        const view = hoursAt(opening, new Date(moment), zone)
        const { next } = view
        if (next === null) return
        expect(next.inDays).toBeGreaterThanOrEqual(0)
        expect(view.on(next.date).ranges.map(([opens]) => opens)).toContain(next.opens)
        for (let ahead = 1; ahead < next.inDays; ahead++)
          expect(view.on(addDays(view.date, ahead)).ranges).toEqual([])
        // Seen from that day it is the same opening.
        expect(view.opensFrom(next.date)).toEqual(next)
      }),
    )
  })

  it('never opens on a day of vacation that no holiday of that year opens', () => {
    fc.assert(
      fc.property(anyTimes, moments, zones, (opening, moment, zone) => {
        const view = hoursAt(opening, new Date(moment), zone)
        for (const { from, to } of opening.vacations)
          for (const date of [from, to])
            if (!opening.holidays.some((holiday) => holiday.date === date && !holiday.yearly))
              expect(view.on(date)).toMatchObject({ ranges: [], from: 'vacation' })
      }),
    )
  })
})
