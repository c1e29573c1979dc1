import type { QueryClient } from '@tanstack/react-query'
import type { ShellState } from '../../../preload/contract/index.ts'
import { api, client, connection } from './client.ts'
import { nextConnection } from './live.ts'

/** How long a watch that ended by itself waits. */
const AGAIN_MS = 5000

interface ShellListeners {
  /** `before` is null for the first state. */
  onState(state: ShellState, before: ShellState | null): void
  /** A notification, the tray, a menu or a link wants this place of the desk shown. It is not checked yet. */
  onGo(path: string): void
}

/** Follows the desktop app until the signal aborts: its state goes straight into the cache. */
export async function followShell(
  queries: QueryClient,
  signal: AbortSignal,
  listeners: ShellListeners,
): Promise<void> {
  let before: ShellState | null = null
  while (!signal.aborted) {
    const generation = connection.state.generation
    try {
      for await (const news of await client.shell.watch(undefined, { signal })) {
        if (news.kind === 'go') {
          listeners.onGo(news.path)
          continue
        }
        queries.setQueryData(api.shell.state.queryKey(), news.state)
        listeners.onState(news.state, before)
        before = news.state
      }
    } catch {
      // A lost connection: the next round waits for the new one.
    }
    if (signal.aborted) break
    await nextConnection(generation, signal, AGAIN_MS)
  }
}
