import {
  Anchor,
  Badge,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Outputs } from '../../../../preload/contract/index.ts'
import { screenPath } from '../../app/routes.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { notifyFailure } from '../../ui/notify.ts'
import classes from './Channels.module.css'
import { numberText } from './state.ts'

type ChatRule = Outputs['channels']['chats']['items'][number]

const filters = ['all', 'existed', 'never', 'always', 'opted_out'] as const
const answers = ['default', 'always', 'never'] as const
const pageSize = 50

/** The chats of an account, and what the owner has decided for each. */
export function ChatRules({ accountId, name }: { accountId: string; name: string }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  const [search] = useDebouncedValue(text.trim(), 200)
  const list = useInfiniteQuery(
    api.channels.chats.infiniteOptions({
      input: (after: string | undefined) => ({
        shop: shop.slug,
        channelAccountId: accountId,
        limit: pageSize,
        ...(search === '' ? {} : { text: search }),
        ...(filter === 'all' ? {} : { only: filter }),
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.chatId : undefined),
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  )
  const chats = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div>
      <Text size="sm" c="dimmed" mb="sm">
        {t('chats.lead')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          type="search"
          aria-label={t('chats.search')}
          placeholder={t('chats.search')}
          leftSection={<IconSearch size={17} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('chats.filter')}
          value={filter}
          data={filters.map((value) => ({ value, label: t(`chats.filters.${value}`) }))}
          onChange={(event) => setFilter(filters.find((each) => each === event.currentTarget.value) ?? 'all')}
        />
      </SimpleGrid>
      {list.error === null ? null : <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending ? <Skeleton height={120} mt="sm" radius="md" aria-hidden /> : null}
      {list.data !== undefined && chats.length === 0 ? (
        <Text c="dimmed" mt="md" role="status">
          {t(search === '' && filter === 'all' ? 'chats.none' : 'chats.noneFound')}
        </Text>
      ) : null}
      {chats.length === 0 ? null : (
        <ul className={classes.chats} aria-label={t('chats.list', { name })}>
          {chats.map((chat) => (
            <Chat key={chat.chatId} accountId={accountId} chat={chat} />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Group mt="sm">
          <Button
            variant="default"
            size="xs"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('chats.more')}
          </Button>
        </Group>
      ) : null}
    </div>
  )
}

function Chat({ accountId, chat }: { accountId: string; chat: ChatRule }) {
  const { t } = useTranslation(['channels', 'common'])
  const shop = useShop()
  const queries = useQueryClient()
  const set = useMutation(
    api.channels.setChat.mutationOptions({
      onError: (error) => notifyFailure(error),
      onSettled: () => queries.invalidateQueries({ queryKey: api.channels.chats.key() }),
    }),
  )
  const phone = chat.phone === null ? null : numberText(chat.phone)
  const name = chat.name || phone || t('chats.unnamed')
  const answer = set.isPending ? set.variables.answer : chat.answer
  return (
    <li className={classes.chat}>
      <div>
        <div className={classes.chatName}>
          {chat.conversationId === null ? (
            name
          ) : (
            <Anchor
              component={Link}
              href={`${screenPath(shop.slug, 'conversations')}/${chat.conversationId}`}
              inherit
              underline="always"
              aria-label={t('chats.open', { name })}
            >
              {name}
            </Anchor>
          )}
          {chat.existed ? (
            <Badge variant="light" color="gray" tt="none">
              {t('chats.existed')}
            </Badge>
          ) : null}
          {chat.optedOutAt === null ? null : (
            <Badge variant="light" color="yellow" tt="none">
              {t('chats.optedOut')}
            </Badge>
          )}
        </div>
        {phone === null || phone === name ? null : <div className={classes.soft}>{phone}</div>}
      </div>
      <NativeSelect
        aria-label={t('chats.answer', { name })}
        value={answer}
        disabled={set.isPending}
        data={answers.map((value) => ({ value, label: t(`chats.answers.${value}`) }))}
        onChange={(event) => {
          const chosen = answers.find((each) => each === event.currentTarget.value)
          if (chosen === undefined) return
          set.mutate({ shop: shop.slug, channelAccountId: accountId, chatId: chat.chatId, answer: chosen })
        }}
      />
    </li>
  )
}
