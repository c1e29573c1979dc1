import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPauseFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMoments } from '../../ui/moment.ts'
import { notifyDone } from '../../ui/notify.ts'
import classes from './Pause.module.css'
import { usePause } from './queries.ts'

/** Above every screen while nobody is answered, so that it is never forgotten. */
export function PauseBanner() {
  const { t } = useTranslation(['serving', 'common'])
  const moments = useMoments()
  const { state, busy, resume } = usePause()
  const since = state?.since ?? null
  return (
    <div role="status">
      {state?.paused === true ? (
        <Group className={classes.banner} gap="sm" justify="space-between">
          <Group gap="sm" wrap="nowrap" flex="1 1 220px">
            <IconPlayerPauseFilled size={17} aria-hidden style={{ flex: 'none' }} />
            <Text size="sm">
              <strong>
                {since === null ? t('pause.on') : t('pause.onSince', { since: moments.since(since) })}
              </strong>{' '}
              {t('pause.means')}
            </Text>
          </Group>
          <Button
            size="compact-sm"
            variant="default"
            flex="none"
            loading={busy}
            onClick={() => resume(() => notifyDone(t('pause.resumed')))}
          >
            {t('pause.resume')}
          </Button>
        </Group>
      ) : null}
    </div>
  )
}
