import {
  Avatar,
  Badge,
  Button,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
  VisuallyHidden,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMessageCircle, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Conversation } from '../../../../preload/contract/index.ts'
import { usePreferences } from '../../app/preferences.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { rowTime } from '../../ui/time.ts'
import classes from './Inbox.module.css'
import { useConversations } from './queries.ts'
import { type ModeFilter, modeFilters } from './state.ts'
import { useInboxStore } from './store.ts'

const rowHeight = 80

export function ConversationList({ openId }: { openId: string | null }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const { mode, search, setMode, setSearch } = useInboxStore()
  const [text] = useDebouncedValue(search.trim(), 200)
  const list = useConversations(shop.slug, mode, text)
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

  const filtered = mode !== 'all' || text !== ''
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
        <SegmentedControl
          aria-label={t('filter')}
          size="xs"
          fullWidth
          value={mode}
          onChange={(value) =>
            setMode(modeFilters.find((each): each is ModeFilter => each === value) ?? 'all')
          }
          data={modeFilters.map((each) => ({ value: each, label: t(`mode.${each}`) }))}
        />
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
        filtered ? (
          <Text c="dimmed" ta="center" p="xl">
            {t('noneFound')}
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
                <Row conversation={conversation} open={conversation.id === openId} />
              </li>
            )
          })}
        </ul>
      </div>
    </>
  )
}

function Row({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const { t } = useTranslation(['inbox', 'common'])
  const shop = useShop()
  const language = usePreferences((preferences) => preferences.language)
  const { customer, lastMessage, unread, mode } = conversation
  const name = customer.name === '' ? t('unnamed') : customer.name
  const snippet =
    lastMessage === null
      ? t('noMessages')
      : lastMessage.text !== ''
        ? lastMessage.text
        : t('attachment.other')
  return (
    <Link
      href={screenPath(shop.slug, 'conversations', conversation.id)}
      className={classes.row}
      aria-current={open ? 'true' : undefined}
      data-unread={unread > 0}
    >
      <Avatar name={name} color="initials" allowedInitialsColors={['clay', 'green', 'gray']} aria-hidden />
      <span>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          {lastMessage === null ? null : (
            <time className={classes.time} dateTime={lastMessage.at}>
              {rowTime(lastMessage.at, Date.now(), language, shop.timeZone)}
            </time>
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.snippet}>
            {lastMessage !== null && lastMessage.author !== 'customer'
              ? `${t(`author.${lastMessage.author}`)}: `
              : ''}
            {snippet}
          </span>
          {mode === 'bot' ? null : (
            <Badge size="sm" variant="light" color={mode === 'person' ? 'green' : 'gray'} tt="none" fw={600}>
              {t(`mode.${mode}`)}
            </Badge>
          )}
          <Badge size="sm" variant="default" tt="none" fw={550}>
            {t(`channel.${conversation.channel.kind}`)}
          </Badge>
          {unread > 0 ? (
            <Badge size="sm" circle>
              <span aria-hidden>{unread > 9 ? '9+' : unread}</span>
              <VisuallyHidden>{t('unread', { count: unread })}</VisuallyHidden>
            </Badge>
          ) : null}
        </span>
      </span>
    </Link>
  )
}
