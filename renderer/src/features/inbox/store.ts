import { create } from 'zustand'
import {
  type Draft,
  type Drafts,
  emptyDraft,
  type ListFilter,
  noDrafts,
  withDraft,
  withSuggestion,
} from './state.ts'

interface InboxStore {
  filter: ListFilter
  search: string
  drafts: Drafts
  setFilter(filter: ListFilter): void
  setSearch(search: string): void
  setDraft(conversationId: string, changes: Partial<Draft>): void
  suggest(conversationId: string, suggestion: { text: string; ok: boolean }): void
}

export const useInboxStore = create<InboxStore>((set) => ({
  filter: 'all',
  search: '',
  drafts: noDrafts,
  setFilter: (filter) => set({ filter }),
  setSearch: (search) => set({ search }),
  setDraft: (conversationId, changes) =>
    set((store) => ({ drafts: withDraft(store.drafts, conversationId, changes) })),
  suggest: (conversationId, suggestion) =>
    set((store) => ({ drafts: withSuggestion(store.drafts, conversationId, suggestion) })),
}))

export function useDraft(conversationId: string): Draft {
  return useInboxStore((store) => store.drafts[conversationId]) ?? emptyDraft
}
