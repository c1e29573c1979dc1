import { Alert, Anchor, Text, Timeline } from '@mantine/core'
import { IconDatabaseSearch, IconPencil, IconPencilOff, IconRobotFace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Trace } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { useEngineTexts } from '../engines/texts.ts'
import { FindingList, MarkedText } from './GateVerdict.tsx'
import { useEngineName } from './names.ts'
import classes from './Trace.module.css'
import { CallDetails, CallTitle } from './TraceCall.tsx'

type Step = Trace['steps'][number]

interface TraceStepsProps {
  steps: readonly Step[]
  /** A draft in whose place another answer left. */
  replaced?: string | null
}

/** Step by step: who was asked, what it looked up, what it wrote and what of that was refused. */
export function TraceSteps({ steps, replaced = null }: TraceStepsProps) {
  const { t } = useTranslation(['trace', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  return (
    <Timeline bulletSize={26} lineWidth={2}>
      {steps.flatMap((step) => [
        ...(step.served === undefined || step.served === null
          ? []
          : [
              <Timeline.Item
                key={`${step.step}.served`}
                bullet={<IconRobotFace size={15} />}
                title={<ServedTitle step={step} served={step.served} />}
              >
                <ServedDetails step={step} served={step.served} />
              </Timeline.Item>,
            ]),
        ...step.calls.map((call, index) => (
          <Timeline.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: calls have no id but their place, and never move
            key={`${step.step}.${index}`}
            bullet={<IconDatabaseSearch size={14} />}
            title={<CallTitle call={call} />}
          >
            <CallDetails call={call} />
          </Timeline.Item>
        )),
        ...(step.text === ''
          ? []
          : [
              <Timeline.Item
                key={`${step.step}.text`}
                bullet={
                  step.dropped || step.text === replaced ? (
                    <IconPencilOff size={14} />
                  ) : (
                    <IconPencil size={14} />
                  )
                }
                title={
                  <span className={classes.stepTitle}>
                    {isRefused(step) || step.text === replaced
                      ? t('refused')
                      : step.dropped
                        ? t('dropped')
                        : t('wrote')}
                    <span className={classes.time}>{durationText(step.durationMs, language)}</span>
                  </span>
                }
              >
                <Draft step={step} />
              </Timeline.Item>,
            ]),
      ])}
    </Timeline>
  )
}

function isRefused(step: Step): boolean {
  return (step.refused ?? []).length > 0
}

/** What was written; a refused draft with the words that no fact carries. */
function Draft({ step }: { step: Step }) {
  const { t } = useTranslation(['trace', 'common'])
  const refused = step.refused ?? []
  if (refused.length === 0) {
    return (
      <Text size="sm" className={classes.said}>
        {step.text}
      </Text>
    )
  }
  return (
    <Alert color="yellow" mt={4} p="sm">
      <Text size="sm" mb={4}>
        {t('refusedBody')}
      </Text>
      <MarkedText text={step.text} findings={refused} />
      <FindingList findings={refused} />
    </Alert>
  )
}

type Served = NonNullable<Step['served']>

function ServedTitle({ step, served }: { step: Step; served: Served }) {
  const language = usePreferences((preferences) => preferences.language)
  const engineName = useEngineName()
  return (
    <span className={classes.stepTitle}>
      {engineName(served.engine)}
      <span className={classes.time}>{durationText(step.durationMs, language)}</span>
    </span>
  )
}

/** Model, instructions, tokens and cost of a step, engines that were passed over, and what was sent. */
function ServedDetails({ step, served }: { step: Step; served: Served }) {
  const { t } = useTranslation(['trace', 'common'])
  const shop = useShop()
  const engineName = useEngineName()
  const engineTexts = useEngineTexts()
  const language = usePreferences((preferences) => preferences.language)
  const number = new Intl.NumberFormat(language)
  const { inputTokens, outputTokens, cachedTokens } = step.usage
  const facts = [
    served.model,
    served.promptVersion === null ? null : t('prompt', { version: served.promptVersion }),
    inputTokens === null && outputTokens === null
      ? null
      : t((cachedTokens ?? 0) > 0 ? 'tokensCached' : 'tokensLine', {
          input: number.format(inputTokens ?? 0),
          cached: number.format(cachedTokens ?? 0),
          output: number.format(outputTokens ?? 0),
        }),
    served.firstTokenMs === null
      ? null
      : t('firstToken', { time: durationText(served.firstTokenMs, language) }),
    served.costMicros === null ? null : formatCost(served.costMicros, shop.currency, shop.locale),
  ].filter((fact) => fact !== null)
  return (
    <div>
      <div className={classes.soft}>{facts.join(' · ')}</div>
      {served.skipped.length === 0 ? null : (
        <ul className={classes.lines}>
          {served.skipped.map((skipped) => (
            <li key={`${skipped.engine} ${skipped.code}`}>
              {t('skipped', { name: engineName(skipped.engine) })} {engineTexts.failure(skipped.code)}
              {skipped.ms < 1 ? null : (
                <span className={classes.time}> ({durationText(skipped.ms, language)})</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {served.redactions === 0 ? null : (
        <Text size="sm">{t('redactions', { count: served.redactions })}</Text>
      )}
      {served.requestId === null || served.kind !== 'remote' ? null : (
        <Anchor
          component={Link}
          size="sm"
          href={screenPath(shop.slug, 'assistant', `sent/${served.requestId}`)}
        >
          {t('sent')}
        </Anchor>
      )}
    </div>
  )
}
