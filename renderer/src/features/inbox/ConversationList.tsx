import { Button, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMessageCircle, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { usePeople } from '../team/queries.ts'
import { ConversationRow } from './ConversationRow.tsx'
import { FilterPills } from './FilterPills.tsx'
import classes from './Inbox.module.css'
import { useConversations } from './queries.ts'
import { useInboxStore } from './store.ts'

const rowHeight = 80

export function ConversationList({ openId }: { openId: string | null }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const { filter, search, setFilter, setSearch } = useInboxStore()
  const [text] = useDebouncedValue(search.trim(), 200)
  const list = useConversations(shop.slug, filter, text)
  const people = usePeople().data ?? []
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: list.conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => list.conversations[index]?.id ?? index,
  })
  const visible = rows.getVirtualItems()
  const lastVisible = visible.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastVisible >= list.conversations.length - 5)
      void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastVisible, list.conversations.length])

  const none = text === '' ? t(`noneIn.${filter}`) : t('noneFound')
  return (
    <>
      <div className={classes.listHead}>
        <Title order={1}>{t('title')}</Title>
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={17} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <FilterPills value={filter} onChange={setFilter} />
      </div>
      {list.error === null ? null : (
        <Stack px="md">
          <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
        </Stack>
      )}
      {list.isPending && list.error === null ? (
        <Stack px="md" gap="md" aria-hidden>
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} height={54} radius="md" />
          ))}
        </Stack>
      ) : null}
      {list.data !== undefined && list.conversations.length === 0 ? (
        filter !== 'all' || text !== '' ? (
          <Text c="dimmed" ta="center" p="xl" role="status">
            {none}
          </Text>
        ) : (
          <EmptyState icon={IconMessageCircle} title={t('empty.title')} body={t('empty.body')}>
            <Button component={Link} href={screenPath(shop.slug, 'try')}>
              {t('empty.action')}
            </Button>
          </EmptyState>
        )
      ) : null}
      <div ref={scroller} className={classes.rows}>
        <ul className={classes.rowList} style={{ height: rows.getTotalSize() }}>
          {visible.map((row) => {
            const conversation = list.conversations[row.index]
            if (conversation === undefined) return null
            return (
              <li key={row.key} style={{ transform: `translateY(${row.start}px)` }}>
                <ConversationRow
                  conversation={conversation}
                  open={conversation.id === openId}
                  people={people}
                />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}
