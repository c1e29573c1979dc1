import { useTranslation } from 'react-i18next'
import type { Engine, EngineTest } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { failureText } from '../../rpc/failure.ts'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import classes from './Engines.module.css'
import type { TestState } from './store.ts'
import { useEngineTexts } from './texts.ts'

/** What came of asking an engine something small. */
export function EngineTestResult({ kind, state }: { kind: Engine['kind']; state: TestState | undefined }) {
  const { t } = useTranslation(['engines', 'common'])
  return (
    <div role="status">
      {state === undefined ? null : (
        <div className={classes.test}>
          {state.phase === 'running' ? t('test.running') : null}
          {state.phase === 'failed' ? failureText(state.failure) : null}
          {state.phase === 'done' ? <Outcome kind={kind} result={state.result} /> : null}
        </div>
      )}
    </div>
  )
}

function Outcome({ kind, result }: { kind: Engine['kind']; result: EngineTest }) {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const texts = useEngineTexts()
  const language = usePreferences((preferences) => preferences.language)
  if (!result.ok) return <>{texts.failure(result.error ?? 'other', kind)}</>
  const facts = [
    t('test.answered', { time: durationText(result.durationMs, language) }),
    result.firstTokenMs === null
      ? null
      : t('startsIn', { time: durationText(result.firstTokenMs, language) }),
    result.tokensPerSecond === null ? null : texts.perSecond(result.tokensPerSecond),
    result.costMicros === null ? null : formatCost(result.costMicros, shop.currency, shop.locale),
  ].filter((fact) => fact !== null)
  return (
    <>
      <strong>{facts.join(' · ')}</strong>
      <div>{result.tools ? t('test.tools') : t('test.noTools')}</div>
      {result.text === '' ? null : <div className={classes.said}>«{result.text}»</div>}
    </>
  )
}
