import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CudaStatus } from '../../../../preload/contract/index.ts'
import { api, client } from '../../rpc/client.ts'
import { followCuda } from '../../rpc/live-cuda.ts'
import { notifyDone, notifyFailure } from '../../ui/notify.ts'

export type Cuda = ReturnType<typeof useCuda>

/** The CUDA build, followed while it is shown. An installation goes on in the app when the screen is left. */
export function useCuda() {
  const { t } = useTranslation('cuda')
  const queries = useQueryClient()
  const status = useQuery(api.cuda.status.queryOptions({ input: {} }))
  useEffect(() => {
    const stop = new AbortController()
    void followCuda(queries, stop.signal)
    return () => stop.abort()
  }, [queries])
  const options = {
    onError: (error: unknown) => notifyFailure(error),
    onSettled: () => queries.invalidateQueries({ queryKey: api.cuda.key() }),
  }
  return {
    status: status.data,
    install: async () => {
      try {
        // What it tells on its way comes through the watch.
        for await (const _ of await client.cuda.install({}));
      } catch {
        // The card shows why, from the status.
      } finally {
        void queries.invalidateQueries({ queryKey: api.cuda.key() })
      }
    },
    pause: useMutation(api.cuda.pause.mutationOptions(options)),
    cancel: useMutation(api.cuda.cancel.mutationOptions(options)),
    retry: useMutation(api.cuda.retry.mutationOptions(options)),
    remove: useMutation(
      api.cuda.remove.mutationOptions({ ...options, onSuccess: () => notifyDone(t('removed')) }),
    ),
  }
}

export function isUnderway({ progress: { step } }: CudaStatus): boolean {
  return step === 'running' || step === 'waiting' || step === 'checking' || step === 'unpacking'
}
