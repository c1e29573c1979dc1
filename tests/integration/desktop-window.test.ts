import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DoorConnection } from '../../main/hosting/door-client.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { ask, go, openDemo } from './desktop-steps.ts'

/** One window for all of it: window → preload → port → core → desk, on the stand-in of Electron. */
let desktop: TestDesktop
let page: Page
let door: DoorConnection

beforeAll(async () => {
  desktop = await TestDesktop.start()
  page = await desktop.page()
  await openDemo(page)
  door = await desktop.door()
}, 120_000)

afterAll(async () => {
  await door?.close()
  await desktop?.close()
}, 60_000)

const shop = async () => (await door.client.shops.list())[0]?.slug ?? ''

test('a customer in the test chat is answered with the price of the catalog', async () => {
  expect(await ask(page, '¿cuánto cuesta la barra rústica?')).toContain('1,10')
}, 60_000)

test('what happens elsewhere is shown at once', async () => {
  await go(page, 'conversations')
  await door.client.chat.ask({ shop: await shop(), as: 'Beatriz', text: '¿a qué hora abrís?' })
  await page.locator('a[href*="/conversations/"]').filter({ hasText: 'Beatriz' }).waitFor()
}, 60_000)

test('a reload gives a new port and closes the old one', async () => {
  const opened = desktop.control.seen('port.toPage').at(-1)?.data.id
  const from = desktop.control.mark()
  // As the page does it by itself, wherever it is.
  await page.evaluate(() => window.location.reload())
  const closed = await desktop.control.waitFor('port.closed', { from })
  expect(closed.data.id).toBe(opened)
  const next = await desktop.control.waitFor('port.toPage', { from })
  expect(next.data.id).not.toBe(opened)
  await page.locator('a[href*="/conversations/"]').filter({ hasText: 'Beatriz' }).waitFor()
  await go(page, 'try')
  expect(await ask(page, '¿tenéis miel?')).toMatch(/miel/i)
  expect(desktop.control.seen('window.new')).toHaveLength(1)
}, 60_000)

test('media come over app://, whole or in part', async () => {
  await go(page, 'products')
  const picture = page.locator('img[src*="media/"]').first()
  await picture.waitFor()
  const shown = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const part = await fetch(image.src, { headers: { Range: 'bytes=2-5' } })
    return {
      width: image.naturalWidth,
      status: part.status,
      range: part.headers.get('content-range'),
      bytes: (await part.arrayBuffer()).byteLength,
    }
  })
  expect(shown.width).toBeGreaterThan(0)
  expect(shown).toMatchObject({ status: 206, bytes: 4 })
  expect(shown.range).toMatch(/^bytes 2-5\/\d+$/)
}, 60_000)

test('an export is given once', async () => {
  const slug = await shop()
  const request = { what: 'products', format: 'csv' } as const
  let downloadId: string | null = null
  for await (const event of await door.client.exports.start({ shop: slug, request })) {
    if (event.kind === 'done') downloadId = event.downloadId
  }
  const [first, second] = await page.evaluate(async (path) => {
    const asked = []
    for (const _ of [1, 2]) {
      const response = await fetch(new URL(path, document.baseURI))
      asked.push({ status: response.status, text: await response.text() })
    }
    return asked
  }, `export/${slug}/${downloadId}`)
  expect(first?.status).toBe(200)
  expect(first?.text.split('\n').length).toBeGreaterThan(50)
  expect(second?.status).toBe(404)
}, 60_000)

test('a file goes up by POST and its rows are read', async () => {
  await go(page, 'products')
  await page.evaluate(
    (slug) => {
      window.location.hash = `#/${slug}/products/import`
    },
    await shop(),
  )
  const rows = ['Nombre;Referencia;Precio;Existencias', 'Taza azul;TAZ-1;8,50;12', 'Jarra;JAR-1;14,00;3']
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'tazas.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) })
  await page.getByRole('heading', { name: 'Así se ha leído tazas.csv' }).waitFor()
}, 60_000)

test('a page that has crashed comes back and goes on', async () => {
  const from = desktop.control.mark()
  await desktop.control.act('page.crash')
  await desktop.control.waitFor('webContents.crashed', { from })
  await desktop.control.waitFor('webContents.loaded', { from })
  page = await desktop.page()
  await page.evaluate(
    (slug) => {
      window.location.hash = `#/${slug}/try`
    },
    await shop(),
  )
  expect(await ask(page, '¿qué precio tiene la barra rústica?')).toContain('1,10')
  expect(desktop.control.seen('app.exit')).toEqual([])
}, 60_000)
