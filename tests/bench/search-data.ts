import { brands, colours, type Family, families, notSold } from './search-families.ts'

/** A generated product. */
export interface BenchProduct {
  id: string
  sku: string
  name: string
  description: string
  category: string
  brand: string
  colour: string
  /** Minor units. */
  price: number
  family: Family
}

export const queryClasses = [
  'head',
  'accents',
  'inflection',
  'typos',
  'attributes',
  'sku',
  'price',
  'conversational',
  'use',
  'synonyms',
  'english',
  'none',
] as const
export type QueryClass = (typeof queryClasses)[number]

/** A judged query: 2 for a product that answers it, 1 for one that nearly does. Empty for what the shop does not sell. */
export interface BenchQuery {
  text: string
  class: QueryClass
  relevance: Map<string, 1 | 2>
  /** Minor units; what a result may cost at most. */
  maxPrice: number | null
}

/** Small seeded generator (mulberry32), so that every run sees the same shop. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function makeProducts(count: number, seed = 7): BenchProduct[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => {
    const family = at(families, index % families.length)
    const brand = pick(brands, random)
    const colour = family.variation === 'colour' ? pick(colours, random) : ''
    const [low, high] = family.price
    const model = `${String.fromCharCode(65 + Math.floor(random() * 26))}${Math.floor(random() * 900 + 100)}`
    const detail =
      family.variation === 'size'
        ? `${Math.floor(random() * 9 + 1) * 10} cm`
        : family.variation === 'pack'
          ? `pack de ${Math.floor(random() * 11 + 2)}`
          : colour
    return {
      id: `p${index}`,
      sku: `${family.id.slice(0, 3).toUpperCase()}-${10_000 + index}-${model.slice(0, 2)}`,
      name: `${family.es} ${brand} ${model} ${detail}`,
      description: family.text,
      category: family.category,
      brand,
      colour,
      price: Math.round((low + random() * (high - low)) * 20) * 5,
      family,
    }
  })
}

export function makeQueries(products: readonly BenchProduct[], seed = 11): BenchQuery[] {
  const random = seeded(seed)
  const queries: BenchQuery[] = []
  const ask = (
    text: string,
    kind: QueryClass,
    relevance: Map<string, 1 | 2>,
    maxPrice: number | null = null,
  ) => {
    if (relevance.size > 0 || kind === 'none') queries.push({ text, class: kind, relevance, maxPrice })
  }
  for (const family of families) {
    const name = family.es.toLowerCase()
    const ofFamily = judge(products, (product) => grade(product, family))
    ask(name, 'head', ofFamily)
    ask(family.esPlural, 'inflection', ofFamily)
    ask(withSlip(family.esPlural, random), 'typos', ofFamily)
    if (/[áéíóúñü]/.test(name)) ask(plain(name), 'accents', ofFamily)
    else ask(accented(name, random), 'accents', ofFamily)
    ask(family.en, 'english', ofFamily)
    ask(pick(TALK, random).replace('%', family.esPlural), 'conversational', ofFamily)
    for (const use of family.uses) ask(use, 'use', ofFamily)
    for (const synonym of family.synonyms) ask(synonym, 'synonyms', ofFamily)
    const one = pick(
      products.filter((product) => product.family === family),
      random,
    )
    const quality = one.colour === '' ? one.brand : `${one.colour} ${one.brand}`
    ask(
      `${family.esPlural} ${quality}`,
      'attributes',
      judge(products, (product) => gradeQuality(product, one)),
    )
    const [low, high] = family.price
    const most = Math.round(low + (high - low) * (0.3 + random() * 0.4))
    const cheapEnough = judge(products, (product) =>
      product.price <= most * 100 ? grade(product, family) : 0,
    )
    ask(
      pick(LIMITS, random).replace('%', family.esPlural).replace('#', String(most)),
      'price',
      cheapEnough,
      most * 100,
    )
    const two = pick(products, random)
    const code =
      random() < 0.5
        ? two.sku
        : two.sku
            .toLowerCase()
            .replace(/-[^-]*$/, '')
            .replace('-', ' ')
    ask(code, 'sku', new Map([[two.id, 2]]))
  }
  for (const text of notSold) ask(text, 'none', new Map())
  return queries
}

const TALK = [
  'hola, ¿tenéis %?',
  'buenas tardes, estoy buscando % para un regalo',
  'me podrías decir si les quedan %',
  'qué tal, necesito % para mañana, gracias',
  'disculpe, ¿venden %?',
]
const LIMITS = [
  '% por menos de # euros',
  '% hasta # €',
  '% máximo #',
  '% que no pasen de # euros',
  '% under # euros',
]

function judge(
  products: readonly BenchProduct[],
  gradeOf: (product: BenchProduct) => 0 | 1 | 2,
): Map<string, 1 | 2> {
  const relevance = new Map<string, 1 | 2>()
  for (const product of products) {
    const value = gradeOf(product)
    if (value > 0) relevance.set(product.id, value === 2 ? 2 : 1)
  }
  return relevance
}

function grade(product: BenchProduct, family: Family): 0 | 1 | 2 {
  if (product.family === family) return 2
  return product.family.kin === family.kin ? 1 : 0
}

function gradeQuality(product: BenchProduct, wanted: BenchProduct): 0 | 1 | 2 {
  if (product.family !== wanted.family) return 0
  return product.brand === wanted.brand && product.colour === wanted.colour ? 2 : 1
}

/** One slip of the finger in the longest word: a letter lost, doubled, swapped or replaced. */
function withSlip(text: string, random: () => number): string {
  const parts = text.split(' ')
  const longest = parts.reduce(
    (best, word, index) => (word.length > at(parts, best).length ? index : best),
    0,
  )
  const word = plain(at(parts, longest))
  const place = 1 + Math.floor(random() * (word.length - 2))
  const kinds = [
    () => word.slice(0, place) + word.slice(place + 1),
    () => word.slice(0, place) + word.charAt(place) + word.slice(place),
    () => word.slice(0, place) + word.charAt(place + 1) + word.charAt(place) + word.slice(place + 2),
    () => word.slice(0, place) + 'aeiolrsnt'.charAt(Math.floor(random() * 9)) + word.slice(place + 1),
  ]
  parts[longest] = pick(kinds, random)()
  return parts.join(' ')
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

function accented(text: string, random: () => number): string {
  const vowels = [...text.matchAll(/[aeiou]/g)].map((match) => match.index)
  const place = pick(vowels, random)
  const marked = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' }[text.charAt(place)] ?? text.charAt(place)
  return text.slice(0, place) + marked + text.slice(place + 1)
}

function pick<T>(list: readonly T[], random: () => number): T {
  return at(list, Math.floor(random() * list.length))
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`nothing at ${index}`)
  return found
}
