import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { IconBell, IconVolume } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences.ts'
import { Card } from '../../ui/Card.tsx'
import { useShell, useShellWrites } from '../computer/queries.ts'
import { askPermission, notificationPermission } from './browser-notification.ts'
import { playCall } from './sound.ts'
import type { CallPreferences } from './state.ts'

/** How this browser calls the person in front of it. The permission is asked for by a click, never before. */
export function CallsCard() {
  const { t } = useTranslation(['serving', 'common'])
  const { calls, setCalls } = usePreferences()
  const [permission, setPermission] = useState(notificationPermission)
  const toggle = (key: keyof CallPreferences) => (event: { currentTarget: { checked: boolean } }) =>
    setCalls({ ...calls, [key]: event.currentTarget.checked })
  return (
    <Card title={t(permission === 'desktop' ? 'calls.hereDesktop' : 'calls.here')}>
      <Stack>
        <Text c="dimmed" size="sm">
          {t('calls.hereLead')}
        </Text>
        {permission === 'default' ? (
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconBell size={17} />}
              onClick={() => void askPermission().then(setPermission)}
            >
              {t('calls.allow')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" role="status">
            {t(`calls.permission.${permission}`)}
          </Text>
        )}
        {permission === 'desktop' ? (
          <DesktopNames />
        ) : (
          <>
            <Switch
              label={t('calls.notify')}
              checked={calls.notify}
              disabled={permission !== 'granted'}
              onChange={toggle('notify')}
            />
            <Switch
              label={t('calls.words')}
              description={t('calls.wordsHint')}
              checked={calls.words}
              disabled={permission !== 'granted' || !calls.notify}
              onChange={toggle('words')}
            />
          </>
        )}
        <Group gap="md">
          <Switch label={t('calls.sound')} checked={calls.sound} onChange={toggle('sound')} />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconVolume size={16} />}
            onClick={playCall}
          >
            {t('calls.try')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

/** The app's own notifications never say what was written; whether they name the customer is the owner's choice. */
function DesktopNames() {
  const { t } = useTranslation('serving')
  const shell = useShell()
  const { set } = useShellWrites()
  return (
    <Switch
      label={t('calls.names')}
      description={t('calls.wordsHint')}
      checked={shell.data?.noticeNames === true}
      disabled={shell.data === undefined || set.isPending}
      onChange={(event) => set.mutate({ noticeNames: event.currentTarget.checked })}
    />
  )
}
