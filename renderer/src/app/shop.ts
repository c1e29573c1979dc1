import { createContext, useContext } from 'react'
import type { Shop } from '../../../preload/contract/index.ts'

export const ShopContext = createContext<Shop | null>(null)

/** The shop whose screens are open. */
export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (shop === null) throw new Error('no shop is open')
  return shop
}
