import { create } from 'zustand'
import type { CustomerFilter } from './state.ts'

interface CustomersStore {
  text: string
  filter: CustomerFilter
  set(changes: Partial<Pick<CustomersStore, 'text' | 'filter'>>): void
}

export const useCustomersStore = create<CustomersStore>((set) => ({
  text: '',
  filter: 'all',
  set: (changes) => set(changes),
}))
