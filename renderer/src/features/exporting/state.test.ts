import { describe, expect, it } from 'vitest'
import {
  areDatesWrong,
  choosing,
  type ExportForm,
  isNarrowed,
  requestOf,
  type ShownList,
  sizeText,
  startingForm,
  stepExport,
  usualDelimiter,
} from './state.ts'

const kept = { format: 'csv', delimiter: ';', bom: true } as const
const orders: ShownList = {
  kind: 'orders',
  filter: { text: 'ana', states: ['pending'], from: '2026-01-01' },
}
const products: ShownList = { kind: 'products', filter: {}, only: { category: 'Pan', status: undefined } }

describe('what is asked for', () => {
  it('begins with what the list shows', () => {
    const form = startingForm(orders, kept)
    expect(form).toEqual({ ...kept, what: 'orders', from: '2026-01-01', to: '', narrowed: true })
    expect(requestOf(form, orders, 'es').filter).toEqual(orders.filter)
    expect(requestOf({ ...form, what: 'order_lines' }, orders, 'es').filter).toEqual(orders.filter)
    expect(requestOf(startingForm(products, kept), products, 'es')).toMatchObject({
      filter: {},
      only: { category: 'Pan' },
    })
  })

  it('leaves the filters of one list out of what is another', () => {
    const form = startingForm(orders, kept)
    const dates = { from: '2026-01-01' }
    expect(requestOf({ ...form, what: 'customers' }, orders, 'es').filter).toEqual(dates)
    expect(requestOf({ ...form, what: 'products' }, orders, 'es').filter).toEqual({})
    expect(requestOf({ ...form, narrowed: false }, orders, 'es').filter).toEqual(dates)
    const whole = requestOf({ ...startingForm(products, kept), narrowed: false }, products, 'en')
    expect(whole).not.toHaveProperty('only')
  })

  it('knows a list that shows everything', () => {
    expect(isNarrowed({ kind: 'orders', filter: { from: '2026-01-01' } })).toBe(false)
    expect(isNarrowed({ kind: 'customers', filter: {}, only: { active: false } })).toBe(true)
    expect(isNarrowed(products)).toBe(true)
  })

  it('sees dates the wrong way round, where they count', () => {
    const form: ExportForm = { ...startingForm(orders, kept), from: '2026-02-02', to: '2026-02-01' }
    expect(areDatesWrong(form)).toBe(true)
    expect(areDatesWrong({ ...form, what: 'products' })).toBe(false)
    expect(areDatesWrong({ ...form, to: '2026-02-02' })).toBe(false)
  })

  it('ends columns as the shop’s spreadsheets do', () => {
    expect(usualDelimiter('es-ES')).toBe(';')
    expect(usualDelimiter('es-MX')).toBe(',')
    expect(usualDelimiter('en-GB')).toBe(',')
  })
})

describe('the way of an export', () => {
  const done = {
    kind: 'done',
    rows: 5,
    bytes: 900,
    fileName: 'pedidos.csv',
    downloadId: 'd',
    path: null,
  } as const

  it('goes from choice to file', () => {
    const started = stepExport(stepExport(choosing, { type: 'start' }), {
      type: 'event',
      event: { kind: 'started', runId: 'r', rows: 5 },
    })
    expect(started).toEqual({ phase: 'running', runId: 'r', rows: 0, total: 5 })
    const going = stepExport(started, { type: 'event', event: { kind: 'progress', rows: 3, total: 5 } })
    expect(going).toMatchObject({ rows: 3 })
    const ended = stepExport(going, { type: 'event', event: done })
    expect(ended).toEqual({ phase: 'done', fileName: 'pedidos.csv', rows: 5, bytes: 900 })
    // What comes after is no news.
    expect(stepExport(ended, { type: 'ended', failure: new Error('late') })).toBe(ended)
    expect(stepExport(ended, { type: 'again' })).toBe(choosing)
  })

  it('goes back to the choice with what went wrong, or without when it was cancelled', () => {
    const running = stepExport(choosing, { type: 'start' })
    expect(stepExport(running, { type: 'ended', failure: 'full' })).toEqual({
      phase: 'choose',
      failure: 'full',
    })
    expect(stepExport(running, { type: 'ended', failure: null })).toEqual(choosing)
    expect(stepExport(choosing, { type: 'event', event: done })).toBe(choosing)
  })

  it('tells sizes', () => {
    expect(sizeText(120, 'en')).toBe('1 kB')
    expect(sizeText(12_345, 'es')).toBe('12 kB')
    expect(sizeText(3_440_000, 'es')).toBe('3,4 MB')
  })
})
