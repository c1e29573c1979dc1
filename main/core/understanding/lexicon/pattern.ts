import type { Intent } from '../intents.ts'

/**
 * One line of the lexicon: how strongly words speak for an intent.
 * `phrases` are separated by `;`. In a phrase `a|b` are alternatives, `word*` is any ending, `_` skips up to two words,
 * `<group>` names a list of words, a word ending in `?` may be missing. Words are folded (no accents).
 */
export interface LexiconEntry {
  intent: Intent
  weight: number
  phrases: string
  /** Its words mean nothing else: no other line may use them ("hay que" is no "hay"). */
  idiom?: boolean
}

export interface Lexicon {
  groups: Readonly<Record<string, string>>
  entries: readonly LexiconEntry[]
}
