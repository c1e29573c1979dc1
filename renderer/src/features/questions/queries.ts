import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Card } from '../../../../preload/contract/index.ts'
import { api } from '../../rpc/client.ts'

/** `state` undefined: open and closed ones alike. */
export function useCards(shop: string, state: Card['state'] | undefined, text: string) {
  const query = useInfiniteQuery(
    api.cards.list.infiniteOptions({
      input: (before: number | undefined) => ({
        shop,
        limit: 50,
        ...(state === undefined ? {} : { state }),
        ...(text === '' ? {} : { text }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.more ? page.items.at(-1)?.seq : undefined),
      placeholderData: keepPreviousData,
    }),
  )
  const cards: Card[] = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { ...query, cards }
}

export function useCardWrites() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: api.cards.key() })
  return {
    answer: useMutation(api.cards.answer.mutationOptions({ onSettled })),
    keep: useMutation(api.cards.keep.mutationOptions({ onSettled })),
    dismiss: useMutation(api.cards.dismiss.mutationOptions({ onSettled })),
  }
}
