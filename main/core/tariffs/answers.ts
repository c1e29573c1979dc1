import { fold } from '../understanding/normalise.ts'
import type { Answer, Answers, TariffDefinition, TariffInput } from './tariff.ts'

/** What was given for an input that does not fit it. */
export interface RefusedAnswer {
  key: string
  issue: 'unknown' | 'not_a_number' | 'too_low' | 'too_high' | 'no_such_option' | 'not_yes_or_no'
}

/** Reads answers as engines and people give them ("3,5", "sí", an option's name) into what the rules compare. */
export function readAnswers(
  definition: TariffDefinition,
  given: Readonly<Record<string, unknown>>,
): { answers: Answers; refused: RefusedAnswer[] } {
  const answers: Record<string, Answer> = {}
  const refused: RefusedAnswer[] = []
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === '') continue
    const input = definition.inputs.find((candidate) => candidate.key === key)
    const answer = input === undefined ? ('unknown' as const) : readAnswer(input, value)
    if (typeof answer === 'string') refused.push({ key, issue: answer })
    else answers[key] = answer.value
  }
  return { answers, refused }
}

function readAnswer(input: TariffInput, value: unknown): { value: Answer } | RefusedAnswer['issue'] {
  if (input.type === 'number') {
    const number = typeof value === 'number' ? value : parseNumber(String(value))
    if (number === null || !Number.isFinite(number)) return 'not_a_number'
    if (number < (input.min ?? 0)) return 'too_low'
    return number > (input.max ?? 1_000_000) ? 'too_high' : { value: number }
  }
  if (input.type === 'yes_no') {
    if (typeof value === 'boolean') return { value }
    const word = fold(String(value)).trim()
    if (/^(?:si|yes|true|1|y|s)$/.test(word)) return { value: true }
    return /^(?:no|false|0|n)$/.test(word) ? { value: false } : 'not_yes_or_no'
  }
  const word = fold(String(value)).trim()
  const option = input.options.find((candidate) =>
    [candidate.value, candidate.label.es, candidate.label.en, ...candidate.words].some(
      (name) => fold(name).trim() === word,
    ),
  )
  return option === undefined ? 'no_such_option' : { value: option.value }
}

/** Three figures behind a point or comma are thousands, as the engine reads them: "1.500" is not one and a half. */
function parseNumber(text: string): number | null {
  const thousands = /^-?[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(text.trim())
  const clean = thousands ? text.trim().replace(/[.,]/g, '') : text.trim().replace(',', '.')
  return /^-?\d+(?:\.\d+)?$/.test(clean) ? Number(clean) : null
}
