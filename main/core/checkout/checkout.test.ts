import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CheckoutWay, testProfile } from '../../../tests/fixtures/checkout-way.ts'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { isDomainError } from '../errors.ts'
import type { ShopProfileInput } from '../knowledge/profile.ts'
import type { Tx } from '../storage/storage.ts'
import type { SummarySnapshot } from './checkout.ts'
import { findPayment } from './payments.ts'
import { differences, hashOf } from './summary.ts'
import { tellsAmount } from './told.ts'

let shop: CheckoutWay
let clock: ManualClock
beforeEach(() => {
  // A Monday, eleven in the morning in Madrid.
  clock = new ManualClock(Date.parse('2026-03-02T10:00:00Z'))
  shop = new CheckoutWay({ clock })
  shop.meet('Ana')
})
afterEach(() => shop.close())

function write<T>(work: (tx: Tx) => T): T {
  return shop.way.test.storage.write('agent', work)
}

function refusal(work: () => unknown): { code: string; data: unknown } {
  try {
    work()
  } catch (error) {
    if (isDomainError(error)) return { code: error.code, data: error.data }
    throw error
  }
  return { code: 'done', data: null }
}

const fill = (quantity = 2) => write((tx) => shop.services.carts.setLine(tx, shop.owner, shop.hat, quantity))
const deliver = (input: Parameters<typeof shop.services.checkout.setDelivery>[2]) =>
  write((tx) => shop.services.checkout.setDelivery(tx, shop.owner, input))
const profile = (changes: ShopProfileInput) =>
  write((tx) => shop.services.knowledge.setProfile(tx, { ...testProfile, ...changes }))

describe('what is missing', () => {
  it('is told in the order in which to ask it, and shrinks with what is said', () => {
    const { checkout } = shop.services
    expect(shop.view().missing).toEqual(['cart', 'delivery_method', 'name', 'payment'])
    fill()
    expect(shop.view().missing).toEqual(['delivery_method', 'name', 'payment'])
    expect(deliver({ method: 'delivery' }).missing).toEqual(['place', 'address', 'name', 'phone', 'payment'])
    expect(deliver({ place: 'Madrid' }).missing).toEqual(['address', 'name', 'phone', 'payment'])
    expect(deliver({ address: 'Calle Mayor 3' }).missing).toEqual(['name', 'phone', 'payment'])
    write((tx) => checkout.setContact(tx, shop.owner, { name: 'Ana Pérez' }))
    write((tx) => checkout.setContact(tx, shop.owner, { phone: '600 111 222' }))
    expect(shop.view().missing).toEqual(['payment'])
    expect(write((tx) => checkout.setPayment(tx, shop.owner, 'con tarjeta')).missing).toEqual([])
    expect(shop.view()).toMatchObject({
      subtotal: 3980,
      deliveryFee: 350,
      total: 4330,
      freeFrom: 5000,
      delivery: { zone: { id: 'madrid', eta: '24-48 h' }, place: 'Madrid', address: 'Calle Mayor 3' },
      contact: { name: 'Ana Pérez', phone: '600 111 222' },
      payment: { id: 'card', name: 'Tarjeta' },
    })
  })

  it('leaves out what the shop does not ask for, or gives no choice of', () => {
    fill()
    write((tx) => shop.services.settings.set(tx, { ask: { name: false, phone: false, payment: false } }))
    expect(shop.view().missing).toEqual(['delivery_method'])
    profile({ delivery: null, payments: [{ name: 'Efectivo' }] })
    expect(shop.view()).toMatchObject({
      missing: [],
      delivery: { method: 'pickup' },
      payment: { id: 'Efectivo' },
      total: 3980,
      options: { methods: [] },
    })
    profile({ delivery: { zones: testProfile.delivery?.zones ?? [], pickup: null } })
    expect(shop.view()).toMatchObject({
      missing: ['place', 'address'],
      delivery: { method: 'delivery' },
      total: null,
    })
    expect(refusal(() => deliver({ method: 'pickup' })).code).toBe('checkout.not_served')
  })

  it('takes a full name on record, and asks where there is only a nickname', () => {
    const rename = (name: string) => write((tx) => tx.sql.prepare('UPDATE customers SET name = ?').run(name))
    fill()
    for (const name of ['ana_99', 'Ana', '✨ Ana ✨', '', 'user 12']) {
      rename(name)
      expect(shop.view().missing, name).toContain('name')
    }
    for (const name of ['Ana Pérez', 'María del Mar O’Neill', 'J. R. Ewing']) {
      rename(name)
      expect(shop.view().missing, name).not.toContain('name')
      expect(shop.view().contact.name).toBe(name)
    }
  })

  it('stops a summary', () => {
    const summarize = () => write((tx) => shop.services.checkout.summarize(tx, shop.owner, 'turn'))
    expect(refusal(summarize)).toEqual({
      code: 'checkout.incomplete',
      data: { missing: 'cart delivery_method name payment' },
    })
    expect(shop.way.value('SELECT count(*) FROM order_summaries')).toBe(0)
  })
})

