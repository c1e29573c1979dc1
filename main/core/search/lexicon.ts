import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { base, stemOfBase, words } from './text.ts'

/**
 * What a group of words stands for. `thing`: what a shop sells; `quality`: colour, material, size, for whom;
 * `use`: a wish or situation that several things answer.
 */
export type ConceptKind = 'thing' | 'quality' | 'use'

export interface Concept {
  readonly id: number
  readonly key: string
  readonly kind: ConceptKind
  /** All wider concepts, the direct ones first. */
  readonly ancestors: readonly number[]
}

/** Words between which a phrase may be broken, and words of chat that say nothing about the goods. */
export interface StopWords {
  readonly grammar: ReadonlySet<string>
  readonly chat: ReadonlySet<string>
  /** Words of everyday language: never taken for a slip of the pen, and of little weight where the catalog lacks them. */
  readonly common: ReadonlySet<string>
}

const groupsFile = z.object({ kind: z.enum(['thing', 'quality', 'use']), groups: z.array(z.string()) })
const stopWordsFile = z.object({ grammar: z.string(), chat: z.string(), common: z.string() })

/** A match of a lexicon phrase: `length` words from where it was looked for. */
export interface PhraseMatch {
  concepts: readonly number[]
  length: number
  /** The phrase is English and not Spanish too: its last noun is what it is about. */
  english: boolean
}

const LONGEST_PHRASE = 5

/**
 * The shipped vocabulary: concept groups of Spanish (with the words of its regions) and English, read from JSON.
 * A group is `spanish, … | english, … | wider, …`; in a file of uses the third part lists the things that serve it.
 */
export class Lexicon {
  readonly concepts: readonly Concept[]
  readonly stopWords: StopWords
  /** Changes with the data, so that an index built with other data is noticed. */
  readonly version: string
  readonly #byBase = new Map<string, number[]>()
  readonly #byGender = new Map<string, number[]>()
  readonly #english = new Set<string>()
  readonly #spanish = new Set<string>()
  readonly #knownStems = new Set<string>()
  readonly #spellings = new Set<string>()
  readonly #commonBases: ReadonlySet<string>
  readonly #words: string[][] = []

  private constructor(
    concepts: Concept[],
    phrases: readonly Phrase[],
    stopWords: StopWords,
    version: string,
  ) {
    this.concepts = concepts
    this.stopWords = stopWords
    this.version = version
    this.#commonBases = new Set([...stopWords.common].map(base))
    for (const { text, concept, english } of phrases) this.#learn(text, concept, english)
  }

  /** Reads every `*.json` in `folder`. Throws when a file does not have the documented shape or names an unknown group. */
  static read(folder: string): Lexicon {
    const hash = createHash('sha256')
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
    const groups: Group[] = []
    let stopWords: StopWords = { grammar: new Set(), chat: new Set(), common: new Set() }
    for (const name of files) {
      const source = readFileSync(join(folder, name), 'utf8')
      hash.update(source)
      const json: unknown = JSON.parse(source)
      if (name === 'stopwords.json') {
        const { grammar, chat, common } = stopWordsFile.parse(json)
        stopWords = {
          grammar: new Set(words(grammar)),
          chat: new Set(words(chat)),
          common: new Set(words(common)),
        }
      } else {
        const { kind, groups: lines } = groupsFile.parse(json)
        for (const line of lines) groups.push(parseGroup(line, kind, name))
      }
    }
    const phrases: Phrase[] = []
    groups.forEach((group, id) => {
      group.phrases.forEach((text, at) => {
        phrases.push({ text, concept: id, english: at >= group.spanish })
      })
    })
    return new Lexicon(link(groups), phrases, stopWords, hash.digest('hex').slice(0, 16))
  }

  /** Whether a word occurs in any phrase. */
  knows(word: string): boolean {
    return (
      this.#knownStems.has(stemOfBase(base(word))) ||
      this.stopWords.chat.has(word) ||
      this.stopWords.common.has(word) ||
      this.stopWords.grammar.has(word)
    )
  }

  /** Stems of the single words of a concept, for a search that knows no concepts. */
  wordsOf(id: number): readonly string[] {
    return this.#words[id] ?? []
  }

  /** Whether the base of a word is everyday language. */
  isCommon(wordBase: string): boolean {
    return this.#commonBases.has(wordBase)
  }

