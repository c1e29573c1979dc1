import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../rpc/client.ts'

/** Marks a conversation as read while it is open in a visible window. */
export function useMarkRead(shop: string, conversationId: string | null, unread: number): void {
  const queries = useQueryClient()
  const { mutate } = useMutation(
    api.conversations.markRead.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.conversations.list.key({ input: { shop } }) })
        void queries.invalidateQueries({ queryKey: api.conversations.get.key({ input: { shop } }) })
      },
    }),
  )
  useEffect(() => {
    if (conversationId === null || unread === 0) return
    const mark = () => {
      if (document.visibilityState === 'visible') mutate({ shop, conversationId })
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [shop, conversationId, unread, mutate])
}
