import { describe, expect, it } from 'vitest'
import { placeNamed } from './routes.ts'

describe('places that are named from outside', () => {
  it.each([
    '/',
    '/welcome',
    '/la-espiga',
    '/la-espiga/conversations',
    '/la-espiga/conversations/0199a1b2-7c3d-7000-8000-0123456789ab',
    '/la-espiga/settings/computer',
    '/la-espiga/products/0199a1b2/tariff',
  ])('shows %s', (path) => {
    expect(placeNamed(path)).toBe(path)
  })

  it.each([
    '',
    'la-espiga/conversations',
    '//evil.example/conversations',
    '/la-espiga/elsewhere',
    '/la-espiga/conversations/',
    '/la-espiga/conversations/..',
    '/la-espiga/conversations/a?b',
    '/la-espiga/conversations/a#b',
    '/la-espiga/conversations/a/b/c/d',
    'https://evil.example/',
    'javascript:alert(1)',
    '/la espiga/conversations',
    '/la-espiga/conversations/%2e%2e',
  ])('does not show %j', (path) => {
    expect(placeNamed(path)).toBeNull()
  })
})
