import { fold } from './normalise.ts'

/** Rows of keys over which a bored hand runs. */
const keyRows = ['qwertyuiop', 'asdfghjklñ', 'zxcvbnm', 'poiuytrewq', 'lkjhgfdsa', 'mnbvcxz']

function runsOverKeys(word: string): boolean {
  return keyRows.some((row) => {
    for (let at = 0; at + 4 <= row.length; at++) if (word.includes(row.slice(at, at + 4))) return true
    return false
  })
}

/**
 * Whether a word can be one of Spanish, English or a brand. Short ones, those with figures and those in capitals
 * always can; of the others their letters must be such as can be spoken.
 */
export function isPlausibleWord(raw: string): boolean {
  const word = fold(raw)
  if (/\d/.test(word)) return word.length <= 12
  if (!/^\p{L}/u.test(word)) return false
  if (/[^a-z'-]/.test(word)) return true
  if (runsOverKeys(word)) return false
  if (word.length <= 4) return word.length > 1
  if (word.length > 26) return false
  if (/(.)\1{3}/.test(word) || /(..+)\1{2}/.test(word)) return false
  if (/^[^aeiouy'-]{3}/.test(word) && !/^(?:s[cpt][hlr]|s[chp]r|[cpt]hr|chl|phl|psy|mcd?|dr)/.test(word))
    return false
  if (/[^aeiouy'-]{5}/.test(word) && !/(?:ngths|chts|tsch|ghtl|rths)/.test(word)) return false
  if (/[aeiou]{4}/.test(word) && !/(?:ueue|uaia|eiou)/.test(word.slice(0, 6))) return false
  if (!/[aeiouy]/.test(word)) return false
  return !/q(?!u)(?!$)|[jqvx]{2}|[zx][bcdfgjklmnpqrstvwx]{2}/.test(word)
}
