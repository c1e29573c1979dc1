import { expect, it } from 'vitest'
import { errorCodes } from '../core/errors.ts'
import { errorText } from './texts.ts'

it.each(['es', 'en'] as const)('has words in %s for what talking to customers may refuse', (language) => {
  const ofMessengers = errorCodes.filter((code) => /^(?:conversation|channel|draft|browser)\./.test(code))
  expect(ofMessengers.length).toBeGreaterThan(10)
  expect(ofMessengers.filter((code) => errorText(code, {}, language) === code)).toEqual([])
})
