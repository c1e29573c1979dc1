import { expect, it } from 'vitest'
import { qrPath } from './qr.ts'

it('draws a code with a quiet zone of four modules all around', () => {
  const { size, path } = qrPath('2@abc,def,ghi,jkl')
  const places = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)])
  expect(places.length).toBeGreaterThan(150)
  for (const coordinate of places.flat()) {
    expect(coordinate).toBeGreaterThanOrEqual(4)
    expect(coordinate).toBeLessThan(size - 4)
  }
  // The finder pattern's corner is dark.
  expect(places).toContainEqual([4, 4])
})
