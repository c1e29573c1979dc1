import { z } from 'zod'
import { amountSchema, currencySchema, done, idSchema, inShop, instantSchema, shopCall } from './base.ts'
import { dateSchema } from './selling.ts'

export const orderStateSchema = z.enum([
  'pending',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
])
export type OrderState = z.output<typeof orderStateSchema>
export const paymentStateSchema = z.enum(['unpaid', 'part', 'paid', 'refunded'])
export type PaymentState = z.output<typeof paymentStateSchema>

export const orderLineSchema = z.object({
  id: idSchema,
  productId: idSchema.nullable(),
  variantId: idSchema.nullable(),
  quoteId: idSchema.nullable(),
  sku: z.string().nullable(),
  name: z.string(),
  title: z.string(),
  /** In the unit's smallest step; `unitPrice` is for `unitSize` steps. */
  quantity: z.int(),
  unit: z.string(),
  unitSize: z.int(),
  unitPrice: amountSchema,
  /** Before the order's discount. */
  total: amountSchema,
  discount: amountSchema,
  /** Basis points. */
  taxRate: z.int(),
  tax: amountSchema,
  note: z.string(),
})
export type OrderLine = z.output<typeof orderLineSchema>

/** An order as a list shows it. */
export const orderBriefSchema = z.object({
  id: idSchema,
  seq: z.int(),
  number: z.string(),
  source: z.enum(['chat', 'counter', 'desk', 'api']),
  customer: z.object({ id: idSchema, name: z.string() }).nullable(),
  conversationId: idSchema.nullable(),
  state: orderStateSchema,
  paymentState: paymentStateSchema,
  currency: currencySchema,
  total: amountSchema,
  paid: amountSchema,
  refunded: amountSchema,
  /** Of all lines; what is measured counts as one. */
  pieces: z.int(),
  deliveryMethod: z.enum(['delivery', 'pickup', 'none']),
  paymentName: z.string(),
  slotLabel: z.string(),
  slotDate: dateSchema.nullable(),
  placedAt: instantSchema,
  /** Null: nobody has looked at it yet. */
  seenAt: instantSchema.nullable(),
  revision: z.int(),
})
export type OrderBrief = z.output<typeof orderBriefSchema>

export const orderChangeSchema = z.object({
  seq: z.int(),
  at: instantSchema,
  actor: z.string(),
  /** The person's name, or null for customer, agent and system. */
  actorName: z.string().nullable(),
  kind: z.enum(['placed', 'state', 'payment', 'refund', 'edit', 'note', 'document', 'warned']),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  /** `amount`, `text`, `reason`, `name`…: what the change was about. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type OrderChange = z.output<typeof orderChangeSchema>

export const orderPaymentSchema = z.object({
  id: idSchema,
  kind: z.enum(['payment', 'refund']),
  amount: amountSchema,
  method: z.string(),
  note: z.string(),
  /** Served at `/media/<shop>/<hash>`. */
  receiptHash: z.string().nullable(),
  at: instantSchema,
})

export const orderSchema = orderBriefSchema.extend({
  pricesIncludeTax: z.boolean(),
  zoneName: z.string(),
  place: z.string(),
  address: z.string(),
  recipient: z.string(),
  phone: z.string(),
  paymentId: z.string().nullable(),
  discountCode: z.string().nullable(),
  note: z.string(),
  subtotal: amountSchema,
  discount: amountSchema,
  deliveryFee: amountSchema,
  tax: amountSchema,
  taxes: z.array(z.object({ rate: z.int(), base: amountSchema, tax: amountSchema })),
  /** When an unpaid order lets its stock go. */
  reservedUntil: instantSchema.nullable(),
  lines: z.array(orderLineSchema),
  payments: z.array(orderPaymentSchema),
  changes: z.array(orderChangeSchema),
  documents: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(['quote', 'receipt', 'packing_slip']),
      name: z.string(),
      mediaHash: z.string(),
      at: instantSchema,
    }),
  ),
  /** States that it can be put in now. */
  next: z.array(orderStateSchema),
})
export type Order = z.output<typeof orderSchema>

/** Which orders: every field narrows. Dates are local and inclusive. */
export const orderFilterSchema = z.object({
  /** Number, customer's name, phone, or an article's name or SKU. */
  text: z.string().max(200).optional(),
  states: z.array(orderStateSchema).max(6).optional(),
  paymentStates: z.array(paymentStateSchema).max(4).optional(),
  customerId: idSchema.optional(),
  productId: idSchema.optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  unseen: z.boolean().optional(),
})
export type OrderFilter = z.output<typeof orderFilterSchema>

