import { useTranslation } from 'react-i18next'
import { useShop } from '../../app/shop.ts'
import { failureOf } from '../../rpc/failure.ts'
import { editableAmount } from '../../ui/money.ts'
import { type Language, labelText, type TariffForm } from './form.ts'
import { fieldOf, maxDays, type TariffProblem } from './problems.ts'

/** Says what is wrong with a field of a tariff. */
export function useProblemText(): (problem: TariffProblem) => string {
  const { t } = useTranslation(['tariffs', 'common'])
  const shop = useShop()
  return (problem) => {
    if (problem === 'amount')
      return t('problems.amount', { example: editableAmount(1290, shop.currency, shop.locale) })
    if (problem === 'days') return t('problems.days', { max: maxDays })
    return t(`problems.${problem}`)
  }
}

/** What the app refused, by the field's path in the form and with the name of the question or element it belongs to. */
export interface Refusal {
  /** Null: no field of the form. */
  field: string | null
  text: string
}

const issues = ['duplicate', 'unknown_key', 'not_a_number', 'value', 'amount', 'label', 'min_max'] as const

/** Reads `tariff.invalid {path, issue}`; null for every other failure. */
export function useRefusal(): (error: unknown, form: TariffForm, language: Language) => Refusal | null {
  const { t } = useTranslation(['tariffs', 'common'])
  return (error, form, language) => {
    const { code, data } = failureOf(error)
    if (code !== 'tariff.invalid') return null
    const path = typeof data.path === 'string' ? data.path : ''
    const issue = issues.find((each) => each === data.issue) ?? 'value'
    const [list, index = ''] = path.split('.')
    const parts = list === 'inputs' ? form.inputs : list === 'elements' ? form.elements : []
    const part = parts[Number(index)]
    const name = part === undefined ? '' : labelText(part.label, language)
    return { field: fieldOf(path), text: t('refused', { name, issue: t(`issues.${issue}`) }) }
  }
}
