import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

/** Whoever came over the network signs in with a password; on this computer a fresh link is wanted. */
export function SessionNotice() {
  const { t } = useTranslation()
  const network = window.location.protocol === 'https:'
  return (
    <main>
      <EmptyState
        icon={IconKey}
        title={t('session.title')}
        body={t(network ? 'session.bodyNetwork' : 'session.body')}
        level={1}
      >
        {network ? (
          <Button component="a" href="sign-in">
            {t('session.signIn')}
          </Button>
        ) : null}
      </EmptyState>
    </main>
  )
}
