import { z } from 'zod'
import { enumerate } from '../../../language/voice.ts'
import type { AboutSelf } from '../../../understanding/about-self.ts'
import { fold } from '../../../understanding/normalise.ts'
import { isAvailable } from '../match.ts'
import { type CallResult, handOverData, type ProductData, read, type VariantData } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'

const rememberedData = z.object({ added: z.boolean() })
const contactData = z.object({ noted: z.boolean() })
const forgottenData = z.object({ forgotten: z.array(z.object({ text: z.string() })) })

/** Whether a message holds anything that this handler answers. */
export function speaksOfSelf(about: AboutSelf): boolean {
  return about.told.length > 0 || about.forget.length > 0 || about.erase || tellsContact(about)
}

/** While an order's details are asked for, a phone and a place are the order's. */
export function besidesOrder(about: AboutSelf, dialogue: Turn['dialogue']): AboutSelf {
  if ((dialogue.checkout?.asked.length ?? 0) === 0) return about
  const { phone: _, ...contact } = about.contact
  return { ...about, contact, told: about.told.filter((one) => one.topic !== 'delivery') }
}

function tellsContact({ contact }: AboutSelf): boolean {
  return contact.email !== undefined || contact.phone !== undefined
}

/** Keeps what the customer told of themselves, forgets what they want forgotten, and says so shortly. */
export function* aboutSelf(turn: Turn, about: AboutSelf, alone: boolean): Asking<Part[]> {
  const calls = [
    ...about.told.map(({ topic, text }) => ({ name: 'remember_preference', arguments: { topic, text } })),
    ...about.forget.map(({ topic }) => ({ name: 'forget', arguments: topic === null ? {} : { topic } })),
    ...(about.erase
      ? [{ name: 'hand_over', arguments: { reason: 'other', summary: turn.customerText.slice(0, 500) } }]
      : []),
    ...(tellsContact(about) ? [{ name: 'remember_contact', arguments: about.contact }] : []),
  ]
  const results: readonly CallResult[] = yield calls
  const parts: Part[] = []
  const told = about.told.map((one, index) => ({ ...one, kept: read(rememberedData, results[index]) }))
  const fresh = told.filter((one) => one.kept?.added === true && one.topic !== 'allergy')
  if (fresh.length > 0)
    parts.push(
      answer(
        speak(turn, 'preference_noted', {
          text: enumerate(
            turn.voice,
            fresh.map((one) => one.text),
          ),
        }),
      ),
    )
  else if (told.some((one) => one.kept?.added === false && one.topic !== 'allergy'))
    parts.push(answer(speak(turn, 'preference_known')))
  if (told.some((one) => one.kept === null)) parts.push(answer(speak(turn, 'tool_failed')))
  if (told.some((one) => one.kept !== null && one.topic === 'allergy')) parts.push(allergy(turn, alone))
  const forgotten = results
    .slice(about.told.length, about.told.length + about.forget.length)
    .flatMap((result) => read(forgottenData, result)?.forgotten ?? [])
  if (about.forget.length > 0)
    parts.push(answer(speak(turn, forgotten.length > 0 ? 'preference_forgotten' : 'preference_nothing')))
  if (tellsContact(about)) {
    const { noted } = read(contactData, results.at(-1)) ?? { noted: null }
    const key = noted === null ? 'tool_failed' : noted ? 'contact_noted' : 'preference_known'
    parts.push(answer(speak(turn, key)))
  }
  if (about.erase) {
    const done = read(handOverData, results[about.told.length + about.forget.length]) !== null
    parts.push(answer(speak(turn, done ? 'preference_erase' : 'tool_failed')))
  }
  return parts
}

/**
 * What is added where somebody with an allergy asks whether something suits them: nobody here can promise that,
 * whatever else the reply says.
 */
export function caution(turn: Turn, about: AboutSelf): Part[] {
  const concerned =
    turn.preferences.some((one) => one.topic === 'allergy') ||
    about.told.some((one) => one.topic === 'allergy') ||
    /\b(?:alergi|alerge|celiac|coeliac|intoleran|allerg)/.test(fold(turn.customerText))
  if (!about.asksSafety || !concerned) return []
  // Telling of the allergy in this very message was answered with the same words.
  if (about.told.some((one) => one.topic === 'allergy')) return []
  return [offerPerson(turn, 'preference_safety')]
}

function allergy(turn: Turn, alone: boolean): Part {
  return alone
    ? offerPerson(turn, 'preference_allergy')
    : answer(speak(turn, 'preference_allergy').replace(/ ¿[^?]*\?$| Shall I[^?]*\?$/, ''))
}

function offerPerson(turn: Turn, key: 'preference_allergy' | 'preference_safety'): Part {
  if (turn.dialogue.pending === turn.inherited) turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return question(speak(turn, key))
}

const sizeWords: Readonly<Record<string, string>> = {
  small: 's',
  pequena: 's',
  medium: 'm',
  mediana: 'm',
  large: 'l',
  grande: 'l',
  'extra large': 'xl',
  'extra small': 'xs',
}

/**
 * The variant in the size that the customer usually takes, where exactly one that can be bought has it. It is proposed,
 * never chosen: people buy presents.
 */
export function usualSize(
  turn: Turn,
  product: ProductData,
  variants: readonly VariantData[],
): { variant: VariantData; size: string } | null {
  const sizes = turn.preferences
    .filter((one) => one.topic === 'size')
    .map((one) => one.text.replace(/^(?:talla|talle|n[uú]mero|size)\s+/iu, ''))
  for (const size of sizes.toReversed()) {
    const wanted = sizeOf(size)
    const fitting = variants.filter(
      (variant) =>
        isAvailable(product, variant) && variant.options.some((option) => fits(sizeOf(option), wanted)),
    )
    const [variant] = fitting
    if (variant !== undefined && fitting.length === 1) return { variant, size }
  }
  return null
}

/** A range of sizes, as socks have it, fits what lies in it. */
function fits(option: string, wanted: string): boolean {
  const [, from, to] = /^(\d+)\s*[-–/]\s*(\d+)$/.exec(option) ?? []
  if (from === undefined || to === undefined) return option === wanted
  return /^\d+(?:\.5)?$/.test(wanted) && Number(from) <= Number(wanted) && Number(wanted) <= Number(to)
}

function sizeOf(text: string): string {
  const folded = fold(text)
    .replace(/^(?:talla|talle|size|eu|numero)\s+/, '')
    .replace(',', '.')
    .trim()
  return sizeWords[folded] ?? folded
}
