/** A code by which a customer pays less. The owner makes it; nobody else does. */
export interface Discount {
  id: string
  code: string
  kind: 'percent' | 'amount'
  /** Basis points, or minor units. */
  value: number
  /** Sum of the lines from which it holds; minor units. */
  minSubtotal: number | null
  /** Local dates `YYYY-MM-DD`, both inclusive. */
  startsOn: string | null
  endsOn: string | null
  maxUses: number | null
  /** Orders placed with it since it was made that were not cancelled. */
  uses: number
  active: boolean
}

export interface DiscountInput {
  code: string
  kind: 'percent' | 'amount'
  value: number
  minSubtotal?: number | null
  startsOn?: string | null
  endsOn?: string | null
  maxUses?: number | null
  active?: boolean
}

/** Why a code does not hold now. */
export type DiscountRefusal = 'inactive' | 'early' | 'late' | 'minimum' | 'used_up'

/** Pure: whether a code holds for this sum on this local date. */
export function refusalOf(discount: Discount, subtotal: number, today: string): DiscountRefusal | null {
  if (!discount.active) return 'inactive'
  if (discount.startsOn !== null && today < discount.startsOn) return 'early'
  if (discount.endsOn !== null && today > discount.endsOn) return 'late'
  if (discount.maxUses !== null && discount.uses >= discount.maxUses) return 'used_up'
  if (discount.minSubtotal !== null && subtotal < discount.minSubtotal) return 'minimum'
  return null
}
