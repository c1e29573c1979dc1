import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { Scores } from './decide.ts'
import type { Entities } from './entities.ts'
import type { Intent } from './intents.ts'
import type { ProductPhrase } from './phrase.ts'

/** One thing that the customer asks for. */
export interface CustomerRequest {
  /** The words of the request as written. */
  text: string
  intent: Intent | null
  /** About 2: a hint, 4: clear, 6 and more: sure. */
  score: number
  scores: Scores
  phrase: ProductPhrase
  /** Words that name what is asked about a product ("material", "mide"); only for attributes. */
  aspect: string[]
  quantity: Entities['quantity']
  measures: Entities['measures']
  amount: Entities['amount']
  ordinals: number[]
  deictic: Entities['deictic']
  options: string[]
  /** Options that are not wanted: "que no sea roja". */
  avoid: string[]
  budget: Entities['budget']
  asked: boolean
  /** A yes stood before it: "sí, la gris". */
  agreed?: boolean
}

export interface Understanding {
  /** null when no word tells. */
  language: Language | null
  languageScore: number
  formOfAddress: FormOfAddress | null
  requests: CustomerRequest[]
}
