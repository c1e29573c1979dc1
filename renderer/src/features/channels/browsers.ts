import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../rpc/client.ts'
import { followBrowsers } from '../../rpc/live-browsers.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** The browsers of this computer, the one that works, and the download, live while somebody looks. */
export function useBrowsers() {
  const queries = useQueryClient()
  useEffect(() => {
    const ended = new AbortController()
    void followBrowsers(queries, ended.signal)
    return () => ended.abort()
  }, [queries])
  const list = useQuery(api.browsers.list.queryOptions({ input: {} }))
  // Starts a browser: asked once, and again when there is another.
  const check = useQuery(
    api.browsers.check.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY, retry: false }),
  )
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: api.browsers.list.key() })
    await queries.invalidateQueries({ queryKey: api.browsers.check.key() })
  }
  const onError = (error: unknown) => notifyFailure(error)
  return {
    list,
    check,
    refresh,
    choose: useMutation(api.browsers.choose.mutationOptions({ onSuccess: refresh })),
    download: useMutation(api.browsers.download.mutationOptions({ onError })),
    cancel: useMutation(api.browsers.cancelDownload.mutationOptions({ onError })),
  }
}

export type Browsers = ReturnType<typeof useBrowsers>
