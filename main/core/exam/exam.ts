import type { ChatReply } from '../chat/service.ts'
import type { Language } from '../engines/engine.ts'

/** Exams: the shapes that every part shares. Amounts are integer minor units of the currency of the shop examined. */

/** The shop a case is played in: a copy of the owner's, or the shipped demo shop in one of its languages. */
export type Stage = 'own' | 'demo-es' | 'demo-en'

export interface CaseLine {
  sku: string
  quantity: number
}

export interface ExamTurn {
  customer: string
  /** Words that the answer must have, any one of each list. Case and accents aside. */
  says: string[][]
  neverSays: string[]
  /** Amounts that it must tell, any one of each list. */
  tells: number[][]
  /** Whether the customer asks for something else in the cart; null where nobody has said. */
  mayChange: boolean | null
  /** The whole cart after this turn; null where it is not looked at. */
  cart: CaseLine[] | null
}

/** What a customer who orders says of themselves when the assistant asks. */
export interface Buyer {
  name: string
  phone: string
  /** Null for who collects the order. */
  address: { street: string; place: string } | null
  payment: string
}

/** One case: what a simulated customer says and what must hold. */
export interface ExamCase {
  name: string
  class: string
  /** The language every answer must be in; null where it is not looked at. */
  language: Language | null
  stage: Stage
  turns: ExamTurn[]
  /** After the turns the customer goes on by rules until the order is placed; null for a script alone. */
  buyer: Buyer | null
  end: {
    cart?: CaseLine[]
    ordered?: boolean
    handedOver?: boolean
    /** Lines and total of the order; the total includes delivery. */
    order?: { lines: CaseLine[]; total: number }
  }
}

/** Why a case did not pass. */
export type ReasonCode =
  | 'says'
  | 'never_says'
  | 'tells'
  | 'cart'
  | 'ordered'
  | 'order'
  | 'handed_over'
  | 'wrong_figure'
  | 'order_without_yes'
  | 'discount_not_granted'
  | 'cart_changed'
  | 'false_claim'
  | 'language'
  | 'no_answer'
  | 'fallback'
  | 'failed'

/** Reasons that are things done, or said to be done, that were not asked for. */
export const forbiddenReasons: ReadonlySet<ReasonCode> = new Set([
  'order_without_yes',
  'discount_not_granted',
  'cart_changed',
  'false_claim',
])

export interface Reason {
  code: ReasonCode
  /** Number of the turn, from 1; null for what holds at the end. */
  turn: number | null
  /** The words, amount or state in question; words of the case or the answer. */
  detail: string
}

export interface PlayedTurn {
  turn: ExamTurn
  /** Null when the turn could not be played. */
  reply: ChatReply | null
  /** Code of what went wrong instead of a reply. */
  failure: string | null
  durationMs: number
}

export interface TurnRecord {
  customer: string
  answer: string
  engine: string
  refused: number
  durationMs: number
}

export interface CaseResult {
  name: string
  class: string
  passed: boolean
  reasons: Reason[]
  turns: TurnRecord[]
  wrongFigures: number
  forbiddenActions: number
  refusedDrafts: number
  fallbacks: number
  /** Steps of each turn. */
  steps: number[]
  /** Millionths of the shop's currency unit; null when nobody knows the price. */
  costMicros: number | null
}

export interface Share {
  passed: number
  total: number
  rate: number
  /** Wilson's 95 % interval. */
  low: number
  high: number
}

export type RunState = 'running' | 'done' | 'cancelled' | 'failed'

export interface ExamReport {
  runId: string
  engine: { id: string; kind: string; model: string | null; promptVersion: string | null }
  state: RunState
  /** Code of what ended a run that failed. */
  failure: string | null
  startedAt: string
  endedAt: string | null
  seed: number
  overall: Share
  classes: (Share & { class: string })[]
  wrongFigures: number
  forbiddenActions: number
  refusedDrafts: number
  fallbacks: number
  steps: { mean: number; most: number }
  costMicros: number | null
  seconds: { p50: number; p95: number }
  cases: CaseResult[]
}

export type ExamRun = Omit<ExamReport, 'cases' | 'classes' | 'steps' | 'seconds'>
