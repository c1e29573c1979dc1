/** A price that is built from elements by rules. Amounts are integer minor units, percentages basis points. */

export interface Label {
  es: string
  en: string
}

interface InputBase {
  key: string
  label: Label
  question: Label
  /** Asked for even where no element needs it: a date, a plate number. */
  required: boolean
}

/** A fact that the price depends on. */
export type TariffInput =
  | (InputBase & { type: 'number'; unit: string; min: number | null; max: number | null })
  | (InputBase & { type: 'choice'; options: { value: string; label: Label; words: string[] }[] })
  | (InputBase & { type: 'yes_no' })

export type Answer = string | number | boolean
export type Answers = Readonly<Record<string, Answer>>

export interface Condition {
  key: string
  is: 'equals' | 'not_equals' | 'at_least' | 'at_most' | 'more_than' | 'less_than'
  value: Answer
}

/** One element; it counts when all its conditions hold. */
export interface TariffElement {
  key: string
  label: Label
  /** `percent` is of what came before it; `minimum` lifts what came before it to its amount. */
  kind: 'base' | 'per_unit' | 'option' | 'percent' | 'minimum'
  amount: number
  /** For `per_unit`: the number it is multiplied with, above `included`, rounded up to whole `step`s. */
  per: string | null
  included: number
  step: number
  when: Condition[]
}

export interface TariffDefinition {
  inputs: TariffInput[]
  elements: TariffElement[]
  /** `from`: the figure is the least; the shop confirms. */
  priceKind: 'exact' | 'from'
  /** What the customer has to bring or send. */
  requirements: Label[]
  validDays: number
  note: Label
}

export interface Tariff {
  id: string
  productId: string
  productName: string
  definition: TariffDefinition
  revision: number
}

export interface QuoteLine {
  label: Label
  /** Null where the line is no multiple. */
  quantity: number | null
  unit: string
  unitAmount: number | null
  amount: number
}

/** What answers come to; nothing is computed while something is missing. */
export type QuoteResult =
  | { missing: TariffInput[]; lines: []; total: null }
  | { missing: []; lines: QuoteLine[]; total: number }

/** A quote that was given to somebody: it holds until its date, whatever the tariff says by then. */
export interface Quote {
  id: string
  seq: number
  number: string
  customer: { id: string; name: string } | null
  conversationId: string | null
  product: { id: string; name: string }
  variantId: string
  answers: Answers
  lines: QuoteLine[]
  total: number
  priceKind: 'exact' | 'from'
  /** UTC ISO 8601; null: no end. */
  validUntil: string | null
  at: string
}
