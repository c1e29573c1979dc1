import type { Language, ShopBrief } from '../engines/engine.ts'
import { parseAmount } from '../money/parse-amount.ts'
import { fold } from '../understanding/normalise.ts'
import { classify } from '../understanding/service.ts'

/** What an owner means by a message in their chat. */
export type OwnerWord =
  | { kind: 'list' }
  | { kind: 'stop' }
  | { kind: 'help' }
  /** A picture, a voice note: nothing to read. */
  | { kind: 'wordless' }
  | { kind: 'yes' | 'no' | 'text'; text: string }
  /** `#12 sí, 25 €` */
  | { kind: 'numbered'; seq: number; text: string }

const yes =
  /^(?:si+|s|ok|oka?y|vale|claro|dale|de acuerdo|por supuesto|adelante|hazlo|anadel[oa]|guardal[oa]|si (?:claro|por favor|gracias|anadel[oa]|guardal[oa])|yes|y|yep|yeah|sure|please do|go ahead|do it|add it|keep it|yes please|👍|✅)$/
const no = /^(?:no+|n|nop|nope|no gracias|no hace falta|mejor no|no thanks|no thank you|don't|👎)$/

/** Reads a message of an owner. Greetings and thanks ask for help: they are no answers. */
export function readOwnerMessage(text: string): OwnerWord {
  const clean = text.trim()
  if (clean === '') return { kind: 'wordless' }
  const command = /^\/(\w+)/.exec(clean)?.[1]?.toLowerCase()
  if (command !== undefined) {
    if (/^(?:cards|tarjetas|preguntas|lista)$/.test(command)) return { kind: 'list' }
    return { kind: /^(?:stop|parar|salir)$/.test(command) ? 'stop' : 'help' }
  }
  const numbered = /^#\s?(\d{1,9})\b[\s:.,)–-]*([\s\S]*)$/.exec(clean)
  if (numbered !== null)
    return { kind: 'numbered', seq: Number(numbered[1]), text: (numbered[2] ?? '').trim() }
  const bare = fold(clean)
    .replace(/[.!¡,;\s]+/g, ' ')
    .trim()
  if (yes.test(bare)) return { kind: 'yes', text: clean }
  if (no.test(bare)) return { kind: 'no', text: clean }
  const courtesy = clean.length <= 40 && !/\d/.test(clean) && isCourtesy(clean)
  return courtesy ? { kind: 'help' } : { kind: 'text', text: clean }
}

function isCourtesy(text: string): boolean {
  const { class: kind, scores } = classify(text)
  if (kind === 'greeting' && Object.keys(scores).length === 1) return true
  return /^(?:(?:muchas |mil )?gracias|thanks?(?: you)?(?: so much)?|ok gracias|genial|perfecto|great|perfect)$/.test(
    fold(text)
      .replace(/[^\p{L} ]+/gu, '')
      .trim(),
  )
}

const signs: Readonly<Record<string, RegExp>> = {
  EUR: /€|eur|euros?/,
  GBP: /£|gbp|pounds?|quid|libras?/,
  USD: /us\$|\$|usd|d[oó]lar(?:es)?|dollars?|bucks/,
  MXN: /mx\$|\$|mxn|pesos?/,
  COP: /\$|cop|pesos?/,
  ARS: /ar\$|\$|ars|pesos?/,
  CLP: /\$|clp|pesos?/,
  UYU: /\$u?|uyu|pesos?/,
  PEN: /s\/\.?|pen|sol(?:es)?/,
}

/**
 * The one price that an answer names, in minor units; null when it names none, several, or one of another currency.
 * A bare figure counts right after a yes ("sí, 25").
 */
export function priceIn(answer: string, currency: string): number | null {
  const text = answer.toLowerCase()
  const sign = (signs[currency] ?? new RegExp(currency.toLowerCase())).source
  const figure = String.raw`\d[\d.,]*(?:\s\d{3}(?!\d))*`
  const amounts = new Set<number>()
  const withSign = new RegExp(
    String.raw`(?:(?<![\p{L}])(?:${sign})\s?(${figure}))|(${figure})\s?(?:${sign})(?!\p{L})`,
    'gu',
  )
  for (const match of text.matchAll(withSign)) {
    const amount = parseAmount((match[1] ?? match[2] ?? '').replace(/[.,]$/, ''), currency)
    if (amount !== null && amount > 0) amounts.add(amount)
  }
  if (amounts.size > 0) return amounts.size === 1 ? ([...amounts][0] ?? null) : null
  const bare = new RegExp(
    String.raw`^(?:s[ií]|yes|claro|vale|ok)[\s,.;:]+(?:(?:a|por|son|at|for|it's|cuesta|vale)\s+)?(${figure})[\s.!]*$`,
  ).exec(text)
  const amount = bare?.[1] === undefined ? null : parseAmount(bare[1].replace(/[.,]$/, ''), currency)
  return amount !== null && amount > 0 ? amount : null
}

/** Whether an answer says that there is none of it. */
export function isRefusal(answer: string): boolean {
  return /^\W*(?:no\b|nope\b|lo siento|no,|sorry|nunca|never|ya no|imposible)/i.test(fold(answer))
}

const longestName = 40

export function ownerLanguage(shop: ShopBrief): Language {
  return shop.locale.toLowerCase().startsWith('en') ? 'en' : 'es'
}

/** A customer's name in one line. */
export function nameOf(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line === '' ? '–' : shorten(line, longestName)
}

export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}
