/** Which parts of the desk's cached server state an event makes stale. */
export type Stale =
  | { area: 'conversations' }
  | { area: 'messages'; conversationId: string }
  | { area: 'conversation'; conversationId: string }
  | { area: 'outbox' }
  | { area: 'catalog' }
  | { area: 'imports' }
  | { area: 'knowledge' }
  | { area: 'profile' }
  | { area: 'channels' }
  | { area: 'search' }
  | { area: 'orders' }
  | { area: 'customers' }
  | { area: 'cards' }
  | { area: 'demand' }
  | { area: 'selling' }
  | { area: 'tariffs' }
  | { area: 'engines' }
  | { area: 'personality' }
  | { area: 'exams' }
  | { area: 'drafts' }
  | { area: 'serving' }
  | { area: 'quick_replies' }
  | { area: 'everything' }

/** Place of an event against the last one seen. `null` is an ephemeral event, or nothing seen yet. */
export function placeOf(last: number | null, seq: number | null): 'next' | 'repeat' | 'gap' {
  if (seq === null || last === null) return 'next'
  if (seq <= last) return 'repeat'
  return seq === last + 1 ? 'next' : 'gap'
}

interface EventLike {
  type: string
  payload: Record<string, unknown>
}

/** What to refetch after an event. Types that this desk does not know refresh nothing. */
export function staleAfter(event: EventLike): Stale[] {
  const conversationId = typeof event.payload.conversationId === 'string' ? event.payload.conversationId : ''
  switch (event.type) {
    case 'conversation.changed':
    case 'conversation.returned':
    case 'handover.requested':
      return [{ area: 'conversations' }, { area: 'conversation', conversationId }]
    case 'message.added':
      return [
        { area: 'conversations' },
        { area: 'conversation', conversationId },
        { area: 'messages', conversationId },
      ]
    case 'message.changed':
      return [{ area: 'messages', conversationId }, { area: 'conversations' }]
    case 'draft.changed':
      // A conversation says whether one waits, an absence how many do.
      return [
        { area: 'drafts' },
        { area: 'serving' },
        { area: 'conversations' },
        { area: 'conversation', conversationId },
      ]
    case 'serving.changed':
    case 'absence.changed':
      return [{ area: 'serving' }]
    case 'quick_reply.changed':
      return [{ area: 'quick_replies' }]
    case 'outbox.changed':
      return [{ area: 'messages', conversationId }, { area: 'outbox' }]
    case 'product.changed':
      return [{ area: 'catalog' }, { area: 'search' }]
    case 'catalog.imported':
      return [{ area: 'catalog' }, { area: 'imports' }, { area: 'search' }]
    case 'knowledge.changed':
      return [{ area: 'knowledge' }]
    case 'profile.changed':
      return [{ area: 'profile' }, { area: 'knowledge' }]
    case 'channel.changed':
    case 'channel.live':
      return [{ area: 'channels' }]
    case 'order.placed':
    case 'order.changed':
      // Stock is reserved and a customer's history grows with it.
      return [{ area: 'orders' }, { area: 'customers' }, { area: 'catalog' }]
    case 'customer.changed':
      return [{ area: 'customers' }, { area: 'conversations' }]
    case 'card.opened':
    case 'card.changed':
      return [{ area: 'cards' }]
    case 'demand.changed':
      return [{ area: 'demand' }]
    case 'selling.changed':
      return [{ area: 'selling' }]
    case 'tariff.changed':
      return [{ area: 'tariffs' }]
    case 'engine.changed':
    case 'engine.health':
    case 'spending.changed':
      return [{ area: 'engines' }]
    case 'personality.changed':
      return [{ area: 'personality' }]
    case 'exam.progress':
      return event.payload.finished === true ? [{ area: 'exams' }] : []
    case 'search.progress':
      return [{ area: 'search' }]
    default:
      return []
  }
}
