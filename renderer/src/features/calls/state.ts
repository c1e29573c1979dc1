import type { ServingSettings, ShopEvent } from '../../../../preload/contract/index.ts'

/** How this browser calls the person in front of it. */
export interface CallPreferences {
  notify: boolean
  sound: boolean
  /** Whether a notification shows the customer's name and words: others may see the screen. */
  words: boolean
}

export const usualCalls: CallPreferences = { notify: true, sound: true, words: false }

export interface Call {
  conversationId: string
  reason: string
}

export function callIn(event: ShopEvent): Call | null {
  return event.type === 'handover.requested' ? event.payload : null
}

export interface CallSurroundings {
  preferences: CallPreferences
  /** What the shop wants; null while it is not known: then only the desk itself tells. */
  shop: ServingSettings['callOwner'] | null
  permission: 'default' | 'denied' | 'granted'
  /** The conversation is on the screen. */
  open: boolean
  /** The window has the person's attention. */
  focused: boolean
}

/** Nothing calls who is already looking at it; the browser's own notice is for who is elsewhere. */
export function waysOf(around: CallSurroundings): { notice: boolean; notification: boolean; sound: boolean } {
  const { preferences, shop, permission, open, focused } = around
  const looking = open && focused
  return {
    notice: !open,
    notification: !focused && preferences.notify && shop?.notification === true && permission === 'granted',
    sound: !looking && preferences.sound && shop?.sound === true,
  }
}

/** Conversations that called and were not opened since. */
export type Calls = ReadonlySet<string>
export const noCalls: Calls = new Set()

export function stepCalls(calls: Calls, event: ShopEvent): Calls {
  const call = callIn(event)
  if (call !== null) return calls.has(call.conversationId) ? calls : new Set([...calls, call.conversationId])
  return event.type === 'conversation.returned' ? withoutCall(calls, event.payload.conversationId) : calls
}

export function withoutCall(calls: Calls, conversationId: string): Calls {
  if (!calls.has(conversationId)) return calls
  return new Set([...calls].filter((id) => id !== conversationId))
}

/** With one more call, the newest first; what a conversation called for before no longer counts. */
export function withCall<T extends Call>(shown: readonly T[], call: T): T[] {
  return [call, ...shown.filter(({ conversationId }) => conversationId !== call.conversationId)]
}

/** What is remembered, read with care: it may be of another version. */
export function readCalls(stored: string | null): CallPreferences {
  try {
    const value: unknown = JSON.parse(stored ?? '{}')
    const on = (key: keyof CallPreferences): boolean => {
      const found: unknown = Reflect.get(Object(value), key)
      return typeof found === 'boolean' ? found : usualCalls[key]
    }
    return { notify: on('notify'), sound: on('sound'), words: on('words') }
  } catch {
    return usualCalls
  }
}
