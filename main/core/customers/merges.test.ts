import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { fillRow } from '../../../tests/fixtures/rows.ts'
import type { Tx } from '../storage/storage.ts'
import type { CustomerInput } from './customer.ts'
import { customerReferences, tableNames } from './references.ts'
import { CustomerService } from './service.ts'

let way: MessageWay
let customers: CustomerService
beforeEach(() => {
  way = new MessageWay()
  customers = new CustomerService(way.test.storage)
})
afterEach(() => way.close())

function write<T>(work: (tx: Tx) => T): T {
  return way.test.storage.write('person:owner', work)
}

/** Every row of the shop but the stamps of who changed it when, and the records of the merges themselves. */
function contents(): Record<string, unknown[]> {
  const { sql } = way.test.storage
  const stamps = new Set(['updated_at', 'updated_by', 'revision'])
  const tables = tableNames(sql).filter(
    (table) => !['audit_log', 'events', 'customer_merges'].includes(table),
  )
  return Object.fromEntries(
    tables.map((table) => {
      // Any row of any table.
      const rows = sql.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all() as Record<string, unknown>[]
      const kept = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).filter(([name]) => !stamps.has(name) || table !== 'customers'),
        ),
      )
      return [table, kept]
    }),
  )
}

const text = (...values: string[]) => fc.constantFrom(...values)
const person: fc.Arbitrary<Partial<CustomerInput>> = fc.record({
  name: text('Ana', 'Ana Pérez', 'Luis'),
  phone: fc.option(text('600111222', '+34 600 111 222', '600333444')),
  email: fc.option(text('ana@example.org', 'ANA@example.org', 'luis@example.org')),
  notes: text('', 'a', 'b', 'a\nb', 'c'),
  language: fc.option(text('es', 'en')) as fc.Arbitrary<'es' | 'en' | null>,
})

