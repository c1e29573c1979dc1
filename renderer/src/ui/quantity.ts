/**
 * Quantities as the desk reads and writes them. They are integers in the unit's smallest step (`piece`, `g`, `ml`,
 * `mm`); a price is for `unitSize` steps. What is priced by the kilo, litre or metre is also written in it.
 */
export interface Measure {
  unit: string
  unitSize: number
}

interface Scale {
  name: string
  steps: number
}

const large: Readonly<Record<string, string>> = { g: 'kg', ml: 'l', mm: 'm' }

function scaleOf({ unit, unitSize }: Measure): Scale {
  const name = large[unit]
  if (name === undefined) return { name: '', steps: 1 }
  if (unitSize % 1000 === 0) return { name, steps: 1000 }
  if (unit === 'mm' && unitSize % 10 === 0) return { name: 'cm', steps: 10 }
  return { name: unit, steps: 1 }
}

/** What stands behind a field for a quantity: `kg`, `cm`; empty for pieces. */
export function unitName(measure: Measure): string {
  return scaleOf(measure).name
}

export function quantityText(quantity: number, measure: Measure, locale: string): string {
  const { name, steps } = scaleOf(measure)
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(quantity / steps)
  return name === '' ? figure : `${figure} ${name}`
}

/** `/kg`, `/100 g`; empty where the price is for one piece. */
export function perUnit(measure: Measure, locale: string): string {
  const { name, steps } = scaleOf(measure)
  const count = measure.unitSize / steps
  if (name === '') return count === 1 ? '' : `/${count}`
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(count)
  return count === 1 ? `/${name}` : `/${figure} ${name}`
}

export function editableQuantity(quantity: number, measure: Measure, locale: string): string {
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 3 }).format(
    quantity / scaleOf(measure).steps,
  )
}

/** Steps from what a person typed, null when it is no quantity: `1,5` of what is priced by the kilo → 1500. */
export function parseQuantity(text: string, measure: Measure): number | null {
  const found = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (found === null) return null
  const { steps } = scaleOf(measure)
  const quantity = Number(`${found[1]}.${found[2] ?? '0'}`) * steps
  const whole = Math.round(quantity)
  return Math.abs(whole - quantity) < 1e-6 ? whole : null
}

/** What a line comes to; rounds half up to the minor unit, as the app does. */
export function lineTotal(unitPrice: number, quantity: number, unitSize: number): number {
  const size = BigInt(unitSize)
  return Number((2n * BigInt(unitPrice) * BigInt(quantity) + size) / (2n * size))
}
