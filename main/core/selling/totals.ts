/** Arithmetic of carts: integers in, integers out. */

/**
 * Total of a line: `price` is for `unitSize` steps, `quantity` is in steps. Rounds half up to the minor unit.
 * @throws RangeError when a figure is not an integer in range or the total is no safe integer.
 */
export function lineTotal(price: number, quantity: number, unitSize: number): number {
  for (const figure of [price, quantity, unitSize]) {
    if (!Number.isSafeInteger(figure) || figure < 0)
      throw new RangeError('lineTotal takes non-negative integers')
  }
  if (unitSize === 0) throw new RangeError('unitSize must be positive')
  // Exact in BigInt: price × quantity may pass 2^53 where its share does not.
  const size = BigInt(unitSize)
  const total = Number((2n * BigInt(price) * BigInt(quantity) + size) / (2n * size))
  if (!Number.isSafeInteger(total)) throw new RangeError('total out of range')
  return total
}

/** Sum of line totals. */
export function cartTotal(totals: readonly number[]): number {
  let sum = 0
  for (const total of totals) sum += total
  if (!Number.isSafeInteger(sum)) throw new RangeError('total out of range')
  return sum
}

/** Pieces of a cart: pieces by count, what is measured as one a line. */
export function countPieces(lines: readonly { quantity: number; unitName: string }[]): number {
  return lines.reduce((sum, line) => sum + (line.unitName === 'piece' ? line.quantity : 1), 0)
}
