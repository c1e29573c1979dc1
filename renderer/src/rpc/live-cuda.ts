import type { QueryClient } from '@tanstack/react-query'
import { api, client, connection } from './client.ts'
import { nextConnection } from './live.ts'

/** How long a watch that ended by itself waits. */
const AGAIN_MS = 5000

/** Follows the CUDA build until the signal aborts: what the watch tells goes straight into the cache. */
export async function followCuda(queries: QueryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const generation = connection.state.generation
    try {
      for await (const status of await client.cuda.watch({}, { signal }))
        queries.setQueryData(api.cuda.status.queryKey({ input: {} }), status)
    } catch {
      // A lost connection: the next round waits for the new one.
    }
    if (signal.aborted) break
    await nextConnection(generation, signal, AGAIN_MS)
  }
}
