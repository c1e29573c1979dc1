import { useTranslation } from 'react-i18next'
import type { Engine } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import classes from './Engines.module.css'
import { isBuiltIn } from './state.ts'
import { useEngineTexts } from './texts.ts'

/** Speed, prices and what it did today, in a line. */
export function EngineFacts({ engine }: { engine: Engine }) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const texts = useEngineTexts()
  const language = usePreferences((preferences) => preferences.language)
  const { today, speed, prices } = engine
  if (isBuiltIn(engine)) return null
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const facts = [
    speed.tier === null ? null : t(`tier.${speed.tier}`),
    speed.firstTokenMs === null ? null : t('startsIn', { time: durationText(speed.firstTokenMs, language) }),
    speed.tokensPerSecond === null ? null : texts.perSecond(speed.tokensPerSecond),
    t('today.requests', { count: today.requests }),
    today.failed === 0 ? null : t('today.failed', { count: today.failed }),
    today.requests === 0
      ? null
      : t('today.cost', { cost: formatCost(today.costMicros, shop.currency, shop.locale) }),
    prices === null ? (engine.kind === 'remote' ? t('prices.unknown') : null) : texts.prices(prices),
    engine.health.answeredAt === null ? null : texts.answered(engine.health.answeredAt),
    engine.contextTokens === null ? null : t('context', { tokens: number.format(engine.contextTokens) }),
  ].filter((fact) => fact !== null)
  return (
    <div className={classes.facts}>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  )
}
