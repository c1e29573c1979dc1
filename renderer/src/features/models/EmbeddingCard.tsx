import { Button, Group, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CatalogModel, EmbeddingState } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { codeText } from '../../rpc/failure.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { fileName } from '../engines/texts.ts'
import { DownloadButtons, ModelText } from './CatalogModelRow.tsx'
import { DownloadProgress } from './DownloadProgress.tsx'
import { useDownloads } from './downloads.ts'
import classes from './Models.module.css'
import { useEmbeddingChoice } from './use-embedding.ts'

/** A model with which the search finds what is meant and not only what is written. */
export function EmbeddingCard({ models }: { models: readonly CatalogModel[] }) {
  const { t } = useTranslation(['models', 'common'])
  const { slug: shop } = useShop()
  const state = useQuery(
    api.search.embedding.queryOptions({
      input: { shop },
      // While the index is built, also without an event.
      refetchInterval: (query) => (query.state.data?.state === 'building' ? 3000 : false),
    }),
  )
  const choice = useEmbeddingChoice()
  const downloads = useDownloads()
  const used = state.data?.file ?? null
  return (
    <Card title={t('embedding.title')}>
      <Text c="dimmed" size="sm" mb="md">
        {t('embedding.lead')}
      </Text>
      {state.error === null ? null : <ErrorNotice error={state.error} onRetry={() => void state.refetch()} />}
      {state.data === undefined ? null : <Progressing state={state.data} />}
      {used === null ? null : (
        <Button mb="md" variant="default" loading={choice.isPending} onClick={() => choice.choose(null)}>
          {t('embedding.none')}
        </Button>
      )}
      <ul className={classes.list}>
        {models.map((model) => (
          <li key={model.id} className={classes.model} data-model={model.id}>
            <div className={classes.head}>
              <ModelText model={model} />
              {model.file === null ? (
                <DownloadButtons model={model} downloads={downloads} />
              ) : model.file === used ? (
                <Text size="sm" fw={600}>
                  {t('embedding.inUse')}
                </Text>
              ) : (
                <Button
                  loading={choice.isPending}
                  aria-label={t('embedding.useNamed', { name: model.name })}
                  onClick={() => choice.choose(model.file)}
                >
                  {t('embedding.use')}
                </Button>
              )}
            </div>
            <DownloadProgress model={model} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Progressing({ state }: { state: EmbeddingState }) {
  const { t } = useTranslation(['models', 'common'])
  const name = state.name ?? (state.file === null ? '' : fileName(state.file))
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={state.state === 'building' ? 6 : 'md'}>
        <Text role="status">
          {state.state === 'failed' && state.error !== null
            ? codeText(state.error)
            : t(`embedding.state.${state.state}`, { name })}
        </Text>
        {state.state === 'building' ? (
          <Text size="sm" c="dimmed" className="tabular">
            {t('embedding.progress', { done: state.done, total: state.total })}
          </Text>
        ) : null}
      </Group>
      {state.state === 'building' ? (
        <Progress
          mb="md"
          animated
          size="lg"
          value={state.total === 0 ? 0 : (state.done / state.total) * 100}
          aria-label={t('embedding.state.building', { name })}
        />
      ) : null}
    </div>
  )
}
