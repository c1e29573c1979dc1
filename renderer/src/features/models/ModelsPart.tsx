import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { CatalogModelRow } from './CatalogModelRow.tsx'
import { ComputerCard } from './ComputerCard.tsx'
import { CudaCard } from './CudaCard.tsx'
import { EmbeddingCard } from './EmbeddingCard.tsx'
import { FilesCard } from './FilesCard.tsx'
import classes from './Models.module.css'
import { OwnModelCard } from './OwnModelCard.tsx'
import { sortedModels } from './state.ts'

/** Models that run on this computer: what suits it, what is here, and how one is put to use. */
export function ModelsPart() {
  const { t } = useTranslation(['models', 'common'])
  const catalog = useQuery(api.models.catalog.queryOptions({ input: {} }))
  const chat = sortedModels(catalog.data?.models ?? [], 'chat')
  return (
    <Stack gap="lg">
      {catalog.error === null ? null : (
        <ErrorNotice error={catalog.error} onRetry={() => void catalog.refetch()} />
      )}
      {catalog.isPending && catalog.error === null ? (
        <Stack aria-hidden>
          <Skeleton height={150} radius="lg" />
          <Skeleton height={320} radius="lg" />
        </Stack>
      ) : null}
      {catalog.data === undefined ? null : (
        <>
          <ComputerCard computer={catalog.data.computer} />
          <CudaCard />
          <Card title={t('catalog.title')}>
            <Text c="dimmed" size="sm" mb="md">
              {t('catalog.lead')}
            </Text>
            <ul className={classes.list}>
              {chat.map((model) => (
                <CatalogModelRow key={model.id} model={model} />
              ))}
            </ul>
          </Card>
        </>
      )}
      <OwnModelCard />
      <EmbeddingCard models={sortedModels(catalog.data?.models ?? [], 'embedding')} />
      <FilesCard folder={catalog.data?.folder ?? null} />
    </Stack>
  )
}
