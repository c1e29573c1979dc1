import type { DocumentKind, PaperWords } from './template.ts'

/** A paper with every text made: what is left is laying it out. Amounts and dates are texts in the reader's language. */
export interface Paper {
  kind: DocumentKind
  /** For the file's properties and its name. */
  title: string
  words: PaperWords
  colour: string
  shop: { name: string; lines: string[] }
  number: string
  date: string
  /** Pairs shown beside the number: "Válido hasta", "Estado"… */
  facts: { label: string; value: string }[]
  customer: { label: string; lines: string[] } | null
  delivery: { label: string; lines: string[] } | null
  headings: {
    sku: string | null
    item: string
    quantity: string
    price: string | null
    amount: string | null
  }
  rows: { sku: string; item: string; quantity: string; price: string; amount: string }[]
  /** Under the table; the last strong one is the total. */
  sums: { label: string; value: string; strong: boolean }[]
  note: { label: string; text: string } | null
  terms: string
  /** "Página {page} de {pages}" */
  pages: string
  language: 'es' | 'en'
}

/** What the thread that lays papers out is given. */
export interface PdfJob {
  paper: Paper
  /** Absolute path of a PNG or JPEG; null for none. */
  logo: string | null
}

export type PdfAnswer = { ok: true; pdf: Uint8Array } | { ok: false; error: string }
