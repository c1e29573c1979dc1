import { expect, test } from 'vitest'
import { isPrivateHost, serviceAddress } from './address.ts'
import { deepSeekModel, servicePrices } from './prices.ts'

test('each provider has its address, and another one may be given', () => {
  expect(serviceAddress('deepseek', null)).toBe('https://api.deepseek.com')
  expect(serviceAddress('openrouter', ' ')).toBe('https://openrouter.ai/api/v1')
  expect(serviceAddress('custom', 'http://localhost:11434/v1/')).toBe('http://localhost:11434/v1')
  expect(serviceAddress('custom', 'https://llm.example.com/v1/chat/completions')).toBe(
    'https://llm.example.com/v1',
  )
})

test.each([
  ['', 'engine.address'],
  ['localhost:8080', 'engine.address'],
  ['ftp://host/v1', 'engine.address'],
  ['not an address', 'engine.address'],
  ['https://user:pass@host/v1', 'engine.address'],
  ['https://host/v1?key=1', 'engine.address'],
  ['http://llm.example.com/v1', 'engine.address_insecure'],
  ['http://8.8.8.8/v1', 'engine.address_insecure'],
  ['http://172.32.0.1/v1', 'engine.address_insecure'],
  ['http://[2001:4860:4860::8888]/v1', 'engine.address_insecure'],
  ['http://127.0.0.1.example.com/v1', 'engine.address_insecure'],
])('%s is refused: %s', (text, code) => {
  expect(() => serviceAddress('custom', text)).toThrow(code)
})

test.each([
  ...[
    'localhost',
    '127.0.0.1',
    '127.8.9.1',
    '10.0.0.7',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.1.1',
    '100.64.0.1',
    '[::1]',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:7f00:1]',
    'nas',
    'nas.local',
    'llm.lan',
    'pc.home.arpa',
    'host.docker.internal',
  ].map((host) => [host, true] as const),
  ...[
    'example.com',
    '11.0.0.1',
    '172.15.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '[2a00::1]',
    '[::ffff:808:808]',
    'local.example.com',
  ].map((host) => [host, false] as const),
])('%s is of the own network: %s', (host, own) => {
  expect(isPrivateHost(host)).toBe(own)
})

test('prices as services print them', () => {
  expect(servicePrices({ prompt: '0.00000014', completion: '0.00000028' })).toEqual({
    input: 140_000,
    cached: 140_000,
    output: 280_000,
    source: 'service',
  })
  expect(servicePrices({ prompt: '0.0000000001', completion: '0.0000000001' })).toMatchObject({ input: 100 })
  // Rounded up, so that a cap holds.
  expect(servicePrices({ prompt: '0.0000000000012', completion: '0' })).toMatchObject({ input: 2 })
  expect(servicePrices({ prompt: '0', completion: '0' })?.source).toBe('free')
  for (const odd of [
    null,
    {},
    { prompt: '-1', completion: '-1' },
    { prompt: 'x', completion: '1' },
    { prompt: '5', completion: '5' },
    { prompt: '', completion: '' },
  ])
    expect(servicePrices(odd)).toBeNull()
})

test('DeepSeek’s models are known by their names, and nothing else is', () => {
  expect(deepSeekModel('deepseek-v4-pro')?.prices).toMatchObject({ input: 1_320_000, source: 'table' })
  expect(deepSeekModel('toString')).toBeNull()
})
