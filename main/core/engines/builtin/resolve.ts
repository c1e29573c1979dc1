import { currencyDigits } from '../../money/money.ts'
import { units } from '../../understanding/lexicon/words.ts'
import { stem, tokenise } from '../../understanding/normalise.ts'
import { container, isOption } from '../../understanding/options.ts'
import { isStopWord } from '../../understanding/phrase.ts'
import type { CustomerRequest } from '../../understanding/service.ts'
import type { Choice } from './match.ts'
import { bestFits, chooseVariants, fitOf, namesValue, nameWords, sameWord } from './match.ts'
import type { ProductData } from './tool-data.ts'
import { productsData, read } from './tool-data.ts'
import type { Asking, Turn } from './turn.ts'
import { keepOptions } from './turn.ts'

/** What a request is about. */
export type Target =
  | { kind: 'one'; product: ProductData; choice: Choice; found: boolean; partial?: boolean }
  /** `partial`: only pieces of what was said found them. */
  | { kind: 'many'; products: ProductData[]; query: string; ambiguous: boolean; partial?: boolean }
  /** The shop has nothing like it. */
  | { kind: 'none'; query: string; nearest: ProductData[] }
  /** The words refer to something that was not spoken of. */
  | { kind: 'unclear' }
  | { kind: 'failed' }

/** Words of a request that may name an option of a product. */
export function optionWords(request: CustomerRequest): string[] {
  return [...new Set([...request.options, ...request.phrase.content])]
}

function limits(request: CustomerRequest, turn: Turn): { minPrice?: number; maxPrice?: number } {
  const factor = 10 ** currencyDigits(turn.shop.currency)
  const { budget } = request
  return {
    ...(budget?.min == null ? {} : { minPrice: Math.round(budget.min * factor) }),
    ...(budget?.max == null ? {} : { maxPrice: Math.round(budget.max * factor) }),
  }
}

/** Reads products again that were spoken of before. */
export function* fetchProducts(ids: readonly string[]): Asking<ProductData[]> {
  if (ids.length === 0) return []
  const [result] = yield [{ name: 'get_products', arguments: { productIds: [...new Set(ids)].slice(0, 5) } }]
  return read(productsData, result)?.products ?? []
}

/** Pieces of a query that said too much: without sizes and colours, then between its small words, longest first. */
function shorterQueries(query: string): string[] {
  const tokens = tokenise(query)
  const plain = tokens.filter((token) => !isOption(token.word)).map((token) => token.raw)
  const pieces: string[] = ['']
  for (const token of tokens) {
    if (isStopWord(token.word) || isOption(token.word)) pieces.push('')
    else pieces[pieces.length - 1] = `${pieces.at(-1) ?? ''} ${token.raw}`.trim()
  }
  // "cafecito", "velitas"
  const small = query.replace(/c?cit[oa]s?\b/gi, '').replace(/it([oa]s?)\b/gi, '$1')
  const words = tokens
    .filter((token) => token.word.length > 3 && !isStopWord(token.word))
    .map((token) => token.raw)
  const all = [plain.join(' '), small, ...pieces.toSorted((a, b) => b.length - a.length), ...words]
  return [...new Set(all)].filter((part) => part.length > 2 && part !== query).slice(0, 4)
}

export interface Found {
  answered: boolean
  products: ProductData[]
  failed: boolean
  /** Only pieces of the query found them. */
  partial?: boolean
}

/** Searches; without an answer once more without option words, which may be all that did not fit. */
export function* searchProducts(
  turn: Turn,
  request: CustomerRequest,
  query: string,
  limit = 6,
): Asking<Found> {
  const bounds = limits(request, turn)
  const [result] = yield [{ name: 'search_products', arguments: { query, limit, ...bounds } }]
  const data = read(productsData, result)
  if (data === null) return { answered: false, products: [], failed: true }
  if (data.answered && data.products.length > 0)
    return { answered: true, products: data.products, failed: false }
  const shorter = shorterQueries(query)
  if (shorter.length > 0) {
    const results = yield shorter.map((part) => ({
      name: 'search_products',
      arguments: { query: part, limit, ...bounds },
    }))
    const pieces = results.flatMap((result, index) => {
      const more = read(productsData, result)
      const words = tokenise(shorter[index] ?? '').map((token) => token.word)
      return more?.answered === true ? more.products.filter((product) => fitOf(product, words).name > 0) : []
    })
    const distinct = [...new Map(pieces.map((product) => [product.productId, product])).values()]
    if (distinct.length > 0) return { answered: true, products: distinct, failed: false, partial: true }
  }
  return { answered: false, products: data.products, failed: false }
}