  /** Every word of the vocabulary as it is spelt, folded. */
  spellings(): Iterable<string> {
    return this.#spellings
  }

  concept(id: number): Concept | undefined {
    return this.concepts[id]
  }

  /** The longest phrase that starts at `start` of a list of bases; a form that keeps its gender goes before one that does not. */
  matchAt(bases: readonly string[], start: number): PhraseMatch | null {
    for (let length = Math.min(LONGEST_PHRASE, bases.length - start); length > 0; length--) {
      const phrase = bases.slice(start, start + length)
      const concepts =
        this.#byBase.get(phrase.join(' ')) ?? this.#byGender.get(phrase.map(genderless).join(' '))
      if (concepts !== undefined) return { concepts, length, english: this.#isEnglish(phrase) }
    }
    return null
  }

  #isEnglish(phrase: readonly string[]): boolean {
    const key = phrase.join(' ')
    return this.#english.has(key) && !this.#spanish.has(key)
  }

  #learn(phrase: string, concept: number, english: boolean): void {
    const all = words(phrase)
    const content = all.filter((word) => !this.stopWords.grammar.has(word))
    const kept = content.length === 0 ? all : content
    const bases = kept.map(base)
    add(this.#byBase, bases.join(' '), concept)
    add(this.#byGender, bases.map(genderless).join(' '), concept)
    if (english) this.#english.add(bases.join(' '))
    else this.#spanish.add(bases.join(' '))
    const only = kept.length === 1 ? kept[0] : undefined
    if (only !== undefined) this.#words[concept] = [...this.wordsOf(concept), stemOfBase(base(only))]
    for (const word of kept) {
      this.#spellings.add(word)
      this.#knownStems.add(stemOfBase(base(word)))
    }
  }
}

interface Phrase {
  text: string
  concept: number
  english: boolean
}

interface Group {
  /** How many of the phrases are Spanish; the rest is English. */
  spanish: number
  key: string
  kind: ConceptKind
  phrases: string[]
  links: string[]
  file: string
}

function parseGroup(line: string, kind: ConceptKind, file: string): Group {
  const [spanish = '', english = '', links = ''] = line.split('|')
  const list = (part: string) =>
    part
      .split(',')
      .map((term) => term.trim())
      .filter((term) => term !== '')
  const phrases = [...list(spanish), ...list(english)]
  const key = phrases[0]
  if (key === undefined) throw new Error(`${file}: a group without terms`)
  return {
    spanish: list(spanish).length,
    key,
    kind,
    phrases: phrases.map((phrase) => phrase.replace(/#\d+$/, '')),
    links: list(links),
    file,
  }
}

function link(groups: readonly Group[]): Concept[] {
  const ids = new Map<string, number>()
  groups.forEach((group, id) => {
    if (ids.has(group.key)) throw new Error(`${group.file}: two groups are called "${group.key}"`)
    ids.set(group.key, id)
  })
  const parents: number[][] = groups.map(() => [])
  groups.forEach((group, id) => {
    for (const name of group.links) {
      const other = ids.get(name)
      if (other === undefined)
        throw new Error(`${group.file}: "${group.key}" names the unknown group "${name}"`)
      if (group.kind === 'use') parents[other]?.push(id)
      else parents[id]?.push(other)
    }
  })
  return groups.map((group, id) => ({
    id,
    key: group.key,
    kind: group.kind,
    ancestors: ancestorsOf(id, parents),
  }))
}

function ancestorsOf(id: number, parents: readonly (readonly number[])[]): number[] {
  const found = new Set<number>()
  const queue = [...(parents[id] ?? [])]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === id || found.has(next)) continue
    found.add(next)
    queue.push(...(parents[next] ?? []))
  }
  return [...found]
}

/** `rojo` and `roja`, `lector` and `lectora` fall together; `lento` and `lente` do not. */
function genderless(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  if (/(?:or|on|es)a$/.test(word)) return word.slice(0, -1)
  return /[ao]$/.test(word) ? `${word.slice(0, -1)}~` : word
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else if (!list.includes(value)) list.push(value)
}

/** The vocabulary is the same for every shop of the process. */
const lexicons = new Map<string, Lexicon>()

export function lexiconOf(folder: string): Lexicon {
  const known = lexicons.get(folder) ?? Lexicon.read(folder)
  lexicons.set(folder, known)
  return known
}
