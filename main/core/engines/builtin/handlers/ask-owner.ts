import { enumerate } from '../../../language/voice.ts'
import { fold } from '../../../understanding/normalise.ts'
import { isStopWord } from '../../../understanding/phrase.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { asksAbility, isProductWish, isShopQuestion } from '../../../understanding/shop-questions.ts'
import { productCard, productList } from '../describe.ts'
import { fitOf, isSoldOut } from '../match.ts'
import { strangeWords } from '../strange-words.ts'
import type { ProductData } from '../tool-data.ts'
import { askedData, productsData, read } from '../tool-data.ts'
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
  const asked = yield* put(turn, 'product', written(turn, request), first)
  if (asked === null) return null
  return asked.waits ? [...asked.parts, ...instead(turn, meanwhile)] : asked.parts
}

/** "Paraguas y guantes" where there are only gloves: the things named that none of what was found answers to. */
export function namedInVain(request: CustomerRequest, found: readonly ProductData[]): string[] {
  const things = request.phrase.text.split(/\s+(?:y|e|o|u|and|or)\s+|\s*,\s*/i)
  const missing = things.filter((thing) => {
    const words = contentOf(thing)
    return words.length > 0 && found.every((product) => fitOf(product, words).all === 0)
  })
  return missing.length < things.length ? missing : []
}

function contentOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !isStopWord(word))
}

/** Asks for some of the things that a request names. */
export function* askForSome(
  turn: Turn,
  request: CustomerRequest,
  things: readonly string[],
): Asking<Part[] | null> {
  if (things.length === 0 || !isProductWish(request)) return null
  const named = enumerate(turn.voice, things)
  const asked = yield* put(
    turn,
    'product',
    named,
    speak(turn, 'ask_owner_product', { query: named.slice(0, 60) }),
  )
  return asked?.parts ?? null
}

/**
 * What was found only comes near: gloves, but not for boxing; bamboo, but no umbrella. The wish is put to the owner and
 * what was found is offered meanwhile. Null when it is what was asked for.
 */
export function* askForOther(
  turn: Turn,
  request: CustomerRequest,
  found: readonly ProductData[],
  partial: boolean,
): Asking<Part[] | null> {
  if (request.phrase.definite || request.budget !== null || !isProductWish(request) || asksAbility(request))
    return null
  const strange = (yield* isStrange(request, found)) || (partial && (yield* lacksHead(turn, request, found)))
  if (!strange) return null
  const [only] = found
  const parts = yield* askForProduct(turn, request, request.phrase.text.slice(0, 60), {
    nearest: found,
    categories: [],
  })
  if (parts !== null && found.length === 1 && only !== undefined) focusOn(turn, only.productId)
  return parts
}

/** Whether a quality that was named is one of which neither the products nor the search's vocabulary know. */
function* isStrange(request: CustomerRequest, found: readonly ProductData[]): Asking<boolean> {
  const words = found.map((product) => strangeWords(product, request.text))
  if (words.some((strange) => strange.length === 0)) return false
  const asked = [...new Set(words.flat())].slice(0, 3)
  const results = yield asked.map((query) => ({ name: 'search_products', arguments: { query, limit: 6 } }))
  return results.every((result) => {
    const data = read(productsData, result)
    if (data === null || !data.answered) return true
    return !data.products.some((one) => found.some((product) => product.productId === one.productId))
  })
}

/** Whether what the customer names is nothing that the shop knows, and only its qualities were found. */
function* lacksHead(turn: Turn, request: CustomerRequest, found: readonly ProductData[]): Asking<boolean> {
  const { nouns } = request.phrase
  if (nouns.length < 2) return false
  const head = turn.voice.language === 'es' ? nouns[0] : nouns.at(-1)
  if (head === undefined || found.some((product) => fitOf(product, [head]).all > 0)) return false
  const [result] = yield [{ name: 'search_products', arguments: { query: head, limit: 3 } }]
  const known = read(productsData, result)
  return known !== null && !(known.answered && known.products.length > 0)
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
  const said = written(turn, request)
  const text = named ? said : `${said.slice(0, longestQuestion - 120)} (${about.slice(0, 100)})`
  const asked = yield* put(turn, 'question', text, speak(turn, 'ask_owner_question'))
  return asked?.parts ?? null
}

/** The request as the owner reads it: with the signs of a question that reading it took away. */
function written(turn: Turn, { text, asked }: CustomerRequest): string {
  const bare = text.trim().replace(/[?¿]+/g, '')
  if (!asked) return text.trim()
  return turn.voice.language === 'es' ? `¿${bare}?` : `${bare}?`
}

/** What comes near, else what kinds of things there are. */
function instead(turn: Turn, { nearest, categories }: Meanwhile): Part[] {
  const near = nearest.filter((product) => !isSoldOut(product))
  if (near.length > 0)
    return [answer(`${speak(turn, 'meanwhile_products')}\n${productList(turn, near.slice(0, 3))}`)]
  if (categories.length === 0) return []
  const text = enumerate(turn.voice, categories.slice(0, 6))
  return [answer(speak(turn, 'meanwhile_categories', { categories: text }))]
}