describe('where it goes', () => {
  beforeEach(() => fill())

  it.each([
    [{ place: 'madrid' }, 'madrid', 'madrid'],
    [{ place: '28013' }, 'madrid', '28013'],
    [{ address: 'Calle Mayor 3, 2º B, 28013 Madrid' }, 'madrid', '28013 Madrid'],
    [{ address: 'Calle de Toledo 8, 28005 Madrid' }, 'madrid', '28005 Madrid'],
    [{ address: 'Calle Canarias 3, Madrid' }, 'madrid', 'Madrid'],
    [{ place: 'Toledo', address: 'Calle Madrid 1' }, 'toledo', 'Toledo'],
    [{ address: 'Plaza 2\n45003 Toledo' }, 'toledo', '45003 Toledo'],
  ])('%j', (input, zone, place) => {
    expect(deliver({ method: 'delivery', ...input }).delivery).toMatchObject({ zone: { id: zone }, place })
  })

  it('is refused where the shop does not go, and what was said before stays', () => {
    deliver({ method: 'delivery', place: 'Madrid', address: 'Calle Mayor 3' })
    expect(refusal(() => deliver({ place: 'Tenerife, Canarias' }))).toEqual({
      code: 'checkout.not_served',
      data: { place: 'Tenerife, Canarias', method: 'delivery', known: true },
    })
    expect(refusal(() => deliver({ place: 'Lisboa' }))).toMatchObject({
      code: 'checkout.not_served',
      data: { place: 'Lisboa', known: false },
    })
    expect(shop.view().delivery).toMatchObject({ zone: { id: 'madrid' }, address: 'Calle Mayor 3' })
  })

  it('moves with an address that names another zone, and stays with one that names none', () => {
    deliver({ method: 'delivery', place: 'Madrid', address: 'Calle Mayor 3' })
    expect(deliver({ address: 'Calle Luna 4' }).delivery).toMatchObject({
      zone: { id: 'madrid' },
      address: 'Calle Luna 4',
    })
    expect(deliver({ address: 'Calle Sol 5, 45001 Toledo' })).toMatchObject({
      delivery: { zone: { id: 'toledo' } },
      deliveryFee: 600,
    })
    expect(deliver({ method: 'pickup' })).toMatchObject({
      delivery: { method: 'pickup', zone: null, address: '' },
      deliveryFee: 0,
      total: 3980,
    })
    expect(deliver({ method: 'delivery' }).delivery).toMatchObject({ address: 'Calle Sol 5, 45001 Toledo' })
  })

  it('costs nothing from the zone’s sum on, and nothing is delivered below the least', () => {
    fill(3)
    expect(deliver({ method: 'delivery', place: 'Madrid', address: 'Calle Mayor 3' })).toMatchObject({
      deliveryFee: 0,
      total: 5970,
    })
    profile({ delivery: { ...testProfile.delivery, minOrder: 75 } })
    write((tx) =>
      shop.services.checkout.setContact(tx, shop.owner, { name: 'Ana Pérez', phone: '600111222' }),
    )
    write((tx) => shop.services.checkout.setPayment(tx, shop.owner, 'bizum'))
    const summarize = () => write((tx) => shop.services.checkout.summarize(tx, shop.owner, 'turn'))
    expect(refusal(summarize)).toEqual({
      code: 'checkout.below_minimum',
      data: { minimum: 7500, missing: 1530 },
    })
    deliver({ method: 'pickup' })
    expect(refusal(summarize).code).toBe('done')
  })

  it('tells no fee where the shop has said none', () => {
    profile({ delivery: { zones: [{ name: 'Centro' }], pickup: { fee: 1 } } })
    expect(deliver({ method: 'delivery', place: 'Centro', address: 'Calle 1' })).toMatchObject({
      delivery: { zone: { id: 'Centro' } },
      deliveryFee: null,
      total: 3980,
    })
    expect(deliver({ method: 'pickup' })).toMatchObject({ deliveryFee: 100, total: 4080 })
  })

  it('takes a saved address of this customer alone', () => {
    const { customers } = shop.services
    const own = write((tx) =>
      customers.saveAddress(tx, shop.owner.customerId, {
        address: 'Calle Mayor 3',
        place: 'Madrid',
        recipient: 'Ana Pérez',
      }),
    )
    expect(deliver({ method: 'delivery', savedAddressId: own })).toMatchObject({
      delivery: { zone: { id: 'madrid' }, address: 'Calle Mayor 3' },
      contact: { name: 'Ana Pérez' },
    })
    shop.meet('Eva')
    expect(refusal(() => deliver({ method: 'delivery', savedAddressId: own })).code).toBe('not_found')
  })
})

