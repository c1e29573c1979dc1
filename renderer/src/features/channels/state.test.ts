import { expect, it } from 'vitest'
import { looksLikeToken } from './state.ts'

it('knows the shape of a bot token', () => {
  expect(looksLikeToken(' 123456789:AAExampleExampleExampleExampleExampl ')).toBe(true)
  expect(looksLikeToken('123456789')).toBe(false)
  expect(looksLikeToken('hola')).toBe(false)
})
