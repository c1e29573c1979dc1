import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { type Ref, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences.ts'
import { useShop } from '../../app/shop.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ExportFields } from './ExportFields.tsx'
import { useExport } from './run.ts'
import {
  areDatesWrong,
  type ExportState,
  requestOf,
  type ShownList,
  sizeText,
  startingForm,
  usualDelimiter,
} from './state.ts'
import { useExportStore } from './store.ts'

/** Choose what and how, watch it being written, have it. */
export function ExportDialog({ list, onClose }: { list: ShownList; onClose(): void }) {
  const { t } = useTranslation(['exports', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const kept = useExportStore()
  const [form, setForm] = useState(() =>
    startingForm(list, {
      format: kept.format,
      bom: kept.bom,
      delimiter: kept.delimiter ?? usualDelimiter(shop.locale),
    }),
  )
  const run = useExport(shop.slug)
  const { state } = run
  const next = useRef<HTMLButtonElement>(null)
  const { phase } = state
  // The button that was pressed has gone with its step.
  useEffect(() => {
    if (phase !== 'choose') next.current?.focus()
  }, [phase])
  const start = () => {
    kept.keep(form)
    void run.start(requestOf(form, list, language))
  }
  if (state.phase === 'running') return <Running state={state} onCancel={run.cancel} button={next} />
  if (state.phase === 'done')
    return <Done state={state} onAgain={run.again} onClose={onClose} button={next} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!areDatesWrong(form)) start()
      }}
    >
      <Stack>
        {state.failure === null ? null : <ErrorNotice error={state.failure} onRetry={start} />}
        <ExportFields
          form={form}
          list={list}
          onChange={(changes) => setForm((before) => ({ ...before, ...changes }))}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={areDatesWrong(form)}>
            {t('start')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface RunningProps {
  state: Extract<ExportState, { phase: 'running' }>
  onCancel(): void
  button: Ref<HTMLButtonElement>
}

function Running({ state, onCancel, button }: RunningProps) {
  const { t } = useTranslation(['exports', 'common'])
  const { rows, total } = state
  const share = total === null || total === 0 ? null : rows / total
  return (
    <Stack>
      <Text role="status">{t('running')}</Text>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        aria-label={t('running')}
        size="lg"
      />
      <Group justify="space-between">
        <Text c="dimmed" size="sm" className="tabular">
          {total === null ? '' : t('rowsOf', { count: total, rows })}
        </Text>
        <Button ref={button} variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

interface DoneProps {
  state: Extract<ExportState, { phase: 'done' }>
  onAgain(): void
  onClose(): void
  button: Ref<HTMLButtonElement>
}

function Done({ state, onAgain, onClose, button }: DoneProps) {
  const { t } = useTranslation(['exports', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { fileName, rows, bytes } = state
  return (
    <Stack>
      <Alert
        color={rows === 0 ? 'yellow' : 'green'}
        icon={<IconCircleCheck size={20} />}
        title={rows === 0 ? t('empty') : t('done', { count: rows })}
        role="status"
      >
        {t('file', { name: fileName, size: sizeText(bytes, language) })}
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
        <Button ref={button} onClick={onClose}>
          {t('common:close')}
        </Button>
      </Group>
    </Stack>
  )
}
