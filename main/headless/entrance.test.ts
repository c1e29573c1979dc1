import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserName } from './browser-name.ts'
import { isOwnName, networkEntrance, type OwnNames, ownHostNames } from './entrance.ts'
import { safeNext } from './sign-in.ts'

const own: OwnNames = {
  addresses: ['192.168.1.20', '127.0.0.1', 'fd00::1:20'],
  hostName: 'Caja.home',
  names: ['desk.example:443', 'caja-2'],
  port: 4781,
}

describe('a host name', () => {
  it.each([
    '192.168.1.20:4781',
    '[fd00::1:20]:4781',
    '[FD00:0:0:0:0:0:1:20]:4781',
    'localhost:4781',
    'caja:4781',
    'caja.home:4781',
    'CAJA.local:4781',
    'desk.example',
    'desk.example:443',
    'caja-2:4781',
  ])('is ours: %s', (header) => {
    expect(isOwnName(header, own)).toBe(true)
  })

  it.each([
    '',
    '192.168.1.20',
    '192.168.1.20:443',
    '192.168.1.21:4781',
    '[fd00::1:21]:4781',
    '[::1]:4781',
    'caja.evil.example:4781',
    'desk.example:4781',
    'evil.example:443',
    'caja-2',
    'localhost:4781@evil.example',
    'localhost:47810',
    ' localhost:4781',
    'localhost:4781\n',
    '3232235796:4781',
    '0xc0a80114:4781',
  ])('is not ours: %s', (header) => {
    expect(isOwnName(header, own)).toBe(false)
  })

  it('of anybody’s making is never ours', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 0, max: 65_535 }), (name, port) => {
        fc.pre(!ownHostNames(own.hostName).includes(name) && !/^(desk\.example|caja-2)$/.test(name))
        expect(isOwnName(`${name}:${port}`, own)).toBe(false)
      }),
    )
  })
})

describe('a page of ours', () => {
  const entrance = networkEntrance((host) => isOwnName(host, own), 'abc')

  it('has the very host of the request', () => {
    expect(entrance.isOwnOrigin('https://desk.example', 'desk.example')).toBe(true)
    for (const origin of [
      undefined,
      'null',
      '',
      'http://desk.example',
      'https://desk.example:443',
      'https://caja:4781',
    ])
      expect(entrance.isOwnOrigin(origin, 'desk.example')).toBe(false)
    expect(entrance.isOwnOrigin('https://x', undefined)).toBe(false)
  })

  it('keeps its session to itself', () => {
    expect(entrance.setCookie(entrance.cookie, 't', 60)).toBe(
      '__Host-mostrador_abc=t; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict',
    )
    expect([entrance.socketOrigin('caja:4781'), entrance.socketOrigin('[fd00::1]:4781')]).toEqual([
      'wss://caja:4781',
      null,
    ])
  })
})

describe('where a sign-in leads', () => {
  it('is always a path of this host', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '//',
      '..',
      '.',
      '%2f',
      '%5c',
      'evil.example',
      '@',
      ':',
      'https:',
      '?',
      '#',
      '\t',
      '\n',
      'a',
      ' ',
    )
    const path = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(path, fc.webUrl(), fc.string()), (next) => {
        const led = safeNext(next)
        const url = new URL(led, 'https://desk.example/sign-in')
        expect(url.origin).toBe('https://desk.example')
        expect(led).toMatch(/^\/(?!\/)[\x21-\x7e]*$/)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is what was wanted, where that is one', () => {
    expect(safeNext('/media/demo/x?a=1&b=2')).toBe('/media/demo/x?a=1&b=2')
    expect(safeNext(null)).toBe('/')
  })
})

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36',
      'Chrome · Android',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0',
      'Edge · Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari · iPhone',
    ],
    ['curl/8.9', ''],
    ['', ''],
  ])('%s is %s', (agent, name) => {
    expect(browserName(agent)).toBe(name)
  })
})
