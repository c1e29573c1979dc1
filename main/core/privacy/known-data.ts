import type { KnownPersonalData } from '../engines/engine.ts'
import { fold } from '../understanding/normalise.ts'
import { isCommonWord } from './common-words.ts'
import type { Kind } from './placeholders.ts'
import { type Span, spansOf } from './spans.ts'

/** Finds what is known of a customer, however it is written. */
export interface KnownFinder {
  /** In the order in which stand-ins are numbered. */
  readonly values: readonly { kind: Kind; value: string }[]
  find(text: string): Span[]
}

/** Parts of names that are no name alone. */
const particle =
  /^(?:de|del|la|las|los|el|y|e|i|da|das|do|dos|di|du|van|von|der|den|mac|mc|san|santa|jr|sr|ii|iii)$/

export function knownFinder(known: KnownPersonalData): KnownFinder {
  const patterns: { pattern: RegExp; kind: Kind }[] = [
    ...known.emails.flatMap(emailPattern),
    ...known.nationalIds.flatMap(idPattern),
    ...known.phones.flatMap(phonePatterns),
    ...known.addresses.flatMap(addressPatterns),
    ...known.names.flatMap(namePatterns),
  ]
  return {
    values: [
      ...known.names.flatMap((name) =>
        [name.trim(), firstOf(name)].map((value) => ({ kind: 'NAME' as const, value })),
      ),
      ...known.phones.map((value) => ({ kind: 'PHONE' as const, value: value.trim() })),
      ...known.emails.map((value) => ({ kind: 'EMAIL' as const, value: value.trim() })),
      ...known.addresses.map((value) => ({ kind: 'ADDRESS' as const, value: value.trim() })),
      ...known.nationalIds.map((value) => ({ kind: 'ID' as const, value: value.trim() })),
    ].filter(({ value }) => value !== ''),
    find: (text) => patterns.flatMap(({ pattern, kind }) => spansOf(text, pattern, kind)),
  }
}

function firstOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? ''
}

const before = String.raw`(?<![\p{L}\p{M}\p{N}])`
const after = String.raw`(?![\p{L}\p{M}\p{N}])`

/** Words of a name that are looked for beside each other; more than names have. */
const mostNeighbours = 6

