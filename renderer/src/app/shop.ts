import { createContext, useContext } from 'react'
import type { Shop } from '../../../preload/contract/index.ts'
import { formatMoney } from '../ui/money.ts'

export const ShopContext = createContext<Shop | null>(null)

/** The shop whose screens are open. */
export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (shop === null) throw new Error('no shop is open')
  return shop
}

/** Writes amounts (minor units) of the open shop's currency. */
export function useMoney(): (amount: number) => string {
  const { currency, locale } = useShop()
  return (amount) => formatMoney(amount, currency, locale)
}
