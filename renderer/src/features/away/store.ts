import { create } from 'zustand'
import { nothingReviewed, type Reviewing, withHidden, withText } from './state.ts'

interface AwayStore extends Reviewing {
  setText(draftId: string, text: string): void
  setHidden(draftId: string, hidden: boolean): void
}

export const useAwayStore = create<AwayStore>((set) => ({
  ...nothingReviewed,
  setText: (draftId, text) => set((store) => withText(store, draftId, text)),
  setHidden: (draftId, hidden) => set((store) => withHidden(store, draftId, hidden)),
}))