function namePatterns(name: string): { pattern: RegExp; kind: Kind }[] {
  const words =
    name
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.-]*/gu)
      ?.map((word) => word.replace(/[.'’-]+$/, '')) ?? []
  const found: string[] = []
  // The whole name, and any two and more neighbours of it. Whoever gives themselves a very long one gains nothing.
  if (words.length > mostNeighbours) found.push(words.map(loose).join(String.raw`[\s.,-]{1,3}`))
  for (let from = 0; from < words.length; from++)
    for (let to = Math.min(words.length, from + mostNeighbours); to - from >= 2; to--) {
      const part = words.slice(from, to)
      if (part.filter((word) => !particle.test(fold(word))).length >= 2)
        found.push(part.map(loose).join(String.raw`[\s.,-]{1,3}`))
    }
  const alone = words.filter((word) => isNameAlone(word))
  const patterns = [...found, ...alone.map(loose)].map((source) => ({
    pattern: new RegExp(before + source + after, 'giu'),
    kind: 'NAME' as const,
  }))
  const common = words.filter((word) => word.length > 1 && !particle.test(fold(word)) && !isNameAlone(word))
  return [...patterns, ...common.map((word) => ({ pattern: introduced(word), kind: 'NAME' as const }))]
}

function isNameAlone(word: string): boolean {
  const folded = fold(word)
  return [...word].length >= 3 && /\p{L}/u.test(word) && !particle.test(folded) && !isCommonWord(folded)
}

/** A name that is a word as well: only where somebody is addressed or introduced by it, with a capital. */
function introduced(word: string): RegExp {
  const lead =
    "(?:soy|llamo|llama|nombre(?: es)?:?|hola|gracias|buenas|adiós|señora|señor|señorita|sra\\.?|sr\\.?|doña|don|d\\.ª?|customer:|name(?: is)?:?|i am|i’m|i'm|hi|hello|hey|dear|thanks|bye|mrs?\\.?|ms\\.?|miss)"
  const capital = word.slice(0, 1).toLocaleUpperCase() + word.slice(1)
  const source = loose(capital).replace(/^\[[^\]]*\]/, firstLetter(capital))
  return new RegExp(`${before}${anyCase(lead)},?\\s{1,2}(?<value>${source})${after}`, 'gu')
}

function firstLetter(word: string): string {
  return escaped([...word][0] ?? '')
}

function anyCase(source: string): string {
  return source.replace(/(?<!\\)\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
}

/** A word with or without its accents, in one character or two. */
function loose(word: string): string {
  return [...word.normalize('NFD').replace(/\p{M}/gu, '')]
    .map((letter) => {
      const kinds = accented[letter.toLowerCase()]
      if (kinds !== undefined) return `[${kinds}${kinds.toUpperCase()}]\\p{M}{0,2}`
      return /\p{L}/u.test(letter)
        ? `${escaped(letter)}\\p{M}{0,2}`
        : /['’]/.test(letter)
          ? "['’´`]?"
          : escaped(letter)
    })
    .join('')
}

const accented: Record<string, string> = {
  a: 'aáàâäãå',
  c: 'cç',
  e: 'eéèêë',
  i: 'iíìîï',
  n: 'nñ',
  o: 'oóòôöõ',
  u: 'uúùûü',
  y: 'yýÿ',
}

function emailPattern(email: string): { pattern: RegExp; kind: Kind }[] {
  const value = email.trim()
  if (value.length < 3) return []
  return [{ pattern: new RegExp(`(?<![\\p{L}\\d])${escaped(value)}(?![\\p{L}\\d])`, 'giu'), kind: 'EMAIL' }]
}

/** Letters and digits in order, with or without marks between them. */
function idPattern(id: string): { pattern: RegExp; kind: Kind }[] {
  const signs = [...id.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')]
  if (signs.length < 4) return []
  const source = signs.map(escaped).join(String.raw`[\s./-]{0,2}`)
  return [{ pattern: new RegExp(before + source + after, 'giu'), kind: 'ID' }]
}

const between = String.raw`[\s().\-/·_\u2010-\u2015]{0,3}`

/** A phone with or without its country's code, grouped in any way. */
function phonePatterns(phone: string): { pattern: RegExp; kind: Kind }[] {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '')
  if (digits.length < 6) return []
  const forms = new Set([digits])
  for (const code of [1, 2, 3]) if (digits.length - code >= 7) forms.add(digits.slice(code))
  if (digits.startsWith('0')) forms.add(digits.slice(1))
  return [...forms].map((form) => ({
    pattern: new RegExp(
      String.raw`(?<!\d)(?:(?:\+|00)\d{1,3}${between})?(?:\(?0\)?${between})?\(?${[...form].join(between)}(?!\d)`,
      'gu',
    ),
    kind: 'PHONE' as const,
  }))
}

/** An address whole, up to its first comma, and up to its first number. */
function addressPatterns(address: string): { pattern: RegExp; kind: Kind }[] {
  const whole = address.trim()
  const line = /^[^,\n]*\d[^,\n]*(?=,)|^[^,\n]*,[^,\n]*\d+(?=,)/u.exec(whole)?.[0] ?? ''
  const street = /^\p{L}[^\d\n]*\d+[A-Za-z]?(?![\p{L}\d])/u.exec(whole)?.[0] ?? ''
  return [whole, line, street]
    .map((form) => form.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .filter((words, index) => {
      const length = words.join('').length
      const hasNumber = words.some((word) => /\d/.test(word))
      // Bare names of towns tell little, and the shop speaks of them.
      return hasNumber ? words.length >= 2 && length >= 5 : index === 0 && words.length >= 3 && length >= 10
    })
    .map((words) => ({
      pattern: new RegExp(before + words.map(loose).join(String.raw`[^\p{L}\p{N}]{0,4}`) + after, 'giu'),
      kind: 'ADDRESS' as const,
    }))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
