import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QuickReply } from '../../../../preload/contract/index.ts'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

export function useQuickReplies() {
  const { slug: shop } = useShop()
  return useQuery(api.quickReplies.list.queryOptions({ input: { shop } }))
}

export function useQuickReplyWrites() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const key = api.quickReplies.list.queryKey({ input: { shop } })
  const onSettled = () => queries.invalidateQueries({ queryKey: api.quickReplies.key() })
  const onError = (error: unknown) => notifyFailure(error)
  return {
    // A refused title is told beside its field.
    save: useMutation(api.quickReplies.save.mutationOptions({ onSettled })),
    remove: useMutation(api.quickReplies.remove.mutationOptions({ onSettled, onError })),
    restore: useMutation(api.quickReplies.restore.mutationOptions({ onSettled })),
    order: useMutation(
      api.quickReplies.order.mutationOptions({
        onMutate: ({ ids }) => {
          queries.setQueryData(key, (old: QuickReply[] | undefined) =>
            old === undefined ? undefined : ids.flatMap((id) => old.filter((reply) => reply.id === id)),
          )
        },
        onSettled,
        onError,
      }),
    ),
  }
}
