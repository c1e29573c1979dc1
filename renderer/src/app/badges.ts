import { useQuery } from '@tanstack/react-query'
import { useAwayStore } from '../features/away/store.ts'
import { api } from '../rpc/client.ts'
import type { Screen } from './routes.ts'

/** What waits for the owner on each screen: unread messages, replies to look at, orders nobody has looked at, open questions. */
export type Badges = Readonly<Partial<Record<Screen, number>>>

export function useBadges(shop: string): Badges {
  const recent = useQuery(api.conversations.list.queryOptions({ input: { shop, limit: 100 } }))
  const orders = useQuery(api.orders.counts.queryOptions({ input: { shop, filter: {} } }))
  const cards = useQuery(api.cards.list.queryOptions({ input: { shop, state: 'open', limit: 1 } }))
  const drafts = useQuery(api.drafts.list.queryOptions({ input: { shop } }))
  const hidden = useAwayStore((store) => store.hidden)
  return {
    away:
      drafts.data?.filter(({ id, state }) => (state === 'ready' || state === 'failed') && !hidden.has(id))
        .length ?? 0,
    conversations: recent.data?.items.reduce((sum, conversation) => sum + conversation.unread, 0) ?? 0,
    orders: orders.data?.unseen ?? 0,
    questions: cards.data?.open ?? 0,
  }
}
