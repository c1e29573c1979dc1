import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isLocalDate } from '../language/calendar.ts'
import { dateText } from '../language/hours.ts'
import { readDates } from './dates.ts'
import { easter } from './day-names.ts'

/** A Saturday. */
const today = '2026-11-21'
const read = (text: string, options: { monthFirst?: boolean } = {}) =>
  readDates(text, today, options).map(({ from, to }) => (from === to ? from : `${from}/${to}`))

describe('dates in a customer’s words', () => {
  it.each([
    ['¿abrís el 24 de diciembre?', '2026-12-24'],
    ['¿Abren el jueves 24 de diciembre?', '2026-12-24'],
    ['abris el 1 de enero', '2027-01-01'],
    ['¿abrís el uno de enero?', '2027-01-01'],
    ['¿abrís el 6 de diciembre de 2027?', '2027-12-06'],
    ['are you open on December 24th?', '2026-12-24'],
    ['are you open on Dec 24?', '2026-12-24'],
    ['are you open on the 24th of December', '2026-12-24'],
    ['¿abren 24/12?', '2026-12-24'],
    ['¿abren el 24/12/2027?', '2027-12-24'],
    ['¿y el día 15?', '2026-12-15'],
    ['are you open on the 15th?', '2026-12-15'],
    ['¿abrís el 31?', '2026-12-31'],
    ['¿abrís en Navidad?', '2026-12-25'],
    ['are you open on Christmas Day?', '2026-12-25'],
    ["are you open on New Year's Day", '2027-01-01'],
    ["are you open New Year's Eve?", '2026-12-31'],
    ['¿Nochebuena abrís?', '2026-12-24'],
    ['¿abrís el Viernes Santo?', '2027-03-26'],
    ['open on Good Friday?', '2027-03-26'],
    ['¿abrís mañana?', '2026-11-22'],
    ['¿abrís mañana por la mañana?', '2026-11-22'],
    ['¿abrís hoy por la tarde?', '2026-11-21'],
    ['¿estáis abiertos pasado mañana?', '2026-11-23'],
    ['are you open next Monday?', '2026-11-23'],
    ['¿abrís el próximo sábado?', '2026-11-28'],
    ['¿abrís este sábado?', '2026-11-21'],
    ['¿abrís el domingo?', '2026-11-22'],
    ['are you open on the 29th of February?', '2028-02-29'],
    ['2027-01-06', '2027-01-06'],
  ])('%s', (text, date) => {
    expect(read(text)).toEqual([date])
  })

  it.each([
    ['¿abrís en agosto?', '2027-08-01/2027-08-31'],
    ['are you open in August?', '2027-08-01/2027-08-31'],
    ['¿abrís en noviembre?', '2026-11-21/2026-11-30'],
    ['¿estáis abiertos del 1 al 15 de agosto?', '2027-08-01/2027-08-15'],
    ['¿y entre el 1 y el 15 de agosto?', '2027-08-01/2027-08-15'],
    ['open from December 24 to January 2?', '2026-12-24/2027-01-02'],
    ['¿cerráis del 28 de diciembre al 7 de enero?', '2026-12-28/2027-01-07'],
    ['¿abrís la semana que viene?', '2026-11-23/2026-11-29'],
    ['¿abrís en Semana Santa?', '2027-03-25/2027-03-28'],
  ])('%s', (text, span) => {
    expect(read(text)).toEqual([span])
  })

  it('reads several in their order', () => {
    expect(read('¿abrís el 24 y el 31 de diciembre?')).toEqual(['2026-12-24', '2026-12-31'])
    expect(read('¿y el 5 o en Reyes?')).toEqual(['2026-12-05', '2027-01-06'])
    expect(read('hoy y mañana')).toEqual(['2026-11-21', '2026-11-22'])
    expect(read('are you open this weekend?')).toEqual(['2026-11-21', '2026-11-22'])
    expect(readDates('¿abrís el finde?', '2026-11-22').map(({ from }) => from)).toEqual(['2026-11-22'])
  })

  it.each([
    '¿abrís los domingos?',
    'are you open on Sundays?',
    '¿a qué hora abrís por la mañana?',
    '¿abrís a las 10?',
    '¿de 10:00 a 14:00?',
    '¿abrís 24 horas?',
    'open 24/7?',
    'may I come in?',
    '¿cuánto vale? tengo 20 €',
    '¿tenéis el 38?'.replace('el ', 'la '),
    'quiero 3 marcos',
  ])('finds no date in: %s', (text) => {
    expect(read(text)).toEqual([])
  })

  it('takes the month first where the shop writes it so', () => {
    expect(read('are you open 1/6?', { monthFirst: true })).toEqual(['2027-01-06'])
    expect(read('are you open 1/6?')).toEqual(['2027-06-01'])
    expect(read('are you open 12/24?')).toEqual(['2026-12-24'])
  })

  it('never invents a day that does not exist', () => {
    expect(read('¿abrís el 31 de febrero?')).toEqual([])
    expect(read('¿abrís el 45 de enero?')).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { from, to } of readDates(text, today))
          expect(isLocalDate(from) && isLocalDate(to) && from <= to).toBe(true)
      }),
    )
  })

  it('reads back every date of the coming year as it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 364 }),
        fc.constantFrom('es' as const, 'en' as const),
        (ahead, language) => {
          const date = addDays(today, ahead)
          expect(read(dateText(language, date))).toEqual([date])
        },
      ),
    )
  })

  it('knows Easter', () => {
    expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
    ])
  })
})
