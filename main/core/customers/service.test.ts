import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { newId } from '../ids.ts'
import { withMutant } from '../mutants.ts'
import type { Tx } from '../storage/storage.ts'
import type { CustomerInput } from './customer.ts'
import { CustomerService } from './service.ts'

let test: TestStorage
let customers: CustomerService
beforeEach(() => {
  test = createTestStorage()
  customers = new CustomerService(test.storage)
  write((tx) => {
    tx.sql
      .prepare(
        "INSERT INTO channel_accounts (id, kind, name, created_at, updated_at, created_by, updated_by) VALUES ('wa', 'whatsapp', 'WhatsApp', '', '', '', ''), ('tg', 'telegram', 'Telegram', '', '', '', '')",
      )
      .run()
  })
})
afterEach(() => test.close())

function write<T>(work: (tx: Tx) => T): T {
  return test.storage.write('person:owner', work)
}
const create = (input: Partial<CustomerInput>) => write((tx) => customers.create(tx, input))
const arrive = (account: string, externalId: string, name: string, phone?: string) =>
  write((tx) =>
    customers.resolve(tx, account, { externalId, name, ...(phone === undefined ? {} : { phone }) }),
  )
const found = (text: string) => customers.list({ text, limit: 50, offset: 0 }).items.map((item) => item.id)

