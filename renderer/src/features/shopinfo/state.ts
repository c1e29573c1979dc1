import type { ShopProfile, ShopProfileInput } from '../../../../preload/contract/index.ts'
import { currencyDigits, editableAmount, parseAmount } from '../../ui/money.ts'

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof days)[number]

export interface Span {
  opens: string
  closes: string
}

export interface DayForm {
  state: 'open' | 'closed'
  spans: Span[]
}

export interface HolidayForm extends DayForm {
  id: string
  /** `YYYY-MM-DD`, as the date field of the browser gives it. */
  date: string
  name: string
  yearly: boolean
}

export const closedPolicies = ['answer', 'orders_later', 'away'] as const

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
  holidays: HolidayForm[]
  vacations: { id: string; from: string; to: string; note: string }[]
  whenClosed: (typeof closedPolicies)[number]
  awayEs: string
  awayEn: string
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
export const mostSpans = 4

/** A closing before the opening is on the next day. */
export function pastMidnight({ opens, closes }: Span): boolean {
  return opens !== '' && closes !== '' && closes < opens
}

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
    holidays: profile.holidays.map(({ date, name, hours, yearly }, index) => ({
      id: `holiday-${index + 1}`,
      date,
      name,
      yearly,
      ...dayForm(hours),
    })),
    vacations: profile.vacations.map((vacation, index) => ({ id: `vacation-${index + 1}`, ...vacation })),
    whenClosed: profile.whenClosed,
    awayEs: profile.awayMessage.es,
    awayEn: profile.awayMessage.en,
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

export type ProfileProblem = 'amount' | 'hours' | 'overlap' | 'date' | 'twice' | 'order' | 'name' | 'percent'

/** Where the opening times of a day cannot be: incomplete, without length, or one inside another. */
function spanProblems(path: string, { state, spans }: DayForm): Record<string, ProfileProblem> {
  const problems: Record<string, ProfileProblem> = {}
  if (state === 'closed') return problems
  const placed: { from: number; to: number }[] = []
  spans.forEach((span, index) => {
    if (span.opens === '' || span.closes === '' || span.closes === span.opens) {
      problems[`${path}.${index}.closes`] = 'hours'
      return
    }
    const from = minutesOf(span.opens)
    const to = minutesOf(span.closes) + (pastMidnight(span) ? 24 * 60 : 0)
    if (placed.some((other) => from < other.to && other.from < to))
      problems[`${path}.${index}.opens`] = 'overlap'
    placed.push({ from, to })
  })
  return problems
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function closedDayProblems({ holidays, vacations }: ProfileForm): Record<string, ProfileProblem> {
  const problems: Record<string, ProfileProblem> = {}
  holidays.forEach((holiday, index) => {
    const same = (other: HolidayForm) => other.date === holiday.date && other.yearly === holiday.yearly
    if (holiday.date === '') problems[`holidays.${index}.date`] = 'date'
    else if (holidays.findIndex(same) < index) problems[`holidays.${index}.date`] = 'twice'
    Object.assign(problems, spanProblems(`holidays.${index}.spans`, holiday))
  })
  vacations.forEach(({ from, to }, index) => {
    if (from === '') problems[`vacations.${index}.from`] = 'date'
    if (to === '') problems[`vacations.${index}.to`] = 'date'
    else if (to < from) problems[`vacations.${index}.to`] = 'order'
  })
  return problems
}

/** Path of each field that cannot be saved, as the form names it, with what is wrong. */
export function problemsOf(
  form: ProfileForm,
  { currency, locale }: MoneyStyle,
): Record<string, ProfileProblem> {
  const problems: Record<string, ProfileProblem> = {}
  const amount = (path: string, text: string) => {
    if (text.trim() !== '' && parseAmount(text, currency, locale) === null) problems[path] = 'amount'
  }
  for (const day of days) Object.assign(problems, spanProblems(`hours.${day}.spans`, form.hours[day]))
  Object.assign(problems, closedDayProblems(form))
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

function rangesOf({ state, spans }: DayForm): [string, string][] | null {
  return state === 'closed' ? null : spans.map(({ opens, closes }) => [opens, closes])
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
  for (const day of days) hours[day] = rangesOf(form.hours[day])
  const anyDelivery =
    form.zones.length > 0 || form.pickup || form.minOrder.trim() !== '' || form.notServed.trim() !== ''
  return {
    address: orNull(form.address),
    phone: orNull(form.phone),
    hours: allClosed(form) ? null : hours,
    hoursNote: orNull(form.hoursNote),
    holidays: form.holidays.map((holiday) => ({
      date: holiday.date,
      name: holiday.name.trim(),
      hours: rangesOf(holiday),
      yearly: holiday.yearly,
    })),
    vacations: form.vacations.map(({ from, to, note }) => ({ from, to, note: note.trim() })),
    whenClosed: form.whenClosed,
    awayMessage: { es: form.awayEs.trim(), en: form.awayEn.trim() },
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
