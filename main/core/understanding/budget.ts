import type { Entities } from './entities.ts'
import { units } from './lexicon/words.ts'
import type { Token } from './normalise.ts'
import { articles, decimalOf, notPieces, numberOf } from './numbers.ts'

const currencyWords =
  /^(?:€|£|\$|euros|euro|eur|pesos|peso|libras|pounds|pound|quid|dolares|dollars|bucks|gbp|cop|mxn|ars|lucas)$/

function amountAt(tokens: readonly Token[], index: number): { value: number; next: number } | null {
  let at = index
  if (/^[€£$]$/.test(tokens[at]?.word ?? '')) at++
  const value = decimalOf(tokens[at]?.word ?? '')
  if (value === null) return null
  at++
  let scaled = value
  if (/^(?:mil|k|lucas|thousand)$/.test(tokens[at]?.word ?? '')) {
    scaled *= 1000
    at++
  }
  if (currencyWords.test(tokens[at]?.word ?? '')) at++
  return { value: scaled, next: at }
}

const maxWords = [
  ['menos', 'de'],
  ['por', 'menos', 'de'],
  ['no', 'mas', 'de'],
  ['maximo'],
  ['como', 'maximo'],
  ['hasta'],
  ['bajo'],
  ['under'],
  ['below'],
  ['less', 'than'],
  ['up', 'to'],
  ['no', 'more', 'than'],
  ['max'],
  ['maximum'],
  ['within'],
  ['presupuesto', 'de'],
  ['presupuesto'],
  ['budget', 'of'],
  ['budget', 'is'],
  ['tengo'],
  ['cheaper', 'than'],
  ['que', 'no', 'pase', 'de'],
  ['que', 'no', 'pasen', 'de'],
  ['que', 'no', 'supere'],
  ['inferior', 'a'],
  ['por', 'debajo', 'de'],
  ['unos'],
  ['unas'],
  ['como'],
  ['sobre'],
  ['alrededor', 'de'],
  ['cerca', 'de'],
  ['mas', 'o', 'menos'],
  ['aproximadamente'],
  ['around'],
  ['about'],
  ['roughly'],
  ['approximately'],
  ['algo', 'de'],
  ['regalo', 'de'],
  ['presupuesto', 'es', 'de'],
  ['presupuesto', 'es'],
  ['gastar'],
  ['gastarme'],
  ['gastar', 'unos'],
  ['gastarme', 'unos'],
  ['spend'],
  ['spend', 'about'],
  ['spend', 'around'],
  ['have', 'about'],
  ['i', 'have'],
]
/** Bounds that are told of money only: without a currency beside the figure they count pieces. */
const approximate =
  /^(?:tengo|desde|from|unos|unas|como|sobre|alrededor|cerca|mas|aproximadamente|around|about|roughly|approximately|algo|regalo|gastar|gastarme|spend|have|i)$/
const trailingMax = [
  ['o', 'menos'],
  ['como', 'mucho'],
  ['como', 'maximo'],
  ['maximo'],
  ['max'],
  ['tope'],
  ['a', 'lo', 'mucho'],
  ['or', 'less'],
  ['or', 'under'],
  ['maximum'],
  ['tops'],
  ['at', 'most'],
]
const minWords = [
  ['mas', 'de'],
  ['desde'],
  ['minimo'],
  ['over'],
  ['more', 'than'],
  ['above'],
  ['at', 'least'],
  ['from'],
  ['a', 'partir', 'de'],
]

function startsWith(tokens: readonly Token[], index: number, words: readonly string[]): boolean {
  return words.every((word, offset) => tokens[index + offset]?.word === word)
}

/** Limits of price in the words between two token indices; marks the tokens it used. */
export function findBudget(
  tokens: readonly Token[],
  from: number,
  to: number,
  used: Set<number>,
): Entities['budget'] {
  for (let index = from; index < to; index++) {
    const between = ['entre', 'between'].includes(tokens[index]?.word ?? '')
    if (between) {
      const low = amountAt(tokens, index + 1)
      const high =
        low !== null && ['y', 'and'].includes(tokens[low.next]?.word ?? '')
          ? amountAt(tokens, low.next + 1)
          : null
      if (low !== null && high !== null) {
        for (let at = index; at < high.next; at++) used.add(at)
        return { min: low.value, max: high.value }
      }
    }
    // "25 euros como mucho"
    const stated = amountAt(tokens, index)
    if (stated !== null && stated.next <= to && stated.next > index + 1) {
      const bound = trailingMax.find((words) => startsWith(tokens, stated.next, words))
      if (bound !== undefined) {
        for (let at = index; at < stated.next + bound.length; at++) used.add(at)
        return { min: null, max: stated.value }
      }
    }
    for (const [words, bound] of [
      ...maxWords.map((list) => [list, 'max'] as const),
      ...minWords.map((list) => [list, 'min'] as const),
    ]) {
      if (!startsWith(tokens, index, words)) continue
      const amount = amountAt(tokens, index + words.length)
      if (amount === null || amount.next > to) continue
      const bare =
        numberOf(tokens[index + words.length]?.word ?? '') !== null &&
        articles.has(tokens[index + words.length]?.word ?? '')
      const money =
        currencyWords.test(tokens[amount.next - 1]?.word ?? '') ||
        /^[€£$]$/.test(tokens[index + words.length]?.word ?? '')
      // "tengo 20", "desde 2", "hasta un" speak of money only with a currency beside them.
      if (
        bare ||
        (!money &&
          /^(?:tengo|desde|from|hasta|minimo|bajo|within|over|max|maximo)$/.test(words[0] ?? '') &&
          amount.value < 5)
      )
        continue
      // "algo de 15 mil"
      const thousands =
        /^(?:mil|k|lucas)$/.test(tokens[amount.next - 1]?.word ?? '') &&
        (amount.next >= to || amount.next >= tokens.length)
      if (
        !money &&
        !thousands &&
        approximate.test(words[0] ?? '') &&
        !(words[0] === 'mas' && words[1] === 'de')
      )
        continue
      if (
        notPieces.test(tokens[amount.next]?.word ?? '') ||
        Object.hasOwn(units, tokens[amount.next]?.word ?? '')
      )
        continue
      for (let at = index; at < amount.next; at++) used.add(at)
      return bound === 'max' ? { min: null, max: amount.value } : { min: amount.value, max: null }
    }
  }
  return null
}