describe('a customer', () => {
  it('is found by anything, accents, blanks and a partial phone aside', () => {
    const id = create({
      name: 'José Ángel Peña',
      phone: '600 111 222',
      email: 'Jose@Example.org',
      nationalId: '12.345.678-Z',
    })
    create({ name: 'Otra persona' })
    for (const text of [
      'jose angel',
      'joseangel',
      'PENA',
      '600111',
      '+34 600 111 222',
      'jose@example.org',
      '12345678z',
    ])
      expect(found(text), text).toEqual([id])
    expect(found('!!')).toEqual([])
    write((tx) => customers.update(tx, id, { phone: '699 000 111', name: 'Pepe' }))
    expect(found('600111')).toEqual([])
    expect(found('699000')).toEqual([id])
    expect(found('peña')).toEqual([])
  })

  it('is found by what their channels call them', () => {
    const id = write((tx) =>
      customers.resolve(tx, 'tg', { externalId: '1', name: 'Lola 🌸', username: 'lola_m' }),
    )
    expect(found('lola_m')).toEqual([id])
    write((tx) => customers.resolve(tx, 'tg', { externalId: '1', name: 'Dolores' }))
    expect(found('dolores')).toEqual([id])
    expect(found('lola_m')).toEqual([])
  })

  it('is changed only from the revision that was read', () => {
    const id = create({ name: 'Ana' })
    write((tx) => customers.update(tx, id, { notes: 'Paga en efectivo', active: false }, 1))
    expect(customers.detail(id)).toMatchObject({ revision: 2, notes: 'Paga en efectivo', active: false })
    expect(() => write((tx) => customers.update(tx, id, { name: 'Eva' }, 1))).toThrow('conflict')
    expect(() => write((tx) => customers.update(tx, id, { email: 'no' }))).toThrow('input.invalid')
    expect(() => create({})).toThrow('input.invalid')
    const list = (active: boolean) => customers.list({ active, limit: 10, offset: 0 }).total
    expect([list(true), list(false)]).toEqual([0, 1])
  })

  it('keeps a better name than the one they tell, and the phone that somebody vouches for', () => {
    const id = arrive('tg', '1', '4n1t4')
    const tell = (name: string) => write((tx) => customers.setName(tx, id, name))
    expect(tell('Ana')).toBe(true)
    expect(tell('Ana Pérez')).toBe(true)
    expect(tell('Ana')).toBe(false)
    expect(tell('Regalo para Luis')).toBe(false)
    expect(customers.get(id)?.name).toBe('Ana Pérez')
    const phone = (told: string) => write((tx) => customers.setPhone(tx, id, told))
    expect(phone('600 111 222')).toBe(true)
    expect(phone('600 111 333')).toBe(true)
    expect(phone('no lo sé')).toBe(false)
    arrive('tg', '1', '4n1t4', '+34600111444')
    expect(phone('600 111 555')).toBe(false)
    expect(customers.get(id)?.phone).toBe('+34600111444')
  })

  it('has addresses: the last used first, none twice', () => {
    const id = create({ name: 'Ana' })
    const save = (address: string, recipient = 'Ana') =>
      write((tx) => customers.saveAddress(tx, id, { address, place: 'Madrid', recipient }))
    const home = save('Calle Mayor 3, 2º B')
    save('Avenida de América 1')
    expect(save('calle mayor 3 2ºB', 'Luis')).toBe(home)
    expect(customers.addresses(id).length).toBe(2)
    expect(customers.addresses(id).find((one) => one.id === home)?.recipient).toBe('Luis')
    write((tx) => customers.removeAddress(tx, id, home))
    expect(customers.addresses(id).map((one) => one.address)).toEqual(['Avenida de América 1'])
    const other = create({ name: 'Eva' })
    const [left] = customers.addresses(id)
    expect(() => write((tx) => customers.removeAddress(tx, other, left?.id ?? ''))).toThrow('not_found')
  })

  it('has preferences: none twice, at most 50 of 300 characters', () => {
    const id = create({ name: 'Ana' })
    const add = (text: string) => write((tx) => customers.addPreference(tx, id, { topic: 'taste', text }))
    expect(add('Sin nueces').added).toBe(true)
    expect(add('sin  NUECES').added).toBe(false)
    expect(() => add('x'.repeat(301))).toThrow('input.invalid')
    for (let index = 0; index < 60; index++) add(`Gusto ${index}`)
    expect(customers.preferences(id)).toHaveLength(50)
    expect(customers.preferences(id).at(-1)?.text).toBe('Gusto 59')
    const [first] = customers.preferences(id)
    write((tx) => customers.removePreference(tx, id, first?.id ?? ''))
    expect(
      test.storage.sql.prepare("SELECT count(*) FROM audit_log WHERE changes LIKE '%nueces%'").pluck().get(),
    ).toBe(0)
  })

  it('is listed with figures that leave cancelled orders out', () => {
    const id = create({ name: 'Ana' })
    write((tx) => {
      const order = tx.sql.prepare(
        `INSERT INTO orders (id, seq, number, customer_id, source, state, payment_state, currency, prices_include_tax, delivery_method,
           subtotal, total, placed_at, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, 'chat', ?, 'unpaid', 'EUR', 1, 'none', ?, ?, ?, '', '', '', '')`,
      )
      order.run(newId(), 1, 'A-1', id, 'delivered', 1000, 1000, '2026-01-01T10:00:00.000Z')
      order.run(newId(), 2, 'A-2', id, 'pending', 250, 250, '2026-01-02T10:00:00.000Z')
      order.run(newId(), 3, 'A-3', id, 'cancelled', 9999, 9999, '2026-01-03T10:00:00.000Z')
    })
    expect(customers.detail(id)).toMatchObject({
      orders: 2,
      spent: 1250,
      lastOrderAt: '2026-01-02T10:00:00.000Z',
    })
    create({ name: 'Eva' })
    const total = (withOrders: boolean) => customers.list({ withOrders, limit: 10, offset: 0 }).total
    expect([total(true), total(false)]).toEqual([1, 1])
  })

  it('of the version before gets keys and search text when the shop is opened', async () => {
    write((tx) => {
      tx.sql.exec(`INSERT INTO customers (id, name, phone, created_at, updated_at, created_by, updated_by)
        VALUES ('old', 'Ramón Ibáñez', '600 999 888', '', '', '', ''), ('signs', '🌸', NULL, '', '', '', '')`)
    })
    expect(found('ramon')).toEqual([])
    await customers.backfill()
    expect(found('ramon')).toEqual(['old'])
    expect(found('600999')).toEqual(['old'])
    create({ name: 'R. Ibáñez', phone: '+34600999888' })
    expect(customers.suggestions()).toHaveLength(1)
  })
})

it('a shop full of customers of the version before lets others work while it is opened', async () => {
  write((tx) => {
    const insert =
      tx.sql.prepare(`INSERT INTO customers (id, name, created_at, updated_at, created_by, updated_by)
      VALUES (?, ?, '', '', '', '')`)
    for (let index = 0; index < 450; index++) insert.run(`old-${index}`, `Ramón ${index}`)
  })
  let turns = 0
  const count = () => {
    turns += 1
    immediate = setImmediate(count)
  }
  let immediate = setImmediate(count)
  await customers.backfill()
  clearImmediate(immediate)
  expect(turns).toBeGreaterThanOrEqual(2)
  expect(customers.list({ text: 'ramon', limit: 1, offset: 0 }).total).toBe(450)
})

