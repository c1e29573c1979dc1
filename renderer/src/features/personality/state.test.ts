import { expect, it } from 'vitest'
import { formOf, personalityOf } from './state.ts'

it('keeps a personality, less its empty rules', () => {
  const personality = {
    assistantName: 'Lola',
    tone: 'warm',
    formOfAddress: 'auto',
    emoji: 'none',
    length: 'short',
    language: 'customer',
    rules: ['Recomienda el pan de centeno.', 'No hables de política.'],
  } as const
  const form = formOf({ ...personality, rules: [...personality.rules] })
  expect(personalityOf(form)).toEqual(personality)
  form.rules.push({ key: 'new', text: '  ' })
  expect(personalityOf({ ...form, assistantName: ' Lola ' })).toEqual(personality)
})
