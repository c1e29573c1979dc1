import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ApiContext } from '../../main/api/context.ts'
import { router } from '../../main/api/router.ts'
import { type App, createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { ContractClient } from '../../preload/contract/index.ts'
import { createTestHost, testLog } from '../fixtures/host.ts'
import { cli } from './cli-fixture.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const data = mkdtempSync(join(tmpdir(), 'customers-'))
const tokens = ['Zyxomma', 'Quetzalbarrow', 'Brumalinde', 'Vexillar', '612345987', 'kwijibox']
let app: App
let shop: Shop
let client: ContractClient

beforeAll(async () => {
  app = await createApp({ closed: true, quietWindowMs: 0, longestWaitMs: 1_000 }, createTestHost(data))
  shop = await app.shops.create({
    name: 'Lana',
    currency: 'EUR',
    locale: 'es-ES',
    country: 'ES',
    timeZone: 'Europe/Madrid',
  })
  shop.storage.write('system', (tx) => {
    shop.knowledge.setProfile(tx, {
      hours: { mon: [['09:00', '14:00']] },
      payments: [{ id: 'bizum', name: 'Bizum' }],
      delivery: { zones: [{ name: 'Centro', areas: ['28013'], fee: '3,95' }] },
    })
    shop.catalog.create(tx, {
      name: 'Taza azul',
      variants: [{ sku: 'T-1', price: { kind: 'exact', amount: 1290 } }],
    })
  })
  await shop.search.caughtUp()
  const context = {
    app,
    log: testLog(),
    caller: () => ({ via: 'door', person: { id: 'owner', name: 'Owner', role: 'owner' } }),
    serving: {},
  } as unknown as ApiContext // what these calls read of it; a whole host is another test's business
  // As in the command line: the same calls, with the router's context.
  client = createRouterClient(router, { context }) as unknown as ContractClient
})
afterAll(async () => {
  await app.stop()
  rmSync(data, { recursive: true, force: true })
})

/** Files under the shop's folder whose bytes hold a word, in whatever case and as UTF-8 or UTF-16. */
function filesWith(token: string): string[] {
  const wide = Buffer.from(token, 'utf16le').toString('latin1').toLowerCase()
  return readdirSync(shop.dir, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const bytes = contentOf(join(shop.dir, file)).toString('latin1').toLowerCase()
    return bytes.includes(token.toLowerCase()) || bytes.includes(wide)
  })
}

