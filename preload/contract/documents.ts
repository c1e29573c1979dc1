import { z } from 'zod'
import { idSchema, inShop, instantSchema, languageSchema, ownerShopCall, shopCall } from './base.ts'

export const documentKindSchema = z.enum(['quote', 'receipt', 'packing_slip'])
const text = z.string().max(4_000)
const words = z.object({ title: z.string().max(80), intro: text, terms: text, footer: z.string().max(500) })

/** What the owner can change about the shop's papers. */
export const documentTemplateSchema = z.object({
  /** Picture in media/, shown at the top; null for none. */
  logoHash: z.string().nullable(),
  /** `#rrggbb` */
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  /** Lines under the shop's name: legal name, tax id, address. */
  legal: z.string().max(1_000),
  showSku: z.boolean(),
  showTaxes: z.boolean(),
  es: z.object({ quote: words, receipt: words, packing_slip: words }),
  en: z.object({ quote: words, receipt: words, packing_slip: words }),
})
export type DocumentTemplate = z.output<typeof documentTemplateSchema>

export const documentSchema = z.object({
  id: idSchema,
  kind: documentKindSchema,
  name: z.string(),
  mediaHash: z.string(),
  at: instantSchema,
})
export type ShopDocument = z.output<typeof documentSchema>

export const documents = {
  template: shopCall.input(inShop).output(documentTemplateSchema),
  setTemplate: ownerShopCall
    .input(inShop.extend({ changes: documentTemplateSchema.partial() }))
    .output(documentTemplateSchema),
  /** An uploaded picture becomes the logo. Throws `media.type_refused`. */
  setLogo: ownerShopCall
    .input(inShop.extend({ uploadId: idSchema.nullable() }))
    .output(documentTemplateSchema),
  /** Makes the paper as a PDF, or answers the one already made of this revision. Served at `/media/<shop>/<hash>`. */
  make: shopCall
    .input(
      inShop.extend({
        kind: documentKindSchema,
        orderId: idSchema.optional(),
        quoteId: idSchema.optional(),
        language: languageSchema.optional(),
      }),
    )
    .output(documentSchema),
  /** Sends it in the conversation of its order or quote. Throws `document.no_conversation`. */
  send: shopCall.input(inShop.extend({ documentId: idSchema })).output(z.object({ messageId: idSchema })),
  /** An example with made-up figures, as it would look now. */
  sample: shopCall
    .input(inShop.extend({ kind: documentKindSchema, language: languageSchema }))
    .output(documentSchema),
}