describe('when it comes', () => {
  const slot = {
    id: 'am',
    label: 'Mañana',
    days: ['mon', 'tue'] as const,
    from: '12:00',
    to: '14:00',
    cutoffMinutes: 30,
  }
  beforeEach(() => {
    fill()
    write((tx) => shop.services.settings.set(tx, { slots: [{ ...slot, days: [...slot.days], capacity: 1 }] }))
    deliver({ method: 'pickup' })
  })

  it('is asked for, offered with dates and noted', () => {
    expect(shop.view().missing).toContain('slot')
    expect(shop.view().options.slots.slice(0, 3)).toEqual([
      { id: 'am', label: 'Mañana', date: '2026-03-02' },
      { id: 'am', label: 'Mañana', date: '2026-03-03' },
      { id: 'am', label: 'Mañana', date: '2026-03-09' },
    ])
    expect(deliver({ slotId: 'am', slotDate: '2026-03-03' }).delivery.slot).toMatchObject({
      date: '2026-03-03',
    })
    expect(shop.view().missing).not.toContain('slot')
    expect(refusal(() => deliver({ slotId: 'am', slotDate: '2026-03-04' })).code).toBe('checkout.slot')
    expect(refusal(() => deliver({ slotId: 'pm' })).code).toBe('checkout.slot')
  })

  it('is asked again once its time is over, and skips what is past its cut-off', () => {
    deliver({ slotId: 'am', slotDate: '2026-03-02' })
    clock.advance(35 * 60_000)
    expect(shop.view().delivery.slot).toBeNull()
    expect(shop.view().missing).toContain('slot')
    expect(shop.view().options.slots[0]?.date).toBe('2026-03-03')
  })

  it('is not offered on a day of the vacation', () => {
    profile({ vacations: [{ from: '2026-03-02', to: '2026-03-08' }] })
    expect(shop.view().options.slots[0]?.date).toBe('2026-03-09')
  })
})

describe('payment and codes', () => {
  const ways = [
    { id: 'card', name: 'Tarjeta', details: '' },
    { id: 'bizum', name: 'Bizum', details: '' },
    { id: 'cash', name: 'Efectivo en tienda', details: '' },
    { id: 'bank', name: 'Transferencia bancaria', details: '' },
  ]
  it.each([
    ['card', 'card'],
    ['con tarjeta de crédito', 'card'],
    ['by card', 'card'],
    ['visa', 'card'],
    ['BIZUM', 'bizum'],
    ['te hago un bizum', 'bizum'],
    ['en metálico', 'cash'],
    ['cash', 'cash'],
    ['por transferencia', 'bank'],
    ['bank transfer', 'bank'],
    ['paypal', null],
    ['', null],
    ['tarjeta o bizum', null],
  ])('%j means %j', (said, id) => expect(findPayment(ways, said)?.id ?? null).toBe(id))

  it('that the shop does not take are refused with those that it takes', () => {
    fill()
    expect(
      refusal(() => write((tx) => shop.services.checkout.setPayment(tx, shop.owner, 'bitcoin'))),
    ).toEqual({
      code: 'checkout.payment_unknown',
      data: { options: 'Bizum\nTarjeta' },
    })
  })

  it('take off what the owner’s code says, and nothing for others', () => {
    fill()
    const { discounts, checkout } = shop.services
    const apply = (code: string | null) => write((tx) => checkout.applyDiscount(tx, shop.owner, code))
    write((tx) => discounts.add(tx, { code: 'LANA10', kind: 'percent', value: 1000, minSubtotal: 3000 }))
    expect(apply('lana10').discount).toEqual({ code: 'LANA10', amount: 398 })
    expect(refusal(() => apply('GRATIS')).code).toBe('discount.unknown')
    expect(shop.view().discount?.code).toBe('LANA10')
    expect(apply(null).discount).toBeNull()
    fill(1)
    expect(refusal(() => apply('LANA10'))).toMatchObject({
      code: 'discount.not_valid',
      data: { reason: 'minimum', minimum: 3000 },
    })
  })
})

