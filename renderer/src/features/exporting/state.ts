import type { ExportEvent, ExportRequest, OrderFilter } from '../../../../preload/contract/index.ts'

export const exportKinds = ['orders', 'order_lines', 'customers', 'products'] as const
export type ExportKind = (typeof exportKinds)[number]
export const delimiters = [',', ';', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/** What a list on the screen shows now. */
export interface ShownList {
  kind: 'orders' | 'customers' | 'products'
  filter: OrderFilter
  only?: ExportRequest['only']
}

/** What the dialog holds. */
export interface ExportForm {
  what: ExportKind
  format: 'csv' | 'xlsx'
  delimiter: Delimiter
  bom: boolean
  /** Local dates; empty: no limit. */
  from: string
  to: string
  /** Only what the list shows. */
  narrowed: boolean
}

/** Spreadsheets that write a decimal comma take the semicolon for a column's end. */
export function usualDelimiter(locale: string): Delimiter {
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')
  return decimal?.value === ',' ? ';' : ','
}

export function startingForm(
  list: ShownList,
  kept: Pick<ExportForm, 'format' | 'delimiter' | 'bom'>,
): ExportForm {
  const { from = '', to = '' } = list.filter
  return { ...kept, what: list.kind, from, to, narrowed: isNarrowed(list) }
}

/** Whether the list leaves anything out, dates aside: those have fields of their own. */
export function isNarrowed(list: ShownList): boolean {
  const { from: _, to: __, ...rest } = list.filter
  return [...Object.values(rest), ...Object.values(list.only ?? {})].some((value) => value !== undefined)
}

/** Whether what is exported is what the list is about: an order's lines are, its customers are not. */
export function isOfList(what: ExportKind, list: ShownList): boolean {
  return what === list.kind || (what === 'order_lines' && list.kind === 'orders')
}

/** Products came on no day. */
export function hasDates(what: ExportKind): boolean {
  return what !== 'products'
}

export function areDatesWrong(form: ExportForm): boolean {
  return hasDates(form.what) && form.from !== '' && form.to !== '' && form.to < form.from
}

export function requestOf(form: ExportForm, list: ShownList, language: 'es' | 'en'): ExportRequest {
  const { what, format, delimiter, bom, from, to } = form
  const { from: _, to: __, ...filter } = list.filter
  const narrowed = form.narrowed && isOfList(what, list)
  return {
    what,
    format,
    delimiter,
    bom,
    language,
    filter: {
      ...(narrowed ? filter : {}),
      ...(hasDates(what) && from !== '' ? { from } : {}),
      ...(hasDates(what) && to !== '' ? { to } : {}),
    },
    ...(narrowed && list.only !== undefined ? { only: list.only } : {}),
  }
}

/** The way of an export: chosen, written, fetched. */
export type ExportState =
  | { phase: 'choose'; failure: unknown }
  | { phase: 'running'; runId: string | null; rows: number; total: number | null }
  | { phase: 'done'; fileName: string; rows: number; bytes: number }

export type ExportStep =
  | { type: 'start' }
  | { type: 'event'; event: ExportEvent }
  /** `failure` null: it was cancelled. */
  | { type: 'ended'; failure: unknown }
  | { type: 'again' }

export const choosing: ExportState = { phase: 'choose', failure: null }

export function stepExport(state: ExportState, step: ExportStep): ExportState {
  switch (step.type) {
    case 'start':
      return { phase: 'running', runId: null, rows: 0, total: null }
    case 'ended':
      return state.phase === 'done' ? state : { phase: 'choose', failure: step.failure }
    case 'again':
      return choosing
    case 'event':
      return state.phase === 'running' ? stepEvent(state, step.event) : state
  }
}

function stepEvent(state: Extract<ExportState, { phase: 'running' }>, event: ExportEvent): ExportState {
  switch (event.kind) {
    case 'started':
      return { ...state, runId: event.runId, total: event.rows }
    case 'progress':
      return { ...state, rows: event.rows, total: event.total }
    case 'done':
      return { phase: 'done', fileName: event.fileName, rows: event.rows, bytes: event.bytes }
  }
}

/** `12 kB`, `3,4 MB` */
export function sizeText(bytes: number, locale: string): string {
  const mega = bytes >= 1_000_000
  const value = mega ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1000))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(value)
}