/** Ids of earlier shown products that the request points at by place, by "that one" or "the other". */
function pointedAt(turn: Turn, request: CustomerRequest): string[] | null {
  const { focus, previous, nearby } = turn.dialogue
  const listed =
    turn.dialogue.shown.some((item) => item.id === focus?.productId) && turn.dialogue.shown.length > 1
  const correcting = request.deictic === 'other' || request.intent === 'correct'
  const shown = correcting && !listed && nearby.length > 0 ? nearby : turn.dialogue.shown
  if (request.ordinals.length > 0) {
    const ids = request.ordinals.flatMap((place) => shown.at(place < 0 ? place : place - 1)?.id ?? [])
    return ids.length > 0 ? ids : null
  }
  if (request.deictic === 'both') {
    if (shown.length === 2) return shown.map((item) => item.id)
    if (shown.length < 2 && previous !== null && focus !== null) return [previous, focus.productId]
    if (shown.length > 2) return shown.slice(0, 5).map((item) => item.id)
  }
  if (request.deictic === 'other' || request.intent === 'correct') {
    const rest = shown.filter((item) => item.id !== focus?.productId)
    const words = request.phrase.content
    const fitting = rest.filter(
      (item) =>
        words.length > 0 && words.every((word) => nameWords(item.name).some((own) => sameWord(word, own))),
    )
    if (words.length > 0 && fitting.length === 0 && request.phrase.nouns.length > 0) return null
    const others = (fitting.length > 0 ? fitting : rest).map((item) => item.id)
    if (others.length === 1) return others
    if (previous !== null && previous !== focus?.productId) return [previous]
    return others.length > 0 ? others : null
  }
  return null
}

/** Products shown before whose name answers to all words of the request: "la básica", "the enamel one". */
function namedBefore(turn: Turn, request: CustomerRequest): string[] {
  const words = request.phrase.content.filter((word) => !/^(?:cosa|cosas|uno|una|one|ones)$/.test(word))
  if (words.length === 0) return []
  const nouns = request.phrase.nouns.length > 0 ? request.phrase.nouns : words
  const { shown } = turn.dialogue
  const fits = shown.filter((item) =>
    nouns.every((word) => nameWords(item.name).some((own) => sameWord(word, own))),
  )
  if (fits.length <= 1) return fits.map((item) => item.id)
  return bestFits(fits, words).map((item) => item.id)
}

/** The request's option words, and those of its other words that are values of this product's options: "molido". */
export function wordsFor(product: ProductData, request: CustomerRequest): string[] {
  const values = product.variants.flatMap((variant) => variant.options.flatMap((value) => nameWords(value)))
  const own = nameWords(product.name)
  const more = tokenise(request.text)
    .map((token) => token.word)
    .filter(
      (word) =>
        word.length > 3 &&
        !isStopWord(word) &&
        !Object.hasOwn(units, word) &&
        !own.some((one) => stem(one) === stem(word)) &&
        values.some((value) => value.length > 3 && stem(value) === stem(word)),
    )
  return [...new Set([...optionWords(request), ...more])]
}

/** A product and the variants meant; what was settled of its options before holds for those that are not named again. */
function one(
  turn: Turn,
  product: ProductData,
  request: CustomerRequest,
  found: boolean,
): Extract<Target, { kind: 'one' }> {
  const choice = chooseVariants(product, wordsFor(product, request))
  const { kept } = turn.dialogue
  const refers = request.phrase.nouns.length === 0
  if (!refers || kept?.productId !== product.productId) {
    keepOptions(turn, product.productId, choice.narrowed ? choice.used : [])
    return { kind: 'one', product, choice, found }
  }
  if (!choice.narrowed) {
    const earlier = chooseVariants(product, kept.words)
    const buying = request.intent === 'add' || request.intent === 'more'
    return { kind: 'one', product, choice: buying && earlier.narrowed ? earlier : choice, found }
  }
  if (choice.variants.length < 2) return { kind: 'one', product, choice, found }
  // Only words of options that this request leaves open.
  const index = product.optionNames.findIndex(
    (_, at) => new Set(choice.variants.map((variant) => variant.options[at])).size > 1,
  )
  const open = kept.words.filter((word) =>
    product.variants.some((variant) => namesValue(word, variant.options[index] ?? '')),
  )
  if (open.length === 0) {
    keepOptions(turn, product.productId, choice.used)
    return { kind: 'one', product, choice, found }
  }
  const words = [...choice.used, ...open]
  keepOptions(turn, product.productId, words)
  const settled = chooseVariants(product, words)
  return { kind: 'one', product, choice: { ...settled, used: words }, found }
}

/** "Una mermelada de higos y otra de naranja": the one of the same kind that is called so, where the thing spoken of is not. */
function* otherOfKind(
  turn: Turn,
  request: CustomerRequest,
  product: ProductData,
): Asking<ProductData | null> {
  const words = [...new Set([...request.options, ...request.phrase.content])].filter((word) => isOption(word))
  const [head = ''] = nameWords(product.name)
  const knows = words.some(
    (word) => fitOf(product, [word]).all > 0 || chooseVariants(product, [word]).narrowed,
  )
  if (words.length === 0 || head === '' || knows) return null
  const found = yield* searchProducts(turn, { ...request, budget: null }, `${head} ${words.join(' ')}`)
  const fits = found.products.filter(
    (one) =>
      one.productId !== product.productId &&
      nameWords(one.name).some((own) => sameWord(own, head)) &&
      words.every((word) => nameWords(one.name).some((own) => sameWord(own, word))),
  )
  return fits.length === 1 ? (fits[0] ?? null) : null
}

