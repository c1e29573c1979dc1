import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inDesktop } from '../../rpc/desktop.ts'
import { Card } from '../../ui/Card.tsx'

/** What to do when a password is forgotten. */
export function ForgottenCard() {
  const { t } = useTranslation('access')
  return (
    <Card title={t('forgotten.title')}>
      <Text size="sm">{t('forgotten.others')}</Text>
      <Text size="sm" mt={6}>
        {t(inDesktop() ? 'forgotten.ownDesktop' : 'forgotten.ownBrowser')}
      </Text>
    </Card>
  )
}
