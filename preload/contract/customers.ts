import { z } from 'zod'
import {
  amountSchema,
  done,
  formOfAddressSchema,
  idSchema,
  inShop,
  instantSchema,
  languageSchema,
  ownerShopCall,
  shopCall,
} from './base.ts'
import { channelKindSchema } from './conversations.ts'
import { orderBriefSchema } from './orders.ts'

export const customerBriefSchema = z.object({
  id: idSchema,
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  nationalId: z.string().nullable(),
  active: z.boolean(),
  channels: z.array(channelKindSchema),
  /** Orders that were not cancelled, and what they came to. */
  orders: z.int(),
  spent: amountSchema,
  lastOrderAt: instantSchema.nullable(),
  lastMessageAt: instantSchema.nullable(),
  createdAt: instantSchema,
})
export type CustomerBrief = z.output<typeof customerBriefSchema>

export const addressSchema = z.object({
  id: idSchema,
  recipient: z.string(),
  address: z.string(),
  place: z.string(),
  phone: z.string().nullable(),
  lastUsedAt: instantSchema.nullable(),
})

export const preferenceSchema = z.object({
  id: idSchema,
  topic: z.enum(['size', 'allergy', 'delivery', 'taste', 'other']),
  text: z.string(),
  /** Where it was learnt; null when a person wrote it down. */
  source: z.object({ conversationId: idSchema, messageId: idSchema, text: z.string() }).nullable(),
  at: instantSchema,
})
export type Preference = z.output<typeof preferenceSchema>

export const customerSchema = customerBriefSchema.extend({
  language: languageSchema.nullable(),
  formOfAddress: formOfAddressSchema.nullable(),
  notes: z.string(),
  revision: z.int(),
  erasedAt: instantSchema.nullable(),
  identities: z.array(
    z.object({
      id: idSchema,
      kind: channelKindSchema,
      account: z.string(),
      displayName: z.string(),
      username: z.string().nullable(),
    }),
  ),
  conversations: z.array(
    z.object({ id: idSchema, kind: channelKindSchema, lastMessageAt: instantSchema.nullable() }),
  ),
  addresses: z.array(addressSchema),
  preferences: z.array(preferenceSchema),
  /** Newest first, at most 50; `orders.list` with `customerId` has all. */
  recentOrders: z.array(orderBriefSchema),
  /** Records that were merged into this one and can be split off again. */
  merges: z.array(z.object({ id: idSchema, name: z.string(), reason: z.string(), at: instantSchema })),
})
export type Customer = z.output<typeof customerSchema>

/** Two records that may be one person, for the owner to decide. */
export const mergeSuggestionSchema = z.object({
  id: idSchema,
  reason: z.enum(['phone', 'email', 'national_id', 'manual']),
  kept: customerBriefSchema,
  merged: customerBriefSchema,
})
export type MergeSuggestion = z.output<typeof mergeSuggestionSchema>

const fields = z.object({
  name: z.string().trim().max(200),
  phone: z.string().trim().max(40).nullable(),
  email: z.string().trim().max(200).nullable(),
  nationalId: z.string().trim().max(40).nullable(),
  notes: z.string().max(10_000),
  active: z.boolean(),
  language: languageSchema.nullable(),
  formOfAddress: formOfAddressSchema.nullable(),
})
const one = inShop.extend({ customerId: idSchema })
const addressInput = z.object({
  recipient: z.string().max(200).default(''),
  address: z.string().trim().min(1).max(500),
  place: z.string().max(200).default(''),
  phone: z.string().max(40).nullable().default(null),
})

export const customers = {
  /** Newest activity first. `text` finds name, phone, e-mail, national id, accents and blanks aside. */
  list: shopCall
    .input(
      inShop.extend({
        text: z.string().max(200).optional(),
        active: z.boolean().optional(),
        withOrders: z.boolean().optional(),
        limit: z.int().min(1).max(200).default(50),
        offset: z.int().min(0).default(0),
      }),
    )
    .output(z.object({ items: z.array(customerBriefSchema), total: z.int() })),
  get: shopCall.input(one).output(customerSchema),
  create: shopCall.input(inShop.extend({ customer: fields.partial() })).output(customerSchema),
  /** Throws `conflict`, `input.invalid {field}`. */
  update: shopCall
    .input(one.extend({ changes: fields.partial(), expectedRevision: z.int().optional() }))
    .output(customerSchema),
  addAddress: shopCall.input(one.extend({ address: addressInput })).output(customerSchema),
  removeAddress: shopCall.input(one.extend({ addressId: idSchema })).output(customerSchema),
  addPreference: shopCall
    .input(
      one.extend({
        topic: z.enum(['size', 'allergy', 'delivery', 'taste', 'other']),
        text: z.string().trim().min(1).max(300),
      }),
    )
    .output(customerSchema),
  removePreference: shopCall.input(one.extend({ preferenceId: idSchema })).output(customerSchema),
  suggestions: shopCall.input(inShop).output(z.array(mergeSuggestionSchema)),
  /** `otherId` goes into `customerId`. Throws `customer.same`, `customer.erased`. */
  merge: shopCall.input(one.extend({ otherId: idSchema })).output(customerSchema),
  dismissSuggestion: shopCall.input(inShop.extend({ suggestionId: idSchema })).output(done),
  /** Splits a merged record off again; what came after the merge stays with the record that was kept. */
  undoMerge: shopCall.input(inShop.extend({ mergeId: idSchema })).output(customerSchema),
  /** Everything that is kept about a person, as one JSON text. */
  exportData: ownerShopCall.input(one).output(z.object({ name: z.string(), json: z.string() })),
  /**
   * Overwrites the person's data in messages, journal, traces, events and media; the orders' figures stay. Cannot be
   * undone, so it wants the name typed: `customer.confirm_name`. Throws `customer.open_orders {count}`.
   */
  erase: ownerShopCall.input(one.extend({ confirmName: z.string().max(200) })).output(done),
}
