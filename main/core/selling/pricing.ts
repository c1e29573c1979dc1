import { lineTotal } from './totals.ts'

/**
 * What an order comes to. Pure arithmetic: integers in minor units and basis points (2100 is 21 %) in, integers out.
 * Discount and taxes are computed once on the sums and shared out to the lines by largest remainder, so that the lines
 * always add up to what the customer is told.
 */

export interface PricingLine {
  /** In the unit's smallest step; `unitPrice` is for `unitSize` steps. */
  quantity: number
  unitSize: number
  unitPrice: number
  taxClass: string
}

export interface PricingInput {
  lines: readonly PricingLine[]
  deliveryFee: number
  /** `percent` in basis points of the lines' sum, `amount` in minor units. Never more than that sum; not on delivery. */
  discount: { kind: 'percent' | 'amount'; value: number } | null
  /** Rate of each tax class; classes that are not named have `standard`'s. */
  taxes: Readonly<Record<string, number>>
  deliveryTax: number
  pricesIncludeTax: boolean
}

export interface PricedLine {
  /** Before the discount. */
  total: number
  discount: number
  taxRate: number
  tax: number
}

export interface TaxShare {
  rate: number
  /** Net, without this tax. */
  base: number
  tax: number
}

export interface Pricing {
  /** In the order of the input. */
  lines: PricedLine[]
  subtotal: number
  discount: number
  deliveryFee: number
  /** By rate, lowest first; each rate once, with 0 % where something is free of tax. Σ base + Σ tax = total. */
  taxes: TaxShare[]
  tax: number
  total: number
}

/** @throws RangeError for figures that are no non-negative safe integers, and for sums beyond 2^53. */
export function priceOrder(input: PricingInput): Pricing {
  const fee = checked(input.deliveryFee)
  const totals = input.lines.map((line) => lineTotal(line.unitPrice, line.quantity, line.unitSize))
  const rates = input.lines.map((line) => checked(rateOf(line.taxClass, input.taxes)))
  const subtotal = sum(totals)
  const discount = discountOf(input.discount, subtotal)
  const discounts = shareOut(
    discount,
    totals.map((total, index) => ({ weight: total, tie: rates[index] ?? 0 })),
  )
  const payable = totals.map((total, index) => total - (discounts[index] ?? 0))
  const { taxes, lineTaxes } = taxesOf(payable, rates, { fee, rate: checked(input.deliveryTax) }, input)
  const tax = sum(taxes.map((share) => share.tax))
  const net = sum([subtotal - discount, fee])
  return {
    lines: totals.map((total, index) => ({
      total,
      discount: discounts[index] ?? 0,
      taxRate: rates[index] ?? 0,
      tax: lineTaxes[index] ?? 0,
    })),
    subtotal,
    discount,
    deliveryFee: fee,
    taxes,
    tax,
    total: input.pricesIncludeTax ? net : sum([net, tax]),
  }
}

/** Rate of a tax class, in basis points. */
export function rateOf(taxClass: string, taxes: Readonly<Record<string, number>>): number {
  if (Object.hasOwn(taxes, taxClass)) return taxes[taxClass] ?? 0
  return Object.hasOwn(taxes, 'standard') ? (taxes.standard ?? 0) : 0
}

/** What a discount takes off a sum. */
export function discountOf(discount: PricingInput['discount'], subtotal: number): number {
  if (discount === null) return 0
  const value = checked(discount.value)
  const wanted = discount.kind === 'amount' ? value : share(subtotal, value, 10_000)
  return Math.min(wanted, subtotal)
}

function taxesOf(
  payable: readonly number[],
  rates: readonly number[],
  delivery: { fee: number; rate: number },
  input: PricingInput,
): { taxes: TaxShare[]; lineTaxes: number[] } {
  const lineTaxes = payable.map(() => 0)
  const used = new Set(rates)
  if (delivery.fee > 0) used.add(delivery.rate)
  const taxes = [...used]
    .sort((a, b) => a - b)
    .map((rate): TaxShare => {
      const members = payable.flatMap((_, index) => (rates[index] === rate ? [index] : []))
      const fee = delivery.rate === rate ? delivery.fee : 0
      const amount = sum([...members.map((index) => payable[index] ?? 0), fee])
      const tax = input.pricesIncludeTax ? share(amount, rate, 10_000 + rate) : share(amount, rate, 10_000)
      // The delivery fee's own share comes last: nothing is noted for it.
      const shares = shareOut(
        tax,
        [...members.map((index) => payable[index] ?? 0), fee].map((weight) => ({ weight, tie: 0 })),
      )
      members.forEach((index, at) => {
        lineTaxes[index] = shares[at] ?? 0
      })
      return { rate, base: input.pricesIncludeTax ? amount - tax : amount, tax }
    })
  return { taxes, lineTaxes }
}

/**
 * Shares an amount out by weight: each gets its part rounded down, what is left goes to the largest remainders. Nobody
 * gets more than its weight while the amount is not above their sum. Which of two equal parts gets the odd unit follows
 * from weight and `tie`, not from the order, so that sums do not depend on it.
 */
export function shareOut(amount: number, parts: readonly { weight: number; tie: number }[]): number[] {
  const all = BigInt(sum(parts.map((part) => part.weight)))
  if (all === 0n) return parts.map(() => 0)
  const rows = parts.map((part, index) => {
    const product = BigInt(amount) * BigInt(part.weight)
    return { ...part, index, given: Number(product / all), left: product % all }
  })
  let rest = amount - sum(rows.map((row) => row.given))
  const byRemainder = [...rows].sort(
    (a, b) => compare(b.left, a.left) || b.weight - a.weight || a.tie - b.tie || a.index - b.index,
  )
  for (const row of byRemainder) {
    if (rest === 0) break
    row.given += 1
    rest -= 1
  }
  return rows.map((row) => row.given)
}

/** amount × part / whole, rounded half up. Exact in BigInt, where the product may pass 2^53. */
function share(amount: number, part: number, whole: number): number {
  const divisor = BigInt(whole)
  return checked(Number((2n * BigInt(amount) * BigInt(part) + divisor) / (2n * divisor)))
}

function sum(figures: readonly number[]): number {
  return checked(figures.reduce((total, figure) => total + figure, 0))
}

function checked(figure: number): number {
  if (!Number.isSafeInteger(figure) || figure < 0) throw new RangeError('pricing takes non-negative integers')
  return figure
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
