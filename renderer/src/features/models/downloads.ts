import { useQueryClient } from '@tanstack/react-query'
import { api, client } from '../../rpc/client.ts'
import { takeDownload } from '../../rpc/live-models.ts'
import { notifyFailure } from '../../ui/notify.ts'

/** Starting, holding and giving up downloads. They go on in the app when the screen is left. */
export function useDownloads() {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: api.models.catalog.key() })
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      notifyFailure(error)
    } finally {
      void refresh()
    }
  }
  return {
    start: (modelId: string) =>
      attempt(async () => {
        for await (const download of await client.models.download({ modelId }))
          takeDownload(queries, download)
      }),
    pause: (modelId: string) => attempt(() => client.models.pause({ modelId })),
    cancel: (modelId: string) => attempt(() => client.models.cancel({ modelId })),
  }
}
