import { enumerate } from '../../../language/voice.ts'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { isProductWish, isShopQuestion } from '../../../understanding/shop-questions.ts'
import { productCard, productList } from '../describe.ts'
import { fitOf, isSoldOut } from '../match.ts'
import type { ProductData } from '../tool-data.ts'
import { askedData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, speak } from '../turn.ts'

/** What nobody here can answer is put to the owner; the customer hears that, and what there is meanwhile. */

const longestQuestion = 300

/** What is offered instead while the owner is asked. */
export interface Meanwhile {
  nearest: readonly ProductData[]
  categories: readonly string[]
}

type Kind = 'product' | 'question'

function* put(
  turn: Turn,
  kind: Kind,
  text: string,
  first: string,
): Asking<{ parts: Part[]; waits: boolean } | null> {
  const [result] = yield [
    { name: 'ask_owner', arguments: { kind, question: text.slice(0, longestQuestion) } },
  ]
  const asked = read(askedData, result)
  if (asked === null || asked.state === 'limited') return null
  turn.dialogue.pending = null
  if (asked.state === 'answered') {
    const [product] = asked.products
    if (product !== undefined) {
      focusOn(turn, product.productId)
      const card = productCard(turn, product, { variants: product.variants, used: [], narrowed: false })
      return { parts: [answer(card)], waits: false }
    }
    return asked.answer === null
      ? null
      : { parts: [answer(speak(turn, 'ask_owner_known', { answer: asked.answer }))], waits: false }
  }
  const line = asked.alreadyWaiting ? speak(turn, 'ask_owner_waiting') : first
  return { parts: [{ ...answer(line), done: true }], waits: true }
}

/** Asks for a product that the shop does not have. Null when the words are no wish, or enough was asked. */
export function* askForProduct(
  turn: Turn,
  request: CustomerRequest,
  named: string,
  meanwhile: Meanwhile,
): Asking<Part[] | null> {
  if (!isProductWish(request)) return null
  const first =
    named === ''
      ? speak(turn, 'ask_owner_product_unnamed')
      : speak(turn, 'ask_owner_product', { query: named })
  const asked = yield* put(turn, 'product', request.text, first)
  if (asked === null) return null
  return asked.waits ? [...asked.parts, ...instead(turn, request, meanwhile)] : asked.parts
}

/** Asks what the shop's knowledge does not tell. `about`: the product that the question is of. */
export function* askQuestion(
  turn: Turn,
  request: CustomerRequest,
  known: boolean,
  about: string | null = null,
): Asking<Part[] | null> {
  if (!isShopQuestion(request, known)) return null
  const named = about === null || fold(request.text).includes(fold(about))
  const text = named
    ? request.text
    : `${request.text.slice(0, longestQuestion - 120)} (${about.slice(0, 100)})`
  const asked = yield* put(turn, 'question', text, speak(turn, 'ask_owner_question'))
  return asked?.parts ?? null
}

/** Products of the same name, else what kinds of things there are. */
function instead(turn: Turn, request: CustomerRequest, { nearest, categories }: Meanwhile): Part[] {
  const near = nearest.filter(
    (product) => !isSoldOut(product) && fitOf(product, request.phrase.nouns).name > 0,
  )
  if (near.length > 0)
    return [answer(`${speak(turn, 'meanwhile_products')}\n${productList(turn, near.slice(0, 3))}`)]
  if (categories.length === 0) return []
  const text = enumerate(turn.voice, categories.slice(0, 6))
  return [answer(speak(turn, 'meanwhile_categories', { categories: text }))]
}
