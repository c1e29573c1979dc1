/** One piece of the shop's knowledge, as the owner wrote it or as the profile says it. */
export const topics = [
  'hours',
  'address',
  'contact',
  'delivery',
  'pickup',
  'payment',
  'deposit',
  'returns',
  'discounts',
  'handoff',
  'faq',
  'note',
] as const
export type Topic = (typeof topics)[number]

export interface KnowledgeEntry {
  id: string
  position: number
  topic: Topic
  /** Locale of the text; empty when it serves all. */
  locale: string
  question: string
  answer: string
  /** 'profile' entries are rewritten from the shop's profile; 'manual' ones belong to the owner. */
  source: 'profile' | 'manual'
  revision: number
  createdAt: string
  updatedAt: string
}

/** What an owner writes for an entry. */
export interface KnowledgeInput {
  topic: Topic
  question?: string
  answer: string
  locale?: string
}
