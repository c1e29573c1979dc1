import { fold } from '../understanding/normalise.ts'

/** How orders are searched: everything folded to lower case without accents, phones as bare digits. */

export function foldText(text: string): string {
  return fold(text).replace(/\s+/g, ' ').trim()
}

/** What an order is found by, beside its customer's name. */
export function searchTextOf(order: {
  number: string
  recipient: string
  phone: string
  lines: readonly { name: string; title: string; sku: string | null }[]
}): string {
  const articles = order.lines.map((line) => `${line.name} ${line.title} ${line.sku ?? ''}`)
  const parts = [order.number, order.recipient, order.phone.replace(/\D/g, ''), ...articles]
  return foldText(parts.join(' '))
}

/** The words of a search, each of which must occur. What looks like a phone is one word of digits. */
export function searchWords(text: string): string[] {
  if (/^[+(]?[\d\s().-]{6,}$/.test(text.trim())) return [text.replace(/\D/g, '')]
  return foldText(text)
    .split(' ')
    .map((word) => word.replace(/^#(?=\S)/, ''))
    .filter((word) => word !== '')
    .slice(0, 12)
}
