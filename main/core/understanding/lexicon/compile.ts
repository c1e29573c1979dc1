import type { Intent } from '../intents.ts'
import type { Token } from '../normalise.ts'
import { fold, soundKey, typoDistance } from '../normalise.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import type { Lexicon } from './pattern.ts'
import { colours, englishStopWords, knownWords, sizes, spanishStopWords } from './words.ts'

/** Words of the text that spoke for an intent. */
export interface Feature {
  intent: Intent
  weight: number
  /** Indices of the first token and after the last one. */
  from: number
  to: number
  /** The tokens themselves, without those a gap skipped. */
  tokens: number[]
  idiom: boolean
  language: 'es' | 'en'
}

interface Slot {
  words: ReadonlySet<string> | null
  prefixes: readonly string[]
  optional: boolean
}

interface Pattern {
  intent: Intent
  weight: number
  idiom: boolean
  language: 'es' | 'en'
  /** null is a gap. */
  slots: (Slot | null)[]
}

function slotOf(word: string, groups: Readonly<Record<string, string>>): Slot | null {
  if (word === '_') return null
  const optional = word.endsWith('?')
  const alternatives = word
    .replace(/\?/g, '')
    .split('|')
    .flatMap((part) => (part.startsWith('<') ? (groups[part.slice(1, -1)] ?? '').split('|') : [part]))
    .filter((part) => part !== '')
  return {
    words: new Set(alternatives.filter((part) => !part.endsWith('*'))),
    prefixes: alternatives.filter((part) => part.endsWith('*')).map((part) => part.slice(0, -1)),
    optional,
  }
}

function compile(lexicon: Lexicon, language: 'es' | 'en'): Pattern[] {
  return lexicon.entries.flatMap((entry) =>
    fold(entry.phrases)
      .split(';')
      .map((phrase) => phrase.trim())
      .filter((phrase) => phrase !== '')
      .map((phrase) => ({
        intent: entry.intent,
        weight: entry.weight,
        idiom: entry.idiom ?? false,
        language,
        slots: phrase.split(/\s+/).map((word) => slotOf(word, lexicon.groups)),
      })),
  )
}

const patterns = [...compile(spanish, 'es'), ...compile(english, 'en')]
const byFirstWord = new Map<string, Pattern[]>()
const byPrefix: { prefix: string; pattern: Pattern }[] = []
const vocabulary = new Set<string>()
const spoken: Record<'es' | 'en', Set<string>> = { es: new Set(), en: new Set() }
for (const pattern of patterns) {
  const first = pattern.slots[0]
  for (const slot of pattern.slots)
    for (const word of slot?.words ?? []) {
      vocabulary.add(word)
      spoken[pattern.language].add(word)
    }
  if (first === null || first === undefined) continue
  for (const word of first.words ?? []) {
    const list = byFirstWord.get(word)
    if (list === undefined) byFirstWord.set(word, [pattern])
    else list.push(pattern)
  }
  for (const prefix of first.prefixes) byPrefix.push({ prefix, pattern })
}

/** Known words by how they sound and by their first sound. */
interface Spelling {
  bySound: ReadonlyMap<string, string>
  byInitial: ReadonlyMap<string, readonly string[]>
}

function spellingOf(words: ReadonlySet<string>): Spelling {
  const bySound = new Map<string, string>()
  const byInitial = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < 4 || /\d/.test(word)) continue
    const key = soundKey(word)
    if (!bySound.has(key)) bySound.set(key, word)
    const list = byInitial.get(key[0] ?? '')
    if (list === undefined) byInitial.set(key[0] ?? '', [word])
    else list.push(word)
  }
  return { bySound, byInitial }
}

const spellings = { es: spellingOf(spoken.es), en: spellingOf(spoken.en), both: spellingOf(vocabulary) }

const optionWords = new Set([...Object.values(colours), ...Object.values(sizes)].flat())

function isOptionWord(word: string): boolean {
  return optionWords.has(word) || optionWords.has(word.replace(/s$/, ''))
}

const corrections = new Map<string, string | null>()

