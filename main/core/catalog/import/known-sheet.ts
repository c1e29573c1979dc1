import { type Column, type Field, headerKey } from './headers.ts'

/** Columns of an export with fixed headers, found by any of the names they have in its versions and languages. */
export class KnownColumns {
  readonly #index = new Map<string, number>()
  readonly #columns: Column[]
  readonly #taken = new Map<number, Field>()

  constructor(columns: Column[]) {
    this.#columns = columns
    for (const column of columns) {
      const key = headerKey(column.header)
      if (!this.#index.has(key)) this.#index.set(key, column.index)
    }
  }

  /** Position of the column with one of these names, noted as taken for `field`; −1 when there is none. */
  find(field: Field, ...names: string[]): number {
    for (const name of names) {
      const index = this.#index.get(name)
      if (index !== undefined) {
        this.#taken.set(index, field)
        return index
      }
    }
    return -1
  }

  /** All columns whose key fits, with what the pattern captured. */
  match(field: Field, pattern: RegExp): { index: number; captured: string; header: string }[] {
    return this.#columns.flatMap((column) => {
      const found = pattern.exec(headerKey(column.header))
      if (found === null) return []
      this.#taken.set(column.index, field)
      return [{ index: column.index, captured: found[1] ?? '', header: column.header }]
    })
  }

  /** Header → field, for the report. */
  report(): Record<string, string> {
    return Object.fromEntries(
      this.#columns.map((column) => [column.header, this.#taken.get(column.index) ?? 'ignored']),
    )
  }
}

export function isShopify(headers: readonly string[]): boolean {
  const keys = new Set(headers.map(headerKey))
  const handle = keys.has('handle') || keys.has('url handle')
  return (
    handle &&
    (keys.has('variant price') || keys.has('variant sku') || (keys.has('title') && keys.has('option1 name')))
  )
}

export function isWooCommerce(headers: readonly string[]): boolean {
  const keys = new Set(headers.map(headerKey))
  const regular = ['regular price', 'precio normal', 'precio regular'].some((key) => keys.has(key))
  const published = keys.has('published') || keys.has('publicado')
  return regular && published && (keys.has('type') || keys.has('tipo'))
}
