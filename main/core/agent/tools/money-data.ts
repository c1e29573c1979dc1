import { formatMoney, type Money } from '../../money/money.ts'

/** An amount as engines see it: minor units for choosing, text for saying. */
export type MoneyData = { amount: number; currency: string; text: string }

/** Amount with its text in the shop's locale. */
export function moneyData(money: Money, locale: string): MoneyData {
  return { amount: money.amount, currency: money.currency, text: formatMoney(money, locale) }
}
