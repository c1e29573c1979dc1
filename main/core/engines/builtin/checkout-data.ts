import { z } from 'zod'

/** What the tools of checkout and orders return, as far as this engine reads it. */

const money = z.object({ amount: z.number(), currency: z.string(), text: z.string() })
const line = z.object({
  variantId: z.string(),
  productId: z.string(),
  name: z.string(),
  title: z.string().default(''),
  quantity: z.number(),
  total: money,
})
const slot = z.object({ id: z.string(), label: z.string(), date: z.string() })

const checkout = z.object({
  missing: z.array(z.string()).default([]),
  lines: z.array(line).default([]),
  changes: z
    .array(
      z.object({
        kind: z.enum(['price', 'sold_out', 'not_enough', 'gone']),
        variantId: z.string(),
        productId: z.string().nullish(),
        name: z.string(),
        after: money.nullish(),
        available: z.number().nullish(),
      }),
    )
    .default([]),
  delivery: z.object({
    method: z.enum(['delivery', 'pickup']).nullable(),
    zone: z
      .object({ id: z.string(), name: z.string(), eta: z.string().default('') })
      .nullable()
      .default(null),
    place: z.string().default(''),
    address: z.string().default(''),
    slot: slot.nullable().default(null),
  }),
  contact: z.object({ name: z.string(), phone: z.string() }),
  payment: z
    .object({ id: z.string(), name: z.string(), details: z.string().default('') })
    .nullable()
    .default(null),
  discount: z.object({ code: z.string(), amount: money }).nullable().default(null),
  subtotal: money,
  deliveryFee: money.nullable().default(null),
  tax: z.object({ included: z.boolean(), amount: money }),
  total: money.nullable().default(null),
  minOrder: money.nullable().default(null),
  options: z.object({
    methods: z.array(z.enum(['delivery', 'pickup'])).default([]),
    payments: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
    slots: z.array(slot).default([]),
    savedAddresses: z
      .array(z.object({ id: z.string(), address: z.string(), place: z.string().default('') }))
      .default([]),
  }),
  note: z.string().default(''),
  closedNotice: z.string().nullable().default(null),
})

const order = z.object({
  orderId: z.string(),
  number: z.string(),
  state: z.enum(['pending', 'processing', 'shipped', 'delivered', 'cancelled', 'returned']),
  paymentState: z.enum(['unpaid', 'part', 'paid', 'refunded']),
  lines: z.array(line).default([]),
  total: money,
  delivery: z.object({
    method: z.enum(['delivery', 'pickup', 'none']),
    address: z.string().default(''),
    place: z.string().default(''),
    slotLabel: z.string().default(''),
    slotDate: z.string().nullable().default(null),
    eta: z.string().default(''),
  }),
  payment: z.object({
    id: z.string().nullable().default(null),
    name: z.string(),
    details: z.string().default(''),
  }),
  canCancel: z.boolean().default(false),
})

export const checkoutData = z.object({ checkout })
export const summaryData = z.object({ summaryId: z.string(), checkout })
export const orderData = z.object({ order })
export const ordersData = z.object({ orders: z.array(order) })

export type CheckoutData = z.output<typeof checkout>
export type CheckoutChangeData = CheckoutData['changes'][number]
export type SlotData = z.output<typeof slot>
export type OrderData = z.output<typeof order>
