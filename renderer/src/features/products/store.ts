import { create } from 'zustand'
import type { ProductStatus } from './state.ts'

interface ProductsStore {
  text: string
  status: ProductStatus | null
  category: string | null
  set(changes: Partial<Pick<ProductsStore, 'text' | 'status' | 'category'>>): void
}

export const useProductsStore = create<ProductsStore>((set) => ({
  text: '',
  status: null,
  category: null,
  set: (changes) => set(changes),
}))
