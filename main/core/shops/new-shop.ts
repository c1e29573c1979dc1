import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { isCurrency } from '../money/money.ts'

export interface NewShop {
  name: string
  /** ISO 4217. */
  currency: string
  /** BCP 47, as `es-ES`. */
  locale: string
  /** ISO 3166-1 alpha-2; from the locale when absent. */
  country?: string
  /** IANA name; the country's usual one when absent. */
  timeZone?: string
  pricesIncludeTax?: boolean
  demo?: boolean
}

/** The zone where most shops of a country are. */
const usualZones: Record<string, string | undefined> = {
  ES: 'Europe/Madrid',
  MX: 'America/Mexico_City',
  CO: 'America/Bogota',
  AR: 'America/Argentina/Buenos_Aires',
  CL: 'America/Santiago',
  PE: 'America/Lima',
  EC: 'America/Guayaquil',
  UY: 'America/Montevideo',
  PY: 'America/Asuncion',
  BO: 'America/La_Paz',
  VE: 'America/Caracas',
  CR: 'America/Costa_Rica',
  GT: 'America/Guatemala',
  DO: 'America/Santo_Domingo',
  PA: 'America/Panama',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  US: 'America/New_York',
}

/** Where prices on the tag leave the tax out. */
const taxAdded = new Set(['US', 'CA'])

/**
 * Checks what a new shop is made from and fills in what follows from its country.
 * @throws DomainError `shop.invalid` with the field.
 */
export function briefOf(input: NewShop): ShopBrief {
  const name = input.name.trim()
  if (name === '' || name.length > 120) throw new DomainError('shop.invalid', { field: 'name' })
  const currency = input.currency.toUpperCase()
  if (!isCurrency(currency))
    throw new DomainError('shop.invalid', { field: 'currency', value: input.currency })
  const locale = checkLocale(input.locale)
  const region = locale.region ?? locale.maximize().region ?? 'ES'
  const country = (input.country ?? region).toUpperCase()
  if (!/^[A-Z]{2}$/.test(country)) throw new DomainError('shop.invalid', { field: 'country', value: country })
  const timeZone =
    input.timeZone ?? usualZones[country] ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    name,
    currency,
    locale: locale.toString(),
    country,
    timeZone: checkZone(timeZone),
    pricesIncludeTax: input.pricesIncludeTax ?? !taxAdded.has(country),
  }
}

/** A folder name for a shop: `Panadería Sol` → `panaderia-sol`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  return slug === '' ? 'shop' : slug
}

function checkLocale(tag: string): Intl.Locale {
  try {
    const locale = new Intl.Locale(tag)
    if (locale.language !== 'es' && locale.language !== 'en') throw new Error('language')
    return locale
  } catch {
    throw new DomainError('shop.invalid', { field: 'locale', value: tag })
  }
}

function checkZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw new DomainError('shop.invalid', { field: 'timeZone', value: zone })
  }
}
