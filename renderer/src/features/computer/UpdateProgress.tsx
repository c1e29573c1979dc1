import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShellState } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { codeText } from '../../rpc/failure.ts'
import { bytesText } from '../../ui/bytes.ts'
import classes from './Computer.module.css'
import { useShellWrites } from './queries.ts'
import { shareOf } from './state.ts'

interface ProgressProps {
  update: ShellState['update']
  /** Takes the focus from a button that goes with its state, and does what the button is for. */
  press(action: () => void): () => void
}

/** What is happening about a release, and what can be done about it. */
export function UpdateProgress({ update }: Pick<ProgressProps, 'update'>) {
  const place = useRef<HTMLDivElement>(null)
  const press = (action: () => void) => () => {
    place.current?.focus()
    action()
  }
  return (
    <div ref={place} tabIndex={-1} className={classes.progress}>
      <Progressing update={update} press={press} />
    </div>
  )
}

function Progressing({ update, press }: ProgressProps) {
  const { t } = useTranslation(['computer', 'common'])
  const { check, restart, cancel } = useShellWrites()
  const version = update.version ?? ''
  switch (update.state) {
    case 'idle':
      return update.checkedAt === null ? null : (
        <Text size="sm" role="status">
          {update.version === null ? t('updates.newest') : t('updates.givenUp', { version })}
        </Text>
      )
    case 'checking':
      return (
        <Text size="sm" role="status">
          {t('updates.checking')}
        </Text>
      )
    case 'downloading':
      return <Downloading update={update} press={press} />
    case 'ready':
      return (
        <Alert
          role="status"
          color="green"
          icon={<IconCircleCheck size={20} />}
          title={t('updates.ready', { version })}
        >
          <Group justify="space-between" gap="sm">
            <Text size="sm" flex="1 1 240px">
              {t('updates.readyAbout')}
            </Text>
            <Button loading={restart.isPending} onClick={press(() => restart.mutate(undefined))}>
              {t('updates.restart')}
            </Button>
          </Group>
        </Alert>
      )
    case 'waiting':
      return (
        <Alert color="green" icon={<IconCircleCheck size={20} />} role="status">
          <Group justify="space-between" gap="sm">
            <Text size="sm" flex="1 1 240px">
              {t('updates.waiting', { version })}
            </Text>
            <Button
              size="xs"
              variant="default"
              loading={cancel.isPending}
              onClick={press(() => cancel.mutate(undefined))}
            >
              {t('updates.notYet')}
            </Button>
          </Group>
        </Alert>
      )
    case 'failed':
      return (
        <Alert color="red" icon={<IconAlertTriangle size={20} />} role="alert">
          <Group justify="space-between" gap="sm">
            <Text size="sm" flex="1 1 240px">
              {codeText(update.error?.code ?? 'update.failed', update.error?.data)}
            </Text>
            <Button
              size="xs"
              variant="default"
              loading={check.isPending}
              onClick={press(() => check.mutate(undefined))}
            >
              {t('common:retry')}
            </Button>
          </Group>
        </Alert>
      )
  }
}

function Downloading({ update, press }: ProgressProps) {
  const { t } = useTranslation(['computer', 'common'])
  const language = usePreferences((preferences) => preferences.language)
  const { cancel } = useShellWrites()
  const share = shareOf(update)
  const { progress } = update
  const label = t('updates.downloading', { version: update.version ?? '' })
  return (
    <div>
      <Text size="sm" role="status" mb={6}>
        {label}
      </Text>
      <Progress value={share ?? 100} animated={share === null} size="lg" aria-label={label} />
      <Group justify="space-between" mt={8}>
        <Text size="sm" c="dimmed" className="tabular">
          {progress === null
            ? ''
            : progress.total === null
              ? bytesText(progress.bytes, language)
              : t('updates.bytes', {
                  done: bytesText(progress.bytes, language),
                  total: bytesText(progress.total, language),
                })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={press(() => cancel.mutate(undefined))}
        >
          {t('common:cancel')}
        </Button>
      </Group>
    </div>
  )
}
