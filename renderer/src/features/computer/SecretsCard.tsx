import { Alert, Text } from '@mantine/core'
import { IconKey, IconShieldLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ShellState } from '../../../../preload/contract/index.ts'
import { Card } from '../../ui/Card.tsx'

interface SecretsCardProps {
  method: ShellState['secrets']
  desktop: boolean
}

/** Who keeps the key to passwords of services and messengers, and what to do when it is only a file. */
export function SecretsCard({ method, desktop }: SecretsCardProps) {
  const { t } = useTranslation('computer')
  const file = method === 'keyfile'
  return (
    <Card title={t('secrets.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('secrets.lead')}
      </Text>
      <Alert
        role="note"
        color={file ? 'yellow' : 'green'}
        icon={file ? <IconKey size={20} /> : <IconShieldLock size={20} />}
        title={t(`secrets.method.${method}`)}
      >
        <Text size="sm">{t(`secrets.about.${method}`)}</Text>
        {file ? (
          <Text size="sm" mt={6}>
            {t(desktop ? 'secrets.do.desktop' : 'secrets.do.browser')}
          </Text>
        ) : null}
      </Alert>
    </Card>
  )
}
