/** What a customer can want. */
export const intents = [
  'greet',
  'thanks',
  'bye',
  'affirm',
  'deny',
  'how_are_you',
  'browse',
  'search',
  'price',
  'stock',
  'attributes',
  'compare',
  'cheapest',
  'dearest',
  'recommend',
  'photo',
  'lead_time',
  'restock',
  'add',
  'more',
  'set_quantity',
  'remove',
  'view_cart',
  'clear_cart',
  'checkout',
  'correct',
  'hours',
  'address',
  'contact',
  'delivery',
  'pickup',
  'payment',
  'deposit',
  'returns',
  'discounts',
  'faq',
  'human',
  'complaint',
  'appointment',
  'order_status',
  'haggle',
  'injection',
  'robot',
  'unrelated',
  'ask',
] as const

export type Intent = (typeof intents)[number]

export type MessageClass =
  | 'catalog_question'
  | 'purchase'
  | 'shop_information'
  | 'appointment'
  | 'complaint'
  | 'human_wanted'
  | 'greeting'
  | 'other'

export const messageClasses: readonly MessageClass[] = [
  'catalog_question',
  'purchase',
  'shop_information',
  'appointment',
  'complaint',
  'human_wanted',
  'greeting',
  'other',
]

/** The class that the desk shows and counts for each intent. */
export const classOf: Readonly<Record<Intent, MessageClass>> = {
  greet: 'greeting',
  thanks: 'greeting',
  bye: 'greeting',
  how_are_you: 'greeting',
  affirm: 'other',
  deny: 'other',
  browse: 'catalog_question',
  search: 'catalog_question',
  price: 'catalog_question',
  stock: 'catalog_question',
  attributes: 'catalog_question',
  compare: 'catalog_question',
  cheapest: 'catalog_question',
  dearest: 'catalog_question',
  recommend: 'catalog_question',
  photo: 'catalog_question',
  lead_time: 'catalog_question',
  restock: 'catalog_question',
  add: 'purchase',
  more: 'purchase',
  set_quantity: 'purchase',
  remove: 'purchase',
  view_cart: 'purchase',
  clear_cart: 'purchase',
  checkout: 'purchase',
  correct: 'purchase',
  hours: 'shop_information',
  address: 'shop_information',
  contact: 'shop_information',
  delivery: 'shop_information',
  pickup: 'shop_information',
  payment: 'shop_information',
  deposit: 'shop_information',
  returns: 'shop_information',
  discounts: 'shop_information',
  faq: 'shop_information',
  human: 'human_wanted',
  complaint: 'complaint',
  appointment: 'appointment',
  order_status: 'complaint',
  haggle: 'other',
  injection: 'other',
  robot: 'other',
  unrelated: 'other',
  ask: 'other',
}

export type InformationTopic =
  | 'hours'
  | 'address'
  | 'contact'
  | 'delivery'
  | 'pickup'
  | 'payment'
  | 'deposit'
  | 'returns'
  | 'discounts'
  | 'faq'

const topics: ReadonlySet<string> = new Set([
  'hours',
  'address',
  'contact',
  'delivery',
  'pickup',
  'payment',
  'deposit',
  'returns',
  'discounts',
  'faq',
])

/** The topic of the shop's knowledge that an intent asks for, null for all others. */
export function topicOf(intent: Intent): InformationTopic | null {
  // Both unions share these names; the set is the one place that lists them.
  return topics.has(intent) ? (intent as InformationTopic) : null
}
