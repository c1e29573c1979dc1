import type { KnownPersonalData } from '../engines/engine.ts'
import type { PromptedConversation, PromptMessage } from '../engines/prompted/prompt.ts'
import type { JsonValue } from '../json.ts'
import { isOff } from '../mutants.ts'
import { type KnownFinder, knownFinder } from './known-data.ts'
import { certainSpans, likelySpans } from './patterns.ts'
import { Placeholders, possibleStandIns, StreamRestorer } from './placeholders.ts'
import { joined, outside, type Span, spansOf } from './spans.ts'
import { toldData } from './told-data.ts'
import { addressSpans, introducedNames } from './written-data.ts'

/** A conversation as it may leave this computer, and the way back. */
export interface Redaction {
  conversation: PromptedConversation
  /** Pieces of personal data that stay here. */
  count: number
  /** Puts them back into what a model wrote, also where it wrote a stand-in in other brackets or another case. */
  restore(text: string): string
  /** The same in every text of a value, as in a call's arguments. */
  restoreJson(value: JsonValue): JsonValue
  /** The same for a text that comes in pieces. */
  restorer(): { push(delta: string): string; end(): string }
  /** Whether a text holds a stand-in that stands for nothing here. */
  hasUnknown(text: string): boolean
}

/**
 * Replaces personal data by stand-ins such as `[PHONE_1]`: what is known of the customer, and what looks like a phone, an
 * e-mail, a document, an account or a street. The head, which is the shop's own, stays as it is, and so does what it
 * names. Prices, amounts, dates and ids stay.
 * @param known Null leaves everything as it is.
 */
export function redact(conversation: PromptedConversation, known: KnownPersonalData | null): Redaction {
  const placeholders = new Placeholders()
  const redactor =
    known === null || isOff('remote.redact') ? null : new Redactor(placeholders, known, conversation)
  return {
    conversation:
      redactor === null
        ? conversation
        : { ...conversation, messages: conversation.messages.map((message) => redactor.message(message)) },
    count: placeholders.count,
    restore: (text) => (redactor === null ? text : placeholders.restore(text)),
    restoreJson: (value) =>
      redactor === null ? value : eachText(value, (text) => placeholders.restore(text)),
    restorer: () => new StreamRestorer((text) => (redactor === null ? text : placeholders.restore(text))),
    hasUnknown: (text) => redactor !== null && placeholders.hasUnknown(text),
  }
}

/** Who wrote a text: customers and models write anything, tools give the shop's own data with fields that have names. */
type Source = 'chat' | 'tool'

class Redactor {
  readonly #placeholders: Placeholders
  readonly #known: KnownFinder
  readonly #told: KnownFinder
  readonly #shop: string

  constructor(
    placeholders: Placeholders,
    known: KnownPersonalData,
    { head, messages }: PromptedConversation,
  ) {
    this.#placeholders = placeholders
    this.#known = knownFinder(known)
    this.#shop = [head, ...messages.flatMap(goodsNamed)].map(comparable).join('\n')
    const told = toldData(messages)
    const own = (text: string) => this.#isShops(text.replace(/[\d,.ºª#]+/g, ''))
    this.#told = knownFinder({
      ...told,
      names: told.names.filter((name) => !own(name)),
      addresses: told.addresses.filter((address) => !own(address)),
    })
    for (const { kind, value } of this.#known.values) placeholders.reserve(kind, value)
  }

  message(message: PromptMessage): PromptMessage {
    if (message.role === 'user') return { ...message, text: this.#text(message.text, 'chat') }
    if (message.role === 'tool') return { ...message, result: this.#result(message.name, message.result) }
    return {
      ...message,
      text: this.#text(message.text, 'chat'),
      // Thoughts came from the service itself and go back as they were.
      calls: message.calls.map((call) => ({ ...call, arguments: this.#fields(call.arguments, 'chat') })),
    }
  }

  #result(tool: string, result: string): string {
    const value = parsed(result)
    if (typeof value !== 'object' || value === null) return this.#text(result, 'tool')
    return JSON.stringify(this.#fields(value, tool === 'shop_information' ? 'shop' : 'tool'))
  }

  /** A text under a name that says what it is stays here as a whole. */
  #fields(value: JsonValue, source: Source | 'shop', key = '', owner = ''): JsonValue {
    if (typeof value === 'string') {
      if (isReference(key)) return value
      const kind = source === 'shop' ? null : personalField(key, owner)
      if (kind !== null && value.trim() !== '' && !this.#isShops(value)) return this.#whole(kind, value)
      return this.#text(value, source === 'chat' ? 'chat' : 'tool')
    }
    if (Array.isArray(value)) return value.map((one) => this.#fields(one, source, key, owner))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, this.#fields(one, source, name, key)]),
    )
  }

  /** What is known of the customer keeps its own stand-in inside of a longer text. */
  #whole(kind: Span['kind'], value: string): string {
    return this.#replaced(value, [{ from: 0, to: value.length, kind }])
  }

  #text(text: string, source: Source): string {
    const found =
      source === 'chat' ? [...likelySpans(text), ...addressSpans(text), ...introducedNames(text)] : []
    const looks = [...certainSpans(text), ...found, ...this.#told.find(text)].filter(
      ({ from, to }) => !this.#isShops(text.slice(from, to)),
    )
    const ids = [...text.matchAll(uuid)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
    }))
    return this.#replaced(text, [...outside(looks, ids), ...this.#known.find(text)])
  }

  #replaced(text: string, spans: readonly Span[]): string {
    const typed = isOff('remote.escape') ? [] : spansOf(text, possibleStandIns(), 'TEXT')
    let result = ''
    let at = 0
    for (const { from, to, kind } of joined([...spans, ...typed])) {
      result += text.slice(at, from) + this.#placeholders.take(kind, text.slice(from, to))
      at = to
    }
    return result + text.slice(at)
  }

  #isShops(text: string): boolean {
    const value = comparable(text)
    return value.length >= 6 && this.#shop.includes(value)
  }
}

/** Names of products that tools gave: a customer who repeats one tells nothing of themselves. */
function goodsNamed(message: PromptMessage): string[] {
  return message.role === 'tool' ? namesOfGoods(parsed(message.result)) : []
}

function namesOfGoods(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(namesOfGoods)
  if (typeof value !== 'object' || value === null) return []
  const own = 'productId' in value || 'variantId' in value ? [value.name, value.title] : []
  return [...own.filter((name) => typeof name === 'string'), ...Object.values(value).flatMap(namesOfGoods)]
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/giu

/** Ids and numbers of the shop's own things. */
function isReference(key: string): boolean {
  return /(?:^|[a-z])ids?$|Ids?$|^(?:sku|number|code|slotDate|date)$/.test(key)
}

function personalField(key: string, owner: string): Span['kind'] | null {
  if (key === 'phone') return 'PHONE'
  if (key === 'email') return 'EMAIL'
  if (key === 'address') return 'ADDRESS'
  if (key === 'nationalId') return 'ID'
  if (key === 'recipient' || (key === 'name' && (owner === 'contact' || owner === 'customer'))) return 'NAME'
  return null
}

/** Letters and digits alone, so that the same phone in other groups is the same. */
function comparable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}@]/gu, '')
    .toLowerCase()
}

function eachText(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => eachText(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, eachText(one, change)]))
}

function parsed(text: string): JsonValue {
  try {
    // JSON.parse gives nothing but JSON.
    return JSON.parse(text) as JsonValue
  } catch {
    return null
  }
}
