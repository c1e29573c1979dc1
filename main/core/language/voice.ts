import type { FormOfAddress, Language } from '../engines/engine.ts'
import { englishTexts } from './en.ts'
import { spanishTexts } from './es.ts'
import { nounForm } from './noun.ts'
import type { TextKey } from './texts.ts'

/** Speaks to one customer: language, form of address and a seed that varies the wording without chance. */
export interface Voice {
  language: Language
  formOfAddress: FormOfAddress
  /** The same seed gives the same wording; take the turn's id. */
  seed: string
}

export type TextValues = Readonly<Record<string, string | number>>

/** 32-bit FNV-1a. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 0x01000193)
  }
  return value >>> 0
}

/** The name without the number of its line. */
function headOf(name: string | number | undefined): string {
  return String(name ?? '').replace(/^\d+\.\s*/, '')
}

const formIndex = { tu: 0, usted: 1, vos: 2 } as const

/** Writes a text: chooses a wording, then the form of address in `[tú|usted|vos]`, then fills `{values}` in. */
export function say(voice: Voice, key: TextKey, values: TextValues = {}): string {
  const wordings = voice.language === 'es' ? spanishTexts[key] : englishTexts[key]
  const wording = wordings[hash(`${voice.seed}:${key}`) % wordings.length] ?? ''
  return wording
    .replace(
      /\[([^\][|]*)\|([^\][|]*)\|([^\][|]*)\]/g,
      (_, ...forms: string[]) => forms[formIndex[voice.formOfAddress]] ?? '',
    )
    .replace(
      /<([^<>|]*)\|([^<>|]*)\|([^<>|]*)\|([^<>|]*)>/g,
      (_, ...forms: string[]) => forms[nounForm(headOf(values.name))] ?? '',
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return value === undefined ? whole : String(value)
    })
}

/** "S, M y L" · "S, M and L" · with `or`: "S, M o L". */
export function enumerate(voice: Voice, items: readonly string[], link: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items[0] ?? ''
  const last = items.at(-1) ?? ''
  const spanish = link === 'and' ? (/^h?i(?!e)/i.test(last) ? 'e' : 'y') : /^h?o/i.test(last) ? 'u' : 'o'
  const word = voice.language === 'es' ? spanish : link
  return `${items.slice(0, -1).join(', ')} ${word} ${last}`
}
