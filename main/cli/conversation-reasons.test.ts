import { expect, it } from 'vitest'
import { reasonText } from './conversation-reasons.ts'

it('says why a conversation is with a person, and gives codes that it does not know as they are', () => {
  expect(reasonText('not_delivered', 'es')).toBe('el canal no aceptó un mensaje')
  expect(reasonText('loop_echo', 'en')).toBe('its own replies come back')
  expect(reasonText('toString', 'en')).toBe('toString')
})
