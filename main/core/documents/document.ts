import type { DocumentKind } from './template.ts'

/** A paper that was made, kept in media/. */
export interface ShopDocument {
  id: string
  kind: DocumentKind
  /** File name: `recibo-1004.pdf`. */
  name: string
  mediaHash: string
  orderId: string | null
  quoteId: string | null
  at: string
}
