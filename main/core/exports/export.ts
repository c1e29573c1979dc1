import type { OrderFilter } from '../orders/order.ts'

/** What is taken out of the shop, and how. */

export type ExportKind = 'customers' | 'products' | 'orders' | 'order_lines'

/** What else the desk's lists are narrowed to: customers by the first two, products by the others. */
export interface ExportOnly {
  active?: boolean
  withOrders?: boolean
  status?: string
  category?: string
}

export interface ExportRequest {
  what: ExportKind
  format: 'csv' | 'xlsx'
  /** CSV only: a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
  /** CSV only. With `;` amounts have a decimal comma, as where lists are written that way. */
  delimiter: ',' | ';' | '\t'
  /** Orders and their lines by all of it; customers by text, customer and the day they came; products by text and product. */
  filter: OrderFilter
  only?: ExportOnly
  language: 'es' | 'en'
}

/** What the thread that writes an export is given. */
export interface ExportJob {
  request: ExportRequest
  /** Absolute paths. */
  database: string
  target: string
  currency: string
  timeZone: string
}

export type ExportMessage =
  | { kind: 'started'; rows: number }
  | { kind: 'progress'; rows: number }
  | { kind: 'done'; rows: number; bytes: number }
  | {
      kind: 'failed'
      code: 'storage.full' | 'storage.read_only' | 'export.path' | 'storage.failed'
      detail: string
    }

export type ExportEvent =
  | { kind: 'started'; runId: string; rows: number }
  | { kind: 'progress'; rows: number; total: number }
  | {
      kind: 'done'
      rows: number
      bytes: number
      fileName: string
      /** Under which the file can be fetched once; null when it was written where the caller said. */
      downloadId: string | null
      path: string | null
    }
