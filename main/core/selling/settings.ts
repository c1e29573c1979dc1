import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { isLocalDate, type Weekday, weekdays } from '../language/calendar.ts'

/** A window in which orders are delivered or picked up. Times are local `HH:MM`. */
export interface DeliverySlot {
  id: string
  label: string
  days: Weekday[]
  from: string
  to: string
  /** Orders that one date's window takes; null: no limit. */
  capacity: number | null
  /** Minutes before `from` up to which it can still be chosen. */
  cutoffMinutes: number
}

export interface SellingSettings {
  /** Rate of each tax class of the catalog in basis points; classes that are not named have `standard`'s. */
  taxes: Record<string, number>
  deliveryTax: number
  /** Before each order's number. */
  orderPrefix: string
  /** Payment methods of the profile (ids) that are paid before the order is handled. */
  prepaid: string[]
  /** Hours after which an unpaid order of those methods lets its stock go; null: never by itself. */
  unpaidHours: number | null
  /** Hours before that at which the customer is reminded. */
  warnHours: number
  slots: DeliverySlot[]
  /** What the checkout asks for. */
  ask: { name: boolean; phone: boolean; payment: boolean }
  /** Hours that a card waits for the owner before the customer is told politely. */
  cardHours: number
  /** Whether customers hear of each change of their order. */
  tellCustomers: boolean
}

/**
 * Value added tax by country: the standard rate and the reduced ones in basis points. A starting point that the shop
 * changes; countries that are not here begin without tax.
 */
const countryTaxes: Record<string, Record<string, number>> = {
  ES: { standard: 2100, reduced: 1000, super_reduced: 400, exempt: 0 },
  PT: { standard: 2300, reduced: 1300, super_reduced: 600, exempt: 0 },
  FR: { standard: 2000, reduced: 1000, super_reduced: 550, exempt: 0 },
  IT: { standard: 2200, reduced: 1000, super_reduced: 400, exempt: 0 },
  DE: { standard: 1900, reduced: 700, exempt: 0 },
  IE: { standard: 2300, reduced: 1350, exempt: 0 },
  GB: { standard: 2000, reduced: 500, exempt: 0 },
  US: { standard: 0, exempt: 0 },
  CA: { standard: 500, exempt: 0 },
  AU: { standard: 1000, exempt: 0 },
  NZ: { standard: 1500, exempt: 0 },
  MX: { standard: 1600, reduced: 800, exempt: 0 },
  CO: { standard: 1900, reduced: 500, exempt: 0 },
  AR: { standard: 2100, reduced: 1050, exempt: 0 },
  CL: { standard: 1900, exempt: 0 },
  PE: { standard: 1800, exempt: 0 },
  EC: { standard: 1500, exempt: 0 },
  UY: { standard: 2200, reduced: 1000, exempt: 0 },
  PY: { standard: 1000, reduced: 500, exempt: 0 },
  BO: { standard: 1300, exempt: 0 },
  VE: { standard: 1600, reduced: 800, exempt: 0 },
  CR: { standard: 1300, reduced: 400, exempt: 0 },
  PA: { standard: 700, exempt: 0 },
  GT: { standard: 1200, exempt: 0 },
  HN: { standard: 1500, exempt: 0 },
  SV: { standard: 1300, exempt: 0 },
  NI: { standard: 1500, exempt: 0 },
  DO: { standard: 1800, reduced: 1600, exempt: 0 },
}

/** What holds until the shop says otherwise. */
export function defaultSettings(shop: Pick<ShopBrief, 'country'>): SellingSettings {
  const taxes = countryTaxes[shop.country.toUpperCase()] ?? { standard: 0, exempt: 0 }
  return {
    taxes: { ...taxes },
    deliveryTax: taxes.standard ?? 0,
    orderPrefix: '',
    prepaid: [],
    unpaidHours: null,
    warnHours: 4,
    slots: [],
    ask: { name: true, phone: true, payment: true },
    cardHours: 24,
    tellCustomers: true,
  }
}

const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** @throws DomainError `input.invalid {field}` */
export function checkSettings(settings: SellingSettings): void {
  const refuse = (field: string): never => {
    throw new DomainError('input.invalid', { field })
  }
  const rates = [...Object.values(settings.taxes), settings.deliveryTax]
  if (rates.some((rate) => !isBetween(rate, 0, 10_000))) refuse('taxes')
  if (!/^[\p{L}\p{N}._/-]{0,10}$/u.test(settings.orderPrefix)) refuse('orderPrefix')
  if (settings.unpaidHours !== null && !isBetween(settings.unpaidHours, 1, 24 * 90)) refuse('unpaidHours')
  if (!isBetween(settings.warnHours, 1, 24 * 30)) refuse('warnHours')
  if (!isBetween(settings.cardHours, 1, 24 * 14)) refuse('cardHours')
  const ids = settings.slots.map((slot) => slot.id)
  if (new Set(ids).size !== ids.length) refuse('slots')
  for (const slot of settings.slots) {
    // A window ends on the day on which it begins.
    if (!time.test(slot.from) || !time.test(slot.to) || slot.to <= slot.from) refuse('slots')
    if (slot.days.length === 0 || slot.days.some((day) => !weekdays.includes(day))) refuse('slots')
    if (slot.capacity !== null && !isBetween(slot.capacity, 1, 100_000)) refuse('slots')
    if (!isBetween(slot.cutoffMinutes, 0, 20_160)) refuse('slots')
  }
}

function isBetween(value: number, low: number, high: number): boolean {
  return Number.isSafeInteger(value) && value >= low && value <= high
}

/** @throws DomainError `input.invalid {field}` for what is no date of the calendar. */
export function checkDate(date: string | null | undefined, field: string): void {
  if (date !== null && date !== undefined && !isLocalDate(date)) {
    throw new DomainError('input.invalid', { field })
  }
}
