import { oc } from '@orpc/contract'
import { z } from 'zod'

/**
 * What a procedure asks of its caller.
 * `public`: nobody has to be signed in. `desk`: a signed-in person, or the door. `owner`: of these the owner, not a clerk.
 * `door`: only a process that can read the 0600 token on this computer (the command line). `shop`: the input names the
 * shop that the call stays inside.
 */
export interface ProcedureMeta {
  permission: 'public' | 'desk' | 'owner' | 'door'
  shop: boolean
}

/** Plain JSON that the app made itself (arguments and results of tools); its shape belongs to who reads it. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }
export const jsonSchema = z.custom<Json>(() => true)

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Data of a domain error: figures and names that its text needs. */
export const errorDataSchema = z.record(z.string(), scalar.optional())

/**
 * The one error of the contract. `code` is stable (`cart.out_of_stock`); whoever shows it makes the text from code and
 * data. `internal` means a fault of the program: `data.id` is what its log line carries.
 */
export const domainErrorSchema = z.object({ code: z.string(), data: errorDataSchema })
export type DomainErrorData = z.output<typeof domainErrorSchema>

const base = oc
  .$meta<ProcedureMeta>({ permission: 'desk', shop: false })
  .errors({ DOMAIN: { status: 422, message: 'domain error', data: domainErrorSchema } })

export const openCall = base.meta({ permission: 'public', shop: false })
export const deskCall = base.meta({ permission: 'desk', shop: false })
export const shopCall = base.meta({ permission: 'desk', shop: true })
/** Keys, money, people, what other computers and services reach, and what lies on this computer: the owner's alone. */
export const ownerCall = base.meta({ permission: 'owner', shop: false })
export const ownerShopCall = base.meta({ permission: 'owner', shop: true })
export const doorCall = base.meta({ permission: 'door', shop: false })

/** Name of a shop's folder: lower-case letters, digits and hyphens. */
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/)
export const idSchema = z.string().min(1).max(64)
/** UTC ISO 8601. */
export const instantSchema = z.string()
/** Integer minor units of the shop's currency. */
export const amountSchema = z.int()
export const positiveAmountSchema = z.int().min(0)
export const currencySchema = z.string().regex(/^[A-Z]{3}$/)
export const languageSchema = z.enum(['es', 'en'])
export const formOfAddressSchema = z.enum(['tu', 'usted', 'vos'])
export const moneySchema = z.object({ amount: amountSchema, currency: currencySchema })

/** Input of a call that stays inside one shop. */
export const inShop = z.object({ shop: slugSchema })
export const done = z.object({ done: z.literal(true) })
