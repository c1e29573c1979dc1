import type { ShopProfile, ShopProfileInput } from '../../../../preload/contract/index.ts'
import { currencyDigits, editableAmount, parseAmount } from '../../ui/money.ts'

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof days)[number]

export interface DayForm {
  state: 'open' | 'closed'
  spans: { opens: string; closes: string }[]
}

export interface ZoneForm {
  id: string
  name: string
  areas: string[]
  fee: string
  freeFrom: string
  eta: string
  excludes: string[]
}

export interface ProfileForm {
  address: string
  phone: string
  hours: Record<Day, DayForm>
  hoursNote: string
  minOrder: string
  zones: ZoneForm[]
  pickup: boolean
  pickupFee: string
  pickupNote: string
  notServed: string
  payments: { id: string; name: string; details: string }[]
  deposit: boolean
  depositOver: string
  depositPercent: string
  depositNote: string
  returns: string
  discounts: string
  handoff: string
  faq: { id: string; q: string; a: string }[]
}

/** How the shop writes money. */
export interface MoneyStyle {
  currency: string
  locale: string
}

export const usualSpan = { opens: '09:00', closes: '14:00' }
export const laterSpan = { opens: '17:00', closes: '20:00' }

/** Ids of zones and payments are stable names; a new one gets the first that is free. */
export function freeId(prefix: string, taken: readonly { id: string }[]): string {
  let number = taken.length + 1
  while (taken.some((each) => each.id === `${prefix}-${number}`)) number += 1
  return `${prefix}-${number}`
}

export function formOf(profile: ShopProfile, { currency, locale }: MoneyStyle): ProfileForm {
  const amount = (value: number | null | undefined) => editableAmount(value ?? null, currency, locale)
  const { delivery, deposit } = profile
  return {
    address: profile.address,
    phone: profile.phone,
    hours: {
      mon: dayForm(profile.hours?.mon),
      tue: dayForm(profile.hours?.tue),
      wed: dayForm(profile.hours?.wed),
      thu: dayForm(profile.hours?.thu),
      fri: dayForm(profile.hours?.fri),
      sat: dayForm(profile.hours?.sat),
      sun: dayForm(profile.hours?.sun),
    },
    hoursNote: profile.hoursNote,
    minOrder: amount(delivery?.minOrder),
    zones: (delivery?.zones ?? []).map((zone) => ({
      id: zone.id,
      name: zone.name,
      areas: zone.areas,
      fee: amount(zone.fee),
      freeFrom: amount(zone.freeFrom),
      eta: zone.eta,
      excludes: zone.excludes,
    })),
    pickup: delivery?.pickup !== undefined && delivery.pickup !== null,
    pickupFee: amount(delivery?.pickup?.fee),
    pickupNote: delivery?.pickup?.note ?? '',
    notServed: delivery?.notServed ?? '',
    payments: profile.payments.map((payment) => ({ ...payment })),
    deposit: deposit !== undefined && deposit !== null,
    depositOver: amount(deposit?.over),
    depositPercent: deposit?.percent === undefined || deposit.percent === null ? '' : String(deposit.percent),
    depositNote: deposit?.note ?? '',
    returns: profile.returns,
    discounts: profile.discounts,
    handoff: profile.handoff,
    faq: profile.faq.map(({ q, a }, index) => ({ id: `faq-${index + 1}`, q, a })),
  }
}

function dayForm(spans: [string, string][] | null | undefined): DayForm {
  if (spans === undefined || spans === null || spans.length === 0)
    return { state: 'closed', spans: [usualSpan] }
  return { state: 'open', spans: spans.map(([opens, closes]) => ({ opens, closes })) }
}

/** A shop that is never open has said nothing about its hours. */
export function allClosed(form: Pick<ProfileForm, 'hours'>): boolean {
  return days.every((day) => form.hours[day].state === 'closed')
}

export type ProfileProblem = 'amount' | 'hours' | 'name' | 'percent'

/** Path of each field that cannot be saved, as the form names it, with what is wrong. */
export function problemsOf(
  form: ProfileForm,
  { currency, locale }: MoneyStyle,
): Record<string, ProfileProblem> {
  const problems: Record<string, ProfileProblem> = {}
  const amount = (path: string, text: string) => {
    if (text.trim() !== '' && parseAmount(text, currency, locale) === null) problems[path] = 'amount'
  }
  for (const day of days) {
    const { state, spans } = form.hours[day]
    if (state !== 'open') continue
    spans.forEach((span, index) => {
      if (span.opens === '' || span.closes === '' || span.closes <= span.opens) {
        problems[`hours.${day}.spans.${index}.closes`] = 'hours'
      }
    })
  }
  amount('minOrder', form.minOrder)
  form.zones.forEach((zone, index) => {
    if (zone.name.trim() === '') problems[`zones.${index}.name`] = 'name'
    amount(`zones.${index}.fee`, zone.fee)
    amount(`zones.${index}.freeFrom`, zone.freeFrom)
  })
  if (form.pickup) amount('pickupFee', form.pickupFee)
  form.payments.forEach((payment, index) => {
    if (payment.name.trim() === '') problems[`payments.${index}.name`] = 'name'
  })
  if (form.deposit) {
    amount('depositOver', form.depositOver)
    const percent = percentOf(form.depositPercent)
    if (percent === null) problems.depositPercent = 'percent'
  }
  return problems
}

function percentOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace(/\s*%$/, ''))
  return text.trim() !== '' && value >= 0 && value <= 100 ? value : null
}

/** For a form without problems. Amounts in major units, as the contract takes them. */
export function inputOf(form: ProfileForm, { currency, locale }: MoneyStyle): ShopProfileInput {
  const major = (text: string): number | null => {
    const amount = parseAmount(text, currency, locale)
    return amount === null ? null : amount / 10 ** currencyDigits(currency)
  }
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  const hours: NonNullable<ShopProfileInput['hours']> = {}
  for (const day of days) {
    const { state, spans } = form.hours[day]
    hours[day] = state === 'closed' ? null : spans.map(({ opens, closes }) => [opens, closes])
  }
  const anyDelivery =
    form.zones.length > 0 || form.pickup || form.minOrder.trim() !== '' || form.notServed.trim() !== ''
  return {
    address: orNull(form.address),
    phone: orNull(form.phone),
    hours: allClosed(form) ? null : hours,
    hoursNote: orNull(form.hoursNote),
    delivery: anyDelivery
      ? {
          minOrder: major(form.minOrder),
          zones: form.zones.map((zone) => ({
            id: zone.id,
            name: zone.name.trim(),
            areas: zone.areas,
            fee: major(zone.fee),
            freeFrom: major(zone.freeFrom),
            eta: orNull(zone.eta),
            excludes: zone.excludes,
          })),
          pickup: form.pickup ? { fee: major(form.pickupFee), note: orNull(form.pickupNote) } : null,
          notServed: orNull(form.notServed),
        }
      : null,
    payments: form.payments.map(({ id, name, details }) => ({
      id,
      name: name.trim(),
      details: orNull(details),
    })),
    deposit: form.deposit
      ? {
          over: major(form.depositOver),
          percent: percentOf(form.depositPercent) ?? 0,
          note: orNull(form.depositNote),
        }
      : null,
    returns: orNull(form.returns),
    discounts: orNull(form.discounts),
    handoff: orNull(form.handoff),
    faq: form.faq
      .map(({ q, a }) => ({ q: q.trim(), a: a.trim() }))
      .filter(({ q, a }) => q !== '' && a !== ''),
  }
}
