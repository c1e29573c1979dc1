import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Conversation, ConversationDetail } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'
import { askedBy, type ListFilter, shownIn } from './state.ts'

export function useConversations(shop: string, filter: ListFilter, text: string) {
  const query = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (before: number | undefined) => ({
        shop,
        limit: 50,
        ...askedBy(filter),
        ...(text === '' ? {} : { text }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.lastMessageSeq : undefined),
      placeholderData: keepPreviousData,
    }),
  )
  const { data, isPlaceholderData } = query
  const conversations: Conversation[] = useMemo(() => {
    const all = data?.pages.flatMap((page) => page.items) ?? []
    // What is shown until the answer comes was found by another filter.
    return isPlaceholderData ? all : shownIn(all, filter, text)
  }, [data, isPlaceholderData, filter, text])
  return { ...query, conversations }
}

/** What changes a conversation; the answer shows at once and failures are told. */
export function useConversationWrites() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const onError = (error: unknown) => notifyFailure(error)
  const options = {
    onSuccess: (conversation: ConversationDetail) => {
      const key = api.conversations.get.queryKey({ input: { shop, conversationId: conversation.id } })
      queries.setQueryData(key, conversation)
      void queries.invalidateQueries({ queryKey: api.conversations.list.key({ input: { shop } }) })
    },
    onError,
  }
  return {
    take: useMutation(api.conversations.take.mutationOptions(options)),
    handBack: useMutation(api.conversations.handBack.mutationOptions(options)),
    pause: useMutation(api.conversations.pause.mutationOptions(options)),
    assign: useMutation(api.conversations.assign.mutationOptions(options)),
    setAnswer: useMutation(api.conversations.setAnswer.mutationOptions(options)),
    markDone: useMutation(
      api.conversations.markDone.mutationOptions({
        onError,
        onSettled: (_done, _error, { conversationId }) => {
          void queries.invalidateQueries({ queryKey: api.conversations.list.key({ input: { shop } }) })
          void queries.invalidateQueries({
            queryKey: api.conversations.get.key({ input: { shop, conversationId } }),
          })
        },
      }),
    ),
  }
}
