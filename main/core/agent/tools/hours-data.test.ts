import { describe, expect, it } from 'vitest'
import { hoursAt } from '../../knowledge/hours.ts'
import { emptyProfile, type ShopProfile } from '../../knowledge/profile.ts'
import { datesAsked, hoursData, hoursFacts } from './hours-data.ts'

const profile: ShopProfile = {
  ...emptyProfile(),
  hours: {
    mon: [['10:00', '14:00']],
    tue: [['10:00', '14:00']],
    wed: [['10:00', '14:00']],
    thu: [['10:00', '14:00']],
    fri: [['10:00', '14:00']],
    sat: null,
    sun: null,
  },
  holidays: [{ date: '2020-05-15', name: 'San Isidro', hours: null, yearly: true }],
  vacations: [{ from: '2027-08-01', to: '2027-08-31', note: '' }],
}
const shop = { country: 'ES' }
/** A Saturday. */
const view = hoursAt(profile, new Date('2026-11-21T11:00:00Z'), 'Europe/Madrid')

function asked(input: Parameters<typeof datesAsked>[0]) {
  return hoursData(view, datesAsked(input, view, shop, profile), profile).asked
}

describe('hours of the days asked', () => {
  it('are those of the call’s own dates, whatever the words say', () => {
    expect(asked({ date: '2027-08-10', query: '¿abrís mañana?' })).toMatchObject([
      {
        kind: 'date',
        date: '2027-08-10',
        ranges: [],
        from: 'vacation',
        opens: { date: '2027-09-01', opens: '10:00' },
      },
    ])
    expect(asked({ date: '2027-08-01', until: '2027-08-31' })).toMatchObject([
      { kind: 'span', open: false, vacations: [{ from: '2027-08-01' }], opens: { date: '2027-09-01' } },
    ])
    // An end before the start is no stretch.
    expect(asked({ date: '2026-12-01', until: '2026-11-01' })).toMatchObject([{ kind: 'date' }])
  })

  it('are those in the customer’s words otherwise', () => {
    expect(asked({ query: '¿abrís el lunes?' })).toMatchObject([
      { kind: 'weekday', date: '2026-11-23', ranges: [['10:00', '14:00']], opens: null },
    ])
    expect(asked({ query: '¿y por San Isidro?' })).toMatchObject([
      { kind: 'date', date: '2027-05-15', from: 'holiday', name: 'San Isidro' },
    ])
    expect(asked({ query: '¿en mayo?' })).toMatchObject([
      { kind: 'span', open: true, special: [{ date: '2027-05-15', name: 'San Isidro' }] },
    ])
    expect(asked({ query: '¿a qué hora abrís?' })).toEqual([])
  })

  it('become facts for each day that may be spoken of, and few for a long stretch', () => {
    const factsOf = (input: Parameters<typeof datesAsked>[0]) =>
      hoursFacts(view, hoursData(view, datesAsked(input, view, shop, profile), profile)).filter(
        (fact) => fact.kind === 'opening',
      )
    expect(factsOf({ query: '¿y por San Isidro?' })).toContainEqual({
      kind: 'opening',
      from: '2027-05-15',
      to: '2027-05-15',
      ranges: [],
    })
    expect(factsOf({ query: 'horario' })).toContainEqual({
      kind: 'opening',
      from: '2027-08-01',
      to: '2027-08-31',
      ranges: [],
    })
    expect(factsOf({ date: '2026-12-01', until: '2199-12-31' }).length).toBeLessThan(20)
  })
})
