import { Button, Group, Loader, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outputs, Personality } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { durationText } from '../../ui/duration.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useEngines } from '../engines/queries.ts'
import { askedOf } from '../engines/state.ts'
import { useEngineTexts } from '../engines/texts.ts'
import { GateVerdict } from '../trace/GateVerdict.tsx'
import { TraceSteps } from '../trace/TraceSteps.tsx'
import classes from './Personality.module.css'
import { usePreview } from './preview.ts'

interface PreviewCardProps {
  /** As it stands in the form, saved or not. */
  personality(): Personality
  dirty: boolean
}

/** A customer's message, and what would be answered to it. Nothing is sent to anybody. */
export function PreviewCard({ personality, dirty }: PreviewCardProps) {
  const { t } = useTranslation(['personality', 'common'])
  const texts = useEngineTexts()
  const engines = useEngines()
  const [message, setMessage] = useState('')
  const [engineId, setEngineId] = useState('')
  const preview = usePreview()
  const run = (event: FormEvent) => {
    event.preventDefault()
    if (message.trim() === '') return
    preview.run({
      personality: personality(),
      message: message.trim(),
      ...(engineId === '' ? {} : { engineId }),
    })
  }
  const asked = askedOf(engines.data ?? [])
  return (
    <Card title={t('preview.title')}>
      <Text c="dimmed" size="sm" mb="md">
        {dirty ? t('preview.unsaved') : t('preview.lead')}
      </Text>
      <form noValidate onSubmit={run}>
        <Stack gap="sm">
          <Textarea
            label={t('preview.message')}
            placeholder={t('preview.placeholder')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1000}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault()
                event.currentTarget.form?.requestSubmit()
              }
            }}
          />
          {asked.length < 2 ? null : (
            <NativeSelect
              label={t('preview.engine')}
              value={engineId}
              onChange={(event) => setEngineId(event.currentTarget.value)}
              data={[
                { value: '', label: t('preview.lead_engine') },
                ...asked.map((engine) => ({ value: engine.id, label: texts.name(engine) })),
              ]}
            />
          )}
          <Group gap="sm">
            <Button
              type="submit"
              leftSection={<IconPlayerPlay size={17} />}
              disabled={message.trim() === '' || preview.state.phase === 'running'}
            >
              {t('preview.run')}
            </Button>
            {preview.state.phase === 'running' ? (
              <Button variant="default" onClick={preview.cancel}>
                {t('common:cancel')}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </form>
      <div role="status" aria-live="polite">
        {preview.state.phase === 'running' ? (
          <Group gap="sm" mt="md">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{t('preview.running')}</Text>
          </Group>
        ) : null}
        {preview.state.phase === 'done' ? <Answer answer={preview.state.answer} /> : null}
      </div>
      {preview.state.phase === 'failed' ? (
        <div style={{ marginTop: 16 }}>
          <ErrorNotice error={preview.state.failure} />
        </div>
      ) : null}
    </Card>
  )
}

function Answer({ answer }: { answer: Outputs['personality']['preview'] }) {
  const { t } = useTranslation(['personality', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const engines = useEngines()
  const texts = useEngineTexts()
  const engine = engines.data?.find((each) => each.id === answer.engine)
  const facts = [
    engine === undefined
      ? answer.engine === 'builtin'
        ? texts.name({ kind: 'builtin', name: '' })
        : answer.engine
      : texts.name(engine),
    answer.model,
    durationText(answer.durationMs, language),
    answer.costMicros === null ? null : formatCost(answer.costMicros, shop.currency, shop.locale),
    answer.promptVersion === null ? null : t('preview.prompt', { version: answer.promptVersion }),
  ].filter((fact) => fact !== null)
  return (
    <Stack gap="sm" mt="md">
      <div className={classes.bubble} data-preview>
        {answer.text}
      </div>
      <div className={classes.soft}>{facts.join(' · ')}</div>
      {answer.gate === null ? null : <GateVerdict gate={answer.gate} />}
      {answer.steps.length === 0 ? null : (
        <details>
          <summary>{t('preview.how')}</summary>
          <div style={{ marginTop: 10 }}>
            <TraceSteps steps={answer.steps} replaced={answer.gate?.refusedText ?? null} />
          </div>
        </details>
      )}
    </Stack>
  )
}
