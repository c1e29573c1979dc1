import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

export function useEngines() {
  const { slug: shop } = useShop()
  return useQuery(api.engines.list.queryOptions({ input: { shop } }))
}

export function useSpending() {
  const { slug: shop } = useShop()
  return useQuery(api.engines.spending.queryOptions({ input: { shop } }))
}

/** Everything that engines, spending and requests show is asked for again. */
export function useEnginesRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.engines.key() })
}

/** Says by itself what went wrong. */
export function useEngineChange() {
  const refresh = useEnginesRefresh()
  return useMutation(
    api.engines.change.mutationOptions({ onError: (error) => notifyFailure(error), onSettled: refresh }),
  )
}
