import { expect, it } from 'vitest'
import { bytesText, memoryText } from './bytes.ts'

it('writes sizes in the unit that fits', () => {
  expect(bytesText(512, 'en')).toBe('512 byte')
  expect(bytesText(1_107_409_472, 'en')).toBe('1.1 GB')
  expect(bytesText(131_624_960, 'en')).toBe('132 MB')
  expect(bytesText(2_500_000_000, 'es')).toBe('2,5 GB')
})

it('writes memory as it is sold', () => {
  expect(memoryText(24 * 1024 ** 3, 'en')).toBe('24 GB')
  expect(memoryText(512 * 1024 ** 2, 'en')).toBe('512 MB')
})
