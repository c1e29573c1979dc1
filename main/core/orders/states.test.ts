import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeliveryMethod, nextStates, type OrderState, orderStates, paymentStateOf } from './states.ts'

const methods: DeliveryMethod[] = ['delivery', 'pickup', 'none']

describe('the states of an order', () => {
  it('lead nowhere but where the table says', () => {
    const table = methods.flatMap((method) =>
      orderStates.map((state) => `${method} ${state}: ${nextStates(state, method).join(' ')}`),
    )
    expect(table).toEqual([
      'delivery pending: processing cancelled',
      'delivery processing: shipped cancelled',
      'delivery shipped: delivered returned',
      'delivery delivered: returned',
      'delivery cancelled: ',
      'delivery returned: ',
      'pickup pending: processing cancelled',
      'pickup processing: delivered cancelled',
      'pickup shipped: delivered returned',
      'pickup delivered: returned',
      'pickup cancelled: ',
      'pickup returned: ',
      'none pending: processing cancelled',
      'none processing: delivered cancelled',
      'none shipped: delivered returned',
      'none delivered: returned',
      'none cancelled: ',
      'none returned: ',
    ])
  })

  it('come to an end on every way, and never come back to one they were in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.array(fc.nat(), { maxLength: 10 }), (method, choices) => {
        let state: OrderState = 'pending'
        const seen = new Set<OrderState>([state])
        for (const choice of choices) {
          const next = nextStates(state, method)
          if (next.length === 0) break
          state = next[choice % next.length] ?? state
          expect(seen.has(state)).toBe(false)
          seen.add(state)
        }
        expect(seen.size).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('the payment state', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 })
  it('follows from total, payments and refunds alone', () => {
    fc.assert(
      fc.property(amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), (total, paid, part) => {
        const refunded = Math.floor(paid * part)
        const kept = paid - refunded
        const state = paymentStateOf(total, paid, refunded)
        if (refunded > 0 && kept === 0) expect(state).toBe('refunded')
        else if (kept >= total) expect(state).toBe('paid')
        else expect(state).toBe(kept > 0 ? 'part' : 'unpaid')
      }),
    )
  })

  it('calls what costs nothing paid', () => {
    expect(paymentStateOf(0, 0, 0)).toBe('paid')
    expect(paymentStateOf(1, 0, 0)).toBe('unpaid')
  })
})
