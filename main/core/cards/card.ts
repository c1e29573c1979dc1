import type { FormOfAddress, Language } from '../engines/engine.ts'

export type CardKind = 'product' | 'question'
export type CardState = 'open' | 'answered' | 'dismissed' | 'timed_out'

/** Somebody who waits for a card's answer. */
export interface Waiter {
  conversationId: string
  customer: { id: string; name: string }
  /** UTC ISO 8601. */
  askedAt: string
  /** Whether the answer was written to them by the app. */
  told: boolean
}

/** Something a customer asked that neither catalog nor knowledge answers, for the owner. */
export interface Card {
  id: string
  seq: number
  kind: CardKind
  question: string
  language: string
  state: CardState
  answer: string
  answeredAt: string | null
  answeredBy: string | null
  /** When who waits is told that it takes longer. */
  dueAt: string
  askedAt: string
  waiting: Waiter[]
  knowledgeId: string | null
  productId: string | null
  revision: number
}

export interface Question {
  kind: CardKind
  question: string
  conversationId: string
  customerId: string
  language: Language
  /** The turn that asks; null when a person does. */
  turnId: string | null
}

/** What a question came to. */
export type Asked =
  /** A card is before the owner: a new one, or the one that somebody had opened. */
  | { state: 'opened' | 'joined'; card: Card; answer: null; productId: null; alreadyWaiting: boolean }
  /** It was answered before. `answer` is null where the catalog says more by now: then `productId` is set. */
  | { state: 'answered'; card: Card; answer: string | null; productId: string | null }
  /** Enough was asked in this turn or conversation. */
  | { state: 'limited'; card: null; answer: null; productId: null }

/** What becomes of an answer besides telling it. `price` in minor units, null for one on request. */
export type Keep =
  | { as: 'nothing' }
  | { as: 'knowledge'; question?: string }
  | { as: 'product'; name: string; price: number | null }

/** A conversation that waits, with what writing to it takes. */
export interface WaitingConversation {
  conversationId: string
  mode: string
  language: Language | null
  formOfAddress: FormOfAddress | null
}
