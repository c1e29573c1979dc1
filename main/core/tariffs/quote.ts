import type {
  Answers,
  Condition,
  QuoteLine,
  QuoteResult,
  TariffDefinition,
  TariffElement,
  TariffInput,
} from './tariff.ts'

/** Fractions of a step that floating point may leave over. */
const tolerance = 1e-9
/** Numbers of a tariff are counted in thousandths. */
const scale = 1000

/**
 * Computes a price line by line. Elements count in their order; an input is missing when it is required, or when an
 * element that may still count needs it. Integers in, integers out: a line rounds half away from zero.
 * @throws RangeError when a sum is no safe integer.
 */
export function computeQuote(definition: TariffDefinition, answers: Answers): QuoteResult {
  const needed = neededKeys(definition, answers)
  const missing = definition.inputs.filter(
    (input) => answers[input.key] === undefined && (input.required || needed.has(input.key)),
  )
  const [first, ...rest] = missing
  if (first !== undefined) return { missing: [first, ...rest], lines: [], total: null }
  const lines: QuoteLine[] = []
  let sum = 0
  for (const element of definition.elements) {
    if (!element.when.every((condition) => holds(condition, answers))) continue
    const line = lineOf(element, answers, sum, definition.inputs)
    if (line === null) continue
    lines.push(line)
    sum += line.amount
    if (!Number.isSafeInteger(sum)) throw new RangeError('total out of range')
  }
  return { missing: [], lines, total: Math.max(0, sum) }
}

/** Keys that elements need and nobody has answered; an element whose known conditions fail needs nothing. */
function neededKeys(definition: TariffDefinition, answers: Answers): Set<string> {
  const needed = new Set<string>()
  for (const { when, per } of definition.elements) {
    const known = when.filter(({ key }) => answers[key] !== undefined)
    if (!known.every((condition) => holds(condition, answers))) continue
    const open = when.filter(({ key }) => answers[key] === undefined)
    for (const { key } of open) needed.add(key)
    if (open.length === 0 && per !== null && answers[per] === undefined) needed.add(per)
  }
  return needed
}

function holds({ key, is, value }: Condition, answers: Answers): boolean {
  const answer = answers[key]
  if (answer === undefined) return false
  if (is === 'equals') return answer === value
  if (is === 'not_equals') return answer !== value
  if (typeof answer !== 'number' || typeof value !== 'number') return false
  if (is === 'at_least') return answer >= value
  if (is === 'at_most') return answer <= value
  return is === 'more_than' ? answer > value : answer < value
}

function lineOf(
  element: TariffElement,
  answers: Answers,
  sum: number,
  inputs: readonly TariffInput[],
): QuoteLine | null {
  const { kind, amount, label } = element
  const plain = { label, quantity: null, unit: '', unitAmount: null }
  if (kind === 'base' || kind === 'option') return { ...plain, amount }
  if (kind === 'percent') return { ...plain, amount: roundedShare(sum, amount, 10_000) }
  if (kind === 'minimum') return sum >= amount ? null : { ...plain, amount: amount - sum }
  const answer = element.per === null ? undefined : answers[element.per]
  if (typeof answer !== 'number') return null
  const steps = Math.ceil((answer - element.included) / element.step - tolerance)
  if (steps <= 0) return null
  const thousandths = steps * Math.round(element.step * scale)
  const input = inputs.find(({ key }) => key === element.per)
  return {
    label,
    quantity: thousandths / scale,
    unit: input?.type === 'number' ? input.unit : '',
    unitAmount: amount,
    amount: roundedShare(amount, thousandths, scale),
  }
}

/** value × part ÷ whole, half away from zero, exact in BigInt. */
function roundedShare(value: number, part: number, whole: number): number {
  const product = BigInt(value) * BigInt(part)
  const size = BigInt(whole)
  const sign = product < 0n ? -1n : 1n
  return Number((sign * (2n * sign * product + size)) / (2n * size))
}
