import { describe, expect, it } from 'vitest'
import { editableMicros, formatCost, formatTokenPrice, parseMicros } from './cost.ts'

const bare = (text: string) => text.replace(/\s/g, ' ')

describe('costs', () => {
  it('shows small sums with figures that say something', () => {
    expect(bare(formatCost(4213, 'EUR', 'es-ES'))).toBe('0,0042 €')
    expect(bare(formatCost(0, 'EUR', 'es-ES'))).toBe('0,00 €')
    expect(bare(formatCost(1_234_567, 'EUR', 'es-ES'))).toBe('1,23 €')
    expect(bare(formatCost(12_000_000, 'COP', 'es-CO'))).toMatch(/12/)
  })

  it('shows what a million tokens cost', () => {
    expect(formatTokenPrice(270_000, 'en')).toBe('$0.27')
    expect(formatTokenPrice(1500, 'en')).toBe('$0.0015')
  })

  it('reads and writes millionths exactly', () => {
    expect(parseMicros('0,27')).toBe(270_000)
    expect(parseMicros(' 1.1 ')).toBe(1_100_000)
    expect(parseMicros('4100')).toBe(4_100_000_000)
    expect(parseMicros('0.0000001')).toBeNull()
    expect(parseMicros('uno')).toBeNull()
    for (const micros of [0, 1, 270_000, 920_000, 4_100_500_000]) {
      expect(parseMicros(editableMicros(micros, 'es-ES'))).toBe(micros)
    }
  })
})
