import { Accordion, Code, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Trace } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { Facts } from '../../ui/Facts.tsx'
import { GateVerdict } from './GateVerdict.tsx'
import { useEngineName } from './names.ts'
import { totalsOf } from './state.ts'
import classes from './Trace.module.css'
import { TraceExport } from './TraceExport.tsx'
import { TraceRows } from './TraceRows.tsx'
import { TraceSteps } from './TraceSteps.tsx'

export function TraceStory({ trace }: { trace: Trace }) {
  const { t } = useTranslation(['trace', 'common'])
  const json = JSON.stringify(trace, null, 2)
  return (
    <Stack gap="lg">
      <ReplyFacts trace={trace} />
      <section>
        <Title order={3} mb="sm">
          {t('steps')}
        </Title>
        <TraceSteps steps={trace.steps} replaced={trace.gate?.refusedText ?? null} />
      </section>
      {trace.gate === null ? null : (
        <section>
          <Title order={3} mb="sm">
            {t('gate')}
          </Title>
          <GateVerdict gate={trace.gate} />
        </section>
      )}
      {trace.cites.length === 0 ? null : <TraceRows cites={trace.cites} />}
      <TraceExport json={json} name={`trace-${trace.turnId}.json`} />
      <Accordion variant="contained">
        <Accordion.Item value="raw">
          <Accordion.Control>{t('raw')}</Accordion.Control>
          <Accordion.Panel>
            <Code block tabIndex={0} className={classes.raw}>
              {json}
            </Code>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  )
}

/** The whole reply in a few figures. */
function ReplyFacts({ trace }: { trace: Trace }) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const engineName = useEngineName()
  const language = usePreferences((preferences) => preferences.language)
  const { tokens, costMicros, redactions } = totalsOf(trace.steps)
  const number = new Intl.NumberFormat(language)
  const facts: ([string, string] | null)[] = [
    [t('engine'), engineName(trace.engine)],
    trace.model === null ? null : [t('model'), trace.model],
    typeof trace.promptVersion === 'string' ? [t('instructions'), trace.promptVersion] : null,
    [t('duration'), durationText(trace.durationMs, language)],
    tokens === null
      ? null
      : [
          t('tokens'),
          t(tokens.cached > 0 ? 'tokensCached' : 'tokensLine', {
            input: number.format(tokens.input),
            cached: number.format(tokens.cached),
            output: number.format(tokens.output),
          }),
        ],
    costMicros === null ? null : [t('cost'), formatCost(costMicros, shop.currency, shop.locale)],
    redactions === 0 ? null : [t('hidden'), t('redactions', { count: redactions })],
    trace.attempts > 1 ? [t('attempts'), String(trace.attempts)] : null,
  ]
  return <Facts facts={facts} look="panel" />
}
