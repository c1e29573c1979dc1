import { expect, it } from 'vitest'
import { describeError, TooSlow, within } from './failure.ts'

it('describes an error without what could be somebody’s', () => {
  const error = new TypeError('cannot send "hola Ana" to 5491144440001@c.us or 5491144440001\nat line 2')
  expect(describeError(error)).toBe('TypeError: cannot send … to … or …')
  expect(describeError('auth timeout')).toBe('string: auth timeout')
})

it('does not wait longer than it should', async () => {
  await expect(within(5, new Promise(() => undefined))).rejects.toBeInstanceOf(TooSlow)
  await expect(within(1000, Promise.resolve(1))).resolves.toBe(1)
})
