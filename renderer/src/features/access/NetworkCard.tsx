import { Alert, Stack, Text } from '@mantine/core'
import { IconInfoCircle, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inDesktop } from '../../rpc/desktop.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import classes from './Access.module.css'
import { type AccessState, useAccess } from './queries.ts'
import { fingerprintLines } from './state.ts'

/** Whether the desk is reached from other computers of the network, where, and how to know that it is this one. */
export function NetworkCard() {
  const { t } = useTranslation('access')
  const access = useAccess()
  return (
    <Card title={t('network.title')}>
      {access.data !== undefined ? (
        <Network lan={access.data.lan} />
      ) : access.error !== null ? (
        <ErrorNotice error={access.error} onRetry={() => void access.refetch()} />
      ) : (
        <Text aria-hidden>…</Text>
      )}
    </Card>
  )
}

function Network({ lan }: { lan: AccessState['lan'] }) {
  const { t } = useTranslation('access')
  if (!lan.on) {
    return (
      <Alert role="note" color="green" icon={<IconInfoCircle size={20} />} title={t('network.off')}>
        <Text size="sm">{t(inDesktop() ? 'network.offDesktop' : 'network.offBrowser')}</Text>
      </Alert>
    )
  }
  return (
    <Stack>
      <Alert role="note" color="yellow" icon={<IconWorld size={20} />} title={t('network.on')}>
        <Text size="sm">{t('network.onAbout')}</Text>
      </Alert>
      <div>
        <Text size="sm" fw={550} mb={4}>
          {t('network.addresses')}
        </Text>
        <ul className={classes.addresses}>
          {lan.addresses.map((address) => (
            <li key={address} className={classes.code}>
              {address}
            </li>
          ))}
        </ul>
      </div>
      {lan.fingerprint === null ? null : (
        <div>
          <Text size="sm" fw={550}>
            {t('network.fingerprint')}
          </Text>
          <div className={classes.fingerprint}>
            {fingerprintLines(lan.fingerprint).map((line) => (
              <span key={line}>{line}</span>
            ))}
          </div>
          <Text size="sm" c="dimmed">
            {t('network.compare')}
          </Text>
        </div>
      )}
    </Stack>
  )
}
