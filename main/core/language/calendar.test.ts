import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, instantOf, isLocalDate, localMoment, monthEnd, weekdayOf } from './calendar.ts'

const zones = fc.constantFrom(
  'Europe/Madrid',
  'America/Bogota',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'UTC',
)
const moments = fc
  .date({
    min: new Date('2025-01-01T00:00:00Z'),
    max: new Date('2031-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => Math.floor(date.getTime() / 60_000) * 60_000)
const dates = moments.map((moment) => new Date(moment).toISOString().slice(0, 10))

describe('the calendar', () => {
  it('gives the moment that a clock shows, or the first of the two', () => {
    fc.assert(
      fc.property(moments, zones, (moment, zone) => {
        const { date, minutes } = localMoment(new Date(moment), zone)
        const back = instantOf(date, minutes, zone)
        expect(back).toBeLessThanOrEqual(moment)
        expect(localMoment(new Date(back), zone)).toMatchObject({ date, minutes })
      }),
    )
  })

  it('never goes back: a later time on the clock is no earlier moment', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 2879 }), zones, (date, minutes, zone) => {
        const first = instantOf(date, minutes, zone)
        const { date: shown, minutes: at } = localMoment(new Date(first), zone)
        // No earlier than asked, and the minute before shows less: it is the first such moment.
        expect(daysBetween(date, shown) * 1440 + at).toBeGreaterThanOrEqual(minutes)
        const before = localMoment(new Date(first - 60_000), zone)
        expect(daysBetween(date, before.date) * 1440 + before.minutes).toBeLessThan(minutes)
      }),
    )
  })

  it('knows the hour that spring leaves out and the one that autumn shows twice', () => {
    // Madrid: 29 March 2026 02:00 → 03:00, 25 October 2026 03:00 → 02:00.
    expect(new Date(instantOf('2026-03-29', 150, 'Europe/Madrid')).toISOString()).toBe(
      '2026-03-29T01:00:00.000Z',
    )
    expect(new Date(instantOf('2026-10-25', 150, 'Europe/Madrid')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    )
  })

  it('counts days over months, leap years and the year’s end', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-02-28', 1), addDays('2027-01-01', -1)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2026-12-31',
    ])
    expect([monthEnd('2027-02-03'), monthEnd('2028-02-03'), monthEnd('2026-12-01')]).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2026-12-31',
    ])
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        const other = addDays(date, days)
        expect(daysBetween(date, other)).toBe(days)
        expect(isLocalDate(other)).toBe(true)
        expect(weekdayOf(addDays(other, 7))).toBe(weekdayOf(other))
      }),
    )
  })

  it('refuses what is no date', () => {
    const bad = [
      '2026-02-30',
      '2027-02-29',
      '2026-13-01',
      '2026-1-1',
      '24/12/2026',
      '',
      '0000-01-01',
      '2026-00-10',
    ]
    expect(bad.filter(isLocalDate)).toEqual([])
    expect(isLocalDate('2028-02-29')).toBe(true)
  })
})
