import { describe, expect, it } from 'vitest'
import { testBrief } from '../../../tests/fixtures/shop.ts'
import { hoursAt } from '../knowledge/hours.ts'
import { emptyProfile, type ShopProfile } from '../knowledge/profile.ts'
import { withMutant } from '../mutants.ts'
import type { Fact } from './facts.ts'
import { checkReply } from './gate.ts'
import { datesAsked, hoursData, hoursFacts } from './tools/hours-data.ts'

const profile: ShopProfile = {
  ...emptyProfile(),
  hours: {
    mon: [['10:00', '14:00']],
    tue: [['10:00', '14:00']],
    wed: [['10:00', '14:00']],
    thu: [
      ['10:00', '14:00'],
      ['17:00', '20:00'],
    ],
    fri: [['10:00', '14:00']],
    sat: [['10:30', '13:30']],
    sun: null,
  },
  holidays: [
    { date: '2020-12-24', name: 'Nochebuena', hours: [['10:00', '13:00']], yearly: true },
    { date: '2020-12-25', name: 'Navidad', hours: null, yearly: true },
  ],
  vacations: [{ from: '2027-08-01', to: '2027-08-21', note: '' }],
}
/** A Saturday at noon. */
const now = new Date('2026-12-19T11:00:00Z')
const shop = { ...testBrief, timeZone: 'Europe/Madrid' }

function facts(query: string): Fact[] {
  const view = hoursAt(profile, now, shop.timeZone)
  const data = hoursData(view, datesAsked({ query }, view, shop, profile), profile)
  return hoursFacts(view, data)
}

function check(query: string, text: string, language: 'es' | 'en' = 'es') {
  return checkReply({ text, language, facts: facts(query), customerTexts: [query], shop, mentions: () => [] })
}

describe('the gate and dates', () => {
  it.each([
    ['¿abrís el 24?', 'Sí, el jueves 24 de diciembre abrimos de 10:00 a 13:00.'],
    ['¿abrís en Navidad?', 'No, el 25 de diciembre cerramos (Navidad).'],
    [
      '¿abrís en Navidad?',
      'No, en Navidad cerramos. Volvemos a abrir el sábado 26 de diciembre a las 10:30.',
    ],
    ['¿abrís el 30 de diciembre?', 'Sí, el miércoles 30 de diciembre abrimos: 10:00–14:00.'],
    ['¿abrís en agosto?', 'Del 1 al 21 de agosto cerramos por vacaciones.'],
    ['¿abrís en agosto?', 'Estamos de vacaciones hasta el 21 de agosto de 2027.'],
    [
      '¿abrís del 1 al 10 de agosto?',
      'No, del 1 al 10 de agosto cerramos. Abrimos el lunes 23 de agosto a las 10:00.',
    ],
    ['horario', 'El 24 de diciembre abrimos de 10:00 a 13:00 y el 25 de diciembre cerramos.'],
    ['¿abrís los jueves?', 'Sí, el jueves abrimos: 10:00–14:00, 17:00–20:00.'],
    ['¿abrís el lunes?', 'Sí, el lunes abrimos a las 10:00.'],
    ['are you open on Christmas Eve?', "Yes, we're open on Thursday 24 December: 10:00–13:00."],
    ['are you open on Christmas Day?', "No, we're closed on 25 December."],
    ['¿abrís el 24?', '¿Te refieres al 31 de diciembre?'],
    ['¿cuándo llega?', 'El 24 de diciembre es buen día para regalar un libro.'],
  ])('lets through what facts carry: %s → %s', (query, text) => {
    expect(check(query, text).findings).toEqual([])
  })

  it.each([
    ['¿abrís el 24?', 'Sí, el 24 de diciembre abrimos de 10:00 a 14:00.', 'time'],
    ['¿abrís el 24?', 'No, el 24 de diciembre cerramos.', 'open'],
    ['¿abrís en Navidad?', 'Sí, el 25 de diciembre abrimos.', 'closed'],
    ['¿abrís en Navidad?', 'Sí, en Navidad abrimos de 10:00 a 14:00.', 'closed'],
    ['¿abrís el 24?', 'Sí, y el 6 de enero también abrimos.', 'date'],
    ['¿abrís en agosto?', 'Sí, el 15 de agosto abrimos.', 'closed'],
    ['¿abrís en agosto?', 'Cerramos del 1 al 31 de julio.', 'date'],
    ['¿abrís en agosto?', 'Estamos de vacaciones hasta el 5 de septiembre.', 'date'],
    ['¿abrís el 24?', 'Sí, el 24 de diciembre de 2027 abrimos de 10:00 a 13:00.', 'date'],
    ['horario', 'En Semana Santa cerramos.', 'date'],
    ['are you open on Christmas Day?', "Yes, we're open on December 25.", 'closed'],
    ['are you open on the 24th?', "We're open on December 24 until 17:00.", 'time'],
    ['are you open on the 24th?', 'We are open on New Year’s Day.', 'date'],
  ])('stops what they do not: %s → %s', (query, text, reason) => {
    const { findings } = check(query, text)
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'date', reason }))
  })

  it('is noticed when it looks at no date', async () => {
    await withMutant('gate.date', () => {
      expect(check('¿abrís en Navidad?', 'Sí, el 25 de diciembre abrimos.').ok).toBe(true)
    })
  })

  it('takes no date from the customer', () => {
    expect(check('horario', 'El 6 de enero abrimos.').ok).toBe(false)
    expect(
      checkReply({
        text: 'El 6 de enero abrimos.',
        language: 'es',
        facts: facts('horario'),
        customerTexts: ['¿el 6 de enero abrís, verdad?'],
        shop,
        mentions: () => [],
      }).ok,
    ).toBe(false)
  })
})
