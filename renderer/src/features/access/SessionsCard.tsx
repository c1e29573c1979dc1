import { Badge, Button, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useMoments } from '../../ui/moment.ts'
import { notifyDone } from '../../ui/notify.ts'
import classes from './Access.module.css'
import { type DeskSession, useAccess, useAccessWrites } from './queries.ts'

/** Browsers that are signed in: whose, since when, and which one is this. */
export function SessionsCard({ personName }: { personName(id: string): string }) {
  const { t } = useTranslation(['access', 'common'])
  const access = useAccess()
  return (
    <Card title={t('sessions.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('sessions.lead')}
        </Text>
        {access.error === null ? null : (
          <ErrorNotice error={access.error} onRetry={() => void access.refetch()} />
        )}
        {access.data === undefined ? null : access.data.sessions.length === 0 ? (
          <Text size="sm">{t('sessions.none')}</Text>
        ) : (
          <ul className={classes.sessions} aria-label={t('sessions.title')}>
            {access.data.sessions.map((session) => (
              <OneSession key={session.id} session={session} name={personName(session.personId)} />
            ))}
          </ul>
        )}
      </Stack>
    </Card>
  )
}

function OneSession({ session, name }: { session: DeskSession; name: string }) {
  const { t } = useTranslation(['access', 'common'])
  const moments = useMoments()
  const { endSession } = useAccessWrites()
  const browser = session.browser === '' ? t('sessions.unknown') : session.browser
  const end = () =>
    endSession.mutate(
      { id: session.id },
      {
        onSuccess: () => {
          if (session.own) window.location.reload()
          else notifyDone(t('sessions.ended'))
        },
      },
    )
  const ask = () =>
    modals.openConfirmModal({
      title: session.own ? t('sessions.endOwnTitle') : t('sessions.endTitle', { name }),
      children: (
        <Text size="sm">{session.own ? t('sessions.endOwnBody') : t('sessions.endBody', { browser })}</Text>
      ),
      labels: { confirm: t('sessions.endConfirm'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: end,
    })
  return (
    <li>
      <div className={classes.session}>
        <div>
          {name} · {browser}{' '}
          {session.own ? (
            <Badge variant="light" color="green" tt="none">
              {t('sessions.own')}
            </Badge>
          ) : null}
        </div>
        <div className={classes.soft}>
          {t('sessions.when', { started: moments.at(session.startedAt), used: moments.at(session.usedAt) })}
        </div>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={endSession.isPending}
        aria-label={t('sessions.endOf', { name, browser })}
        onClick={ask}
      >
        {t('sessions.end')}
      </Button>
    </li>
  )
}
