import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Message } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'

const pageSize = 50

/** A conversation's messages, oldest first, loaded backwards page by page. */
export function useMessages(shop: string, conversationId: string | null) {
  const query = useInfiniteQuery(
    api.conversations.messages.infiniteOptions({
      input: (before: number | undefined) => ({
        shop,
        conversationId: conversationId ?? '-',
        limit: pageSize,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items[0]?.seq : undefined),
      enabled: conversationId !== null,
    }),
  )
  const messages: Message[] = useMemo(
    () => (query.data?.pages ?? []).toReversed().flatMap((page) => page.items),
    [query.data],
  )
  return { ...query, messages }
}