/** "A flannel or some wool socks": the products that each of the things named fits, when all of them are found. */
function alternativesOf(products: readonly ProductData[], text: string): ProductData[] {
  const names = text.split(/\s+(?:o|u|y|e|or|and)\s+/i)
  if (names.length < 2) return []
  const fitting = names.map((name) => {
    const words = tokenise(name)
      .map((token) => token.word)
      .filter((word) => !isStopWord(word))
    const fits =
      words.length === 0 ? [] : bestFits(products, words).filter((one) => fitOf(one, words).name > 0)
    return fits.length <= 2 ? fits : []
  })
  if (fitting.some((fits) => fits.length === 0)) return []
  return [...new Map(fitting.flat().map((one) => [one.productId, one])).values()]
}

/** Finds what a request is about: something pointed at, something shown before, or something in the catalog. */
export function* resolve(turn: Turn, request: CustomerRequest, fresh = false): Asking<Target> {
  const { dialogue } = turn
  // An article number is that article.
  const [code] =
    /(?<![\p{L}\d])(?=[\p{L}\d-]*[A-Z\d])[\p{L}\d]+(?:-[\p{L}\d]+)+(?![\p{L}\d])/u.exec(request.text) ?? []
  if (code !== undefined) {
    const [result] = yield [{ name: 'search_products', arguments: { query: code, limit: 5 } }]
    for (const product of read(productsData, result)?.products ?? []) {
      const variants = product.variants.filter((one) => one.sku?.toLowerCase() === code.toLowerCase())
      if (variants.length === 1)
        return {
          kind: 'one',
          product,
          choice: { variants, used: request.options, narrowed: true },
          found: true,
        }
    }
  }
  const pointed = pointedAt(turn, request)
  const words = request.phrase.content
  const refers = request.phrase.nouns.length === 0
  let known: string[] = pointed ?? []
  if (known.length === 0 && !refers && (!fresh || request.phrase.definite)) known = namedBefore(turn, request)
  if (known.length === 0 && refers && words.length > 0 && !fresh) {
    const named = namedBefore(turn, request)
    if (named.length === 1) known = named
  }
  if (known.length === 0 && refers && request.budget === null) {
    if (dialogue.focus !== null) known = [dialogue.focus.productId]
    else if (dialogue.shown.length > 0) known = dialogue.shown.slice(0, 5).map((item) => item.id)
    else if (words.length === 0) return { kind: 'unclear' }
  }
  if (known.length > 0) {
    const products = yield* fetchProducts(known)
    const [first] = products
    if (first !== undefined && products.length === 1) {
      // "la roja" of the products shown, when the one in focus has no such thing
      const other = pointed === null && refers ? yield* otherOfKind(turn, request, first) : null
      return one(turn, other ?? first, request, other !== null)
    }
    // "dos verdes" of three things shown, of which one comes in colours
    const optional = products.filter((product) => chooseVariants(product, request.options).narrowed)
    const [apt] = optional
    if (
      pointed === null &&
      refers &&
      request.options.length > 0 &&
      optional.length === 1 &&
      apt !== undefined
    )
      return one(turn, apt, request, false)
    if (products.length > 1)
      return {
        kind: 'many',
        products,
        query: request.phrase.text,
        ambiguous: pointed === null || request.ordinals.length < 2,
      }
    if (refers) return { kind: 'unclear' }
  }
  const query =
    [
      request.phrase.text,
      ...request.options.filter((option) => !words.includes(option) && !/^\w{1,3}$/.test(option)),
    ]
      .join(' ')
      .trim() || request.text
  const found = yield* searchProducts(turn, request, query)
  if (found.failed) return { kind: 'failed' }
  if (!found.answered)
    return { kind: 'none', query: request.phrase.text || request.text, nearest: found.products }
  const things = words.filter((word) => !container.test(word))
  const best = bestFits(found.products, things.length > 0 ? things : words)
  const several = request.intent === 'add' ? [] : alternativesOf(found.products, request.phrase.text)
  if (several.length > 1)
    return { kind: 'many', products: several, query: request.phrase.text, ambiguous: true }
  const [single] = best
  if (
    single !== undefined &&
    best.length === 1 &&
    (found.products.length === 1 || fitOf(single, words).all > 0)
  ) {
    const head = nameWords(single.name)[0] ?? ''
    dialogue.nearby = found.products
      .filter((product) => product === single || (nameWords(product.name)[0] ?? '') === head)
      .slice(0, 5)
      .map((product) => ({ id: product.productId, name: product.name }))
    return { ...one(turn, single, request, true), partial: found.partial }
  }
  return { kind: 'many', products: best, query: request.phrase.text, ambiguous: true, partial: found.partial }
}
