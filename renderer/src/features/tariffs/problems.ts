import { conditionValue, signedAmount } from './definition.ts'
import { parseFigure } from './figures.ts'
import {
  comparisonsOf,
  type ElementForm,
  type InputForm,
  type LabelForm,
  type MoneyStyle,
  type TariffForm,
} from './form.ts'

export const maxDays = 365

export type TariffProblem =
  | 'label'
  | 'question'
  | 'figure'
  | 'min_max'
  | 'no_options'
  | 'option_twice'
  | 'amount'
  | 'percent'
  | 'per'
  | 'step'
  | 'input'
  | 'comparison'
  | 'value'
  | 'days'

type Problems = Record<string, TariffProblem>

/** Path of each field that cannot be saved (`inputs.0.label.es`), in the order of the screen, with what is wrong. */
export function problemsOf(form: TariffForm, money: MoneyStyle): Problems {
  const problems: Problems = {}
  for (const [index, input] of form.inputs.entries()) inputProblems(input, `inputs.${index}`, problems)
  for (const [index, element] of form.elements.entries())
    elementProblems(element, form.inputs, money, `elements.${index}`, problems)
  const days = form.validDays.trim()
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > maxDays) problems.validDays = 'days'
  form.requirements.forEach(({ label }, index) => {
    needed(label, `requirements.${index}.label`, 'label', problems)
  })
  return problems
}

/** One language is enough; both fields say so, because only one of them is on the screen. */
function needed(label: LabelForm, path: string, problem: TariffProblem, problems: Problems): void {
  if (label.es.trim() !== '' || label.en.trim() !== '') return
  problems[`${path}.es`] = problem
  problems[`${path}.en`] = problem
}

function inputProblems(input: InputForm, path: string, problems: Problems): void {
  needed(input.label, `${path}.label`, 'label', problems)
  needed(input.question, `${path}.question`, 'question', problems)
  if (input.type === 'number') {
    for (const name of ['min', 'max'] as const)
      if (input[name].trim() !== '' && parseFigure(input[name]) === null)
        problems[`${path}.${name}`] = 'figure'
    const [min, max] = [parseFigure(input.min), parseFigure(input.max)]
    if (min !== null && max !== null && min > max) problems[`${path}.max`] = 'min_max'
  }
  if (input.type === 'choice') {
    if (input.options.length === 0) problems[`${path}.type`] = 'no_options'
    input.options.forEach(({ label }, place) => {
      const at = `${path}.options.${place}.label`
      needed(label, at, 'label', problems)
      for (const language of ['es', 'en'] as const) {
        const name = plain(label[language])
        const before = input.options.slice(0, place)
        if (name !== '' && before.some((other) => plain(other.label[language]) === name))
          problems[`${at}.${language}`] = 'option_twice'
      }
    })
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

function elementProblems(
  element: ElementForm,
  inputs: readonly InputForm[],
  money: MoneyStyle,
  path: string,
  problems: Problems,
): void {
  const inputOf = (id: string) => inputs.find((input) => input.id === id)
  needed(element.label, `${path}.label`, 'label', problems)
  if (signedAmount(element, money) === null)
    problems[`${path}.amount`] = element.kind === 'percent' ? 'percent' : 'amount'
  if (element.kind === 'per_unit') {
    if (inputOf(element.per)?.type !== 'number') problems[`${path}.per`] = 'per'
    if (parseFigure(element.included) === null) problems[`${path}.included`] = 'figure'
    const step = parseFigure(element.step)
    if (step === null || step <= 0) problems[`${path}.step`] = 'step'
  }
  element.when.forEach((condition, place) => {
    const at = `${path}.when.${place}`
    const input = inputOf(condition.input)
    if (input === undefined) problems[`${at}.input`] = 'input'
    else {
      if (!comparisonsOf(input.type).includes(condition.is)) problems[`${at}.is`] = 'comparison'
      if (conditionValue(condition, input) === null) problems[`${at}.value`] = 'value'
    }
  })
}

/** Where the form shows what the app refused (`tariff.invalid {path, issue}`), or null when it has no such field. */
export function fieldOf(path: string): string | null {
  const [list, index, name, place, part] = path.split('.')
  if (list !== 'inputs' && list !== 'elements') return null
  const at = `${list}.${index}`
  switch (name) {
    case 'key':
    case 'label':
      return `${at}.label`
    case 'question':
      return `${at}.question`
    case 'options':
      return `${at}.options.0.label`
    case 'min':
    case 'max':
    case 'amount':
    case 'per':
    case 'step':
      return `${at}.${name}`
    case 'when':
      return `${at}.when.${place}.${part === 'key' ? 'input' : (part ?? 'input')}`
    default:
      return null
  }
}
