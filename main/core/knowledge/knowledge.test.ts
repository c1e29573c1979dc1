import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { isDomainError } from '../errors.ts'
import { hoursAt } from './hours.ts'
import { emptyProfile, type ShopProfileInput, type WeekHours } from './profile.ts'
import { KnowledgeService } from './service.ts'

const profile: ShopProfileInput = {
  address: 'Calle Mayor 3',
  phone: '910 555 123',
  hours: {
    mon: [
      ['09:00', '14:00'],
      ['17:00', '20:30'],
    ],
    tue: [['9:00', '14:00']],
    fri: [['20:00', '02:00']],
    sun: null,
  },
  hoursNote: 'Agosto cerrado',
  delivery: {
    minOrder: 15,
    zones: [
      {
        id: 'c',
        name: 'Centro',
        areas: ['Chamberí', 'Malasaña', '28001-28010'],
        fee: '3,95 €',
        freeFrom: 50,
        eta: '24 h',
        excludes: ['Ciudad Lineal'],
      },
      {
        id: 'p',
        name: 'Península',
        areas: ['Barcelona', 'Bilbao'],
        fee: 6.95,
        freeFrom: null,
        eta: '3 días',
        excludes: null,
      },
    ],
    pickup: { fee: 0, note: 'En la tienda' },
    notServed: 'No enviamos a Canarias, Ceuta ni Melilla.',
  },
  payments: [
    { id: 'card', name: 'Tarjeta', details: '' },
    { id: 'bizum', name: 'Bizum', details: 'al 600 123 456' },
  ],
  deposit: { over: 200, percent: 30, note: null },
  returns: '14 días',
  faq: [{ q: '¿Envolvéis para regalo?', a: 'Sí, sin coste.' }],
}

describe('the profile', () => {
  let test: TestStorage
  let knowledge: KnowledgeService
  beforeEach(() => {
    test = createTestStorage()
    knowledge = new KnowledgeService(test.storage, () => test.brief)
  })
  afterEach(() => test.close())
  const save = (input: ShopProfileInput) =>
    test.storage.write('person:1', (tx) => knowledge.setProfile(tx, input))

  it('is stored with amounts in minor units, and written as entries in the shop’s language', () => {
    const stored = save(profile)
    expect(stored.delivery).toMatchObject({
      minOrder: 1500,
      zones: [
        { fee: 395, freeFrom: 5000 },
        { fee: 695, freeFrom: null },
      ],
    })
    expect(knowledge.profile()).toEqual(stored)
    const text = (topic: 'hours' | 'delivery' | 'deposit') => knowledge.entries({ topic })[0]?.answer ?? ''
    expect(text('hours')).toContain('Lunes: de 09:00 a 14:00 y de 17:00 a 20:30.')
    expect(text('delivery')).toContain(
      'Centro (Chamberí, Malasaña, 28001-28010): 3,95 €, gratis desde 50,00 €',
    )
    expect(text('deposit')).toBe('Señal del 30 % en pedidos de más de 200,00 €.')
    expect(knowledge.entries({ topic: 'faq' })).toMatchObject([
      { answer: 'Sí, sin coste.', source: 'profile' },
    ])
  })

  it('rewrites only what changed, keeps the owner’s entries, and queues the index', () => {
    save(profile)
    const manual = test.storage.write('person:1', (tx) =>
      knowledge.add(tx, { topic: 'note', answer: 'Hay aparcamiento' }),
    )
    const before = knowledge.entries()
    test.storage.sql.exec('DELETE FROM search_outbox')
    save({ ...profile, returns: '30 días' })
    const after = knowledge.entries()
    const changed = after.filter(
      (entry) => !before.some((old) => old.id === entry.id && old.revision === entry.revision),
    )
    expect(changed.map((entry) => entry.topic)).toEqual(['returns'])
    expect(after.some((entry) => entry.id === manual.id)).toBe(true)
    expect(
      test.storage.sql.prepare("SELECT count(*) AS n FROM search_outbox WHERE kind = 'knowledge'").get(),
    ).toEqual({ n: 1 })
    save({ phone: null })
    expect(knowledge.entries().map((entry) => entry.topic)).toEqual(['note'])
    expect(knowledge.hours(new Date()).known).toBe(false)
  })

  it('says what is wrong with it and stores nothing', () => {
    const revision = knowledge.profileRow().revision
    const bad: unknown[] = [
      { delivery: { zones: [{ name: 'X', fee: 'barato' }] } },
      { hours: { mon: [['25:00', '26:00']] } },
    ]
    for (const input of bad) {
      // Deliberately of the wrong shape, as a file can be.
      expect(() => save(input as ShopProfileInput)).toThrowError(
        expect.objectContaining({ code: 'input.invalid' }),
      )
    }
    expect(knowledge.profileRow().revision).toBe(revision)
  })

  it('takes holidays, vacations and what happens when it is closed', () => {
    const stored = save({
      ...profile,
      holidays: [
        { date: ' 2026-12-24 ', name: 'Nochebuena', hours: [['10', '1:30 pm']] },
        { date: '2020-12-25', name: 'Navidad', hours: [], yearly: true },
      ],
      vacations: [
        { from: '2027-08-01', to: '2027-08-15' },
        { from: '2026-12-28', to: '2026-12-28', note: 'Inventario' },
      ],
      whenClosed: 'away',
      awayMessage: { es: 'Cerrado' },
    })
    expect(stored).toMatchObject({
      holidays: [
        { date: '2026-12-24', name: 'Nochebuena', hours: [['10:00', '13:30']], yearly: false },
        { date: '2020-12-25', name: 'Navidad', hours: null, yearly: true },
      ],
      vacations: [
        { from: '2026-12-28', to: '2026-12-28', note: 'Inventario' },
        { from: '2027-08-01', to: '2027-08-15', note: '' },
      ],
      whenClosed: 'away',
      awayMessage: { es: 'Cerrado', en: '' },
    })
    const [hours] = knowledge.entries({ topic: 'hours' })
    expect(hours?.answer).toContain('24 de diciembre de 2026 (Nochebuena): de 10:00 a 13:30.')
    expect(hours?.answer).toContain('25 de diciembre (Navidad, cada año): cerrado.')
    expect(hours?.answer).toContain('Del 1 al 15 de agosto de 2027: cerrado por vacaciones.')
    expect(hours?.answer).toContain('El 28 de diciembre de 2026: cerrado por vacaciones. Inventario.')
    expect(knowledge.hours(new Date('2026-12-24T09:30:00Z'))).toMatchObject({
      openNow: true,
      closes: '13:30',
    })
  })

  it('of an older version is read with what it lacks', () => {
    save(profile)
    const { sql } = test.storage
    const old: unknown = sql.prepare('SELECT profile FROM shop').pluck().get()
    const { holidays, vacations, whenClosed, awayMessage, ...rest } = JSON.parse(String(old))
    expect([holidays, vacations, whenClosed, awayMessage]).toEqual([[], [], 'answer', { es: '', en: '' }])
    sql.prepare('UPDATE shop SET profile = ?').run(JSON.stringify(rest))
    expect(knowledge.profile()).toMatchObject({ holidays: [], vacations: [], whenClosed: 'answer' })
    expect(knowledge.hours(new Date()).known).toBe(true)
  })

  it.each([
    [{ holidays: [{ date: '2026-02-30', name: 'X' }] }, 'holidays.0.date', 'date'],
    [{ holidays: [{ date: '24/12/2026', name: 'X' }] }, 'holidays.0.date', 'date'],
    [{ holidays: [{ date: '2026-12-24', hours: [['10:00', '25:00']] }] }, 'holidays.0.hours.0.1', 'time'],
    [{ vacations: [{ from: '2026-08-31', to: '2026-08-01' }] }, 'vacations.0.to', 'order'],
    [{ vacations: [{ from: '2026-08-01', to: 'agosto' }] }, 'vacations.0.to', 'date'],
    [{ hollidays: [] }, 'hollidays', 'unknown_key'],
    [{ address: 'Mayor 3', web: 'https://example.org' }, 'web', 'unknown_key'],
  ])('refuses %j', (input, path, issue) => {
    // Deliberately of the wrong shape, as a file can be.
    expect(() => save(input as ShopProfileInput)).toThrowError(
      expect.objectContaining({ code: 'input.invalid', data: { path, issue } }),
    )
  })

  it('keeps profile entries from being edited apart', () => {
    save(profile)
    const [entry] = knowledge.entries()
    try {
      test.storage.write('person:1', (tx) => knowledge.update(tx, entry?.id ?? '', { answer: 'x' }))
      expect.unreachable()
    } catch (error) {
      expect(isDomainError(error, 'conflict')).toBe(true)
    }
  })

  it.each([
    ['Chamberi', 'Centro', true],
    ['¿enviáis a malasana?', 'Centro', true],
    ['barcelna', 'Península', true],
    ['hacéis envíos a BILBAO', 'Península', true],
    ['28004', 'Centro', true],
    ['ciudad lineal', 'Centro', false],
    ['canarias', null, false],
    ['a melila', null, false],
    ['París', null, null],
    ['28099', null, null],
  ])('finds the delivery zone of %s', (query, zone, served) => {
    save(profile)
    const match = knowledge.zone(query)
    expect([match.zone?.name ?? null, match.served]).toEqual([zone, served])
  })
})

