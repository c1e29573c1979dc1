import type { ShopBrief } from '../engines/engine.ts'
import type { KnowledgeEntry } from '../knowledge/entry.ts'
import type { ShopProfile } from '../knowledge/profile.ts'

export interface ShopSummaryInput {
  shop: ShopBrief
  profile: ShopProfile
  entries: readonly KnowledgeEntry[]
  /** Names of the categories for sale. */
  categories: readonly string[]
}

const longestSummary = 2_600
const categoriesShown = 30
const entriesShown = 24
const longestEntry = 180

/**
 * What a shop is, for the head of a prompt. It carries no figures: those change, and a reply may only tell one that a
 * tool gave in its turn. The same shop gives the same bytes, whatever is sold meanwhile.
 */
export function shopSummary({ shop, profile, entries, categories }: ShopSummaryInput): string {
  const names = [...categories].sort((a, b) => (a < b ? -1 : 1))
  const lines = [
    `Name: ${oneLine(shop.name)}`,
    `Country: ${shop.country}. Currency: ${shop.currency}. Catalog language: ${shop.locale.toLowerCase().startsWith('en') ? 'English' : 'Spanish'}.`,
    `Prices ${shop.pricesIncludeTax ? 'include' : 'do not include'} taxes.`,
    names.length === 0 ? '' : `Sells: ${names.slice(0, categoriesShown).map(oneLine).join(', ')}`,
    deliveryLine(profile),
    profile.payments.length === 0
      ? ''
      : `Ways to pay: ${profile.payments.map(({ name }) => oneLine(name)).join(', ')}`,
    profile.hours === null ? 'Opening hours: not known' : 'Opening hours: shop_information, topic hours',
    ...knowledgeLines(entries),
  ]
  return bounded(lines.filter((line) => line !== ''))
}

function deliveryLine({ delivery }: ShopProfile): string {
  if (delivery === null) return ''
  const zones = delivery.zones.map(({ name }) => oneLine(name)).filter((name) => name !== '')
  const ways = [
    ...(zones.length === 0 ? [] : [`delivers to ${zones.slice(0, 12).join(', ')}`]),
    ...(delivery.pickup === null ? [] : ['orders can be picked up']),
  ]
  return ways.length === 0
    ? ''
    : `Delivery: ${ways.join('; ')}. Fees and times: shop_information, topic delivery`
}

/** Short answers without figures are told; of all others it is told where they are found. */
function knowledgeLines(entries: readonly KnowledgeEntry[]): string[] {
  const told = entries.filter(({ topic }) => !['hours', 'payment', 'delivery', 'pickup'].includes(topic))
  if (told.length === 0) return []
  const lines = told.slice(0, entriesShown).map(({ topic, question, answer }) => {
    const title = question === '' ? topic : `${topic}: ${oneLine(question).slice(0, 100)}`
    const text = oneLine(answer)
    return /\d/.test(text) || text.length > longestEntry ? `- ${title}` : `- ${title} → ${text}`
  })
  return ['What the shop has written (whole texts: shop_information with that topic):', ...lines]
}

function bounded(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) {
    if (text.length + line.length + 1 > longestSummary) return text
    text = text === '' ? line : `${text}\n${line}`
  }
  return text
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
