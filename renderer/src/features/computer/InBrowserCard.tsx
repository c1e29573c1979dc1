import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'

/** Which version runs, and why a browser's desk can set nothing of the computer. */
export function InBrowserCard() {
  const { t } = useTranslation('computer')
  const info = useQuery(api.system.info.queryOptions())
  return (
    <Card title={t('browser.title')}>
      <Text size="sm" mb="md">
        {t('browser.body')}
      </Text>
      <Facts look="lines" facts={[[t('version'), info.data?.version ?? '…']]} />
    </Card>
  )
}
