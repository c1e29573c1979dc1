import type { ShopEvent } from '../../../preload/contract/index.ts'

/** Ids of the conversations in which the agent is writing. */
export type TypingState = ReadonlySet<string>

export const noTyping: TypingState = new Set()

/** A turn that runs shows as typing until it ends, whether or not the passing typing events arrive. */
export function stepTyping(state: TypingState, event: ShopEvent): TypingState {
  const on = typingOf(event)
  if (on === null || state.has(on.conversationId) === on.typing) return state
  const next = new Set(state)
  if (on.typing) next.add(on.conversationId)
  else next.delete(on.conversationId)
  return next
}

function typingOf(event: ShopEvent): { conversationId: string; typing: boolean } | null {
  switch (event.type) {
    case 'typing.changed':
      return event.payload.who === 'agent' ? event.payload : null
    case 'turn.scheduled':
      return { conversationId: event.payload.conversationId, typing: true }
    case 'turn.changed':
      return {
        conversationId: event.payload.conversationId,
        typing: event.payload.state === 'running' || event.payload.state === 'pending',
      }
    default:
      return null
  }
}
