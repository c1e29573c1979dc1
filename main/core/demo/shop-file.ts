import { z } from 'zod'

/** The shape of `resources/demo/shop.json`. Amounts are euros, in major units. */

const both = <T extends z.ZodType>(type: T) => z.object({ es: type, en: type })
const text = both(z.string().min(1))

const price = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), amount: z.number().positive() }),
  z.object({ kind: z.literal('from'), amount: z.number().positive() }),
  z.object({ kind: z.literal('ask') }),
])

const variant = z.object({
  /** Only where a product has several; otherwise the product's own. */
  sku: z.string().optional(),
  options: both(z.array(z.string())).optional(),
  price,
  compareAt: z.number().positive().optional(),
  /** Null: not counted. */
  stock: z.number().int().min(0).nullable(),
})

const product = z.object({
  sku: z.string(),
  category: text,
  name: text,
  description: text,
  aliases: both(z.array(z.string())),
  attributes: both(z.record(z.string(), z.string())).optional(),
  madeToOrder: z.boolean().optional(),
  leadTimeDays: z.number().int().positive().optional(),
  options: both(z.array(z.string())).optional(),
  variants: z.array(variant).min(1),
  /** Path of its picture in the folder of the demo shop. */
  image: z.string(),
})

const amount = z.number().min(0)
const zone = z.object({
  id: z.string(),
  name: z.string(),
  areas: z.array(z.string()),
  fee: amount,
  freeFrom: amount,
  eta: z.string(),
  excludes: z.array(z.string()),
})

const week = z.record(
  z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  z.array(z.tuple([z.string(), z.string()])).nullable(),
)

const profile = z.object({
  address: z.string(),
  phone: z.string(),
  hours: week,
  hoursNote: z.string(),
  delivery: z.object({
    minOrder: amount,
    zones: z.array(zone),
    pickup: z.object({ fee: amount, note: z.string() }),
    notServed: z.string(),
  }),
  payments: z.array(z.object({ id: z.string(), name: z.string(), details: z.string() })),
  deposit: z.object({ over: amount, percent: z.number(), note: z.string() }),
  returns: z.string(),
  discounts: z.string(),
  handoff: z.string(),
  faq: z.array(z.object({ q: z.string(), a: z.string() })),
})

export const demoShopSchema = z.object({
  name: text,
  /** What one euro of a price tag becomes in a currency, and the step that prices there go by. No exchange rates. */
  currencies: z.record(z.string(), z.object({ factor: z.number().positive(), step: z.number().positive() })),
  profile: both(profile),
  products: z.array(product).min(1),
})

export type DemoShop = z.output<typeof demoShopSchema>
export type DemoProduct = DemoShop['products'][number]
export type DemoProfile = DemoShop['profile']['es']
