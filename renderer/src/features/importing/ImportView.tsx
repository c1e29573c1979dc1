import { Badge, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ImportPanel } from './ImportPanel.tsx'

export function ImportView() {
  const { t } = useTranslation(['imports', 'common'])
  const shop = useShop()
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button variant="default" component={Link} href={screenPath(shop.slug, 'products')}>
          {t('common:back')}
        </Button>
      }
    >
      <Stack gap="xl">
        <Card>
          <ImportPanel
            onDone={
              <Button component={Link} href={screenPath(shop.slug, 'products')}>
                {t('seeProducts')}
              </Button>
            }
          />
        </Card>
        <History />
      </Stack>
    </Page>
  )
}

const colors = { running: 'blue', done: 'green', cancelled: 'gray', failed: 'red' } as const

function History() {
  const { t } = useTranslation(['imports', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const imports = useQuery(api.catalog.imports.queryOptions({ input: { shop: shop.slug } }))
  const date = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: shop.timeZone,
  })
  return (
    <section>
      <Title order={2} mb="sm">
        {t('history')}
      </Title>
      {imports.error === null ? null : (
        <ErrorNotice error={imports.error} onRetry={() => void imports.refetch()} />
      )}
      {imports.isPending ? <Skeleton height={60} /> : null}
      {imports.data?.length === 0 ? <Text c="dimmed">{t('historyEmpty')}</Text> : null}
      <Stack gap="xs">
        {imports.data?.map((record) => (
          <Card key={record.id}>
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{record.fileName}</Text>
              <Badge variant="light" color={colors[record.state]} tt="none">
                {t(`state.${record.state}`)}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed">
              {date.format(new Date(record.startedAt))}
            </Text>
          </Card>
        ))}
      </Stack>
    </section>
  )
}
