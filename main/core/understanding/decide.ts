import type { Intent } from './intents.ts'
import type { Feature } from './lexicon/compile.ts'

export type Scores = Partial<Record<Intent, number>>

/** When both are spoken for in one request, the first is meant: "¿cuánto cuesta el envío?" is about delivery, not a price. */
export const beats: Readonly<Partial<Record<Intent, readonly Intent[]>>> = {
  injection: [
    'price',
    'search',
    'add',
    'haggle',
    'discounts',
    'set_quantity',
    'recommend',
    'human',
    'robot',
    'cheapest',
    'remove',
    'ask',
    'delivery',
    'complaint',
    'photo',
    'clear_cart',
  ],
  complaint: [
    'search',
    'price',
    'add',
    'returns',
    'attributes',
    'delivery',
    'order_status',
    'stock',
    'remove',
    'human',
    'view_cart',
    'more',
    'discounts',
    'payment',
    'contact',
    'ask',
    'correct',
    'set_quantity',
    'hours',
    'lead_time',
    'deny',
    'compare',
  ],
  human: [
    'search',
    'ask',
    'contact',
    'add',
    'robot',
    'price',
    'deny',
    'correct',
    'delivery',
    'hours',
    'greet',
  ],
  order_status: ['view_cart', 'delivery', 'address', 'search', 'add', 'lead_time', 'checkout', 'ask'],
  appointment: ['search', 'add', 'ask', 'hours', 'attributes', 'stock', 'lead_time', 'address', 'view_cart'],
  robot: ['search', 'ask', 'price', 'attributes'],
  returns: [
    'search',
    'add',
    'set_quantity',
    'attributes',
    'ask',
    'price',
    'correct',
    'remove',
    'delivery',
    'pickup',
    'payment',
    'photo',
    'more',
  ],
  pickup: ['appointment', 'add', 'search', 'address', 'hours', 'delivery', 'ask', 'view_cart'],
  deposit: ['payment', 'add', 'price', 'search', 'lead_time', 'ask'],
  haggle: [
    'price',
    'discounts',
    'cheapest',
    'search',
    'add',
    'ask',
    'dearest',
    'compare',
    'set_quantity',
    'remove',
    'view_cart',
    'recommend',
  ],
  clear_cart: ['view_cart', 'remove', 'deny', 'add', 'checkout', 'ask'],
  checkout: ['view_cart', 'payment', 'add', 'price', 'search', 'bye', 'ask', 'affirm', 'human'],
  delivery: [
    'price',
    'search',
    'lead_time',
    'add',
    'ask',
    'address',
    'attributes',
    'set_quantity',
    'hours',
    'recommend',
  ],
  payment: ['search', 'price', 'ask', 'attributes'],
  hours: ['search', 'ask', 'price', 'attributes', 'add'],
  address: ['search', 'ask', 'add', 'browse'],
  contact: ['search', 'ask', 'add'],
  faq: ['search', 'ask', 'add', 'price', 'attributes', 'recommend'],
  discounts: ['search', 'ask', 'price', 'add', 'browse', 'payment'],
  lead_time: ['search', 'ask', 'price', 'add', 'attributes', 'affirm'],
  restock: [
    'search',
    'ask',
    'stock',
    'delivery',
    'lead_time',
    'price',
    'add',
    'hours',
    'affirm',
    'order_status',
  ],
  photo: ['search', 'ask', 'attributes', 'add', 'recommend'],
  compare: ['search', 'price', 'attributes', 'add', 'recommend', 'ask', 'cheapest'],
  cheapest: ['search', 'price', 'browse', 'ask', 'add', 'recommend'],
  dearest: ['search', 'price', 'browse', 'ask', 'add', 'recommend'],
  set_quantity: ['add', 'more', 'affirm', 'deny', 'recommend', 'compare', 'search'],
  remove: ['add', 'deny', 'view_cart', 'search', 'ask', 'correct', 'set_quantity'],
  more: ['add', 'search'],
  correct: ['deny', 'add', 'ask', 'search', 'affirm'],
  stock: ['search', 'add', 'ask'],
  price: ['search', 'ask', 'add', 'recommend', 'correct'],
  attributes: ['search', 'ask'],
  browse: ['search', 'ask', 'attributes'],
  recommend: ['search', 'ask'],
  add: ['attributes', 'view_cart', 'search', 'ask', 'affirm', 'recommend', 'bye', 'thanks'],
  view_cart: ['search', 'price', 'ask', 'attributes'],
  search: ['ask'],
  unrelated: ['search', 'ask', 'price', 'more'],
  bye: ['affirm', 'deny', 'greet'],
  thanks: ['affirm'],
}

/** Sum of what speaks for each intent: the strongest feature whole, the others a third. */
export function scoreFeatures(features: readonly Feature[]): Scores {
  const weights = new Map<Intent, number[]>()
  for (const feature of features) {
    const list = weights.get(feature.intent)
    if (list === undefined) weights.set(feature.intent, [feature.weight])
    else list.push(feature.weight)
  }
  const scores: Scores = {}
  for (const [intent, list] of weights) {
    const sorted = list.toSorted((a, b) => b - a)
    const rest = sorted.slice(1, 3).reduce((sum, weight) => sum + weight, 0)
    scores[intent] = (sorted[0] ?? 0) + rest / 3
  }
  return scores
}

/** Scores after the stronger reading took from the weaker one what is the same words' meaning. */
export function settle(raw: Scores): { intent: Intent | null; score: number; scores: Scores } {
  const scores: Scores = { ...raw }
  for (const [winner, losers] of Object.entries(beats)) {
    // Object.entries loses the key type; the table's keys are intents.
    const strength = raw[winner as Intent] ?? 0
    if (strength < 2) continue
    for (const loser of losers ?? []) {
      const weak = scores[loser]
      if (weak !== undefined && (raw[loser] ?? 0) <= strength + 1) scores[loser] = weak * 0.3
    }
  }
  let intent: Intent | null = null
  let score = 0
  for (const [name, value] of Object.entries(scores)) {
    if (value > score) {
      // As above: the keys of Scores are intents.
      intent = name as Intent
      score = value
    }
  }
  return { intent, score, scores }
}

/** Whether the first intent absorbs the second when both appear in one clause. */
export function absorbs(first: Intent, second: Intent): boolean {
  return first === second || (beats[first]?.includes(second) ?? false)
}
