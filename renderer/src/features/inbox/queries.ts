import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Conversation } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import type { ModeFilter } from './state.ts'

export function useConversations(shop: string, mode: ModeFilter, text: string) {
  const query = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (before: number | undefined) => ({
        shop,
        limit: 50,
        ...(mode === 'all' ? {} : { mode }),
        ...(text === '' ? {} : { text }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.lastMessageSeq : undefined),
      placeholderData: keepPreviousData,
    }),
  )
  const conversations: Conversation[] = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  )
  return { ...query, conversations }
}

/** Take over, hand back and pause; the answer shows at once and failures are told. */
export function useModeActions(shop: string) {
  const queries = useQueryClient()
  const options = {
    onSuccess: (conversation: Conversation) => {
      const key = api.conversations.get.queryKey({ input: { shop, conversationId: conversation.id } })
      queries.setQueryData(key, (old) => (old === undefined ? old : { ...old, ...conversation }))
      void queries.invalidateQueries({ queryKey: api.conversations.list.key({ input: { shop } }) })
    },
    onError: (error: unknown) => notifyFailure(error),
  }
  return {
    take: useMutation(api.conversations.take.mutationOptions(options)),
    handBack: useMutation(api.conversations.handBack.mutationOptions(options)),
    pause: useMutation(api.conversations.pause.mutationOptions(options)),
  }
}
