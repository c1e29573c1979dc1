import { describe, expect, it } from 'vitest'
import { looksLikeToken, numberText, remedyOf } from './state.ts'

it('knows the shape of a bot token', () => {
  expect(looksLikeToken(' 123456789:AAExampleExampleExampleExampleExampl ')).toBe(true)
  expect(looksLikeToken('123456789')).toBe(false)
  expect(looksLikeToken('hola')).toBe(false)
})

it('writes a number as people dial it, and leaves what is none', () => {
  expect(numberText('34600111222')).toBe('+34600111222')
  expect(numberText('panaderia_bot')).toBe('panaderia_bot')
})

describe('what can be done about an account', () => {
  const since = '2026-03-02T10:00:00Z'
  it.each([
    [{ state: 'pairing', qr: null, since, reason: 'new' } as const, 'scan'],
    [{ state: 'waiting', reason: 'conflict', since } as const, 'use_here'],
    [{ state: 'refused', reason: 'conflict' } as const, 'use_here'],
    [{ state: 'refused', reason: 'browser' } as const, 'browser'],
    [{ state: 'waiting', reason: 'unreachable', since } as const, null],
    [{ state: 'stopped' } as const, null],
  ])('%j: %s', (state, remedy) => {
    expect(remedyOf({ kind: 'whatsapp', state })).toBe(remedy)
    expect(remedyOf({ kind: 'telegram', state })).toBeNull()
  })
})
