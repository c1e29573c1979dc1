import { colours, sizes } from './lexicon/words.ts'
import { stem } from './normalise.ts'

/** Names of sizes and colours, however they are inflected. */

const names = new Set(
  [
    ...Object.values(colours).flat(),
    'xs',
    's',
    'm',
    'l',
    'xl',
    'xxl',
    'xxxl',
    '2xl',
    '3xl',
    ...Object.values(sizes).flat(),
  ].filter((word) => !['big', 'cafe', 'cafes'].includes(word)),
)

/** A word without its plural and diminutive endings: "grises" → "gris", "blanquitas" → "blanca", "reds" → "red". */
export function baseForms(word: string): string[] {
  if (word.length <= 3) return [word]
  const forms = [word, word.replace(/s$/, ''), word.replace(/es$/, '')]
  const small = /^(.{3,}?)(qu|c|)it([oa])s?$/.exec(word)
  if (small !== null) {
    const [, root = '', link = '', ending = ''] = small
    forms.push(`${root}${link === 'qu' ? 'c' : link}${ending}`, `${root}${ending}`, root, `${root}e`)
  }
  return [...new Set(forms)]
}

/** Whether a word names a size or a colour by itself; not so in its plurals. */
export function isOptionName(word: string): boolean {
  return names.has(word)
}

/** Whether a word names a size or a colour. */
export function isOption(word: string): boolean {
  return baseForms(word).some((form) => names.has(form))
}

/** Whether two words name the same option value: same word, same stem, same colour, size or measure in either language. */
export function sameOption(left: string, right: string): boolean {
  if (left === right || (left.length > 3 && stem(left) === stem(right))) return true
  const mine = baseForms(left)
  const theirs = baseForms(right)
  const inGroup = (group: readonly string[], forms: readonly string[]) =>
    forms.some((form) => group.includes(form))
  for (const group of Object.values(colours)) if (inGroup(group, mine) && inGroup(group, theirs)) return true
  return theirs.some((form) => {
    const group = sizes[form]
    return group !== undefined && inGroup(group, mine)
  })
}

/** What things are sold in: it says how they come, not what they are. */
export const container =
  /^(?:cajas?|cajitas?|paquetes?|bolsas?|bolsitas?|frascos?|tarros?|botes?|botellas?|latas?|packs?|packets?|box(?:es)?|bags?|jars?|bottles?|tins?)$/
