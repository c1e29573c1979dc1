import type { TariffDefinition } from '../../../../preload/contract/index.ts'
import { editableAmount } from '../../ui/money.ts'
import { editablePercent } from '../../ui/percent.ts'
import { editableFigure } from './figures.ts'

/**
 * A tariff as the screen holds it: figures as they are written, and references between its parts by an id that stays
 * while names change. The keys by which the app knows questions and elements are never shown.
 */

export type Language = 'es' | 'en'

export interface LabelForm {
  es: string
  en: string
}

export interface OptionForm {
  id: string
  /** As it is stored; null until it has been saved once. */
  key: string | null
  label: LabelForm
  /** Other words for it. */
  words: string[]
}

export const inputTypes = ['number', 'choice', 'yes_no'] as const
export type InputType = (typeof inputTypes)[number]

/** A question. What another type would need is kept, so that a type chosen by mistake loses nothing. */
export interface InputForm {
  id: string
  key: string | null
  type: InputType
  label: LabelForm
  question: LabelForm
  required: boolean
  unit: string
  min: string
  max: string
  options: OptionForm[]
}

export const comparisons = ['equals', 'not_equals', 'at_least', 'at_most', 'more_than', 'less_than'] as const
export type Comparison = (typeof comparisons)[number]

export interface ConditionForm {
  id: string
  /** The question's id. */
  input: string
  is: Comparison
  /** A figure, an option's id, or `yes` and `no`. */
  value: string
}

export const elementKinds = ['base', 'per_unit', 'option', 'percent', 'minimum'] as const
export type ElementKind = (typeof elementKinds)[number]

export interface ElementForm {
  id: string
  key: string | null
  label: LabelForm
  kind: ElementKind
  sign: 'add' | 'subtract'
  amount: string
  /** The id of the question that is counted. */
  per: string
  included: string
  step: string
  when: ConditionForm[]
}

export interface RequirementForm {
  id: string
  label: LabelForm
}

export interface TariffForm {
  inputs: InputForm[]
  elements: ElementForm[]
  priceKind: 'exact' | 'from'
  requirements: RequirementForm[]
  validDays: string
  note: LabelForm
}

/** How the shop writes money and figures. */
export interface MoneyStyle {
  currency: string
  locale: string
}

export const noLabel: LabelForm = { es: '', en: '' }

export function emptyOption(): OptionForm {
  return { id: crypto.randomUUID(), key: null, label: noLabel, words: [] }
}

export function emptyInput(type: InputType): InputForm {
  return {
    id: crypto.randomUUID(),
    key: null,
    type,
    label: noLabel,
    question: noLabel,
    required: true,
    unit: '',
    min: '',
    max: '',
    options: [emptyOption(), emptyOption()],
  }
}

export function emptyElement(kind: ElementKind): ElementForm {
  return {
    id: crypto.randomUUID(),
    key: null,
    label: noLabel,
    kind,
    sign: 'add',
    amount: '',
    per: '',
    included: '0',
    step: '1',
    when: [],
  }
}

export function emptyRequirement(): RequirementForm {
  return { id: crypto.randomUUID(), label: noLabel }
}

/** A condition on a question, as likely as it can be guessed. */
export function conditionOn(input: InputForm | undefined): ConditionForm {
  const id = crypto.randomUUID()
  if (input === undefined) return { id, input: '', is: 'equals', value: '' }
  if (input.type === 'number') return { id, input: input.id, is: 'at_least', value: '' }
  const value = input.type === 'yes_no' ? 'yes' : (input.options[0]?.id ?? '')
  return { id, input: input.id, is: 'equals', value }
}

export function comparisonsOf(type: InputType): readonly Comparison[] {
  if (type === 'number') return comparisons
  return type === 'choice' ? ['equals', 'not_equals'] : ['equals']
}

type Definition = TariffDefinition
type DefinedInput = Definition['inputs'][number]
type DefinedElement = Definition['elements'][number]

export function formOf(definition: Definition, money: MoneyStyle): TariffForm {
  return {
    inputs: definition.inputs.map((input) => inputForm(input, money.locale)),
    elements: definition.elements.map((element) => elementForm(element, definition.inputs, money)),
    priceKind: definition.priceKind,
    requirements: definition.requirements.map((label, index) => ({ id: String(index), label })),
    validDays: String(definition.validDays),
    note: definition.note,
  }
}

function inputForm(input: DefinedInput, locale: string): InputForm {
  const { key, type, label, question, required } = input
  return {
    id: key,
    key,
    type,
    label,
    question,
    required,
    unit: type === 'number' ? input.unit : '',
    min: type === 'number' ? editableFigure(input.min, locale) : '',
    max: type === 'number' ? editableFigure(input.max, locale) : '',
    options:
      type === 'choice'
        ? input.options.map((option) => ({
            id: option.value,
            key: option.value,
            label: option.label,
            words: option.words,
          }))
        : [],
  }
}

function elementForm(
  element: DefinedElement,
  inputs: readonly DefinedInput[],
  { currency, locale }: MoneyStyle,
): ElementForm {
  const { key, label, kind, amount, per, included, step, when } = element
  const size = Math.abs(amount)
  return {
    id: key,
    key,
    label,
    kind,
    sign: amount < 0 ? 'subtract' : 'add',
    amount: kind === 'percent' ? editablePercent(size, locale) : editableAmount(size, currency, locale),
    per: per ?? '',
    included: editableFigure(included, locale),
    step: editableFigure(step, locale),
    when: when.map((condition, index) => conditionForm(condition, index, inputs, locale)),
  }
}

function conditionForm(
  { key, is, value }: DefinedElement['when'][number],
  index: number,
  inputs: readonly DefinedInput[],
  locale: string,
): ConditionForm {
  const id = String(index)
  if (typeof value === 'number') return { id, input: key, is, value: editableFigure(value, locale) }
  if (typeof value === 'string') return { id, input: key, is, value }
  // "Is not yes" is asked for as "is no": a yes-or-no question has one comparison.
  const yes = inputs.some((input) => input.key === key && input.type === 'yes_no')
  const wanted = yes && is === 'not_equals' ? !value : value
  return { id, input: key, is: yes ? 'equals' : is, value: wanted ? 'yes' : 'no' }
}

/** A label in one language, or in the other where that is empty. */
export function labelText(label: LabelForm, language: Language): string {
  const own = label[language].trim()
  return own === '' ? label[language === 'es' ? 'en' : 'es'].trim() : own
}

/** Texts that customers of one language would read in the other. */
export function untranslated(form: TariffForm, language: Language): number {
  const labels = [
    ...form.inputs.flatMap(({ label, question, type, options }) => [
      label,
      question,
      ...(type === 'choice' ? options.map((option) => option.label) : []),
    ]),
    ...form.elements.map(({ label }) => label),
    ...form.requirements.map(({ label }) => label),
    form.note,
  ]
  return labels.filter((label) => label[language].trim() === '' && labelText(label, language) !== '').length
}
