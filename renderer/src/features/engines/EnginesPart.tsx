import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconCloudPlus, IconCpu } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { AddRemote } from './AddRemote.tsx'
import { EngineOrder } from './EngineOrder.tsx'
import { NowAnswering } from './NowAnswering.tsx'
import { PrivacyCard } from './PrivacyCard.tsx'
import { useEngines } from './queries.ts'

/** What answers now, and the order in which engines are asked. */
export function EnginesPart() {
  const { t } = useTranslation(['engines', 'common'])
  const shop = useShop()
  const engines = useEngines()
  const [adding, setAdding] = useState(false)
  if (engines.data === undefined) {
    if (engines.error !== null)
      return <ErrorNotice error={engines.error} onRetry={() => void engines.refetch()} />
    return (
      <Stack aria-hidden>
        <Skeleton height={150} radius="lg" />
        <Skeleton height={260} radius="lg" />
      </Stack>
    )
  }
  return (
    <Stack gap="lg">
      {engines.error === null ? null : (
        <ErrorNotice error={engines.error} onRetry={() => void engines.refetch()} />
      )}
      <NowAnswering engines={engines.data} />
      <Card title={t('order.title')}>
        <Text c="dimmed" size="sm" mb="md">
          {t('order.lead')}
        </Text>
        <EngineOrder engines={engines.data} />
        <Group mt="md" gap="sm">
          <Button leftSection={<IconCloudPlus size={18} />} onClick={() => setAdding(true)}>
            {t('add.remote')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCpu size={18} />}
            component={Link}
            href={screenPath(shop.slug, 'assistant', 'models')}
          >
            {t('add.local')}
          </Button>
        </Group>
      </Card>
      <PrivacyCard />
      <AddRemote opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  )
}
