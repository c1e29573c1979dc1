import { DomainError } from '../errors.ts'
import type { Condition, TariffDefinition, TariffInput } from './tariff.ts'

/**
 * Checks that a definition can be computed: keys are unique and known, figures fit their kind.
 * @throws DomainError `tariff.invalid {path, issue}` with the issue `duplicate`, `unknown_key`, `not_a_number`,
 * `value`, `amount`, `label` or `min_max`.
 */
export function checkDefinition(definition: TariffDefinition): void {
  const inputs = new Map<string, TariffInput>()
  for (const [index, input] of definition.inputs.entries()) {
    const path = `inputs.${index}`
    if (inputs.has(input.key)) refuse(`${path}.key`, 'duplicate')
    if (input.question.es.trim() === '' && input.question.en.trim() === '')
      refuse(`${path}.question`, 'label')
    if (input.type === 'number' && input.min !== null && input.max !== null && input.min > input.max)
      refuse(`${path}.max`, 'min_max')
    if (
      input.type === 'choice' &&
      new Set(input.options.map(({ value }) => value)).size < input.options.length
    )
      refuse(`${path}.options`, 'duplicate')
    inputs.set(input.key, input)
  }
  const elements = new Set<string>()
  for (const [index, element] of definition.elements.entries()) {
    const path = `elements.${index}`
    if (elements.has(element.key)) refuse(`${path}.key`, 'duplicate')
    elements.add(element.key)
    if (element.label.es.trim() === '' && element.label.en.trim() === '') refuse(`${path}.label`, 'label')
    if (element.kind === 'minimum' && element.amount < 0) refuse(`${path}.amount`, 'amount')
    if (element.kind === 'percent' && Math.abs(element.amount) > 100_000) refuse(`${path}.amount`, 'amount')
    if (element.kind === 'per_unit' && inputs.get(element.per ?? '')?.type !== 'number')
      refuse(`${path}.per`, 'not_a_number')
    if (Math.round(element.step * 1000) < 1) refuse(`${path}.step`, 'value')
    for (const [place, condition] of element.when.entries())
      checkCondition(condition, inputs.get(condition.key), `${path}.when.${place}`)
  }
}

function checkCondition(condition: Condition, input: TariffInput | undefined, path: string): void {
  if (input === undefined) refuse(`${path}.key`, 'unknown_key')
  const { is, value } = condition
  if (is !== 'equals' && is !== 'not_equals' && input.type !== 'number') refuse(`${path}.is`, 'not_a_number')
  const fits =
    input.type === 'number'
      ? typeof value === 'number'
      : input.type === 'yes_no'
        ? typeof value === 'boolean'
        : input.options.some((option) => option.value === value)
  if (!fits) refuse(`${path}.value`, 'value')
}

function refuse(path: string, issue: string): never {
  throw new DomainError('tariff.invalid', { path, issue })
}