describe('a quoted service', () => {
  const quote = (values: { kind?: 'exact' | 'from'; until?: string | null } = {}) =>
    write((tx) => {
      tx.sql
        .prepare(
          `INSERT OR IGNORE INTO tariffs (id, product_id, definition, created_at, updated_at, created_by, updated_by)
           SELECT 't', product_id, '{}', '', '', '', '' FROM variants WHERE id = ?`,
        )
        .run(shop.mug)
      const id = `q${String(Math.random()).slice(2)}`
      tx.sql
        .prepare(
          `INSERT INTO quotes (id, seq, number, customer_id, conversation_id, product_id, variant_id, tariff_id, tariff_revision, answers, lines,
             total, price_kind, valid_until, created_at, updated_at, created_by, updated_by)
           SELECT ?, (SELECT count(*) + 1 FROM quotes), ?, ?, ?, product_id, id, 't', 1, '{}', '[]', 4500, ?, ?, '', '', '', '' FROM variants WHERE id = ?`,
        )
        .run(
          id,
          id,
          shop.owner.customerId,
          shop.owner.conversationId,
          values.kind ?? 'exact',
          values.until ?? null,
          shop.mug,
        )
      return id
    })
  const put = (id: string) => write((tx) => shop.services.carts.setQuote(tx, shop.owner, id))

  it('is in the cart at its quote’s total, and so in the order', () => {
    const id = quote()
    expect(put(id).cart).toMatchObject({
      total: { amount: 4500 },
      lines: [{ quoteId: id, total: { amount: 4500 } }],
    })
    expect(deliver({ method: 'pickup' })).toMatchObject({
      subtotal: 4500,
      lines: [{ quoteId: id, unitPrice: 4500, quantity: 1 }],
    })
    write((tx) => tx.sql.prepare('UPDATE variants SET price = 1').run())
    expect(shop.view().total).toBe(4500)
  })

  it('leaves the cart with a reason once the quote is over', () => {
    put(quote({ until: '2026-03-02T11:00:00.000Z' }))
    clock.advance(3_600_000)
    expect(shop.services.carts.view(shop.owner.conversationId)).toMatchObject({
      lines: [],
      dropped: [{ variantId: shop.mug, reason: 'quote_expired' }],
    })
    expect(shop.view().changes).toMatchObject([{ kind: 'gone', variantId: shop.mug }])
  })

  it('is refused when it is over, not exact, or somebody else’s', () => {
    expect(refusal(() => put(quote({ until: '2020-01-01T00:00:00.000Z' }))).code).toBe('quote.expired')
    expect(refusal(() => put(quote({ kind: 'from' })))).toMatchObject({
      code: 'cart.not_sellable',
      data: { reason: 'price_from' },
    })
    const id = quote()
    shop.meet('Eva')
    expect(refusal(() => put(id)).code).toBe('not_found')
  })
})

