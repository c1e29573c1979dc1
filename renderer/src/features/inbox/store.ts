import { create } from 'zustand'
import { type Draft, type Drafts, emptyDraft, type ModeFilter, noDrafts, withDraft } from './state.ts'

interface InboxStore {
  mode: ModeFilter
  search: string
  drafts: Drafts
  setMode(mode: ModeFilter): void
  setSearch(search: string): void
  setDraft(conversationId: string, changes: Partial<Draft>): void
}

export const useInboxStore = create<InboxStore>((set) => ({
  mode: 'all',
  search: '',
  drafts: noDrafts,
  setMode: (mode) => set({ mode }),
  setSearch: (search) => set({ search }),
  setDraft: (conversationId, changes) =>
    set((store) => ({ drafts: withDraft(store.drafts, conversationId, changes) })),
}))

export function useDraft(conversationId: string): Draft {
  return useInboxStore((store) => store.drafts[conversationId]) ?? emptyDraft
}