describe('hours', () => {
  const week: WeekHours = {
    mon: [
      ['09:00', '14:00'],
      ['17:00', '20:30'],
    ],
    tue: null,
    wed: null,
    thu: null,
    fri: [['20:00', '02:00']],
    sat: null,
    sun: null,
  }
  const at = (utc: string) => hoursAt({ ...emptyProfile(), hours: week }, new Date(utc), 'Europe/Madrid')

  it('know split shifts in the shop’s time zone', () => {
    // 2026-07-20 is a Monday; Madrid is two hours ahead of UTC in summer.
    expect(at('2026-07-20T07:30:00Z')).toMatchObject({ openNow: true, closes: '14:00', day: 'mon' })
    expect(at('2026-07-20T13:00:00Z')).toMatchObject({
      openNow: false,
      next: { day: 'mon', opens: '17:00', inDays: 0 },
    })
    expect(at('2026-07-20T19:00:00Z')).toMatchObject({
      openNow: false,
      next: { day: 'fri', opens: '20:00', inDays: 4 },
    })
  })

  it('know a shift past midnight, also from the day after', () => {
    expect(at('2026-07-24T21:00:00Z')).toMatchObject({ openNow: true, closes: '02:00', day: 'fri' })
    expect(at('2026-07-24T23:30:00Z')).toMatchObject({ openNow: true, day: 'sat' })
    expect(at('2026-07-25T00:30:00Z')).toMatchObject({
      openNow: false,
      next: { day: 'mon', opens: '09:00', inDays: 2 },
    })
  })

  it('say that they are not known', () => {
    expect(hoursAt(emptyProfile(), new Date(), 'Europe/Madrid')).toMatchObject({
      known: false,
      openNow: false,
      next: null,
    })
  })
})
