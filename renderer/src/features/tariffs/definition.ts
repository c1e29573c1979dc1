import type { TariffDefinition } from '../../../../preload/contract/index.ts'
import { parseAmount } from '../../ui/money.ts'
import { parsePercent } from '../../ui/percent.ts'
import { parseFigure } from './figures.ts'
import type {
  ConditionForm,
  ElementForm,
  InputForm,
  LabelForm,
  MoneyStyle,
  OptionForm,
  TariffForm,
} from './form.ts'

/** The largest percentage of an element, basis points. */
export const maxPercent = 100_000
/** How long a key may be, with room for a number behind it. */
const keyLength = 34

/** A key from a name: `Metros cuadrados` → `metros_cuadrados`, `metros_cuadrados_2` where that is taken. */
export function keyFor(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+/, '')
    .slice(0, keyLength)
    .replace(/_+$/, '')
  const base = plain === '' ? fallback : plain
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}_${count}`
    if (!taken.has(key)) return key
  }
}

interface Named {
  id: string
  key: string | null
  label: LabelForm
}

/** Key of each part by its id: what is stored keeps its own, what is new gets one from its name. */
function keysOf(parts: readonly Named[], fallback: string): Map<string, string> {
  const keys = new Map(parts.flatMap(({ id, key }) => (key === null ? [] : [[id, key] as const])))
  const taken = new Set(keys.values())
  for (const { id, key, label } of parts) {
    if (key !== null) continue
    const made = keyFor(label.es.trim() === '' ? label.en : label.es, fallback, taken)
    keys.set(id, made)
    taken.add(made)
  }
  return keys
}

/** For a form without problems. Its questions come in the form's order. */
export function definitionOf(form: TariffForm, money: MoneyStyle): TariffDefinition {
  const inputKeys = keysOf(form.inputs, 'question')
  const elementKeys = keysOf(form.elements, 'element')
  const keyOfInput = (id: string) => inputKeys.get(id) ?? 'question'
  const inputOf = (id: string) => form.inputs.find((input) => input.id === id)
  return {
    inputs: form.inputs.map((input) => definedInput(input, keyOfInput(input.id))),
    elements: form.elements.map((element) => ({
      key: elementKeys.get(element.id) ?? 'element',
      label: trimmed(element.label),
      kind: element.kind,
      amount: signedAmount(element, money) ?? 0,
      per: element.kind === 'per_unit' ? keyOfInput(element.per) : null,
      included: element.kind === 'per_unit' ? (parseFigure(element.included) ?? 0) : 0,
      step: element.kind === 'per_unit' ? (parseFigure(element.step) ?? 1) : 1,
      when: element.when.map((condition) => ({
        key: keyOfInput(condition.input),
        is: condition.is,
        value: conditionValue(condition, inputOf(condition.input)) ?? '',
      })),
    })),
    priceKind: form.priceKind,
    requirements: form.requirements.map(({ label }) => trimmed(label)),
    validDays: Number(form.validDays.trim()),
    note: trimmed(form.note),
  }
}

function definedInput(input: InputForm, key: string): TariffDefinition['inputs'][number] {
  const base = {
    key,
    label: trimmed(input.label),
    question: trimmed(input.question),
    required: input.required,
  }
  if (input.type === 'yes_no') return { ...base, type: 'yes_no' }
  if (input.type === 'number') {
    const unit = input.unit.trim()
    return { ...base, type: 'number', unit, min: parseFigure(input.min), max: parseFigure(input.max) }
  }
  const values = optionKeys(input.options)
  return {
    ...base,
    type: 'choice',
    options: input.options.map(({ id, label, words }) => ({
      value: values.get(id) ?? 'option',
      label: trimmed(label),
      words: words.map((word) => word.trim()).filter((word) => word !== ''),
    })),
  }
}

function optionKeys(options: readonly OptionForm[]): Map<string, string> {
  return keysOf(options, 'option')
}

/** Minor units, or basis points of a percentage; null when it is neither. */
export function signedAmount(element: ElementForm, { currency, locale }: MoneyStyle): number | null {
  const size =
    element.kind === 'percent'
      ? parsePercent(element.amount, maxPercent)
      : parseAmount(element.amount, currency, locale)
  if (size === null) return null
  return element.sign === 'subtract' && element.kind !== 'minimum' && size !== 0 ? -size : size
}

/** What an answer is compared with; null when it is nothing that the question can be answered with. */
export function conditionValue(
  condition: ConditionForm,
  input: InputForm | undefined,
): string | number | boolean | null {
  if (input === undefined) return null
  if (input.type === 'number') return parseFigure(condition.value)
  if (input.type === 'choice') return optionKeys(input.options).get(condition.value) ?? null
  return condition.value === 'yes' ? true : condition.value === 'no' ? false : null
}

function trimmed(label: LabelForm): LabelForm {
  return { es: label.es.trim(), en: label.en.trim() }
}
