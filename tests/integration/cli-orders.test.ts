import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../main/core/app.ts'
import { createTestHost } from '../fixtures/host.ts'
import { delivered } from '../fixtures/selling.ts'
import { cli, type Ran } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-orders-'))
const run = (...args: string[]) => cli(['orders', ...args, '--data', data, '--json'])
/** One after the other: each holds the shop while it runs. */
async function runAll(...commands: string[][]): Promise<Ran[]> {
  const ran: Ran[] = []
  for (const command of commands) ran.push(await run(...command))
  return ran
}

beforeAll(async () => {
  const app = await createApp({ serve: false }, createTestHost(data))
  const { slug } = await app.shops.create({ name: 'Té y té', currency: 'EUR', locale: 'es-ES' })
  const { storage, catalog, orders, customers } = app.shops.open(slug)
  const variantId = storage.write('system', (tx) => {
    const stock = { tracked: true, onHand: 10 }
    const product = {
      name: 'Té verde',
      variants: [{ price: { kind: 'exact' as const, amount: 1_250 }, stock }],
    }
    return catalog.create(tx, product).variants[0]?.id ?? ''
  })
  // What customers call themselves is theirs to choose.
  const name = 'Eva\n1009\t2026-01-01\u001b]0;x\u0007\u009b2J\u202e'
  const eva = storage.write('system', (tx) => customers.create(tx, { name }))
  for (const quantity of [1, 2, 3]) {
    storage.write('system', (tx) => {
      const payment = { id: null, name: 'Efectivo' }
      const lines = [{ variantId, quantity }]
      const draft = orders.draft({ lines, delivery: delivered, payment, discountCode: null, note: '' })
      const customerId = quantity === 2 ? eva : null
      const meta = { customerId, conversationId: null, source: 'chat' as const, summaryId: null }
      orders.place(tx, draft, meta)
    })
  }
  await app.stop()
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

describe('orders on the command line', () => {
  it('are listed, newest first and filtered', async () => {
    const [two, text, wrong] = await runAll(
      ['list', '--limit', '2'],
      ['list', '--text', 'te verde 1002', '--from', '2020-01-01', '--state', 'pending'],
      ['list', '--to', 'mañana'],
    )
    expect(two?.lines.map((order) => [order.number, order.total, order.state])).toEqual([
      ['1003', 4_145, 'pending'],
      ['1002', 2_895, 'pending'],
    ])
    expect(text?.lines.map((order) => order.number)).toEqual(['1002'])
    expect(wrong).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'input.invalid', data: { field: 'to' } } }],
    })
  })

  it('are shown, moved on and paid, in amounts as people write them', async () => {
    expect((await run('set-state', '1001', 'processing')).lines).toMatchObject([
      { number: '1001', state: 'processing', next: ['shipped', 'cancelled'] },
    ])
    expect(await run('set-state', '1001', 'delivered')).toMatchObject({
      code: 1,
      lines: [{ error: { code: 'order.transition', data: { from: 'processing', to: 'delivered' } } }],
    })
    expect((await run('pay', '1001', '10,45 €', '--method', 'Bizum')).lines).toMatchObject([
      { paymentState: 'part', paid: 1_045, payments: [{ amount: 1_045, method: 'Bizum' }] },
    ])
    const wrong = await runAll(['pay', '1001', '10'], ['show', '7'])
    expect(wrong.map(({ code, lines }) => [code, lines[0]?.error])).toMatchObject([
      [1, { code: 'order.overpaid', data: { max: 600 } }],
      [3, { code: 'not_found' }],
    ])
  })

  it('read well in a terminal', async () => {
    const { stdout } = await cli(['orders', 'show', '1003', '--data', data], { env: { LANG: 'es_ES.UTF-8' } })
    const [first, ...rest] = stdout.trimEnd().split('\n')
    expect(first).toMatch(/^1003\t\d{4}-\d\d-\d\d \d\d:\d\d\tpendiente\tsin pagar\t41,45 €\t$/)
    expect(rest).toEqual([
      'Ana Pérez · +34 600 111 222 · Calle Mayor 3, 2º B · 28013 · Centro',
      '  3 × Té verde\t37,50 €',
      'Envío\t3,95 €',
      'Total\t41,45 €',
    ])
  })

  it('show what customers wrote without letting it act on the terminal', async () => {
    const list = ['orders', 'list', '--text', '1002', '--data', data]
    const { stdout } = await cli(list)
    expect(stdout).toMatch(/^1002\t[^\n]*\tEva 1009 2026-01-01\]0;x2J\n$/)
    const json = await cli([...list, '--json'])
    expect(json.stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
    expect(json.lines).toMatchObject([
      { customer: { name: 'Eva\n1009\t2026-01-01\u001b]0;x\u0007\u009b2J\u202e' } },
    ])
  })
})
