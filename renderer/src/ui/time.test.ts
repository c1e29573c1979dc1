import { describe, expect, it } from 'vitest'
import { dateTimeText, dayText, localDate, momentOf, rowTime, timeText } from './time.ts'

describe('times', () => {
  it('are told in the shop’s zone and the desk’s language', () => {
    expect(dateTimeText('2026-03-12T09:05:00Z', 'es', 'Europe/Madrid')).toBe('12 mar 2026, 10:05')
    expect(timeText('2026-03-12T09:05:00Z', 'es', 'America/Bogota')).toBe('4:05')
    expect(dayText('2026-03-12', 'es')).toBe('jueves, 12 de marzo')
    expect(dayText('2026-03-12', 'en')).toBe('Thursday, March 12')
  })

  it('tells a moment by its hour today, and with its day otherwise', () => {
    const now = Date.parse('2026-03-12T18:00:00Z')
    expect(momentOf('2026-03-12T17:40:00Z', now, 'es', 'Europe/Madrid')).toEqual({
      today: true,
      text: '18:40',
      hour: 18,
    })
    expect(momentOf('2026-03-13T00:05:00Z', now, 'es', 'Europe/Madrid')).toEqual({
      today: false,
      text: '13 mar, 1:05',
      hour: 1,
    })
    expect(momentOf('2026-03-11T23:05:00Z', now, 'en', 'Europe/Madrid')).toMatchObject({
      today: true,
      hour: 0,
    })
  })

  it('finds the local date', () => {
    const now = Date.parse('2026-03-12T23:30:00Z')
    expect(localDate(now, 'Europe/Madrid')).toBe('2026-03-13')
    expect(localDate(now, 'America/Bogota', -30)).toBe('2026-02-10')
  })

  it('writes the time shorter the closer it is', () => {
    const now = Date.parse('2026-03-10T12:00:00Z')
    expect(rowTime('2026-03-10T09:05:00Z', now, 'es', 'Europe/Madrid')).toBe('10:05')
    // As everywhere else on the screen: no hour of two figures with AM or PM.
    expect(rowTime('2026-03-10T08:05:00Z', now, 'es', 'Europe/Madrid')).toBe('9:05')
    expect(rowTime('2026-03-10T08:05:00Z', now, 'en', 'Europe/Madrid')).toMatch(/^9:05\sAM$/)
    expect(rowTime('2026-03-08T09:05:00Z', now, 'en', 'Europe/Madrid')).toBe('Sun')
    expect(rowTime('2026-01-08T09:05:00Z', now, 'en', 'Europe/Madrid')).toBe('Jan 8')
  })
})
