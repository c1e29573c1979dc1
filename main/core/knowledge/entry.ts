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

export type KnowledgeSource = 'profile' | 'manual' | 'card'

export interface KnowledgeEntry {
  id: string
  position: number
  topic: Topic
  /** Locale of the text; empty when it serves all. */
  locale: string
  question: string
  answer: string
  /** 'profile' entries are rewritten from the shop's profile; the others belong to the owner, who wrote them or answered a card. */
  source: KnowledgeSource
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
  /** Where it comes from; 'manual' when left out. */
  source?: Exclude<KnowledgeSource, 'profile'>
}