describe('two records of one person', () => {
  it('are suggested for an equal phone, e-mail or national id, once', () => {
    const ana = create({ name: 'Ana', phone: '600 111 222', email: 'ana@example.org' })
    const also = create({ name: 'Anita', phone: '+34 600111222', email: 'ANA@example.org' })
    expect(customers.suggestions()).toMatchObject([
      { reason: 'phone', kept: { id: ana }, merged: { id: also } },
    ])
    const told = arrive('tg', '7', 'Anuska')
    write((tx) => customers.setPhone(tx, told, '600111222'))
    expect(customers.suggestions()).toHaveLength(3)
    const [newest] = customers.suggestions()
    write((tx) => customers.dismissSuggestion(tx, newest?.id ?? ''))
    write((tx) => customers.update(tx, told, { notes: 'x' }))
    expect(customers.suggestions()).toHaveLength(2)
  })

  it('are not, when everybody has that phone', () => {
    for (let index = 0; index < 30; index++) create({ name: `Cliente ${index}`, phone: '910 000 000' })
    expect(customers.suggestions().length).toBeLessThanOrEqual(21 * 10)
    const before = customers.suggestions().length
    create({ name: 'Uno más', phone: '910 000 000' })
    expect(customers.suggestions()).toHaveLength(before)
  })

  it('become one by themselves for an equal phone that the channel vouches for, and the same name', () => {
    const ana = create({ name: 'Ana Pérez', phone: '600 111 222' })
    expect(arrive('wa', '34600111222', 'ana perez', '+34600111222')).toBe(ana)
    expect(customers.detail(ana).identities).toHaveLength(1)
    expect(arrive('wa', '34600111222', 'ana perez', '+34600111222')).toBe(ana)
  })

  it('become one for an equal national id, whatever is missing', () => {
    const ana = create({ name: 'Ana', nationalId: '12345678Z' })
    expect(create({ name: '', nationalId: '12.345.678-z', email: 'a@example.org' })).toBe(ana)
    expect(customers.get(ana)?.email).toBe('a@example.org')
  })

  it('never by themselves for what somebody only told, or with two names', async () => {
    const ana = create({ name: 'Ana', phone: '600 111 222' })
    const liar = arrive('tg', '66', 'Ana')
    write((tx) => customers.setPhone(tx, liar, '600 111 222'))
    expect(customers.get(liar)?.id).toBe(liar)
    // Now the phone's real owner writes: the liar's record is not theirs.
    const real = arrive('wa', '1', 'Ana', '600111222')
    expect(real).toBe(ana)
    expect(customers.detail(ana).identities).toHaveLength(1)
    const luis = arrive('wa', '2', 'Luis', '600111222')
    expect(luis).not.toBe(ana)
    await withMutant('customers.merge_names', () => expect(arrive('wa', '3', 'Eva', '600111222')).toBe(ana))
  })

  it('stay two after somebody said so', () => {
    const ana = create({ name: 'Ana', nationalId: '12345678Z' })
    expect(create({ name: 'Ana', nationalId: '12345678Z' })).toBe(ana)
    const [merge] = customers.detail(ana).merges
    write((tx) => customers.undoMerge(tx, merge?.id ?? ''))
    const [, second] = customers.list({ limit: 10, offset: 0 }).items
    write((tx) => customers.update(tx, second?.id ?? '', { notes: 'no es la misma' }))
    expect(customers.list({ limit: 10, offset: 0 }).total).toBe(2)
    expect(customers.suggestions()).toEqual([])
  })

  it('are found under every phone they had', () => {
    const ana = create({ name: 'Ana', phone: '600 111 222' })
    const other = create({ name: 'Ana', phone: '600 333 444' })
    write((tx) => customers.merge(tx, ana, other))
    expect(found('600333')).toEqual([ana])
    expect(customers.get(other)?.id).toBe(ana)
    const third = create({ name: 'Anita', phone: '600333444' })
    expect(customers.suggestions()).toMatchObject([{ kept: { id: ana }, merged: { id: third } }])
    expect(() => write((tx) => customers.merge(tx, ana, other))).toThrow('customer.same')
  })
})