/** The known word of a language, or of both, that `word` is probably a misspelling of, or null. Remembers what it found. */
export function correct(word: string, language: 'es' | 'en' | null = null): string | null {
  if (
    word.length < 3 ||
    /\d/.test(word) ||
    vocabulary.has(word) ||
    spanishStopWords.has(word) ||
    englishStopWords.has(word) ||
    knownWords.has(word) ||
    isOptionWord(word)
  )
    return null
  const name = language ?? 'both'
  const remembered = corrections.get(`${name} ${word}`)
  if (remembered !== undefined) return remembered
  const key = soundKey(word)
  const { bySound, byInitial } = spellings[name]
  let found = bySound.get(key) ?? null
  if (found === null && word.length >= 5) {
    const limit = word.length >= 9 ? 2 : 1
    let best = limit + 1
    for (const candidate of byInitial.get(key[0] ?? '') ?? []) {
      if (candidate.length < 5) continue
      // Another ending of a known word is another word ("colores", "marcas"), not a typo.
      const distance = typoDistance(word, candidate, limit)
      // In short words another letter makes another word: "rojas", "rotas".
      if (word.length === 5 && candidate.length === 5 && distance === 1 && !isSwap(word, candidate)) continue
      if (distance < best && !isInflection(word, candidate)) {
        best = distance
        found = candidate
      }
    }
  }
  if (corrections.size > 20_000) corrections.clear()
  corrections.set(`${name} ${word}`, found)
  return found
}

function isSwap(word: string, known: string): boolean {
  return [...word].sort().join('') === [...known].sort().join('')
}

function isInflection(word: string, known: string): boolean {
  // "plazas" is no "plazos"
  const stem = (text: string) => text.replace(/[aoe]s?$/, '')
  if (stem(word) === stem(known)) return true
  const shorter = Math.min(word.length, known.length)
  return (
    word.slice(0, shorter - 1) === known.slice(0, shorter - 1) &&
    /^(?:s|es|[aoe]s?)$/.test(word.slice(shorter - 1))
  )
}

function fits(slot: Slot, token: Token): boolean {
  if (slot.words?.has(token.word)) return true
  if (token.fixed !== null && slot.words?.has(token.fixed)) return true
  return slot.prefixes.some((prefix) => token.word.startsWith(prefix) || token.fixed?.startsWith(prefix))
}

/** Token indices that the pattern takes from `start`, null when it does not fit there. Never crosses the end of a sentence. */
function matchAt(pattern: Pattern, tokens: readonly Token[], start: number): number[] | null {
  const walk = (slot: number, index: number, taken: number[]): number[] | null => {
    if (slot === pattern.slots.length) return taken
    const expected = pattern.slots[slot]
    const token = tokens[index]
    if (expected === null) {
      for (let skip = 0; skip <= 2; skip++) {
        // words that a comma parts belong to different thoughts
        if (tokens[index + skip]?.before !== 'none') break
        const found = walk(slot + 1, index + skip, taken)
        if (found !== null) return found
      }
      return null
    }
    if (expected === undefined) return null
    if (token !== undefined && !(index > start && token.before === 'hard') && fits(expected, token)) {
      const found = walk(slot + 1, index + 1, [...taken, index])
      if (found !== null) return found
    }
    return expected.optional ? walk(slot + 1, index, taken) : null
  }
  return walk(0, start, [])
}

const grave: ReadonlySet<Intent> = new Set<Intent>(['complaint', 'human', 'injection'])

/** Every feature of the lexicon found in the tokens, the longest for each intent at each place. */
export function findFeatures(tokens: readonly Token[]): Feature[] {
  const found: Feature[] = []
  tokens.forEach((token, index) => {
    const candidates = new Set<Pattern>(byFirstWord.get(token.word) ?? [])
    if (token.fixed !== null)
      for (const pattern of byFirstWord.get(token.fixed) ?? []) candidates.add(pattern)
    for (const { prefix, pattern } of byPrefix) if (token.word.startsWith(prefix)) candidates.add(pattern)
    for (const pattern of candidates) {
      const taken = matchAt(pattern, tokens, index)
      if (taken === null) continue
      // Trouble is not read into a short word that is spelt otherwise.
      if (
        grave.has(pattern.intent) &&
        taken.some((at) => tokens[at]?.fixed != null && (tokens[at]?.word.length ?? 0) < 7)
      )
        continue
      const to = (taken.at(-1) ?? index) + 1
      // A longer phrase says more than its words one by one.
      const weight =
        pattern.weight +
        Math.min(2, (taken.length - 1) * 0.5) -
        (taken.some((at) => tokens[at]?.fixed !== null) ? 0.5 : 0)
      found.push({
        intent: pattern.intent,
        weight,
        from: index,
        to,
        tokens: taken,
        idiom: pattern.idiom,
        language: pattern.language,
      })
    }
  })
  const idiomatic = new Set(found.filter((feature) => feature.idiom).flatMap((feature) => feature.tokens))
  const free = found.filter((feature) => feature.idiom || !feature.tokens.every((at) => idiomatic.has(at)))
  return free.filter(
    (feature) =>
      !free.some(
        (other) =>
          other !== feature &&
          other.intent === feature.intent &&
          other.tokens.length > feature.tokens.length &&
          other.weight >= feature.weight &&
          feature.tokens.every((at) => other.tokens.includes(at)),
      ),
  )
}
