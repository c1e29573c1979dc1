import { fold } from '../../understanding/normalise.ts'
import { articles, numberOf } from '../../understanding/numbers.ts'

function numbersIn(text: string): number[] {
  return fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !articles.has(word))
    .flatMap((word) => numberOf(word) ?? [])
}

/**
 * How many are wanted, when the only such number belongs to the product's name: "un pastel de tres leches" is one,
 * "dos pasteles de tres leches" are two, "tres pasteles de tres leches" three.
 */
export function quantityBeside(name: string, text: string, quantity: number | null): number | null {
  if (quantity === null) return null
  const own = numbersIn(name)
  const said = numbersIn(text)
  const times = (list: readonly number[]) => list.filter((one) => one === quantity).length
  if (times(own) === 0 || times(said) > times(own)) return quantity
  // What is left of the numbers once those of the name are taken away.
  const rest = [...said]
  for (const one of own) {
    const at = rest.lastIndexOf(one)
    if (at >= 0) rest.splice(at, 1)
  }
  return rest[0] ?? null
}
