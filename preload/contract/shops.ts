import { z } from 'zod'
import { currencySchema, deskCall, inShop, ownerCall, ownerShopCall, shopCall, slugSchema } from './base.ts'
import { shopProfileInputSchema, shopProfileSchema } from './profile.ts'

export const shopSchema = z.object({
  slug: slugSchema,
  name: z.string(),
  currency: currencySchema,
  /** Digits after the decimal sign: 2 for EUR, 0 for CLP. */
  currencyDigits: z.int(),
  /** BCP 47, as `es-ES`. */
  locale: z.string(),
  /** ISO 3166-1 alpha-2. */
  country: z.string(),
  /** IANA name. */
  timeZone: z.string(),
  pricesIncludeTax: z.boolean(),
})
export type Shop = z.output<typeof shopSchema>

/** A folder under `shops/`: `shop` is null when it could not be opened, `error` says why. */
export const shopEntrySchema = z.object({
  slug: slugSchema,
  shop: shopSchema.nullable(),
  error: z.string().nullable(),
})
export type ShopEntry = z.output<typeof shopEntrySchema>

export const newShopSchema = z.object({
  name: z.string().trim().min(1).max(120),
  currency: currencySchema,
  locale: z.string().min(2).max(35),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  timeZone: z.string().max(64).optional(),
  pricesIncludeTax: z.boolean().optional(),
  /** Fills it with the demo shop's catalog, knowledge and profile. */
  demo: z.boolean().optional(),
})
export type NewShop = z.output<typeof newShopSchema>

export const shops = {
  list: deskCall.output(z.array(shopEntrySchema)),
  create: ownerCall.input(newShopSchema).output(shopSchema),
  get: shopCall.input(inShop).output(shopSchema.extend({ products: z.int() })),
  profile: shopCall.input(inShop).output(shopProfileSchema),
  setProfile: ownerShopCall
    .input(inShop.extend({ profile: shopProfileInputSchema }))
    .output(shopProfileSchema),
}
