import type { ShopBrief } from '../engines/engine.ts'

/** What the owner can change about the shop's papers. */

export type DocumentKind = 'quote' | 'receipt' | 'packing_slip'

export interface PaperWords {
  title: string
  intro: string
  terms: string
  footer: string
}

export interface DocumentTemplate {
  /** sha256 of a picture in media/; null for none. */
  logoHash: string | null
  /** `#rrggbb` */
  colour: string
  /** Lines under the shop's name: legal name, tax id, address. */
  legal: string
  showSku: boolean
  showTaxes: boolean
  es: Record<DocumentKind, PaperWords>
  en: Record<DocumentKind, PaperWords>
}

/** The papers of a shop that has changed nothing yet. */
export function defaultTemplate(shop: Pick<ShopBrief, 'name'>): DocumentTemplate {
  const words = (title: string, terms: string, footer: string): PaperWords => ({
    title,
    intro: '',
    terms,
    footer,
  })
  return {
    logoHash: null,
    colour: '#1f6f5c',
    legal: shop.name,
    showSku: true,
    showTaxes: true,
    es: {
      quote: words(
        'Presupuesto',
        'Los precios valen hasta la fecha indicada. El trabajo empieza una vez aceptado el presupuesto.',
        'Gracias por su confianza.',
      ),
      receipt: words('Recibo', '', 'Gracias por su compra.'),
      packing_slip: words('Albarán', '', ''),
    },
    en: {
      quote: words(
        'Quote',
        'Prices hold until the date shown. Work starts once the quote is accepted.',
        'Thank you for your trust.',
      ),
      receipt: words('Receipt', '', 'Thank you for your purchase.'),
      packing_slip: words('Packing slip', '', ''),
    },
  }
}
