import type { SellingSettings } from '../../../../preload/contract/index.ts'
import { editablePercent, parsePercent } from '../../ui/percent.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const knownClasses = ['standard', 'reduced', 'super_reduced', 'exempt'] as const
export type KnownClass = (typeof knownClasses)[number]

/** A class that the app itself starts a shop with has a name in the desk's language. */
export function knownClass(name: string): KnownClass | null {
  return knownClasses.find((each) => each === name) ?? null
}

interface TaxForm {
  key: string
  name: string
  rate: string
}

export interface SlotForm {
  id: string
  label: string
  days: Weekday[]
  from: string
  to: string
  capacity: string
  cutoffMinutes: string
}

/** The settings as the screen holds them: figures as they are written. */
export interface SettingsForm {
  taxes: TaxForm[]
  deliveryTax: string
  orderPrefix: string
  prepaid: string[]
  release: boolean
  unpaidHours: string
  warnHours: string
  slots: SlotForm[]
  ask: SellingSettings['ask']
  cardHours: string
  tellCustomers: boolean
}

export function emptyTax(): TaxForm {
  return { key: crypto.randomUUID(), name: '', rate: '' }
}

export function emptySlot(): SlotForm {
  return {
    id: crypto.randomUUID(),
    label: '',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '10:00',
    to: '14:00',
    capacity: '',
    cutoffMinutes: '60',
  }
}

export function formOf(settings: SellingSettings, locale: string): SettingsForm {
  return {
    taxes: Object.entries(settings.taxes).map(([name, rate]) => ({
      key: name,
      name,
      rate: editablePercent(rate, locale),
    })),
    deliveryTax: editablePercent(settings.deliveryTax, locale),
    orderPrefix: settings.orderPrefix,
    prepaid: settings.prepaid,
    release: settings.unpaidHours !== null,
    unpaidHours: String(settings.unpaidHours ?? 48),
    warnHours: String(settings.warnHours),
    slots: settings.slots.map((slot) => ({
      ...slot,
      capacity: slot.capacity === null ? '' : String(slot.capacity),
      cutoffMinutes: String(slot.cutoffMinutes),
    })),
    ask: settings.ask,
    cardHours: String(settings.cardHours),
    tellCustomers: settings.tellCustomers,
  }
}

/** A whole number within limits, or null. */
export function wholeNumber(text: string, min: number, max: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null
  const value = Number(text.trim())
  return value >= min && value <= max ? value : null
}

export const limits = {
  unpaidHours: [1, 24 * 90],
  warnHours: [1, 24 * 30],
  cardHours: [1, 24 * 14],
  capacity: [1, 100_000],
  cutoffMinutes: [0, 20_160],
} as const satisfies Record<string, readonly [number, number]>

export type SettingsProblem =
  | 'rate'
  | 'name'
  | 'name_twice'
  | 'prefix'
  | 'number'
  | 'warn'
  | 'label'
  | 'days'
  | 'times'

/** Path of each field that cannot be saved (`slots.0.label`), with what is wrong. */
export function problemsOf(form: SettingsForm): Record<string, SettingsProblem> {
  const problems: Record<string, SettingsProblem> = {}
  const within = (path: string, text: string, [min, max]: readonly [number, number]) => {
    if (wholeNumber(text, min, max) === null) problems[path] = 'number'
  }
  form.taxes.forEach((tax, index) => {
    const name = tax.name.trim()
    if (name === '') problems[`taxes.${index}.name`] = 'name'
    else if (form.taxes.findIndex((each) => each.name.trim() === name) < index)
      problems[`taxes.${index}.name`] = 'name_twice'
    if (parsePercent(tax.rate) === null) problems[`taxes.${index}.rate`] = 'rate'
  })
  if (parsePercent(form.deliveryTax) === null) problems.deliveryTax = 'rate'
  if (!/^[\p{L}\p{N}._/-]{0,10}$/u.test(form.orderPrefix.trim())) problems.orderPrefix = 'prefix'
  within('warnHours', form.warnHours, limits.warnHours)
  if (form.release) {
    within('unpaidHours', form.unpaidHours, limits.unpaidHours)
    if (problems.unpaidHours === undefined && problems.warnHours === undefined) {
      if (Number(form.warnHours) >= Number(form.unpaidHours)) problems.warnHours = 'warn'
    }
  }
  within('cardHours', form.cardHours, limits.cardHours)
  form.slots.forEach((slot, index) => {
    const at = `slots.${index}`
    if (slot.label.trim() === '') problems[`${at}.label`] = 'label'
    if (slot.days.length === 0) problems[`${at}.days`] = 'days'
    if (slot.from === '' || slot.to === '' || slot.to <= slot.from) problems[`${at}.to`] = 'times'
    if (slot.capacity.trim() !== '') within(`${at}.capacity`, slot.capacity, limits.capacity)
    within(`${at}.cutoffMinutes`, slot.cutoffMinutes, limits.cutoffMinutes)
  })
  return problems
}

/** For a form without problems. */
export function settingsOf(form: SettingsForm): SellingSettings {
  return {
    taxes: Object.fromEntries(form.taxes.map((tax) => [tax.name.trim(), parsePercent(tax.rate) ?? 0])),
    deliveryTax: parsePercent(form.deliveryTax) ?? 0,
    orderPrefix: form.orderPrefix.trim(),
    prepaid: form.prepaid,
    unpaidHours: form.release ? Number(form.unpaidHours) : null,
    warnHours: Number(form.warnHours),
    slots: form.slots.map((slot) => ({
      ...slot,
      label: slot.label.trim(),
      // In the order of the week, however they were chosen.
      days: weekdays.filter((day) => slot.days.includes(day)),
      capacity: slot.capacity.trim() === '' ? null : Number(slot.capacity),
      cutoffMinutes: Number(slot.cutoffMinutes),
    })),
    ask: form.ask,
    cardHours: Number(form.cardHours),
    tellCustomers: form.tellCustomers,
  }
}
