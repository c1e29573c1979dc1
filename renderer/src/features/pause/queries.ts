import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useShop } from '../../app/shop.ts'
import { api } from '../../rpc/client.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** Whether the assistant is paused everywhere, and what changes that. */
export function usePause() {
  const { slug: shop } = useShop()
  const queries = useQueryClient()
  const state = useQuery(api.serving.state.queryOptions({ input: { shop } }))
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.serving.key() }),
  }
  const pause = useMutation(api.serving.pause.mutationOptions(options))
  const resume = useMutation(api.serving.resume.mutationOptions(options))
  return {
    state: state.data,
    busy: pause.isPending || resume.isPending,
    pause: (done?: () => void) => pause.mutate({ shop }, { onSuccess: () => done?.() }),
    resume: (done?: () => void) => resume.mutate({ shop }, { onSuccess: () => done?.() }),
  }
}