describe('the hash of a summary', () => {
  const line = fc.record({
    variantId: fc.uuid(),
    productId: fc.uuid(),
    quoteId: fc.option(fc.uuid(), { nil: null }),
    name: fc.string(),
    title: fc.string(),
    quantity: fc.integer({ min: 1, max: 99 }),
    unitSize: fc.constantFrom(1, 100, 1000),
    unitPrice: fc.nat(100_000),
    total: fc.nat(1_000_000),
  })
  const snapshot: fc.Arbitrary<SummarySnapshot> = fc.record({
    lines: fc.uniqueArray(line, { minLength: 1, maxLength: 5, selector: ({ variantId }) => variantId }),
    currency: fc.constantFrom('EUR', 'JPY'),
    pricesIncludeTax: fc.boolean(),
    subtotal: fc.nat(),
    discount: fc.option(fc.record({ code: fc.constantFrom('A', 'B'), amount: fc.nat(500) }), { nil: null }),
    deliveryFee: fc.option(fc.nat(1000), { nil: null }),
    tax: fc.nat(),
    total: fc.nat(),
    method: fc.constantFrom('delivery' as const, 'pickup' as const),
    zoneId: fc.option(fc.string(), { nil: null }),
    place: fc.string(),
    address: fc.string(),
    slot: fc.option(fc.record({ id: fc.constantFrom('am', 'pm'), date: fc.constant('2026-03-02') }), {
      nil: null,
    }),
    name: fc.string(),
    phone: fc.string(),
    paymentId: fc.option(fc.string(), { nil: null }),
    note: fc.string(),
  })

  it('does not depend on the order of lines or on names', () => {
    fc.assert(
      fc.property(snapshot, (one) => {
        const other = {
          ...one,
          lines: one.lines.toReversed().map((item) => ({ ...item, name: 'x', title: 'y' })),
        }
        expect(hashOf(other)).toBe(hashOf(one))
        expect(differences(one, other)).toEqual([])
      }),
    )
  })

  it('differs with anything that a customer agrees to, and the difference has a name', () => {
    const [first] = [0]
    const changes: ((one: SummarySnapshot) => SummarySnapshot)[] = [
      (one) => ({
        ...one,
        lines: one.lines.map((item, at) => (at === first ? { ...item, quantity: item.quantity + 1 } : item)),
      }),
      (one) => ({
        ...one,
        lines: one.lines.map((item, at) =>
          at === first ? { ...item, unitPrice: item.unitPrice + 1 } : item,
        ),
      }),
      (one) => ({ ...one, lines: one.lines.slice(1) }),
      (one) => ({ ...one, total: one.total + 1 }),
      (one) => ({ ...one, tax: one.tax + 1 }),
      (one) => ({ ...one, deliveryFee: (one.deliveryFee ?? 0) + 1 }),
      (one) => ({ ...one, discount: { code: 'C', amount: 1 } }),
      (one) => ({ ...one, address: `${one.address}!` }),
      (one) => ({ ...one, place: `${one.place}!` }),
      (one) => ({ ...one, zoneId: `${one.zoneId}!` }),
      (one) => ({ ...one, method: one.method === 'pickup' ? 'delivery' : 'pickup' }),
      (one) => ({ ...one, slot: { id: 'eve', date: '2026-03-02' } }),
      (one) => ({ ...one, name: `${one.name}!` }),
      (one) => ({ ...one, phone: `${one.phone}1` }),
      (one) => ({ ...one, paymentId: `${one.paymentId}!` }),
      (one) => ({ ...one, note: `${one.note}!` }),
    ]
    fc.assert(
      fc.property(snapshot, fc.constantFrom(...changes), (one, change) => {
        expect(hashOf(change(one))).not.toBe(hashOf(one))
        expect(differences(one, change(one)).length).toBeGreaterThan(0)
      }),
    )
  })
})

it.each([
  ['Total: 43,30 €', 4330, 'EUR', 'es-ES', true],
  ['Total: 43,30€ ¿lo confirmas?', 4330, 'EUR', 'es-ES', true],
  ['son 43 euros', 4300, 'EUR', 'es-ES', true],
  ['Total: 143,30 €', 4330, 'EUR', 'es-ES', false],
  ['Total: 43,3', 4330, 'EUR', 'es-ES', false],
  ['Total: 1.234,50 €', 123_450, 'EUR', 'es-ES', true],
  ['Total: $ 12.900', 1_290_000, 'COP', 'es-CO', true],
  ['Total: £1,299.00', 129_900, 'GBP', 'en-GB', true],
  ['Total: ¥1,200', 1200, 'JPY', 'en-US', true],
  ['Todo bien por aquí', 4330, 'EUR', 'es-ES', false],
  ['', 4330, 'EUR', 'es-ES', false],
])('%j tells %i %s: %s', (text, amount, currency, locale, told) => {
  expect(tellsAmount(text, { amount, currency }, locale)).toBe(told)
})
