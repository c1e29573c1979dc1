import type { CustomerRequest } from '../../../understanding/service.ts'
import { productCard } from '../describe.ts'
import { isSoldOut } from '../match.ts'
import { resolve } from '../resolve.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, speak } from '../turn.ts'
import { noTarget, showList } from './offer.ts'

/** "¿Cuándo vuelve a haber?" – no date is known; what is there needs none. */
export function* restock(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return showList(turn, target.products)
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  const { product, choice } = target
  focusOn(turn, product.productId)
  const lines = [speak(turn, 'restock_unknown', { name: product.name })]
  if (!isSoldOut(product)) lines.unshift(productCard(turn, product, choice))
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return [answer(lines.join('\n'))]
}
