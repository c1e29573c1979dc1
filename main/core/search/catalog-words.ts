import type { Lexicon } from './lexicon.ts'
import { type AnalysedQuery, analyseQuery, type SynonymGroups } from './query.ts'
import { Slices } from './slices.ts'
import { Spelling } from './spelling.ts'
import { Vocabulary } from './vocabulary.ts'

/** Reads queries with the words of the shipped vocabulary and of one catalog. */
export class CatalogWords {
  readonly #lexicon: Lexicon
  readonly #synonyms: () => SynonymGroups
  #vocabulary = new Vocabulary()
  #spelling = new Spelling()
  #groups: SynonymGroups | null = null

  constructor(lexicon: Lexicon, synonyms: () => SynonymGroups) {
    this.#lexicon = lexicon
    this.#synonyms = synonyms
  }

  analyse(text: string): AnalysedQuery {
    this.#groups ??= this.#synonyms()
    return analyseQuery(text, {
      lexicon: this.#lexicon,
      vocabulary: this.#vocabulary,
      spelling: this.#spelling,
      synonyms: this.#groups,
    })
  }

  /** The shop's own groups have changed. */
  forgetSynonyms(): void {
    this.#groups = null
  }

  /** A word that a product has brought. */
  add(word: string): void {
    this.#spelling.add(word, 1)
  }

  /** Takes the words of the whole catalog in place of those before. */
  async learn(vocabulary: Vocabulary): Promise<void> {
    const spelling = new Spelling()
    const slices = new Slices()
    for (const word of this.#lexicon.spellings()) {
      spelling.add(word, 0)
      await slices.breathe()
    }
    for (const [word, count] of vocabulary.spellings) {
      spelling.add(word, count)
      await slices.breathe()
    }
    this.#vocabulary = vocabulary
    this.#spelling = spelling
  }
}
