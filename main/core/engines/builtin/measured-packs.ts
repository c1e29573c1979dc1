import { units } from '../../understanding/lexicon/words.ts'
import { fold } from '../../understanding/normalise.ts'

/** What a measure comes to in grams, millilitres or millimetres; a pound as the country reckons it. Lengths say what a thing is, they are never put together. */
interface Measured {
  kind: 'weight' | 'volume' | 'length'
  amount: number
}

const scales: Readonly<Record<string, Measured>> = {
  g: { kind: 'weight', amount: 1 },
  kg: { kind: 'weight', amount: 1000 },
  ml: { kind: 'volume', amount: 1 },
  cl: { kind: 'volume', amount: 10 },
  l: { kind: 'volume', amount: 1000 },
  oz: { kind: 'weight', amount: 28.35 },
  gal: { kind: 'volume', amount: 3785 },
  qt: { kind: 'volume', amount: 946.25 },
  pt: { kind: 'volume', amount: 473.125 },
  in: { kind: 'length', amount: 25.4 },
  mm: { kind: 'length', amount: 1 },
  cm: { kind: 'length', amount: 10 },
}

/** Countries whose "libra" is half a kilo. */
const halfKilo = new Set(['CO', 'EC', 'VE', 'PA', 'DO'])

function measured(value: number, unit: string, country: string): Measured | null {
  if (unit === 'lb') return { kind: 'weight', amount: value * (halfKilo.has(country) ? 500 : 453.6) }
  const scale = scales[unit]
  return scale === undefined ? null : { kind: scale.kind, amount: value * scale.amount }
}

/** The measure that an option's value begins with: "500 g", "1,5 L (botella)". */
function measureOf(value: string, country: string): Measured | null {
  const [, figure = '', word = ''] = /^(\d+(?:[.,]\d+)?)\s?([a-z]+)\b/.exec(fold(value)) ?? []
  const unit = units[word]
  return unit === undefined ? null : measured(Number(figure.replace(',', '.')), unit, country)
}

const mostPacks = 60

/**
 * "Dos kilos", sold by 500 g and by 1 kg: two of 1 kg. The largest pack that divides the amount, and every variant that
 * comes in it; null where no pack does.
 */
export function packsOf<Variant extends { options: readonly string[] }>(
  variants: readonly Variant[],
  measure: { value: number; unit: string },
  country: string,
): { variants: Variant[]; count: number } | null {
  const wanted = measured(measure.value, measure.unit, country)
  if (wanted === null || wanted.kind === 'length') return null
  const sized = variants.flatMap((variant) => {
    const size = variant.options.map((value) => measureOf(value, country)).find((one) => one !== null)
    return size != null && size.kind === wanted.kind && size.amount > 0
      ? [{ variant, size: size.amount }]
      : []
  })
  const fitting = sized.filter(({ size }) => {
    const count = wanted.amount / size
    return Math.abs(count - Math.round(count)) < 1e-6 && count >= 1 && count <= mostPacks
  })
  const largest = Math.max(0, ...fitting.map(({ size }) => size))
  if (largest === 0) return null
  return {
    variants: fitting.filter(({ size }) => size === largest).map(({ variant }) => variant),
    count: Math.round(wanted.amount / largest),
  }
}
