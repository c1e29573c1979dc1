import { create } from 'zustand'
import { type ListFilter, noFilter } from './state.ts'

interface OrdersStore {
  filter: ListFilter
  set(changes: Partial<ListFilter>): void
}

export const useOrdersStore = create<OrdersStore>((set) => ({
  filter: noFilter,
  set: (changes) => set((store) => ({ filter: { ...store.filter, ...changes } })),
}))
