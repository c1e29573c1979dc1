import { create } from 'zustand'

interface TryChatStore {
  text: string
  /** Raised for each conversation that is started anew, so that its customer gets a name of its own. */
  setText(text: string): void
}

export const useTryChatStore = create<TryChatStore>((set) => ({
  text: '',
  setText: (text) => set({ text }),
}))
