import { useTranslation } from 'react-i18next'
import { usePreferences } from '../app/preferences.ts'
import { useShop } from '../app/shop.ts'
import { momentOf } from './time.ts'

/** Says in words when something is: `a las 18:40`, `desde el 12 mar, 10:05`. */
export function useMoments(): { at(instant: string): string; since(instant: string): string } {
  const { t } = useTranslation()
  const { timeZone } = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const say = (kind: 'at' | 'since') => (instant: string) => {
    const { today, text, hour } = momentOf(instant, Date.now(), language, timeZone)
    return today ? t(`moment.${kind}Hour`, { at: text, count: hour }) : t(`moment.${kind}Day`, { at: text })
  }
  return { at: say('at'), since: say('since') }
}
