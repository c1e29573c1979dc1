import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentOrder, readOrder, withFirst } from './order.ts'

const engines = [
  { id: 'l1', kind: 'local' as const },
  { id: 'r1', kind: 'remote' as const },
  { id: 'r2', kind: 'remote' as const },
]

describe('the order of engines', () => {
  it('takes ids and kinds, and is always closed by the built-in engine', () => {
    expect(readOrder(['local', 'remote', 'builtin'], engines, [])).toEqual(['l1', 'r1', 'r2', 'builtin'])
    expect(readOrder(['r2', 'local'], engines, [])).toEqual(['r2', 'l1', 'builtin'])
    expect(readOrder([], engines, ['l1'])).toEqual(['builtin'])
  })

  it('keeps engines of a kind as they stood', () => {
    expect(readOrder(['remote', 'local'], engines, ['r2', 'r1', 'builtin'])).toEqual([
      'r2',
      'r1',
      'l1',
      'builtin',
    ])
  })

  it('asks nobody after the built-in engine, which never fails', () => {
    expect(readOrder(['r1', 'builtin', 'l1'], engines, [])).toEqual(['r1', 'builtin'])
  })

  it('names an engine that is not there', () => {
    const wrong = () => readOrder(['r1', 'gone'], engines, [])
    expect(wrong).toThrow(expect.objectContaining({ code: 'engine.not_found', data: { id: 'gone' } }))
  })

  it('has each engine once and the built-in one last, whatever is asked for', () => {
    const name = fc.constantFrom('l1', 'r1', 'r2', 'local', 'remote', 'builtin')
    fc.assert(
      fc.property(fc.array(name), fc.array(fc.constantFrom('l1', 'r1', 'r2', 'gone')), (wanted, before) => {
        const order = readOrder(wanted, engines, before)
        expect(new Set(order).size).toBe(order.length)
        expect(order.at(-1)).toBe('builtin')
        expect(currentOrder(order, engines)).toEqual(order)
        expect(withFirst('new', order)).toEqual(['new', ...order])
      }),
    )
  })

  it('leaves out what was taken away', () => {
    expect(currentOrder(['gone', 'r1', 'builtin'], engines)).toEqual(['r1', 'builtin'])
  })
})
