import { microsOf } from './cost.ts'

/** What the owner lets engines spend; minor units, null for no cap. */
export interface Caps {
  day: number | null
  month: number | null
  /** Per cent of a cap from which the owner is warned. */
  warnAt: number
}

/** Millionths of the shop's unit, what is reserved included. */
export interface Spent {
  day: number
  month: number
}

export type Period = 'day' | 'month'

const periods = ['day', 'month'] as const

/** The cap that a further cost would break; null when there is room for it. */
export function brokenCap(caps: Caps, spent: Spent, cost: number, currency: string): Period | null {
  return (
    periods.find((period) => {
      const cap = caps[period]
      return cap !== null && spent[period] + cost > microsOf(cap, currency)
    }) ?? null
  )
}

/** Caps of which at least the warned share is spent. */
export function warnedPeriods(caps: Caps, spent: Spent, currency: string): Period[] {
  return periods.filter((period) => {
    const cap = caps[period]
    if (cap === null) return false
    // The products pass what a number holds exactly.
    return BigInt(spent[period]) * 100n >= BigInt(microsOf(cap, currency)) * BigInt(caps.warnAt)
  })
}

/** Caps that leave nothing at all. */
export function reachedPeriods(caps: Caps, spent: Spent, currency: string): Period[] {
  return periods.filter((period) => {
    const cap = caps[period]
    return cap !== null && spent[period] >= microsOf(cap, currency)
  })
}

export function hasCap(caps: Caps): boolean {
  return caps.day !== null || caps.month !== null
}