/** Nothing of a folder, nor of what the search index has put away meanwhile. */
function contentOf(path: string): Buffer {
  try {
    return statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

describe('a customer, from the first message to the erasure', () => {
  const name = 'Zyxomma Quetzalbarrow'
  const ask = (text: string) => shop.chat.ask(name, text)
  let id: string

  beforeAll(async () => {
    await ask('hola, me llamo Zyxomma Quetzalbarrow')
    await ask('uso la talla M, quiero dos tazas azules')
    await ask('soy alérgica al kwijibox')
    await ask('mi correo es zyxomma@kwijibox.example')
    await ask('eso es todo, quiero pagar')
    await ask(
      'a domicilio, calle Brumalinde 77, piso Vexillar, 28013 Madrid, a nombre de Zyxomma Quetzalbarrow, 612345987, pago con bizum',
    )
    const { order, conversationId } = await ask('sí')
    expect(order).toMatchObject({ total: 2 * 1290 + 395 })
    // Nothing of that is in the shop: the owner gets a card, and it is counted as missed.
    await ask('¿tenéis un kwijibox de Vexillar?')
    await ask('quiero otra taza azul')
    id = shop.conversations.get(conversationId).customerId
    const tables = ['cards', 'missed_demand', 'order_summaries', 'traces', 'tool_calls', 'customer_addresses']
    for (const table of tables)
      expect(shop.storage.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).not.toBe(0)
    const orderId = shop.orders.byNumber(order?.number ?? '')?.id ?? ''
    const paper = await shop.documents.make('person:owner', { kind: 'receipt', orderId })
    expect(shop.media.path(paper.mediaHash)).not.toBeNull()
  })

  it('is found, shown and changed over the contract', async () => {
    const { items } = await client.customers.list({ shop: shop.slug, text: 'quetzal barrow' })
    expect(items).toMatchObject([{ id, orders: 1, spent: 2 * 1290 + 395, phone: '612345987' }])
    const page = await client.customers.get({ shop: shop.slug, customerId: id })
    expect(page).toMatchObject({
      addresses: [{ address: expect.stringContaining('Brumalinde 77') }],
      recentOrders: [{ state: 'pending' }],
    })
    expect(page.preferences.map((one) => one.topic).sort()).toEqual(['allergy', 'size'])
    expect(page.preferences.find((one) => one.topic === 'size')?.source?.text).toContain('uso la talla M')
    const changed = await client.customers.update({
      shop: shop.slug,
      customerId: id,
      changes: { notes: 'Buena clienta de Vexillar' },
      expectedRevision: page.revision,
    })
    expect(changed.notes).toContain('Vexillar')
    await expect(
      client.customers.update({
        shop: shop.slug,
        customerId: id,
        changes: { notes: '' },
        expectedRevision: page.revision,
      }),
    ).rejects.toMatchObject({ data: { code: 'conflict' } })
  })

  it('is merged with a record of the counter and split off again', async () => {
    const other = await client.customers.create({
      shop: shop.slug,
      customer: { name: 'Z. Quetzalbarrow', phone: '+34 612 345 987' },
    })
    const [suggestion] = await client.customers.suggestions({ shop: shop.slug })
    expect(suggestion).toMatchObject({ reason: 'phone', kept: { id }, merged: { id: other.id } })
    const cart = shop.carts.view(shop.customers.detail(id).conversations[0]?.id ?? '')
    const merged = await client.customers.merge({ shop: shop.slug, customerId: other.id, otherId: id })
    expect(merged).toMatchObject({ id: other.id, orders: 1, merges: [{ name }] })
    // What was in the cart goes on where it was.
    const reply = await ask('¿qué tengo en el carrito?')
    expect(reply.cart.lines.map((line) => line.sku)).toEqual(cart.lines.map((line) => line.sku))
    await ask('quiero otra taza azul')
    expect(shop.conversations.get(reply.conversationId).customerId).toBe(other.id)
    const split = await client.customers.undoMerge({
      shop: shop.slug,
      mergeId: merged.merges[0]?.id ?? '',
    })
    expect(split).toMatchObject({ id: other.id, orders: 0 })
    expect(shop.conversations.get(reply.conversationId).customerId).toBe(id)
    await client.customers.merge({ shop: shop.slug, customerId: id, otherId: other.id })
  })

  it('gets everything that is kept of them', async () => {
    const { name: file, json } = await client.customers.exportData({ shop: shop.slug, customerId: id })
    expect(file).toBe('Zyxomma-Quetzalbarrow.json')
    for (const token of tokens) expect(json, token).toContain(token)
    expect(JSON.parse(json)).toMatchObject({
      profile: { phone: '612345987', email: 'zyxomma@kwijibox.example' },
      orders: [{ total: 2 * 1290 + 395, lines: [{ name: 'Taza azul', quantity: 2 }] }],
      documents: [{ kind: 'receipt' }],
      conversations: [{ channel: 'testchat' }],
    })
  })

  it('is erased, down to the last byte', async () => {
    const erase = (confirmName: string) =>
      client.customers.erase({ shop: shop.slug, customerId: id, confirmName })
    await expect(erase('Zyxomma')).rejects.toMatchObject({ data: { code: 'customer.confirm_name' } })
    await expect(erase(name)).rejects.toMatchObject({
      data: { code: 'customer.open_orders', data: { count: 1 } },
    })
    const [order] = shop.orders.ofCustomer(id)
    for (const state of ['processing', 'shipped', 'delivered'] as const)
      shop.storage.write('person:owner', (tx) =>
        shop.orders.setState(tx, order?.id ?? '', { state, restock: false, reason: '', tell: true }),
      )
    for (const token of tokens) expect(filesWith(token), token).not.toEqual([])
    await erase(name)
    for (const token of tokens) expect(filesWith(token), token).toEqual([])
    expect(shop.orders.get(order?.id ?? '')).toMatchObject({
      total: 2 * 1290 + 395,
      state: 'delivered',
      address: '',
      recipient: '',
    })
    expect(await client.customers.get({ shop: shop.slug, customerId: id })).toMatchObject({ name: '' })
    expect((await client.customers.list({ shop: shop.slug })).total).toBe(0)
    expect((await client.conversations.list({ shop: shop.slug })).items).toEqual([])
    // The same person is a new customer now.
    const reply = await ask('hola')
    expect(shop.conversations.get(reply.conversationId).customerId).not.toBe(id)
  })

  it('works on the command line as well', async () => {
    const { slug } = shop
    await app.stop()
    const run = (...args: string[]) => cli(['customers', ...args, '--data', data, '--shop', slug, '--json'])
    const list = await run('list', '--text', 'quetzal')
    expect(list).toMatchObject({ code: 0, lines: [{ name, orders: 0 }] })
    const file = join(data, 'person.json')
    const exported = await run('export', name, file)
    expect(exported).toMatchObject({ code: 0, lines: [{ file }] })
    expect(existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ profile: { name } })
    expect(await run('show', 'nadie')).toMatchObject({ code: 3, lines: [{ error: { code: 'not_found' } }] })
    expect(await run('erase', name, '--yes-erase', 'otra')).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'customer.confirm_name' } }],
    })
    expect((await run('erase', name, '--yes-erase', name)).code).toBe(0)
    expect(filesWith('quetzalbarrow')).toEqual([])
  })
})