const one = inShop.extend({ orderId: idSchema })
/** Refused with `conflict` when the order has changed since this revision. */
const expected = one.extend({ expectedRevision: z.int().optional() })
const newLine = z.object({
  variantId: idSchema,
  quantity: z.int().min(1).max(1_000_000),
  /** Another price than the catalog's, minor units for `unitSize` steps. */
  unitPrice: amountSchema.min(0).optional(),
})

export const orders = {
  /** Newest first; `before` is the `seq` of the last one already shown. */
  list: shopCall
    .input(
      inShop.extend({
        filter: orderFilterSchema.default({}),
        limit: z.int().min(1).max(200).default(50),
        before: z.int().optional(),
      }),
    )
    .output(z.object({ items: z.array(orderBriefSchema), more: z.boolean() })),
  /** How many are in each state (all filters but `states` applied), and how many nobody has looked at. */
  counts: shopCall
    .input(inShop.extend({ filter: orderFilterSchema.default({}) }))
    .output(z.object({ states: z.record(orderStateSchema, z.int()), unseen: z.int() })),
  get: shopCall.input(one).output(orderSchema),
  /** By the number that people use; case and prefix aside. */
  byNumber: shopCall.input(inShop.extend({ number: z.string().trim().min(1).max(40) })).output(orderSchema),
  markSeen: shopCall.input(one).output(done),
  /** Throws `order.transition {from, to}`; `restock` only counts for cancelled and returned. */
  setState: shopCall
    .input(
      expected.extend({
        state: orderStateSchema,
        restock: z.boolean().default(true),
        /** Told to the customer too. */
        reason: z.string().max(500).default(''),
        /** Whether the customer is told on the channel of the order. */
        tell: z.boolean().default(true),
      }),
    )
    .output(orderSchema),
  /** Throws `order.closed`, `order.overpaid {max}`. */
  addPayment: shopCall
    .input(
      expected.extend({
        amount: amountSchema.min(1),
        method: z.string().max(80).default(''),
        note: z.string().max(500).default(''),
        /** An upload (`POST /upload`): picture or PDF of the receipt. */
        receiptUploadId: idSchema.optional(),
        tell: z.boolean().default(true),
      }),
    )
    .output(orderSchema),
  removePayment: shopCall.input(expected.extend({ paymentId: idSchema })).output(orderSchema),
  /** Throws `order.refund_too_high {max}`. */
  refund: shopCall
    .input(
      expected.extend({
        amount: amountSchema.min(1),
        method: z.string().max(80).default(''),
        note: z.string().max(500).default(''),
        tell: z.boolean().default(true),
      }),
    )
    .output(orderSchema),
  /**
   * Changes lines (a quantity of 0 takes a line out: partial cancellation), delivery, recipient, note. Totals are
   * computed anew; stock follows. Only pending and processing orders: `order.closed`. Throws `cart.out_of_stock`.
   */
  edit: shopCall
    .input(
      expected.extend({
        lines: z
          .array(z.object({ lineId: idSchema, quantity: z.int().min(0).max(1_000_000) }))
          .max(500)
          .optional(),
        add: z.array(newLine).max(200).optional(),
        deliveryFee: amountSchema.min(0).optional(),
        address: z.string().max(500).optional(),
        place: z.string().max(200).optional(),
        recipient: z.string().max(200).optional(),
        phone: z.string().max(40).optional(),
        slotId: z.string().max(40).nullable().optional(),
        slotDate: dateSchema.nullable().optional(),
        note: z.string().max(2_000).optional(),
        tell: z.boolean().default(true),
      }),
    )
    .output(orderSchema),
  addNote: shopCall.input(one.extend({ text: z.string().trim().min(1).max(2_000) })).output(orderSchema),
  /** A sale at the counter: delivered and, unless said otherwise, paid at once. Throws `cart.out_of_stock`. */
  counterSale: shopCall
    .input(
      inShop.extend({
        lines: z.array(newLine).min(1).max(500),
        customerId: idSchema.optional(),
        discountCode: z.string().max(40).optional(),
        paymentMethod: z.string().max(80).default(''),
        paid: z.boolean().default(true),
        note: z.string().max(2_000).default(''),
      }),
    )
    .output(orderSchema),
  /** What `counterSale` would come to, and whether there is stock for it. */
  preview: shopCall
    .input(
      inShop.extend({
        lines: z.array(newLine).max(500),
        discountCode: z.string().max(40).optional(),
      }),
    )
    .output(
      z.object({
        subtotal: amountSchema,
        discount: amountSchema,
        tax: amountSchema,
        total: amountSchema,
        /** Code of an error that placing it would meet, with its data. */
        problems: z.array(
          z.object({ code: z.string(), variantId: idSchema.nullable(), available: z.int().nullable() }),
        ),
      }),
    ),
}
