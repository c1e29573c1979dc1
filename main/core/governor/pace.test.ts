import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapMs, paceOf } from './pace.ts'

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const length = fc.nat(20_000)

describe('the pace of a person', () => {
  it('takes two to eight seconds for a reply, and less for what follows', () => {
    fc.assert(
      fc.property(length, length, chance, (asked, reply, random) => {
        const { readMs, typeMs } = paceOf({ asked, reply, first: true }, () => random)
        expect(readMs + typeMs).toBeGreaterThanOrEqual(2_000)
        expect(readMs + typeMs).toBeLessThanOrEqual(8_000)
        const next = paceOf({ asked, reply, first: false }, () => random)
        expect(next.readMs).toBe(0)
        expect(next.typeMs).toBeGreaterThanOrEqual(500)
        expect(next.typeMs).toBeLessThanOrEqual(5_000)
      }),
    )
  })

  it('never takes less for more', () => {
    fc.assert(
      fc.property(
        length,
        length,
        fc.nat(500),
        fc.nat(500),
        chance,
        fc.boolean(),
        (asked, reply, a, b, random, first) => {
          const short = paceOf({ asked, reply, first }, () => random)
          const long = paceOf({ asked: asked + a, reply: reply + b, first }, () => random)
          expect(long.readMs).toBeGreaterThanOrEqual(short.readMs)
          expect(long.typeMs).toBeGreaterThanOrEqual(short.typeMs)
        },
      ),
    )
  })

  it('is not the same each time', () => {
    const texts = { asked: 60, reply: 200, first: true }
    expect(paceOf(texts, () => 0.1)).not.toEqual(paceOf(texts, () => 0.9))
  })

  it('leaves more than a second between two sends', () => {
    fc.assert(
      fc.property(chance, (random) => {
        expect(gapMs(() => random)).toBeGreaterThanOrEqual(1_000)
        expect(gapMs(() => random)).toBeLessThanOrEqual(2_200)
      }),
    )
  })
})
