import { once } from 'node:events'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDesktop } from '../../fixtures/desktop.ts'

declare global {
  interface Window {
    readonly sample: {
      invoke(channel: string, ...args: unknown[]): void
      connect(): void
      double(number: number): number
      name: string
    }
  }
}

const main = join(import.meta.dirname, 'sample', 'main.ts')
let app: TestDesktop
let page: Page

beforeAll(async () => {
  app = await TestDesktop.start({ main })
  page = await app.page()
}, 60_000)

afterAll(async () => {
  await app?.close()
})

/** What the preload says next. */
const invoke = (channel: string, ...args: unknown[]) =>
  page.evaluate(
    async ([name, list]) => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      window.addEventListener('message', ({ data }) => resolve(data), { once: true })
      window.sample.invoke(name, ...list)
      return await promise
    },
    [channel, args] as const,
  )

test('a preload lives in a world of its own and shows what it exposes', async () => {
  const seen = await page.evaluate(() => ({
    keys: Object.keys(window.sample),
    doubled: window.sample.double(21),
    require: 'require' in window,
  }))
  expect(seen).toEqual({ keys: ['invoke', 'connect', 'double', 'name'], doubled: 42, require: false })
})

test('a call is answered, and its failure told', async () => {
  expect(await invoke('sum', 2, 3)).toEqual({ value: 5 })
  expect(await invoke('fail')).toEqual({ error: "Error invoking remote method 'fail': Error: as wanted" })
  expect(await invoke('nobody')).toMatchObject({ error: expect.stringContaining('no handler') })
  expect(await invoke('required')).toEqual({ value: true })
})

test('a port is real in the page, carries text and bytes, and the frame is known by its own address', async () => {
  const heard = await page.evaluate(async () => {
    const given = Promise.withResolvers<MessageEvent>()
    window.addEventListener('message', (event) => given.resolve(event), { once: true })
    window.sample.connect()
    const { data, ports } = await given.promise
    const [port] = ports
    if (port === undefined) throw new Error('no port')
    const answers: unknown[] = []
    const all = Promise.withResolvers<void>()
    port.onmessage = (event) => {
      answers.push(event.data instanceof ArrayBuffer ? [...new Uint8Array(event.data)] : event.data)
      if (answers.length === 3) all.resolve()
    }
    port.postMessage('one')
    port.postMessage(new Uint8Array([0, 255, 7]))
    port.postMessage({ three: 3 })
    await all.promise
    return { from: data.from, real: port instanceof MessagePort, answers }
  })
  expect(heard).toEqual({
    from: { url: 'app://desk/index.html', origin: 'app://desk' },
    real: true,
    answers: ['heard one', [0, 255, 7], { three: 3 }],
  })
})

test('a scheme gets bodies and its own origin', async () => {
  const echoed = await page.evaluate(
    async () => await (await fetch('/echo', { method: 'POST', body: new Blob(['hola']) })).json(),
  )
  expect(echoed).toEqual({ host: 'desk', body: 'hola', origin: 'app://desk' })
})

test('a process beside it is one of Electron’s kind', async () => {
  await app.control.waitFor('utility.spawn')
  await expect
    .poll(() => invoke('beside'))
    .toEqual({ value: { heard: { ask: 'who' }, type: 'utility', hasSend: false, electron: '45.4.1' } })
})

test('without handlers permissions are granted, as Electron does', async () => {
  const state = await page.evaluate(
    async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
  )
  expect(state).toBe('granted')
})

test('a second start on the same data is refused, and the first one hears of it', async () => {
  const second = app.spawn({ main })
  const [code] = await once(second, 'exit')
  expect(code).toBe(3)
  await app.control.waitFor('app.secondInstance')
  expect(app.control.seen('chromium.ready')).toHaveLength(1)
})
