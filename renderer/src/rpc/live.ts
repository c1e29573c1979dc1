import type { QueryClient } from '@tanstack/react-query'
import type { ShopEvent } from '../../../preload/contract/index.ts'
import { api, client, connection } from './client.ts'
import { placeOf, type Stale, staleAfter } from './live-state.ts'

function refresh(queries: QueryClient, shop: string, stale: Stale): void {
  const invalidate = (queryKey: readonly unknown[]) => {
    void queries.invalidateQueries({ queryKey })
  }
  switch (stale.area) {
    case 'conversations':
      invalidate(api.conversations.list.key({ input: { shop } }))
      return
    case 'conversation':
      invalidate(api.conversations.get.key({ input: { shop, conversationId: stale.conversationId } }))
      return
    case 'messages':
      invalidate(api.conversations.messages.key({ input: { shop, conversationId: stale.conversationId } }))
      return
    case 'outbox':
      invalidate(api.outbox.unknown.key({ input: { shop } }))
      return
    case 'catalog':
      invalidate(api.catalog.key())
      return
    case 'imports':
      invalidate(api.catalog.imports.key({ input: { shop } }))
      return
    case 'knowledge':
      invalidate(api.knowledge.key())
      return
    case 'profile':
      invalidate(api.shops.profile.key({ input: { shop } }))
      return
    case 'channels':
      invalidate(api.channels.list.key({ input: { shop } }))
      return
    case 'search':
      invalidate(api.search.state.key({ input: { shop } }))
      invalidate(api.search.embedding.key({ input: { shop } }))
      return
    case 'orders':
      invalidate(api.orders.key())
      return
    case 'customers':
      invalidate(api.customers.key())
      return
    case 'cards':
      invalidate(api.cards.key())
      return
    case 'demand':
      invalidate(api.demand.key())
      return
    case 'selling':
      invalidate(api.selling.key())
      invalidate(api.documents.template.key({ input: { shop } }))
      return
    case 'engines':
      invalidate(api.engines.key())
      invalidate(api.models.files.key())
      return
    case 'personality':
      invalidate(api.personality.get.key({ input: { shop } }))
      return
    case 'exams':
      invalidate(api.exam.key())
      return
    case 'tariffs':
      invalidate(api.tariffs.key())
      return
    case 'drafts':
      invalidate(api.drafts.key())
      return
    case 'serving':
      invalidate(api.serving.key())
      return
    case 'quick_replies':
      invalidate(api.quickReplies.key())
      return
    case 'everything':
      void queries.invalidateQueries()
      return
  }
}

/** Keys of what is waiting to be refreshed, so that a burst of events refetches each thing once. */
const BATCH_MS = 40

/**
 * Follows a shop's events until the signal aborts: refreshes what they make stale, everything after a gap or a
 * reconnection, and hands each event on (typing, for one, is nothing that could be refetched).
 */
export async function followShop(
  shop: string,
  queries: QueryClient,
  signal: AbortSignal,
  onEvent: (event: ShopEvent) => void,
): Promise<void> {
  const waiting = new Map<string, Stale>()
  let timer: number | undefined
  const mark = (stale: Stale) => {
    waiting.set(JSON.stringify(stale), stale)
    timer ??= window.setTimeout(() => {
      timer = undefined
      const batch = [...waiting.values()]
      waiting.clear()
      for (const each of batch) refresh(queries, shop, each)
    }, BATCH_MS)
  }
  let last: number | null = null
  while (!signal.aborted) {
    const generation = connection.state.generation
    try {
      const stream = await client.events.stream(
        { shop, ...(last === null ? {} : { afterSeq: last }) },
        { signal },
      )
      for await (const item of stream) {
        if (item.kind === 'ready') {
          if (item.gap || last === null) {
            if (last !== null) mark({ area: 'everything' })
            last = item.seq
          }
          continue
        }
        const { event } = item
        const place = placeOf(last, event.seq)
        if (place === 'repeat') continue
        if (place === 'gap') mark({ area: 'everything' })
        if (event.seq !== null) last = event.seq
        for (const stale of staleAfter(event)) mark(stale)
        onEvent(event)
      }
    } catch {
      // A lost connection: the next round waits for the new one and replays what was missed.
    }
    if (signal.aborted) break
    await nextConnection(generation, signal)
    mark({ area: 'everything' })
  }
  window.clearTimeout(timer)
}

/** Resolves once a newer connection than `generation` is open; a stream that ended by itself waits a little. */
export function nextConnection(generation: number, signal: AbortSignal, againMs = 1000): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      window.clearTimeout(timer)
      leave()
      signal.removeEventListener('abort', settle)
      resolve()
    }
    const leave = connection.subscribe((state) => {
      if (state.phase === 'open' && state.generation > generation) settle()
    })
    const timer = window.setTimeout(() => {
      if (connection.state.phase === 'open') settle()
    }, againMs)
    signal.addEventListener('abort', settle)
    if (connection.state.phase === 'open' && connection.state.generation > generation) settle()
  })
}
