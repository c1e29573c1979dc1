import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weaknessOf } from '../../../../main/core/people/password-strength.ts'
import { fingerprintLines, knownWeakness, shortest, strengthOf } from './state.ts'

describe('a password', () => {
  it.each([
    ['corta', 'short'],
    ['aaaaaaaaaaaa', 'weak'],
    ['marta12345678', 'weak'],
    ['La Espiga 2026', 'weak'],
    ['pan de molde', 'fair'],
    ['limon cuchara nube', 'good'],
    ['Zt7!qRw9#bLm', 'good'],
  ])('%j is %s', (password, strength) => {
    expect(strengthOf(password, ['Marta', 'La Espiga'])).toBe(strength)
  })

  it('is never praised where the app refuses it for its length or its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (password) => {
        const refused = weaknessOf(password, ['Marta'])
        const strength = strengthOf(password, ['Marta'])
        if (refused === 'short') expect(strength).toBe('short')
        else expect(strength).not.toBe('short')
      }),
    )
  })

  it('is refused for reasons that have a text', () => {
    expect(knownWeakness('common')).toBe('common')
    expect(knownWeakness('other')).toBeNull()
    expect(shortest).toBe(10)
  })
})

describe('a fingerprint', () => {
  it('keeps every pair', () => {
    const pairs = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase())
    const lines = fingerprintLines(pairs.join(':'))
    expect(lines).toHaveLength(4)
    expect(lines.join(':')).toBe(pairs.join(':'))
  })
})
