import { describe, expect, it } from 'vitest'
import type { ShopProfile } from '../../../../preload/contract/index.ts'
import { formOf, freeId, inputOf, problemsOf } from './state.ts'

const money = { currency: 'EUR', locale: 'es-ES' }

const nothing: ShopProfile = {
  address: '',
  phone: '',
  hours: null,
  hoursNote: '',
  holidays: [],
  vacations: [],
  whenClosed: 'answer',
  awayMessage: { es: '', en: '' },
  delivery: null,
  payments: [],
  deposit: null,
  returns: '',
  discounts: '',
  handoff: '',
  faq: [],
}

const profile: ShopProfile = {
  ...nothing,
  address: 'Calle Mayor 1',
  hours: { mon: [['09:00', '14:00']], tue: null, wed: null, thu: null, fri: null, sat: null, sun: null },
  delivery: {
    minOrder: 1500,
    zones: [
      { id: 'centro', name: 'Centro', areas: ['28001'], fee: 350, freeFrom: 4000, eta: '', excludes: [] },
    ],
    pickup: { fee: null, note: 'En caja' },
    notServed: '',
  },
  holidays: [
    { date: '2026-12-24', name: 'Nochebuena', hours: [['10:00', '13:00']], yearly: false },
    { date: '2026-12-25', name: 'Navidad', hours: null, yearly: true },
  ],
  vacations: [{ from: '2027-08-01', to: '2027-08-21', note: '' }],
  whenClosed: 'away',
  awayMessage: { es: 'Cerrado', en: '' },
  payments: [{ id: 'card', name: 'Tarjeta', details: '' }],
  deposit: { over: 10000, percent: 30, note: '' },
  faq: [{ q: '¿Envolvéis?', a: 'Sí.' }],
}

describe('shop information', () => {
  it('gives back what it was given, amounts in major units', () => {
    const input = inputOf(formOf(profile, money), money)
    expect(input.hours).toMatchObject({ mon: [['09:00', '14:00']], sun: null })
    expect(input).toMatchObject({
      holidays: profile.holidays,
      vacations: profile.vacations,
      whenClosed: 'away',
      awayMessage: profile.awayMessage,
    })
    expect(input.delivery).toMatchObject({
      minOrder: 15,
      zones: [{ id: 'centro', fee: 3.5, freeFrom: 40 }],
      pickup: { fee: null, note: 'En caja' },
    })
    expect(input.deposit).toEqual({ over: 100, percent: 30, note: null })
    expect(input.faq).toEqual([{ q: '¿Envolvéis?', a: 'Sí.' }])
  })

  it('leaves out what is empty', () => {
    expect(inputOf(formOf(nothing, money), money)).toMatchObject({
      address: null,
      hours: null,
      delivery: null,
      deposit: null,
      faq: [],
    })
  })

  it('names what cannot be saved', () => {
    const form = formOf(profile, money)
    form.hours.mon.spans = [{ opens: '14:00', closes: '14:00' }]
    form.minOrder = 'poco'
    form.depositPercent = '130'
    form.payments.push({ id: 'x', name: ' ', details: '' })
    expect(problemsOf(form, money)).toEqual({
      'hours.mon.spans.0.closes': 'hours',
      minOrder: 'amount',
      depositPercent: 'percent',
      'payments.1.name': 'name',
    })
  })

  it('names the closed days that cannot be', () => {
    const form = formOf(profile, money)
    const [eve, christmas] = form.holidays
    if (eve === undefined || christmas === undefined) throw new Error('no holidays')
    form.holidays.push({ ...christmas, id: 'x' }, { ...eve, id: 'y', date: '' })
    eve.spans = [
      { opens: '10:00', closes: '13:00' },
      { opens: '12:00', closes: '15:00' },
    ]
    form.vacations.push({ id: 'v', from: '2027-09-10', to: '2027-09-01', note: '' })
    form.vacations.push({ id: 'w', from: '', to: '', note: '' })
    expect(problemsOf(form, money)).toEqual({
      'holidays.0.spans.1.opens': 'overlap',
      'holidays.2.date': 'twice',
      'holidays.3.date': 'date',
      'vacations.1.to': 'order',
      'vacations.2.from': 'date',
      'vacations.2.to': 'date',
    })
  })

  it('takes an evening that ends after midnight', () => {
    const form = formOf(profile, money)
    form.hours.mon.spans = [
      { opens: '12:00', closes: '16:00' },
      { opens: '20:00', closes: '02:00' },
    ]
    expect(problemsOf(form, money)).toEqual({})
    expect(inputOf(form, money).hours?.mon).toEqual([
      ['12:00', '16:00'],
      ['20:00', '02:00'],
    ])
  })

  it('finds free ids', () => {
    expect(freeId('zone', [])).toBe('zone-1')
    expect(freeId('zone', [{ id: 'zone-2' }])).toBe('zone-3')
  })
})
