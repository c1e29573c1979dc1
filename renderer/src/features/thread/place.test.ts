import { expect, it } from 'vitest'
import { coordinates, mapUrl } from './place.ts'

it('writes a place for a map and for people', () => {
  expect(mapUrl(40.4165, -3.70379)).toBe(
    'https://www.openstreetmap.org/?mlat=40.416500&mlon=-3.703790#map=17/40.416500/-3.703790',
  )
  expect(coordinates(40.4165, -3.70379, 'es')).toBe('40,41650; -3,70379')
})
