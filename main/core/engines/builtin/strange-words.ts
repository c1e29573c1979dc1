import { units } from '../../understanding/lexicon/words.ts'
import { fold, tokenise } from '../../understanding/normalise.ts'
import { numberOf } from '../../understanding/numbers.ts'
import { isOption } from '../../understanding/options.ts'
import { isStopWord } from '../../understanding/phrase.ts'
import { nameWords, sameWord } from './match.ts'
import type { ProductData } from './tool-data.ts'

/** Words that praise a thing or tell what it is for, not which one it is. */
const praise =
  /^(?:nice|lovely|beautiful|pretty|cute|gorgeous|great|amazing|cool|little|bonit[oa]s?|lind[oa]s?|chul[oa]s?|precios[oa]s?|ric[oa]s?|norm(?:al|ales)|regalo|regalos|cumple|navidad|siempre|ayer|oferta|muestra|prueba|\w+it[oa]s?)$/

/** Everything that a product says of itself, folded to words. */
function ownWords(product: ProductData): string[] {
  return [
    product.name,
    product.category,
    product.brand,
    product.description,
    ...product.optionNames,
    ...Object.entries(product.attributes).flat(),
    ...product.variants.flatMap((variant) => [variant.title, ...variant.options, variant.sku ?? '']),
  ].flatMap((text) => fold(text).split(/[^a-z0-9]+/))
}

/**
 * Words that an order ties to the name of a product and that the product knows nothing of: "cojín de terciopelo" where
 * the cushion is embroidered, "plastic watering can". Who sells it all the same sells something else.
 */
export function strangeWords(product: ProductData, text: string): string[] {
  const tokens = tokenise(text)
  const own = ownWords(product)
  const named = nameWords(product.name)
  const isName = (word: string): boolean => named.some((one) => sameWord(word, one))
  const strange = (word: string, raw: string): boolean =>
    word.length > 3 &&
    numberOf(word) === null &&
    !/\d/.test(word) &&
    !isStopWord(word) &&
    !isOption(word) &&
    !praise.test(word) &&
    !Object.hasOwn(units, word) &&
    !/^(?:medi[oa]|half|cuarto|docenas?|dozen|par|pares|pairs?|packs?|packets?|cajas?|paquetes?|bolsas?|frascos?|tarros?|botellas?|bo(?:x|xes)|bags?|bottles?|jars?)$/.test(
      word,
    ) &&
    !/^\p{Lu}/u.test(raw) &&
    !own.some((one) => sameWord(word, one))
  return tokens.flatMap((token, index) => {
    const { word, raw, before } = token
    if (before === 'hard') return []
    const previous = tokens[index - 1]?.word ?? ''
    const last = tokens[index - 2]?.word ?? ''
    if (previous === 'sin' && isName(last) && own.some((one) => sameWord(word, one)) && !own.includes('sin'))
      return [word]
    if (!strange(word, raw)) return []
    const tied = /^(?:de|con|sin)$/.test(previous) && isName(last)
    const next = tokens[index + 1]
    const leads =
      next?.before === 'none' &&
      isName(next.word) &&
      /^(?:an?|the|of|some|any|\d+|one|two|three|four|five|six|those|these)$/.test(previous)
    return tied || leads ? [raw] : []
  })
}
