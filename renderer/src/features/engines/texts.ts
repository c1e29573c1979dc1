import { useTranslation } from 'react-i18next'
import type { Engine } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { formatTokenPrice } from '../../ui/cost.ts'
import { rowTime, timeText } from '../../ui/time.ts'
import { failureKind } from './state.ts'

/** What is said of engines in the desk's language. */
export function useEngineTexts() {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)

  const name = (engine: Pick<Engine, 'kind' | 'name'>) =>
    engine.kind === 'builtin' ? t('builtin.name') : engine.name

  /** What it is: service and model, file, or the built-in one's own words. */
  const about = (engine: Engine) => {
    if (engine.kind === 'builtin') return t('builtin.about')
    if (engine.kind === 'local') return t('about.local', { file: fileName(engine.file ?? '') })
    const { provider, baseUrl, model } = engine
    const service =
      provider === 'custom' || provider === null
        ? baseUrl === null
          ? t('provider.custom')
          : hostOf(baseUrl)
        : t(`provider.${provider}`)
    return model === null ? service : t('about.remote', { service, model })
  }

  const failure = (code: string, kind?: Engine['kind']) => t(`failure.${failureKind(code, kind)}`)

  const health = (engine: Engine) => {
    const { state, error, retryAt } = engine.health
    if (!engine.enabled) return t('health.disabled')
    if (state === 'resting') {
      const why = failure(error ?? 'other', engine.kind)
      return retryAt === null
        ? why
        : `${why} ${t('health.retry', { time: timeText(retryAt, language, shop.timeZone) })}`
    }
    if (state === 'capped') return error === 'no_price' ? failure('no_price') : t('health.capped')
    if (state === 'off') return t('health.off')
    return t(`health.${state}`)
  }

  const prices = (given: NonNullable<Engine['prices']>) =>
    given.source === 'free'
      ? t('prices.free')
      : t('prices.line', {
          input: formatTokenPrice(given.input, language),
          output: formatTokenPrice(given.output, language),
        })

  const answered = (at: string) => t('answered', { time: rowTime(at, Date.now(), language, shop.timeZone) })

  /** Slow ones with a decimal: there it tells something. */
  const perSecond = (tokens: number) =>
    t('perSecond', {
      value: new Intl.NumberFormat(language, { maximumFractionDigits: tokens < 20 ? 1 : 0 }).format(tokens),
    })

  return { name, about, failure, health, prices, answered, perSecond }
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl
}
