import { z } from 'zod'
import { done, idSchema, inShop, ownerShopCall, positiveAmountSchema, shopCall } from './base.ts'

/** Local date, `YYYY-MM-DD`. */
export const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const time = z.string().regex(/^\d{2}:\d{2}$/)
const day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
/** Basis points: 2100 is 21 %. */
const rate = z.int().min(0).max(10_000)

/** A window in which orders are delivered or picked up. */
export const slotSchema = z.object({
  id: z.string().min(1).max(40),
  label: z.string().trim().min(1).max(80),
  days: z.array(day).min(1).max(7),
  from: time,
  to: time,
  /** Orders that one date's window takes; null: no limit. */
  capacity: z.int().min(1).max(100_000).nullable(),
  /** Minutes before `from` up to which it can still be chosen. */
  cutoffMinutes: z.int().min(0).max(20_160),
})

export const sellingSettingsSchema = z.object({
  /** Rate of each tax class of the catalog; classes that are not named have the standard one. */
  taxes: z.record(z.string().min(1).max(40), rate),
  /** Tax rate of the delivery fee. */
  deliveryTax: rate,
  /** Before each order's number. */
  orderPrefix: z.string().max(10),
  /** Payment methods of the profile (ids) that are paid before the order is handled. */
  prepaid: z.array(z.string().max(80)).max(50),
  /** Hours after which an unpaid order of those methods lets its stock go; null: never by itself. */
  unpaidHours: z
    .int()
    .min(1)
    .max(24 * 90)
    .nullable(),
  /** Hours before that at which the customer is reminded. */
  warnHours: z
    .int()
    .min(1)
    .max(24 * 30),
  slots: z.array(slotSchema).max(50),
  /** What the checkout asks for. */
  ask: z.object({ name: z.boolean(), phone: z.boolean(), payment: z.boolean() }),
  /** Hours that a card waits for the owner before the customer is told politely. */
  cardHours: z
    .int()
    .min(1)
    .max(24 * 14),
  /** Whether customers hear of each change of their order. */
  tellCustomers: z.boolean(),
})
export type SellingSettings = z.output<typeof sellingSettingsSchema>

export const discountSchema = z.object({
  id: idSchema,
  code: z.string(),
  kind: z.enum(['percent', 'amount']),
  /** Basis points, or minor units. */
  value: z.int(),
  minSubtotal: z.int().nullable(),
  startsOn: dateSchema.nullable(),
  endsOn: dateSchema.nullable(),
  maxUses: z.int().nullable(),
  uses: z.int(),
  active: z.boolean(),
})
export type Discount = z.output<typeof discountSchema>

export const discountInputSchema = z.object({
  code: z.string().trim().min(2).max(40),
  kind: z.enum(['percent', 'amount']),
  value: z.int().min(1),
  minSubtotal: positiveAmountSchema.nullish(),
  startsOn: dateSchema.nullish(),
  endsOn: dateSchema.nullish(),
  maxUses: z.int().min(1).nullish(),
  active: z.boolean().default(true),
})
export type DiscountInput = z.output<typeof discountInputSchema>

export const selling = {
  settings: shopCall.input(inShop).output(sellingSettingsSchema),
  /** Changes what is given. */
  setSettings: ownerShopCall
    .input(inShop.extend({ changes: sellingSettingsSchema.partial() }))
    .output(sellingSettingsSchema),
  discounts: shopCall.input(inShop).output(z.array(discountSchema)),
  /** Throws `discount.code_taken`, `input.invalid`. */
  addDiscount: ownerShopCall.input(inShop.extend({ discount: discountInputSchema })).output(discountSchema),
  changeDiscount: ownerShopCall
    .input(inShop.extend({ discountId: idSchema, discount: discountInputSchema }))
    .output(discountSchema),
  removeDiscount: ownerShopCall.input(inShop.extend({ discountId: idSchema })).output(done),
}
