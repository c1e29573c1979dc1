import { create } from 'zustand'
import { type Call, withCall } from './state.ts'

/** A call of one shop, as it stands above the screens. */
export interface ShownCall extends Call {
  shop: string
}

interface CallStore {
  /** Newest first; each conversation once. */
  shown: readonly ShownCall[]
  show(call: ShownCall): void
  /** It is being looked at, or was put away. */
  hide(conversationId: string): void
}

export const useCallStore = create<CallStore>((set) => ({
  shown: [],
  show: (call) => set(({ shown }) => ({ shown: withCall(shown, call) })),
  hide: (conversationId) =>
    set(({ shown }) => ({ shown: shown.filter((call) => call.conversationId !== conversationId) })),
}))
