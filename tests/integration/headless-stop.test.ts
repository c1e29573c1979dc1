import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectDoor, type DoorConnection } from '../../main/hosting/door-client.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'

const main = join(import.meta.dirname, '..', '..', 'main', 'headless', 'main.ts')
let telegram: FakeTelegram
let folder: string
let child: ChildProcess | null = null
let out = ''

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  folder = mkdtempSync(join(tmpdir(), 'stop-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await telegram.close()
  rmSync(folder, { recursive: true, force: true })
})

const data = () => join(folder, 'data')
const lines = () =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line))

/** Starts the program as a service does and waits until it says that it is ready. */
async function start(): Promise<DoorConnection> {
  out = ''
  const env = { ...process.env, MOSTRADOR_LOG: 'stdout' }
  const started = spawn(process.execPath, [main, '--data', data(), '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  started.stdout.on('data', (chunk) => {
    out += chunk
    if (out.includes('"event":"ready"')) resolve()
  })
  started.once('exit', (code) => reject(new Error(`ended with ${code}: ${out}`)))
  await ready
  const door = await connectDoor(data())
  if (door === null) throw new Error('there is no door')
  return door
}

async function stop(): Promise<unknown> {
  if (child === null) throw new Error('nothing runs')
  const ended = once(child, 'close')
  child.kill('SIGTERM')
  return (await ended)[0]
}

it('stops in order under work: what is leaving leaves once, and the log is all JSON and nobody’s words', async () => {
  // Made by somebody beforehand, as service folders are: what is in it is nobody else's all the same.
  mkdirSync(data(), { mode: 0o755 })
  const door = await start()
  const health = await fetch(`${String(lines().find(({ event }) => event === 'ready')?.url)}/health`)
  expect([health.status, await health.json()]).toEqual([200, { ok: true }])
  const { slug: shop } = await door.client.shops.create({
    name: 'La Espiga',
    currency: 'EUR',
    locale: 'es-ES',
  })
  const modeOf = (...path: string[]) => (statSync(join(data(), ...path)).mode & 0o777).toString(8)
  expect([modeOf('app.db'), modeOf('shops', shop, 'shop.db'), modeOf('shops')]).toEqual(['600', '600', '700'])
  const price = { kind: 'exact' as const, amount: 790 }
  await door.client.catalog.create({
    shop,
    product: { name: 'Miel de azahar', variants: [{ sku: 'MIE', price }] },
  })
  await door.client.channels.addTelegram({ shop, token: telegram.token, apiRoot: telegram.apiRoot })
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  telegram.fault('sendMessage', { kind: 'slow', ms: 2_500 })
  ana.say('¿cuánto cuesta la miel de azahar?')
  await telegram.until(() => telegram.callsOf('sendMessage').length > 0, 'a reply that leaves')
  const closed = door.close()

  expect(await stop()).toBe(0)
  await closed
  expect(ana.received()).toHaveLength(1)

  const written = lines()
  expect(written.find(({ msg }) => msg === 'host.started')).toMatchObject({ level: 30 })
  expect(written.find(({ event }) => event === 'ready')).not.toHaveProperty('launchUrl')
  expect(out).not.toMatch(/launch\?token|azahar|Ana\b/)
  expect(existsSync(join(data(), 'logs'))).toBe(false)

  const again = await start()
  expect(await again.client.outbox.unknown({ shop })).toEqual([])
  const { items } = await again.client.conversations.list({ shop })
  expect(items).toHaveLength(1)
  await again.close()
  expect(await stop()).toBe(0)
  expect(ana.received()).toHaveLength(1)
}, 120_000)
