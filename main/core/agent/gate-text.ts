import { digitsForWords } from './gate-numbers.ts'

/** A sentence or list line of a reply. */
export interface Sentence {
  /** As written, without markup. */
  raw: string
  /** Folded, numbers in words as digits: what the readers of claims look at. */
  text: string
  question: boolean
  /** Index of its line in the reply. */
  line: number
  listItem: boolean
}

/** Invisible characters and markup gone, wide and foreign digits as ASCII, one kind of space and apostrophe. */
export function plain(text: string): string {
  return text
    .replace(/\bn\s?\.?\s?[º°]\s?/gi, 'num ')
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/\p{Cf}|\p{Variation_Selector}|\u115f|\u1160|\u2800|\u3164/gu, '')
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/[*_`~]+/g, '')
    .replace(/[’‘´]/g, "'")
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?<=\d)[oOоО](?=[\d.,]*\s?[€$£%]|\d|[.,]\d|\s(?:euro|peso|d[oó]lar|pound|sol))/g, '0')
    .replace(/(?<=[\d€$£])[lI|](?=[\d.,])|(?<![\p{L}\d])[lI](?=[\d.,]+\s?[€$£])/gu, '1')
}

/** Value of a decimal digit of any script: their blocks start at a multiple of ten digits. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 48
  if (code < 128) return code - 48
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return (code - zero) % 10
}

/** Lower case without accents, numbers in words as digits; other signs stay. */
export function canonical(text: string): string {
  // "té" would fold into the pronoun "te".
  const tea = plain(text).replace(/(?<!\p{L})[tT][éÉ]s?(?!\p{L})/gu, 'tee')
  const folded = tea.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return halves(digitsForWords(folded.replace(spelled, (letters) => joinedNumber(letters))))
}

/** "18 lucas y media" is 18500. */
function halves(text: string): string {
  return text.replace(/\b(\d{1,3}) (?:lucas?|mil) y medi[ao]\b/g, '$1500 pesos')
}

const spelled = /(?<![a-z])(?:[a-z][ .·-]){3,}[a-z](?![a-z])/g

/** "d o c e" is a number; other letters that stand apart are sizes or initials. */
function joinedNumber(letters: string): string {
  const word = letters.replace(/[^a-z]/g, '')
  return digitsForWords(word) === word ? letters : word
}

/** Divides a reply into sentences; a line never runs into the next. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = []
  const lines = plain(text).split('\n')
  for (const [line, content] of lines.entries()) {
    const listItem = /^\s*(?:[-•·▪–—+]|\d{1,2}[.)]|\p{Extended_Pictographic})/u.test(content)
    for (const raw of divide(content)) {
      const trimmed = raw.trim()
      if (trimmed === '') continue
      const text = canonical(trimmed)
      sentences.push({ raw: trimmed, text, question: /\?\W*$/.test(trimmed), line, listItem })
    }
  }
  return sentences
}

function divide(line: string): string[] {
  // A full stop ends a sentence only before a space and no digit; "c/u.", "aprox." and the like do not.
  const body = line.replace(/^\s*\d{1,2}[.)]\s+/, '')
  return body.split(
    /(?<=[!?…\p{Extended_Pictographic}]|(?<!\b(?:[Bb]s|[Aa]prox|uds?|p\.ej|art|nº|no|tel|approx|st|dr|sra?|ref))\.)\s+(?=\P{Ll}|\p{Ll}\p{Lu})|(?<=;)\s+/u,
  )
}

/** Words of a folded text. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

const empty = new Set(
  'el la los las un una unos unas de del al a en con por para y o e u que se su sus tu tus te le les lo nos es son esta este esto hay mas muy ya si no ni sin como cuando the an of in on at to for with and or is are it its this that you your we our us i be not do does have has can will from by as there here'.split(
    ' ',
  ),
)

export function isEmptyWord(word: string): boolean {
  return empty.has(word)
}

/** Words that carry meaning, cut to a stem that plural and gender endings share. */
export function contentStems(text: string): Set<string> {
  const stems = new Set<string>()
  for (const word of wordsOf(text)) {
    if (empty.has(word) || word.length < 2) continue
    stems.add(stem(word))
  }
  return stems
}

export function stem(word: string): string {
  if (/\d/.test(word) || word.length <= 3) return word
  return word
    .replace(/(?:es|s)$/, '')
    .replace(/[aoe]$/, '')
    .replace(/z$/, 'c')
}