describe('merging and undoing', () => {
  it('every table with something of a customer takes part', () => {
    const found = customerReferences(way.test.storage.sql).map(({ table, column }) => `${table}.${column}`)
    expect(found).toEqual(
      expect.arrayContaining([
        'carts.customer_id',
        'card_waiters.customer_id',
        'checkouts.customer_id',
        'conversations.customer_id',
        'customer_addresses.customer_id',
        'customer_identities.customer_id',
        'customer_preferences.customer_id',
        'documents.customer_id',
        'missed_demand.customer_id',
        'orders.customer_id',
        'quotes.customer_id',
      ]),
    )
  })

  it('leaves every row as it was, in whatever order it is undone', () => {
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 2, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        (people, pairs, order) => {
          const { sql } = way.test.storage
          const ids = people.map((input) => write((tx) => customers.create(tx, input)))
          write((tx) => {
            for (const id of ids)
              for (const { table, column } of customerReferences(tx.sql))
                fillRow(tx.sql, table, { [column]: id })
          })
          const before = contents()
          const merged: string[] = []
          for (const [left, right] of pairs) {
            const [one, other] = [ids[left % ids.length] ?? '', ids[right % ids.length] ?? '']
            if (customers.livingId(one) === customers.livingId(other)) continue
            write((tx) => customers.merge(tx, one, other))
            merged.push(
              String(
                sql
                  .prepare(
                    "SELECT id FROM customer_merges WHERE state = 'done' ORDER BY updated_at DESC, id DESC",
                  )
                  .pluck()
                  .all()
                  .find((id) => !merged.includes(String(id))),
              ),
            )
          }
          if (merged.length > 0) expect(contents()).not.toEqual(before)
          while (merged.length > 0) {
            const [mergeId] = merged.splice((order[merged.length % 3] ?? 0) % merged.length, 1)
            write((tx) => customers.undoMerge(tx, mergeId ?? ''))
          }
          expect(contents()).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('leaves what came after the merge where it came', () => {
    const ana = write((tx) => customers.create(tx, { name: 'Ana' }))
    const { conversationId } = way.receive('hola', { from: { externalId: 'z', name: 'Zoe', isBot: false } })
    const zoe = owner(conversationId)
    write((tx) => customers.saveAddress(tx, zoe, { address: 'Calle Vieja 1' }))
    write((tx) => customers.merge(tx, ana, zoe))
    expect(owner(conversationId)).toBe(ana)
    write((tx) => customers.saveAddress(tx, zoe, { address: 'Calle Nueva 2' }))
    write((tx) => customers.update(tx, ana, { email: 'ana@example.org' }))
    const [merge] = customers.detail(ana).merges
    expect(merge).toMatchObject({ name: 'Zoe', reason: 'manual' })
    write((tx) => customers.undoMerge(tx, merge?.id ?? ''))
    expect(owner(conversationId)).toBe(zoe)
    const addresses = (id: string) => customers.addresses(id).map((one) => one.address)
    expect([addresses(ana), addresses(zoe)]).toEqual([['Calle Nueva 2'], ['Calle Vieja 1']])
    expect(customers.get(ana)).toMatchObject({ email: 'ana@example.org', name: 'Ana' })
    expect(() => write((tx) => customers.undoMerge(tx, merge?.id ?? ''))).toThrow('not_found')
  })

  it('gives a conversation back with what was ordered in it meanwhile', () => {
    const ana = write((tx) => customers.create(tx, { name: 'Ana' }))
    const { conversationId } = way.receive('hola', { from: { externalId: 'z', name: 'Zoe', isBot: false } })
    const zoe = owner(conversationId)
    const ordered = (table: string, conversation_id: string | null) =>
      write((tx) =>
        fillRow(tx.sql, table, { customer_id: ana, conversation_id, created_at: '2999-01-01T00:00:00.000Z' }),
      ).id
    write((tx) => customers.merge(tx, ana, zoe))
    const inChat = ordered('orders', conversationId)
    const quoted = ordered('quotes', conversationId)
    const atCounter = ordered('orders', null)
    const later = { customer_id: ana, created_at: '2999-01-01T00:00:00.000Z' }
    const [sent, heard, known] = write((tx) => {
      tx.sql.prepare("UPDATE orders SET address = 'Calle Zoe 2' WHERE id = ?").run(inChat)
      tx.sql.prepare("UPDATE orders SET address = 'Calle Ana 1' WHERE id = ?").run(atCounter)
      const message = tx.sql.prepare('SELECT id FROM messages LIMIT 1').pluck().get() as string
      return [
        fillRow(tx.sql, 'customer_addresses', { ...later, address: 'Calle Zoe 2' }).id,
        fillRow(tx.sql, 'customer_preferences', { ...later, source_message_id: message }).id,
        fillRow(tx.sql, 'customer_addresses', { ...later, address: 'Calle Ana 1' }).id,
      ]
    })
    const [merge] = customers.detail(ana).merges
    write((tx) => customers.undoMerge(tx, merge?.id ?? ''))
    const whose = (table: string, id: unknown) =>
      way.value(`SELECT customer_id FROM ${table} WHERE id = '${String(id)}'`)
    // Nobody is offered somebody else's address, or fed what somebody else likes.
    expect(whose('customer_addresses', sent)).toBe(zoe)
    expect(whose('customer_preferences', heard)).toBe(zoe)
    expect(whose('customer_addresses', known)).toBe(ana)
    expect([whose('orders', inChat), whose('quotes', quoted), whose('orders', atCounter)]).toEqual([
      zoe,
      zoe,
      ana,
    ])
  })

  it('a message to a merged record reaches the living one', () => {
    const first = way.receive('hola')
    const zoe = way.receive('hola', { chatId: 'z', from: { externalId: 'z', name: 'Zoe', isBot: false } })
    write((tx) => customers.merge(tx, owner(first.conversationId), owner(zoe.conversationId)))
    const again = way.receive('otra', { chatId: 'z', from: { externalId: 'z', name: 'Zoe', isBot: false } })
    expect(again.conversationId).toBe(zoe.conversationId)
    expect(owner(again.conversationId)).toBe(owner(first.conversationId))
  })
})

function owner(conversationId: string): string {
  return String(way.value(`SELECT customer_id FROM conversations WHERE id = '${conversationId}'`))
}
