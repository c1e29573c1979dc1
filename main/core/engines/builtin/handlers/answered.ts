import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import type { HistoryMessage } from '../../engine.ts'
import { fitOf, isSoldOut } from '../match.ts'
import { productsData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import * as cart from './cart-lines.ts'
import { handOver } from './talk.ts'

/** What the shop told by itself last: "¡Ya lo consulté! Sobre «paraguas»: …". */
const told = /^[^\n]*[«“]([^»”\n]{2,60})[»”][^\n]*:\n([\s\S]+)$/

/** The thing whose answer the shop told last, when the answer was no refusal; null when something else was said since. */
export function answeredSubject(history: readonly HistoryMessage[]): string | null {
  const last = history.findLast((message) => message.author !== 'customer')
  if (last === undefined || last.author !== 'system') return null
  const [, subject, answer] = told.exec(last.text) ?? []
  if (subject === undefined || answer === undefined) return null
  return /^\W*(?:no\b|nope\b|sorry|lo siento)/.test(fold(answer)) ? null : subject
}

/**
 * "Vale, ponme una" right after the shop told that there is one: from the catalog where it was kept there, else a person
 * closes it. Null when the words are about something else.
 */
export function* takeAnswered(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const subject = turn.answered
  if (subject === null || request.intent !== 'add' || request.phrase.nouns.length > 0) return null
  const [result] = yield [{ name: 'search_products', arguments: { query: subject, limit: 3 } }]
  const words = fold(subject)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
  const product = (read(productsData, result)?.products ?? []).find(
    (one) => fitOf(one, words).name >= words.filter((word) => word.length > 3).length && !isSoldOut(one),
  )
  if (product === undefined) return yield* handOver(turn, 'order')
  return yield* cart.addProduct(turn, request, product, request.quantity?.value ?? null)
}
