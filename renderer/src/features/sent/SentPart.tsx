import { Badge, Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SentRequest } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { Card } from '../../ui/Card.tsx'
import { formatCost } from '../../ui/cost.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { dateTimeText } from '../../ui/time.ts'
import { useEngines } from '../engines/queries.ts'
import { useEngineTexts } from '../engines/texts.ts'
import classes from './Sent.module.css'
import { SentDrawer } from './SentDrawer.tsx'
import { tokensText } from './tokens.ts'

const PAGE = 50

/** Requests to models, newest first; `requestId` comes from the address and opens one. */
export function SentPart({ requestId }: { requestId: string | null }) {
  const { t } = useTranslation(['sent', 'common'])
  const { slug: shop } = useShop()
  const texts = useEngineTexts()
  const engines = useEngines()
  const [engineId, setEngineId] = useState('')
  const list = useInfiniteQuery(
    api.engines.requests.infiniteOptions({
      input: (beforeId: string | undefined) => ({
        shop,
        limit: PAGE,
        ...(engineId === '' ? {} : { engineId }),
        ...(beforeId === undefined ? {} : { beforeId }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    }),
  )
  const requests = list.data?.pages.flat() ?? []
  const choices = engines.data?.filter((engine) => engine.kind !== 'builtin') ?? []
  const nameOf = (id: string) => {
    const found = engines.data?.find((engine) => engine.id === id)
    return found === undefined ? null : texts.name(found)
  }
  return (
    <Card title={t('title')}>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {t('lead')}
        </Text>
        {choices.length < 2 ? null : (
          <NativeSelect
            label={t('filter')}
            maw={300}
            value={engineId}
            onChange={(event) => setEngineId(event.currentTarget.value)}
            data={[
              { value: '', label: t('all') },
              ...choices.map((engine) => ({ value: engine.id, label: texts.name(engine) })),
            ]}
          />
        )}
        {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && list.error === null ? <Skeleton height={180} aria-hidden /> : null}
        {list.data !== undefined && requests.length === 0 ? (
          <EmptyState icon={IconFileSearch} title={t('none.title')} body={t('none.body')} level={3} />
        ) : null}
        {requests.length === 0 ? null : (
          <ul className={classes.list} aria-label={t('list')}>
            {requests.map((request) => (
              <li key={request.id}>
                <Row request={request} engine={nameOf(request.engineId)} />
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage ? (
          <Group justify="center">
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('more')}
            </Button>
          </Group>
        ) : null}
      </Stack>
      <SentDrawer requestId={requestId} />
    </Card>
  )
}

function Row({ request, engine }: { request: SentRequest; engine: string | null }) {
  const { t } = useTranslation(['sent', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const tokens = tokensText(request, t, language)
  return (
    <Link href={screenPath(shop.slug, 'assistant', `sent/${request.id}`)} className={classes.row}>
      <span className={classes.main}>
        <Text span fw={600}>
          {t(`purpose.${request.purpose}`)}
        </Text>{' '}
        {request.state === 'done' ? null : (
          <Badge variant="light" tt="none" color={request.state === 'failed' ? 'red' : 'blue'}>
            {t(`state.${request.state}`)}
          </Badge>
        )}
        <span className={classes.soft} style={{ display: 'block' }}>
          {engine === null ? '' : `${engine} · `}
          {request.model}
          {request.redactions > 0 ? ` · ${t('redactions', { count: request.redactions })}` : ''}
        </span>
      </span>
      <span className={classes.soft}>
        {dateTimeText(request.startedAt, language, shop.timeZone)}
        {tokens === null ? '' : ` · ${tokens}`}
        {request.costMicros === null
          ? ''
          : ` · ${formatCost(request.costMicros, shop.currency, shop.locale)}`}
      </span>
    </Link>
  )
}
