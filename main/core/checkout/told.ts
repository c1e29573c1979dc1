import { formatMoney, type Money } from '../money/money.ts'

/** Whether a text names an amount as the locale writes it, whatever the spaces and the sign of the currency. */
export function tellsAmount(text: string, money: Money, locale: string): boolean {
  const figure = digitsOf(formatMoney(money, locale))
  const whole = figure.replace(/[.,]0+$/, '')
  const said = text.normalize('NFKC').replace(/(?<=\d)[\s']+(?=\d{3}(?!\d))/gu, '')
  return [...said.matchAll(/\d[\d.,]*/g)].some(([match]) => {
    const number = match.replace(/[.,]+$/, '')
    return number === figure || (whole !== figure && number === whole)
  })
}

/** `$ 12.900` → `12.900`, `1 234,50 €` → `1234,50`. */
function digitsOf(text: string): string {
  return (
    /\d[\d.,]*/
      .exec(text.normalize('NFKC').replace(/(?<=\d)[\s']+(?=\d)/gu, ''))?.[0]
      .replace(/[.,]+$/, '') ?? ''
  )
}
