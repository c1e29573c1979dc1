import type { QueryClient } from '@tanstack/react-query'
import type { BrowserDownload, Outputs } from '../../../preload/contract/index.ts'
import { api, client, connection } from './client.ts'
import { nextConnection } from './live.ts'

/** How long a watch that ended by itself waits. */
const AGAIN_MS = 5000

/** Follows the download of a browser until the signal aborts: what the watch tells goes straight into the cache. */
export async function followBrowsers(queries: QueryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const generation = connection.state.generation
    try {
      for await (const download of await client.browsers.progress({}, { signal })) take(queries, download)
    } catch {
      // A lost connection: the next round waits for the new one.
    }
    if (signal.aborted) break
    await nextConnection(generation, signal, AGAIN_MS)
  }
}

function take(queries: QueryClient, download: BrowserDownload): void {
  queries.setQueryData(
    api.browsers.list.queryKey({ input: {} }),
    (list: Outputs['browsers']['list'] | undefined) =>
      list === undefined ? undefined : { ...list, download },
  )
  if (download.state !== 'done') return
  // There is one more to choose from.
  void queries.invalidateQueries({ queryKey: api.browsers.list.key() })
  void queries.invalidateQueries({ queryKey: api.browsers.check.key() })
}
