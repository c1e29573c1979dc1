import { z } from 'zod'
import { positiveAmountSchema } from './base.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const daySchema = z.enum(days)
export type Day = (typeof days)[number]

const amount = positiveAmountSchema.nullable()

/** A shop's profile as stored and shown: amounts in integer minor units; what is not known is '' or null. */
export const shopProfileSchema = z.object({
  address: z.string(),
  phone: z.string(),
  /** Local `HH:MM` pairs; a day that is null is closed; all null: not known. */
  hours: z.record(daySchema, z.array(z.tuple([z.string(), z.string()])).nullable()).nullable(),
  hoursNote: z.string(),
  /** Single days: closed (`hours` null) or with hours of their own; `yearly` ones come back each year. */
  holidays: z.array(
    z.object({
      date: z.string(),
      name: z.string(),
      hours: z.array(z.tuple([z.string(), z.string()])).nullable(),
      yearly: z.boolean(),
    }),
  ),
  /** Closed from the first to the last local date, both included. */
  vacations: z.array(z.object({ from: z.string(), to: z.string(), note: z.string() })),
  /** With a customer who writes while the shop is closed: answer as always, answer and say when orders are seen to, or only an away message. */
  whenClosed: z.enum(['answer', 'orders_later', 'away']),
  /** Empty: the usual text, which names the next opening. */
  awayMessage: z.object({ es: z.string(), en: z.string() }),
  delivery: z
    .object({
      minOrder: amount,
      zones: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          areas: z.array(z.string()),
          fee: amount,
          freeFrom: amount,
          eta: z.string(),
          excludes: z.array(z.string()),
        }),
      ),
      pickup: z.object({ fee: amount, note: z.string() }).nullable(),
      notServed: z.string(),
    })
    .nullable(),
  payments: z.array(z.object({ id: z.string(), name: z.string(), details: z.string() })),
  deposit: z.object({ over: amount, percent: z.number().nullable(), note: z.string() }).nullable(),
  returns: z.string(),
  discounts: z.string(),
  handoff: z.string(),
  faq: z.array(z.object({ q: z.string(), a: z.string() })),
})
export type ShopProfile = z.output<typeof shopProfileSchema>

/** As people write it, in major units: `4.5`, `"4,50 €"`. */
const written = z.union([z.number(), z.string().max(60)]).nullish()
const text = z.union([z.string().max(10_000), z.number()]).nullish()
const words = z.union([z.array(z.string().max(200)).max(500), z.string().max(10_000)]).nullish()

/**
 * A shop's profile as people write it: amounts in major units. The knowledge feature reads amounts and hours as people
 * write them and says `input.invalid {path, issue}` where it cannot.
 */
export const shopProfileInputSchema = z.strictObject({
  address: text,
  phone: text,
  hours: z
    .partialRecord(
      daySchema,
      z
        .array(z.tuple([z.string().max(20), z.string().max(20)]))
        .max(6)
        .nullable(),
    )
    .nullish(),
  hoursNote: text,
  holidays: z
    .array(
      z.object({
        date: z.string().max(20),
        name: text,
        hours: z
          .array(z.tuple([z.string().max(20), z.string().max(20)]))
          .max(6)
          .nullish(),
        yearly: z.boolean().nullish(),
      }),
    )
    .max(200)
    .nullish(),
  vacations: z
    .array(z.object({ from: z.string().max(20), to: z.string().max(20), note: text }))
    .max(100)
    .nullish(),
  whenClosed: z.enum(['answer', 'orders_later', 'away']).nullish(),
  awayMessage: z.object({ es: text, en: text }).nullish(),
  delivery: z
    .object({
      minOrder: written,
      zones: z
        .array(
          z.object({
            id: text,
            name: text,
            areas: words,
            fee: written,
            freeFrom: written,
            eta: text,
            excludes: words,
          }),
        )
        .max(200)
        .nullish(),
      pickup: z.object({ fee: written, note: text }).nullish(),
      notServed: words,
    })
    .nullish(),
  payments: z
    .array(z.object({ id: text, name: text, details: text }))
    .max(50)
    .nullish(),
  deposit: z
    .object({
      over: written,
      percent: z.union([z.number(), z.string().max(20)]).nullish(),
      note: text,
    })
    .nullish(),
  returns: text,
  discounts: text,
  handoff: text,
  faq: z
    .array(z.object({ q: text, a: text }))
    .max(500)
    .nullish(),
})
export type ShopProfileInput = z.output<typeof shopProfileInputSchema>
