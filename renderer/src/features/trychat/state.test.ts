import { expect, it } from 'vitest'
import { nextName } from './state.ts'

it('counts names up', () => {
  expect(nextName('Ana')).toBe('Ana 2')
  expect(nextName('Ana 2')).toBe('Ana 3')
  expect(nextName(' Test customer 9 ')).toBe('Test customer 10')
})
