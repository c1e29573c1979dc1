import { afterEach, beforeEach, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { CatalogService } from '../catalog/service.ts'
import type { Missed } from './missed.ts'
import { DemandService } from './service.ts'

let way: MessageWay
let demand: DemandService
let clock: ManualClock
let turn = 0
beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-03-01T22:30:00Z'))
  way = new MessageWay({ clock })
  demand = new DemandService(way.test.storage, () => way.test.brief)
})
afterEach(() => way.close())

function note(name: string, ...missed: Partial<Missed>[]): void {
  const conversationId = way.inbox.open(way.accountId, name, { externalId: name, name })
  const { customerId } = way.conversations.get(conversationId)
  turn += 1
  way.test.storage.write('agent', (tx) =>
    demand.record(
      tx,
      { conversationId, customerId, turnId: `turn-${turn}` },
      missed.map((one) => ({
        kind: 'not_found',
        key: 'arp',
        text: 'arpas',
        productId: null,
        variantId: null,
        quantity: 1,
        amount: null,
        ...one,
      })),
    ),
  )
}

it('groups the same wish, most wanted first, and counts each customer’s largest once', () => {
  const piano = { kind: 'not_enough' as const, key: 'piano', text: 'Piano', quantity: 2, amount: 50_000 }
  note('Ana', {})
  note('Luis', { text: 'un arpa' })
  note('Eva', {})
  note('Ana', piano)
  note('Ana', { ...piano, quantity: 3, amount: 75_000 })
  note('Luis', piano)
  const { items, amount, times } = demand.missed({ limit: 10 })
  expect(items).toMatchObject([
    { kind: 'not_found', key: 'arp', text: 'arpas', times: 3, customers: 3, quantity: 3, amount: null },
    { kind: 'not_enough', key: 'piano', times: 3, customers: 2, quantity: 5, amount: 125_000 },
  ])
  expect([amount, times]).toEqual([125_000, 6])
  expect(demand.missed({ limit: 1 })).toMatchObject({ items: [{ key: 'arp' }], amount: 125_000, times: 6 })
  expect(demand.missed({ limit: 10, kind: 'not_enough' }).items).toHaveLength(1)
})

it('notes a wish once a turn', () => {
  note('Ana', {}, {}, { key: 'pian' })
  expect(demand.missed({ limit: 10 }).times).toBe(2)
})

it('names the product where there is one', () => {
  const catalog = new CatalogService(way.test.storage, () => way.test.brief)
  const { id } = way.test.storage.write('system', (tx) =>
    catalog.create(tx, { name: 'Piano', variants: [{ price: { kind: 'ask' } }] }),
  )
  note('Ana', { kind: 'out_of_stock', key: id, productId: id }, { key: 'x', productId: 'gone' })
  expect(demand.missed({ limit: 10 }).items.map((item) => item.product)).toEqual([
    null,
    { id, name: 'Piano' },
  ])
})

it('takes a wish out until somebody has it again', () => {
  note('Ana', {})
  way.test.storage.write('person:ana', (tx) => demand.dismiss(tx, 'not_found', 'arp'))
  expect(demand.missed({ limit: 10 }).items).toEqual([])
  note('Luis', {})
  expect(demand.missed({ limit: 10 }).items).toMatchObject([{ times: 1, customers: 1 }])
})

it('reckons days as the shop’s calendar shows them', () => {
  // Half past eleven at night in Madrid, then half an hour into the next day.
  note('Ana', {})
  clock.jump(60 * 60_000)
  note('Luis', {})
  const on = (from: string, to: string) => demand.missed({ limit: 10, from, to }).times
  expect([
    on('2026-03-01', '2026-03-01'),
    on('2026-03-02', '2026-03-02'),
    on('2026-03-01', '2026-03-02'),
  ]).toEqual([1, 1, 2])
})
