import { fold } from '../../understanding/normalise.ts'
import { articles, decimalOf } from '../../understanding/numbers.ts'
import type { QuoteAnswers, QuoteInput } from './tariff-data.ts'

const yes = /^(?:si|sip|claro|yes|yep|sure|yeah|ok|vale|dale|correcto|eso es|of course|please)\b/
const no = /^(?:no|nop|nope|nah|para nada|negativo|tampoco)\b/

/** Other ways in which people write a unit. */
const unitWords: Readonly<Record<string, string>> = {
  'm²': 'm2|m²|mt2|mts2|metros?|metros? cuadrados?|square metres?|square meters?|sqm',
  m2: 'm2|m²|mt2|mts2|metros?|metros? cuadrados?|square metres?|square meters?|sqm',
  km: 'km|kms|kilometros?|kilometres?|kilometers?',
  h: 'h|hs|hrs?|horas?|hours?',
  kg: 'kg|kgs|kilos?|kilogramos?',
  cm: 'cm|cms|centimetros?|centimetres?|centimeters?',
  m: 'm|mts?|metros?|metres?|meters?',
}

/**
 * Reads what a message answers of a tariff's questions. A bare number or a bare yes answers only the question that was
 * asked; options, figures with their unit and named facts answer wherever they stand.
 */
export function tariffAnswers(
  text: string,
  inputs: readonly QuoteInput[],
  asked: string | null,
): QuoteAnswers {
  const folded = ` ${fold(text)
    .replace(/[¿?¡!;:()"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()} `
  const answers: QuoteAnswers = {}
  for (const input of inputs) {
    const answer =
      input.type === 'choice'
        ? chosen(folded, input)
        : input.type === 'number'
          ? withHalf(folded, counted(folded, input, inputs, asked === input.key))
          : agreed(folded, input, asked === input.key)
    if (answer !== null) answers[input.key] = answer
  }
  return answers
}

function chosen(folded: string, input: QuoteInput): string | null {
  let best: { value: string; length: number } | null = null
  for (const { value, words } of input.options) {
    for (const word of [value, ...words]) {
      const name = fold(word).trim()
      if (name === '' || !holds(folded, name)) continue
      if (new RegExp(`\\b(?:no|sin|not|without)(?: es| de| a)? ${escaped(name)}`).test(folded)) continue
      if (best === null || name.length > best.length) best = { value, length: name.length }
    }
  }
  return best?.value ?? null
}

/** Whole words, a plural aside. */
function holds(folded: string, name: string): boolean {
  return new RegExp(`[^a-z0-9]${escaped(name)}(?:s|es)?[^a-z0-9]`).test(folded)
}

function counted(
  folded: string,
  input: QuoteInput,
  inputs: readonly QuoteInput[],
  asked: boolean,
): number | null {
  const named = [nounsOf(input.label), unitsOf(input.unit)].filter((part) => part !== '').join('|')
  if (named !== '') {
    const match = new RegExp(`(\\d[\\d.,]*|[a-z]+) ?(?:de )?(?:${named})(?:s|es)?[^a-z0-9]`).exec(folded)
    const value = match?.[1] === undefined ? null : decimalOf(match[1].replace(/[.,]$/, ''))
    if (value !== null) return value
    const after = new RegExp(`(?:${named})(?:s|es)?(?: de| son| es|,)? (\\d[\\d.,]*)`).exec(folded)
    const behind = after?.[1] === undefined ? null : decimalOf(after[1].replace(/[.,]$/, ''))
    if (behind !== null && !belongsToAnother(folded, after?.[1] ?? '', input, inputs)) return behind
  }
  if (!asked) return null
  // A comma between figures belongs to the number: "2,5".
  for (const word of folded.trim().split(/(?:\s|,(?!\d))+/)) {
    if (articles.has(word) && folded.trim() !== word) continue
    const value = decimalOf(word.replace(/[.,]$/, '').replace(/^(\d+[.,]?\d*)(?:m2|m²|km|h|kg|cm|m)$/, '$1'))
    if (value !== null && !belongsToAnother(folded, word, input, inputs)) return value
  }
  return null
}

/** "Dos y medio", "2 metros y medio": a whole number and a half, where the half stands right behind it. */
function withHalf(folded: string, value: number | null): number | null {
  if (value === null || !Number.isInteger(value)) return value
  const half = /(?<number>[a-z]+|\d[\d.]*) (?:[a-z²2]+ )?(?:y medi[oa]|and a half) (?!\w)/.exec(folded)
  const number = half?.groups?.number
  return number !== undefined && decimalOf(number) === value ? value + 0.5 : value
}

/** Whether the number stands before another input's unit or name. */
function belongsToAnother(
  folded: string,
  number: string,
  input: QuoteInput,
  inputs: readonly QuoteInput[],
): boolean {
  return inputs.some((other) => {
    if (other.key === input.key || other.type !== 'number') return false
    const named = [nounsOf(other.label), unitsOf(other.unit)].filter((part) => part !== '').join('|')
    return (
      named !== '' &&
      new RegExp(`[^\\d.,]${escaped(number)} ?(?:de )?(?:${named})(?:s|es)?[^a-z0-9]`).test(folded)
    )
  })
}

function agreed(folded: string, input: QuoteInput, asked: boolean): boolean | null {
  const label = fold(input.label).trim()
  if (label !== '' && folded.includes(` ${label} `))
    return !new RegExp(`\\b(?:no|sin|not|without) (?:\\w+ )?${escaped(label)}`).test(folded)
  if (!asked) return null
  const words = folded.trim()
  if (yes.test(words)) return true
  return no.test(words) ? false : null
}

function nounsOf(label: string): string {
  return fold(label)
    .split(/[^a-z0-9]+/)
    .filter(
      (word) => word.length > 3 && !/^(?:numero|number|cantidad|distancia|superficie|cuant\w+)$/.test(word),
    )
    .map((word) => escaped(word.replace(/(?:es|s)$/, '')))
    .join('|')
}

function unitsOf(unit: string): string {
  const folded = fold(unit).trim()
  if (folded === '') return ''
  return unitWords[folded] ?? escaped(folded.replace(/(?:es|s)$/, ''))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
