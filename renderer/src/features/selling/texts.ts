import { useTranslation } from 'react-i18next'
import { limits, type SettingsProblem } from './settings-form.ts'

/** Says what is wrong with a field of the settings. */
export function useProblemText(): (problem: SettingsProblem, path: string) => string {
  const { t } = useTranslation(['selling', 'common'])
  return (problem, path) => {
    switch (problem) {
      case 'rate':
        return t('rateBad')
      case 'name':
        return t('taxes.nameNeeded')
      case 'name_twice':
        return t('taxes.nameTwice')
      case 'prefix':
        return t('orders.prefixBad')
      case 'warn':
        return t('unpaid.warnBad')
      case 'label':
        return t('slots.labelNeeded')
      case 'days':
        return t('slots.daysNeeded')
      case 'times':
        return t('slots.timesBad')
      case 'number': {
        const [, [min, max] = [0, 0]] =
          Object.entries(limits).find(([name]) => name === path.split('.').at(-1)) ?? []
        return t('numberBad', { min, max })
      }
    }
  }
}
