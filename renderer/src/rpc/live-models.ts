import type { QueryClient } from '@tanstack/react-query'
import type { ModelDownload, ModelHostStatus, Outputs } from '../../../preload/contract/index.ts'
import { api, client, connection } from './client.ts'
import { nextConnection } from './live.ts'

/** How long a watch that ended by itself waits. */
const AGAIN_MS = 5000

/** Follows the models of this computer until the signal aborts: what the watch tells goes straight into the cache. */
export async function followModels(queries: QueryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const generation = connection.state.generation
    try {
      const stream = await client.models.watch({}, { signal })
      // What happened before the watch began.
      void queries.invalidateQueries({ queryKey: api.models.key() })
      for await (const item of stream) {
        if (item.kind === 'host') takeHost(queries, item.host)
        else takeDownload(queries, item.download)
      }
    } catch {
      // A lost connection: the next round waits for the new one.
    }
    if (signal.aborted) break
    await nextConnection(generation, signal, AGAIN_MS)
  }
}

function takeHost(queries: QueryClient, host: ModelHostStatus): void {
  queries.setQueryData(api.models.host.queryKey({ input: {} }), host)
}

/** Puts a download's progress beside its model; once it has ended, files and catalog are asked for again. */
export function takeDownload(queries: QueryClient, download: ModelDownload): void {
  queries.setQueryData(
    api.models.catalog.queryKey({ input: {} }),
    (catalog: Outputs['models']['catalog'] | undefined) =>
      catalog === undefined
        ? undefined
        : {
            ...catalog,
            models: catalog.models.map((model) =>
              model.id === download.modelId ? { ...model, download } : model,
            ),
          },
  )
  if (download.state === 'running' || download.state === 'checking') return
  void queries.invalidateQueries({ queryKey: api.models.catalog.key() })
  void queries.invalidateQueries({ queryKey: api.models.files.key() })
}
