import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localMoment } from '../language/calendar.ts'
import { quietUntil } from './quiet-hours.ts'

const madrid = 'Europe/Madrid'
const night = { from: '22:00', to: '08:00' }
const at = (iso: string) => Date.parse(iso)
const until = (iso: string, hours = night, zone = madrid) => {
  const end = quietUntil(at(iso), hours, zone)
  return end === null ? null : new Date(end).toISOString()
}

describe('quiet hours', () => {
  it('hold over midnight, in the shop’s zone', () => {
    expect(until('2026-01-10T20:59:00Z')).toBeNull()
    expect(until('2026-01-10T21:00:00Z')).toBe('2026-01-11T07:00:00.000Z')
    expect(until('2026-01-11T03:00:00Z')).toBe('2026-01-11T07:00:00.000Z')
    expect(until('2026-01-11T07:00:00Z')).toBeNull()
    expect(until('2026-01-11T03:00:00Z', night, 'America/Bogota')).toBe('2026-01-11T13:00:00.000Z')
  })

  it('hold within a day', () => {
    const siesta = { from: '14:00', to: '17:00' }
    expect(until('2026-01-10T12:59:00Z', siesta)).toBeNull()
    expect(until('2026-01-10T13:00:00Z', siesta)).toBe('2026-01-10T16:00:00.000Z')
    expect(until('2026-01-10T16:00:00Z', siesta)).toBeNull()
  })

  it('are an hour shorter or longer in the nights in which the clock is changed', () => {
    // 29 March 2026 and 25 October 2026.
    expect(until('2026-03-28T21:30:00Z')).toBe('2026-03-29T06:00:00.000Z')
    expect(until('2026-10-24T20:30:00Z')).toBe('2026-10-25T07:00:00.000Z')
  })

  it('end once, also in the hour that is shown twice or left out', () => {
    const early = { from: '01:00', to: '02:30' }
    expect(until('2026-10-25T00:10:00Z', early)).toBe('2026-10-25T00:30:00.000Z')
    // The clock shows 02:10 again: they are over.
    expect(until('2026-10-25T01:10:00Z', early)).toBeNull()
    expect(until('2026-03-29T00:59:00Z', early)).toBe('2026-03-29T01:00:00.000Z')
    expect(until('2026-03-29T01:00:00Z', early)).toBeNull()
  })

  it('end when the clock shows it, within a day', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') })
    const zone = fc.constantFrom(madrid, 'America/Mexico_City', 'America/Santiago', 'Asia/Kathmandu')
    fc.assert(
      fc.property(time, time, moment, zone, (from, to, now, timeZone) => {
        const end = quietUntil(now, { from, to }, timeZone)
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(25 * 3_600_000)
        expect(quietUntil(end, { from, to }, timeZone)).toBeNull()
        const { minutes } = localMoment(new Date(end), timeZone)
        const wanted = Number(to.slice(0, 2)) * 60 + Number(to.slice(3))
        // Where the clock leaves that time out it is the next that it shows.
        expect(minutes >= wanted && minutes - wanted <= 60).toBe(true)
      }),
    )
  })
})
