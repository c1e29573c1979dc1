import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerChoices, choicesWith, formOf, minutesText, settingsOf } from './form.ts'

const minutes = fc.integer({ min: 5, max: 10_080 })
const settings = fc.record({
  disclosure: fc.record({
    enabled: fc.boolean(),
    es: fc.constantFrom('', 'Soy un asistente.'),
    en: fc.constantFrom('', 'I am an assistant.'),
  }),
  handBackMinutes: fc.option(minutes),
  answerWithinMinutes: minutes,
  callOwner: fc.record({ notification: fc.boolean(), sound: fc.boolean(), messenger: fc.boolean() }),
  voiceNotes: fc.constantFrom('ask_to_write' as const, 'person' as const),
})

describe('how people are served', () => {
  it('comes back from the form as it went in', () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(settingsOf(formOf(given))).toEqual(given)
      }),
    )
  })

  it('offers what is set already', () => {
    expect(choicesWith(answerChoices, '90')).toContain(90)
    expect(choicesWith(answerChoices, '60')).toEqual(answerChoices)
    expect(choicesWith(answerChoices, '')).toEqual(answerChoices)
  })

  it('writes minutes in the unit that fits', () => {
    expect(minutesText(30, 'es')).toBe('30 minutos')
    expect(minutesText(720, 'es')).toBe('12 horas')
    expect(minutesText(2880, 'en')).toBe('2 days')
    expect(minutesText(90, 'en')).toBe('90 minutes')
  })
})
