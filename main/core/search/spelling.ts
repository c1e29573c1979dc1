import { distance } from 'fastest-levenshtein'
import { stem } from './text.ts'

interface Candidate {
  word: string
  sound: string
  /** In how many documents of the catalog it occurs; 0 for a word of the lexicon only. */
  count: number
}

/**
 * Corrections for words that neither the catalog nor the lexicon knows. Candidates are compared by how they are
 * written and how they sound in Spanish (`biveron` → `biberón`, `idratante` → `hidratante`).
 */
export class Spelling {
  readonly #bySound = new Map<string, Candidate[]>()
  readonly #known = new Map<string, Candidate>()

  add(word: string, count: number): void {
    if (word.length < 4 || /\d/.test(word)) return
    const before = this.#known.get(word)
    if (before !== undefined) {
      before.count += count
      return
    }
    const candidate = { word, sound: soundOf(word), count }
    this.#known.set(word, candidate)
    for (const key of keysOf(candidate.sound)) {
      const list = this.#bySound.get(key)
      if (list === undefined) this.#bySound.set(key, [candidate])
      else list.push(candidate)
    }
  }

  /** The most likely word meant, or null when nothing is near enough. */
  correct(word: string): string | null {
    const sound = soundOf(word)
    const wordStem = stem(word)
    const allowed = word.length >= 8 ? 2 : 1
    let best: Candidate | null = null
    let bestCost = Number.POSITIVE_INFINITY
    const tried = new Set<Candidate>()
    for (const key of keysOf(sound)) {
      for (const length of [-2, -1, 0, 1, 2]) {
        for (const candidate of this.#bySound.get(shift(key, length)) ?? []) {
          if (tried.has(candidate)) continue
          tried.add(candidate)
          const cost = costOf(word, sound, wordStem, candidate, allowed)
          if (cost < bestCost) {
            best = candidate
            bestCost = cost
          }
        }
      }
    }
    return best === null ? null : best.word
  }
}

function costOf(
  word: string,
  sound: string,
  wordStem: string,
  candidate: Candidate,
  allowed: number,
): number {
  const written = transposed(word, candidate.word) ? 0.8 : distance(word, candidate.word)
  const heard =
    candidate.sound === sound
      ? 0.4
      : 0.5 + (transposed(sound, candidate.sound) ? 0.8 : distance(sound, candidate.sound))
  const stems =
    candidate.word.length > 5 && word.length > 5
      ? distance(wordStem, stem(candidate.word)) + 0.2
      : Number.POSITIVE_INFINITY
  const edits = Math.min(written, heard, stems)
  // A short word says too little to be guessed at: only a swap, the same sound, or one letter more or less.
  const short = word.length <= 4 && edits >= 1 && candidate.word.length === word.length
  if (short || edits > allowed + 0.3 || written > allowed + 1) return Number.POSITIVE_INFINITY
  return (
    edits + written * 0.1 - (candidate.count > 0 ? 0.3 : 0) - Math.min(0.2, Math.log1p(candidate.count) / 50)
  )
}

/** Two neighbouring letters changed places. */
function transposed(left: string, right: string): boolean {
  if (left.length !== right.length) return false
  let at = 0
  while (at < left.length && left[at] === right[at]) at++
  return (
    left[at] === right[at + 1] && left[at + 1] === right[at] && left.slice(at + 2) === right.slice(at + 2)
  )
}

/** How a word sounds, roughly: no h, b = v, s = z = soft c, ll = y, qu = k, no doubled letters. */
export function soundOf(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/sh|ch/g, 'x')
    .replace(/h/g, '')
    .replace(/v/g, 'b')
    .replace(/ll|y/g, 'i')
    .replace(/c(?=[ei])|z/g, 's')
    .replace(/qu(?=[ei])|[cq]/g, 'k')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/gu(?=[ei])/g, 'g')
    .replace(/w/g, 'u')
    .replace(/(.)\1+/g, '$1')
}

/** Keys under which a word is looked up: its length with its first and with its last two sounds; one slip spoils only one of them. */
function keysOf(sound: string): string[] {
  return [`${sound.length}<${sound.slice(0, 2)}`, `${sound.length}>${sound.slice(-3, -1)}`]
}

function shift(key: string, by: number): string {
  const at = key.search(/[<>]/)
  return `${Number(key.slice(0, at)) + by}${key.slice(at)}`
}
