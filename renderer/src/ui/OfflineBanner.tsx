import { Button, Group, Loader, Text } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { connection } from '../rpc/client.ts'
import classes from './OfflineBanner.module.css'

/** Shows while the app can't be reached; it goes by itself when the connection is back. */
export function OfflineBanner() {
  const { t } = useTranslation()
  const state = useSyncExternalStore(connection.subscribe, () => connection.state)
  const lost = state.phase === 'waiting'
  return (
    <div role="status">
      {lost ? (
        <Group className={classes.banner} justify="space-between" gap="sm" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Loader size="xs" color="currentColor" aria-hidden />
            <Text size="sm">
              <strong>{t('offline.title')}.</strong> {t('offline.body')}
            </Text>
          </Group>
          <Button size="compact-sm" variant="default" flex="none" onClick={() => connection.retryNow()}>
            {t('offline.retry')}
          </Button>
        </Group>
      ) : null}
    </div>
  )
}
