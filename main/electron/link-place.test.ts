import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { screens } from '../../preload/contract/screens.ts'
import { placeNamed } from '../../renderer/src/app/routes.ts'
import { linkIn, placeOfLink } from './link-place.ts'

describe('a link of the system', () => {
  it('opens a screen of a shop', () => {
    expect(placeOfLink('mostrador://open/la-espiga/orders')).toBe('/la-espiga/orders')
    expect(placeOfLink('mostrador://open/la-espiga/conversations/0197-ab')).toBe(
      '/la-espiga/conversations/0197-ab',
    )
    expect(placeOfLink('mostrador://open/a/settings/')).toBe('/a/settings')
    for (const screen of screens) expect(placeOfLink(`mostrador://open/s/${screen}`)).toBe(`/s/${screen}`)
  })

  it.each([
    'mostrador://open',
    'mostrador://open/la-espiga',
    'mostrador://open/la-espiga/delete',
    'mostrador://open/la-espiga/orders/1/2',
    'mostrador://open/la-espiga/orders?x=1',
    'mostrador://open/la-espiga/orders#/other',
    'mostrador://open/../orders',
    'mostrador://open/la-espiga/orders/%2e%2e',
    'mostrador://open/la-espiga/orders\n',
    'mostrador://open@evil.example/la-espiga/orders',
    'mostrador://run/la-espiga/orders',
    'mostrador:open/la-espiga/orders',
    'MOSTRADOR://open/la-espiga/orders',
    'https://open/la-espiga/orders',
    `mostrador://open/la-espiga/orders/${'a'.repeat(400)}`,
    '--remote-debugging-port=1',
  ])('shows nothing but the window for %j', (text) => {
    expect(placeOfLink(text)).toBeNull()
  })

  it('names only what the desk takes for a place', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('open', 'a', 'orders', '..', 'settings', ''))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const place = placeOfLink(`mostrador://${parts.join('/')}`)
        if (place !== null) expect(placeNamed(place)).toBe(place)
      }),
    )
  })

  it('is the last of its kind among the arguments of a start', () => {
    expect(linkIn(['mostrador', '--data', '/x'])).toBeNull()
    expect(linkIn(['mostrador://a', '--flag', 'mostrador://b'])).toBe('mostrador://b')
  })
})
