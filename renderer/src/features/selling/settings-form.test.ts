import { describe, expect, it } from 'vitest'
import type { SellingSettings } from '../../../../preload/contract/index.ts'
import { emptySlot, emptyTax, formOf, problemsOf, settingsOf } from './settings-form.ts'

const settings: SellingSettings = {
  taxes: { standard: 2100, reduced: 1050 },
  deliveryTax: 2100,
  orderPrefix: 'A-',
  prepaid: ['bizum'],
  unpaidHours: null,
  warnHours: 4,
  slots: [
    {
      id: 's1',
      label: 'Mañana',
      days: ['mon'],
      from: '10:00',
      to: '14:00',
      capacity: null,
      cutoffMinutes: 60,
    },
  ],
  ask: { name: true, phone: true, payment: false },
  cardHours: 24,
  tellCustomers: true,
}

describe('settings for selling', () => {
  it('come back as they were', () => {
    const form = formOf(settings, 'es-ES')
    expect(form.taxes[1]?.rate).toBe('10,5')
    expect(problemsOf(form)).toEqual({})
    expect(settingsOf(form)).toEqual(settings)
    expect(settingsOf({ ...form, release: true, unpaidHours: '12' }).unpaidHours).toBe(12)
  })

  it('say what cannot be saved', () => {
    const form = formOf(settings, 'es-ES')
    const slot = { ...emptySlot(), days: [], from: '12:00', to: '12:00', capacity: '0' }
    expect(
      problemsOf({
        ...form,
        taxes: [...form.taxes, { ...emptyTax(), name: 'standard', rate: '120' }, emptyTax()],
        orderPrefix: 'a b',
        release: true,
        unpaidHours: '4',
        slots: [slot],
      }),
    ).toEqual({
      'taxes.2.name': 'name_twice',
      'taxes.2.rate': 'rate',
      'taxes.3.name': 'name',
      'taxes.3.rate': 'rate',
      orderPrefix: 'prefix',
      warnHours: 'warn',
      'slots.0.label': 'label',
      'slots.0.days': 'days',
      'slots.0.to': 'times',
      'slots.0.capacity': 'number',
    })
  })

  it('keeps days in the order of the week', () => {
    const form = formOf(settings, 'es-ES')
    const saved = settingsOf({ ...form, slots: [{ ...emptySlot(), label: 'x', days: ['sun', 'mon'] }] })
    expect(saved.slots[0]?.days).toEqual(['mon', 'sun'])
  })
})
