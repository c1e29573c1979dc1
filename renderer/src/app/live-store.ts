import { create } from 'zustand'
import type { ShopEvent } from '../../../preload/contract/index.ts'
import { noTyping, stepTyping, type TypingState } from './typing-state.ts'

interface LiveStore {
  typing: TypingState
  take(event: ShopEvent): void
}

/** What events say that is kept nowhere: who is typing. */
export const useLiveStore = create<LiveStore>((set) => ({
  typing: noTyping,
  take: (event) => set((store) => ({ typing: stepTyping(store.typing, event) })),
}))
