import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import { LaunchTokens, launchTokenMs } from '../headless/launch-tokens.ts'
import { isBearer, isOwnHost, isOwnOrigin, plainCookie, readCookie } from './request-checks.ts'

describe('the host name', () => {
  it('is ours with our port alone', () => {
    expect(isOwnHost('127.0.0.1:4780', 4780)).toBe(true)
    expect(isOwnHost('127.0.0.1', 80)).toBe(true)
  })

  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:4781',
    '127.0.0.1:47800',
    'localhost:4780',
    'evil.example:4780',
    '127.0.0.1.evil.example:4780',
    '127.0.0.1:4780.evil.example',
    '[::1]:4780',
    '0.0.0.0:4780',
  ])('is not ours: %s', (host) => {
    expect(isOwnHost(host, 4780)).toBe(false)
  })
})

describe('the origin', () => {
  it('is ours with scheme, host and port', () => {
    expect(isOwnOrigin('http://127.0.0.1:4780', 4780)).toBe(true)
  })

  it.each([
    undefined,
    'null',
    '',
    'https://127.0.0.1:4780',
    'http://127.0.0.1',
    'http://127.0.0.1:4781',
    'http://localhost:4780',
    'http://127.0.0.1:4780/',
    'http://127.0.0.1:4780.evil.example',
    'http://evil.example',
  ])('is not ours: %s', (origin) => {
    expect(isOwnOrigin(origin, 4780)).toBe(false)
  })
})

describe('cookies and tokens', () => {
  it('reads the cookie of that name among others', () => {
    expect(readCookie('a=1; mostrador_x=tok=en; b=2', 'mostrador_x')).toBe('tok=en')
    expect(readCookie('mostrador_xy=1', 'mostrador_x')).toBeNull()
    expect(readCookie(undefined, 'mostrador_x')).toBeNull()
  })

  it('keeps the session from scripts and from other sites', () => {
    const flags = plainCookie('mostrador_x', 'token', 60).split('; ').slice(1)
    expect(flags).toEqual(['Path=/', 'Max-Age=60', 'HttpOnly', 'SameSite=Strict'])
  })

  it('takes the whole door token and nothing else', () => {
    expect(isBearer('Bearer secret-token', 'secret-token')).toBe(true)
    for (const header of [
      undefined,
      '',
      'secret-token',
      'Bearer ',
      'Bearer secret-toke',
      'Bearer secret-token2',
    ])
      expect(isBearer(header, 'secret-token')).toBe(false)
  })
})

describe('a launch token', () => {
  it('works once', () => {
    const tokens = new LaunchTokens(new ManualClock())
    const token = tokens.issue()
    expect(tokens.redeem(`${token}x`)).toBe(false)
    expect(tokens.redeem(token)).toBe(true)
    expect(tokens.redeem(token)).toBe(false)
  })

  it('works for a minute, whatever happens to the wall clock', () => {
    const clock = new ManualClock()
    const tokens = new LaunchTokens(clock)
    const late = tokens.issue()
    clock.advance(launchTokenMs)
    expect(tokens.redeem(late)).toBe(false)
    const early = tokens.issue()
    clock.jump(-3_600_000)
    clock.advance(launchTokenMs - 1)
    expect(tokens.redeem(early)).toBe(true)
  })

  it('does not pile up', () => {
    const tokens = new LaunchTokens(new ManualClock())
    const first = tokens.issue()
    for (let more = 0; more < 50; more++) tokens.issue()
    expect(tokens.redeem(first)).toBe(false)
  })
})
