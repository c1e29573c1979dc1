import { z } from 'zod'
import type { JsonValue } from '../../json.ts'

/** What tools return, as far as this engine reads it. */

const money = z.object({ amount: z.number(), currency: z.string(), text: z.string() })
const price = z.union([
  z.object({ kind: z.literal('ask') }),
  z.object({ kind: z.enum(['exact', 'from']), money }),
])

const variant = z.object({
  variantId: z.string(),
  sku: z.string().nullish(),
  title: z.string(),
  options: z.array(z.string()),
  price,
  available: z.number().nullish(),
  status: z.string(),
  unit: z.string().default('piece'),
  unitSize: z.number().default(1),
})

const product = z.object({
  productId: z.string(),
  name: z.string(),
  category: z.string().default(''),
  brand: z.string().default(''),
  status: z.string(),
  madeToOrder: z.boolean().default(false),
  leadTimeDays: z.number().nullish(),
  description: z.string().default(''),
  attributes: z.record(z.string(), z.string()).default({}),
  optionNames: z.array(z.string()).default([]),
  quoted: z.boolean().default(false),
  variants: z.array(variant),
  bestVariantId: z.string().nullish(),
})

const cartLine = z.object({
  variantId: z.string(),
  productId: z.string(),
  name: z.string(),
  title: z.string(),
  quantity: z.number(),
  total: money,
})
const cart = z.object({ lines: z.array(cartLine), total: money, pieces: z.number() })
const ranges = z.array(z.tuple([z.string(), z.string()]))
const opening = z.object({ date: z.string(), opens: z.string() })
const period = z.object({ from: z.string(), to: z.string() })
const specialDay = z.object({ date: z.string(), name: z.string(), ranges })
const zone = z.object({
  name: z.string(),
  areas: z.array(z.string()).default([]),
  fee: money.nullish(),
  freeFrom: money.nullish(),
  eta: z.string().default(''),
  excludes: z.array(z.string()).default([]),
})

export const productsData = z.object({ answered: z.boolean().default(true), products: z.array(product) })
export const categoriesData = z.object({
  categories: z.array(z.object({ name: z.string(), products: z.number() })),
})
export const cartData = z.object({ cart })
export const deliveredCartData = z.object({
  cart,
  delivery: z
    .object({
      zone: z.string(),
      fee: money,
      free: z.boolean(),
      freeFrom: money.nullish(),
      total: money,
      excluded: z.array(z.string()).default([]),
    })
    .nullish(),
})
export const setLineData = z.object({ cart, line: cartLine.nullish(), previousQuantity: z.number() })
export const photoData = z.object({ sent: z.boolean() })
export const handOverData = z.object({ done: z.boolean() })
export const askedData = z.object({
  state: z.enum(['opened', 'joined', 'answered', 'limited']),
  answer: z.string().nullable(),
  products: z.array(product).default([]),
  alreadyWaiting: z.boolean().default(false),
})
export const informationData = z.object({
  answered: z.boolean(),
  entries: z
    .array(z.object({ topic: z.string(), question: z.string().default(''), answer: z.string() }))
    .default([]),
  hours: z
    .object({
      known: z.boolean().default(true),
      specialKnown: z.boolean(),
      openNow: z.boolean(),
      closedNow: z.boolean(),
      day: z.string().nullish(),
      date: z.string(),
      special: z.array(specialDay),
      vacations: z.array(period),
      asked: z.array(
        z.union([
          z.object({
            kind: z.enum(['date', 'weekday']),
            date: z.string(),
            known: z.boolean(),
            ranges,
            from: z.enum(['week', 'holiday', 'vacation']),
            name: z.string(),
            opens: opening.nullable(),
          }),
          z.object({
            kind: z.literal('span'),
            from: z.string(),
            to: z.string(),
            open: z.boolean(),
            special: z.array(specialDay),
            vacations: z.array(period),
            opens: opening.nullable(),
          }),
        ]),
      ),
      today: ranges,
      week: z.record(z.string(), ranges),
      next: opening.nullable(),
      note: z.string().default(''),
    })
    .nullish(),
  delivery: z
    .object({
      zones: z.array(zone),
      minOrder: money.nullish(),
      zone: zone.nullish(),
      served: z.boolean().nullish(),
      place: z.string().nullish(),
      pickup: z.object({ fee: money.nullish(), note: z.string().default('') }).nullish(),
      notServed: z.string().default(''),
    })
    .nullish(),
  payments: z.array(z.object({ name: z.string(), details: z.string().default('') })).nullish(),
})

export type ProductData = z.output<typeof product>
export type VariantData = z.output<typeof variant>
export type CartData = z.output<typeof cart>
export type CartLineData = z.output<typeof cartLine>
export type InformationData = z.output<typeof informationData>
export type ZoneData = z.output<typeof zone>

export type CallResult = { ok: true; data: JsonValue } | { ok: false; code: string; data: JsonValue }

/** The data of a call in the shape expected, null when it failed or looks otherwise. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  result: CallResult | undefined,
): z.output<Schema> | null {
  if (result?.ok !== true) return null
  const parsed = schema.safeParse(result.data)
  return parsed.success ? parsed.data : null
}

/** A number or text inside the data of a failed call. */
export function errorField(result: CallResult | undefined, field: string): JsonValue {
  if (
    result === undefined ||
    result.ok ||
    result.data === null ||
    typeof result.data !== 'object' ||
    Array.isArray(result.data)
  )
    return null
  return result.data?.[field] ?? null
}
