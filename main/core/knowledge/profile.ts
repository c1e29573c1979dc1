import { z } from 'zod'
import { isLocalDate, weekdays } from '../language/calendar.ts'
import { parseMajorAmount } from '../money/parse-amount.ts'

/** What a shop says about itself. Amounts are integer minor units of the shop's currency here. */

export const days = weekdays
export type Day = (typeof days)[number]

/** Opening and closing, local `HH:MM`. A closing at or before the opening is on the next day. */
export type TimeRange = [string, string]
export type WeekHours = Record<Day, TimeRange[] | null>

const time = z
  .string()
  .trim()
  .transform(normaliseTime)
  .refine((value) => value !== '', { error: 'time' })
const range = z.tuple([time, time])
const date = z.string().trim().refine(isLocalDate, { error: 'date' })
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()))
/** A text, or a list of texts that become one. */
const texts = z
  .union([text, z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value.map((item) => item.trim()).join(', ') : value))
const list = z
  .union([z.array(z.string()), z.string()])
  .nullish()
  .transform((value) => (typeof value === 'string' ? value.split(/[,;\n]/) : (value ?? [])))
  .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''))

/** One day out of the ordinary: closed all day (`hours` null), or open at hours of its own. */
const holiday = z.object({
  date,
  name: text,
  hours: z
    .array(range)
    .nullish()
    .transform((value) => (value?.length ? value : null)),
  /** Comes back each year on the same day and month. */
  yearly: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
})
/** Closed from the first to the last day, both included. */
const vacation = z
  .object({ from: date, to: date, note: text })
  .refine(({ from, to }) => to >= from, { error: 'order', path: ['to'] })

/** What happens with a customer who writes while the shop is closed. */
export const closedPolicies = ['answer', 'orders_later', 'away'] as const
export type ClosedPolicy = (typeof closedPolicies)[number]

function normaliseTime(value: string): string {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?h?$/i.exec(value)
  if (match?.[1] === undefined) return ''
  let hour = Number(match[1])
  const half = match[3]?.toLowerCase()
  if (half === 'pm' && hour < 12) hour += 12
  if (half === 'am' && hour === 12) hour = 0
  const minute = Number(match[2] ?? '0')
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return ''
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Schema of the profile as people write it: amounts in major units (`3.95`, `"3,95 €"`, `"$12.900"`). */
export function profileSchema(currency: string) {
  const amount = z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value, context) => {
      if (value === null || value === undefined || value === '') return null
      const minor = parseMajorAmount(value, currency)
      if (minor === null) {
        context.addIssue({ code: 'custom', message: 'amount' })
        return z.NEVER
      }
      return minor
    })
  const zone = z.object({
    id: text,
    name: text,
    areas: list,
    fee: amount,
    freeFrom: amount,
    eta: text,
    excludes: list,
  })
  const pickup = z.object({ fee: amount, note: text })
  const delivery = z.object({
    minOrder: amount,
    zones: z
      .array(zone)
      .nullish()
      .transform((value) => value ?? []),
    pickup: pickup.nullish().transform((value) => value ?? null),
    notServed: texts,
  })
  const percent = z.union([
    z.number(),
    z.string().transform((value) => Number(value.replace(/[%\s]/g, '').replace(',', '.'))),
  ])
  const week = z.partialRecord(z.enum(days), z.array(range).nullable())
  return z.strictObject({
    address: text,
    phone: text,
    hours: week.nullish().transform((value) => (value ? fullWeek(value) : null)),
    hoursNote: text,
    holidays: z
      .array(holiday)
      .nullish()
      .transform((value) => value ?? []),
    vacations: z
      .array(vacation)
      .nullish()
      .transform((value) => [...(value ?? [])].sort((a, b) => a.from.localeCompare(b.from))),
    whenClosed: z
      .enum(closedPolicies)
      .nullish()
      .transform((value) => value ?? 'answer'),
    awayMessage: z
      .object({ es: text, en: text })
      .nullish()
      .transform((value) => value ?? { es: '', en: '' }),
    delivery: delivery.nullish().transform((value) => value ?? null),
    payments: z
      .array(z.object({ id: text, name: text, details: text }))
      .nullish()
      .transform((value) => value ?? []),
    deposit: z
      .object({ over: amount, percent: percent.pipe(z.number().min(0).max(100)).nullish(), note: text })
      .nullish()
      .transform((value) => (value ? { ...value, percent: value.percent ?? null } : null)),
    returns: text,
    discounts: text,
    handoff: text,
    faq: z
      .array(z.object({ q: text, a: text }))
      .nullish()
      .transform((value) => (value ?? []).filter((item) => item.a !== '')),
  })
}

function fullWeek(week: Partial<Record<Day, TimeRange[] | null>>): WeekHours | null {
  const full: WeekHours = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }
  for (const day of days) full[day] = week[day]?.length ? week[day] : null
  return Object.keys(week).length === 0 ? null : full
}

type ProfileSchema = ReturnType<typeof profileSchema>
export type ShopProfileInput = z.input<ProfileSchema>
export type ShopProfile = z.output<ProfileSchema>
export type Holiday = ShopProfile['holidays'][number]
export type Vacation = ShopProfile['vacations'][number]
export type DeliveryZone = NonNullable<ShopProfile['delivery']>['zones'][number]

/** The profile of a shop that has said nothing yet. */
export function emptyProfile(): ShopProfile {
  return {
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
}
