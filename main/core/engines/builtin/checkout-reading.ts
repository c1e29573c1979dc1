import type { CheckoutDetails, CheckoutField } from '../../understanding/checkout-details.ts'
import { beginsCheckout, readCheckoutDetails, statementsOf } from '../../understanding/checkout-details.ts'
import { isExplicitConfirmation, isUnqualifiedYes } from '../../understanding/confirmation.ts'
import { fold } from '../../understanding/normalise.ts'
import { RemainingText } from '../../understanding/remaining-text.ts'
import type { CustomerRequest } from '../../understanding/service.ts'
import { understand } from '../../understanding/service.ts'
import {
  any,
  asksAmount,
  changing,
  choosesHow,
  ending,
  enough,
  how,
  later,
  mistaken,
  no,
  order,
  orderAlone,
  parts,
  puzzled,
  taking,
} from './checkout-words.ts'
import type { Dialogue } from './state.ts'

/** What the messages of a turn say of the order that is being made. */
export interface CheckoutReading {
  /** Whether a checkout goes on or begins with these messages. */
  active: boolean
  /** Null: nothing was read, the messages are about something else. */
  details: CheckoutDetails | null
  /** 'order': wants to order or pay. 'ending': has chosen everything ("eso es todo"). */
  wants: 'order' | 'ending' | null
  /** Every message is a yes and nothing else. */
  yes: boolean
  /** Only a no. */
  no: boolean
  /** "Luego te digo": wants to go on later. */
  later: boolean
  /** Does not know what is meant. */
  puzzled: boolean
  /** "Me da igual": any of what was offered will do. */
  any: boolean
  /** Wants to see what the order holds. */
  shows: boolean
  /** A part that is to be changed, without what it is to be. */
  change: CheckoutField | null
  /** What other wishes are read from. */
  text: string
}

/** Whether the last reply asked something that the next message may answer with words that an order would take. */
function waits(pending: Dialogue['pending']): boolean {
  return isFirm(pending) && pending?.kind !== 'person'
}

/** Questions that the next message has to answer before the order goes on. */
export function isFirm(pending: Dialogue['pending']): boolean {
  if (pending === null) return false
  switch (pending.kind) {
    case 'variant':
    case 'product':
      return pending.purpose === 'add'
    case 'confirm_add':
      return pending.absolute === true
    case 'anything_else':
    case 'confirm_clear':
      return false
    default:
      return true
  }
}

/** Whether a yes or no answers another question than the order's. */
function answersOther({ pending, checkout }: Dialogue): boolean {
  if (isFirm(pending)) return true
  const waiting = checkout !== null && checkout.asked.length === 0 && checkout.summaryId === null
  return waiting && pending !== null && pending.kind !== 'anything_else'
}

/** Reads a turn's messages for what they say of the order. */
export function readCheckout(dialogue: Dialogue, messages: readonly string[]): CheckoutReading {
  const text = messages.filter((message) => message.trim() !== '').join('\n')
  const folded = fold(text).replace(/[’´]/g, "'")
  const open = dialogue.checkout !== null
  const filled = open || dialogue.touched !== null || dialogue.filled
  const firm = waits(dialogue.pending)
  const asksHow = /\?\s*$/.test(folded) && !/\bcomo\b|\bhow\b|\bcobras?\b|\bya\b/.test(folded)
  const { pending, justAdded, focus } = dialogue
  const takes =
    (pending === null || pending.kind === 'anything_else') &&
    justAdded !== null &&
    justAdded.productId === focus?.productId
  const wants: CheckoutReading['wants'] =
    ((order.test(folded) && !asksHow) ||
      (filled && (how.test(folded) || orderAlone.test(folded) || isExplicitConfirmation(text)))) &&
    !firm &&
    !/\bno (?:quiero|voy a|confirm)/.test(folded)
      ? 'order'
      : (filled &&
            !firm &&
            ((ending.test(folded) && !asksAmount.test(folded)) || (takes && takesAll(folded)))) ||
          (pending?.kind === 'anything_else' && (no.test(folded) || enough.test(folded)))
        ? 'ending'
        : null
  const hostile = understand(text).requests.some(({ intent }) => intent === 'injection')
  const reading: CheckoutReading = {
    active: false,
    details: null,
    wants,
    yes: isUnqualifiedYes(messages.join('\n')),
    no: no.test(folded),
    later: open && later.test(folded),
    puzzled: open && puzzled.test(folded),
    any: open && any.test(folded),
    shows: false,
    change: null,
    text,
  }
  // Who plays the owner tells nothing of an order.
  if (hostile) return { ...reading, active: open, wants: null, yes: false, no: false }
  if (!open) {
    if (
      reading.wants === null &&
      !firm &&
      !asksHow &&
      understand(text).requests.some(({ intent }) => intent === 'checkout')
    )
      reading.wants = 'order'
    const details = readCheckoutDetails(text, { open: true, asked: [], payments: [] })
    const asks =
      filled && !firm && details.method !== null && /\?\s*$/.test(folded) && choosesHow.test(folded)
    if (reading.wants === null && !asks && !begins(text, filled, offers(pending))) return reading
    // A question is answered, too.
    return { ...reading, active: true, details, text: asks ? text : details.rest }
  }
  const asked = firm && pending?.kind !== 'confirm_add' ? [] : (dialogue.checkout?.asked ?? [])
  const payments = dialogue.checkout?.payments ?? []
  // "me confundí, es San Martín 540"
  const corrects = dialogue.checkout?.summaryId != null && mistaken.test(folded)
  const details = readCheckoutDetails(text, {
    open: true,
    asked: corrects ? [...asked, 'address'] : asked,
    payments,
  })
  const names = dialogue.checkout?.asked.length === 0 && folded.trim().split(/\s+/).length <= 4
  const asksChange = changing.test(folded) && (!folded.includes('?') || /\b(?:cambi|chang)/.test(folded))
  const change =
    (asksChange || (names && !folded.includes('?'))) && !tellsAnything(details) && folded.length < 100
      ? partNamed(folded)
      : null
  return { ...reading, active: true, details, change, text: change === null ? details.rest : '' }
}

/** Whether the last reply offered something to put in the cart. */
function offers(pending: Dialogue['pending']): boolean {
  return pending?.kind === 'confirm_add' || pending?.kind === 'variant'
}

const closed = { open: false, asked: [], payments: [] } as const

/**
 * Whether messages tell of an order that nobody has begun to make: by what no other wish would tell, or, with things in
 * the cart, by a bare answer and nothing else ("a domicilio", "transferencia").
 */
function begins(text: string, cart: boolean, offered: boolean): boolean {
  const filled = cart || offered
  const first = readCheckoutDetails(text, closed)
  const buys = cart || understand(first.rest).requests.some(isOrder)
  if (beginsCheckout(first) && buys) return true
  const stated = statementsOf(text)
  const told = readCheckoutDetails(stated, filled ? { ...closed, open: true } : closed)
  const person = told.name !== null && told.phone !== null
  const answers = [told.method, told.payment, told.name, told.phone].filter((one) => one !== null)
  if (filled && answers.length > 1) return true
  if (told.address !== null || person || (filled && first.code !== null) || (first.code ?? '') !== '')
    return true
  // "envío a Córdoba, San Martín 450, Ana Ruiz 351…": also before anything is chosen
  const whole = readCheckoutDetails(stated, { ...closed, open: true })
  if (whole.address !== null && whole.phone !== null) return true
  const bare = understand(told.rest).requests.every(
    ({ intent, phrase, options, quantity }) =>
      (intent === null || courtesy.has(intent) || intent === 'greet') &&
      phrase.content.length === 0 &&
      options.length === 0 &&
      quantity === null,
  )
  if (
    filled &&
    new RemainingText(stated).chunks().some(({ text: chunk }) => {
      const part = readCheckoutDetails(chunk, { ...closed, open: true })
      return part.method !== null && part.rest === ''
    })
  )
    return true
  if (!bare) return filled && readCheckoutDetails(text, { ...closed, open: true }).address !== null
  return filled
    ? told.method !== null || told.payment !== null || told.phone !== null
    : told.method !== null &&
        understand(stated).requests.every(
          ({ intent }) => intent === null || intent === 'pickup' || intent === 'greet',
        )
}

/** Says that everything is chosen; "¿cuánto es todo?" does not. */
function endsChoosing(folded: string): boolean {
  return folded
    .split(/(?<=[?!.\n])/)
    .some((sentence) => ending.test(sentence) && !/\?|\bcuant|\bhow much|\bwhat\b/.test(sentence))
}

/** "Lo quiero", "me lo llevo todo" as a sentence of its own. */
function takesAll(folded: string): boolean {
  return folded.split(/[?!.\n]/).some((sentence) => taking.test(sentence))
}

function partNamed(folded: string): CheckoutField | null {
  return parts.find(([, words]) => words.test(folded))?.[0] ?? null
}

function isOrder({ intent, phrase }: CustomerRequest): boolean {
  return (intent === 'add' || intent === 'more' || intent === 'search') && phrase.nouns.length > 0
}

/** Whether the details hold anything that a tool is to be told. */
export function tellsAnything(details: CheckoutDetails): boolean {
  const { rest, usualAddress, withoutCode, ...values } = details
  return usualAddress || withoutCode || Object.values(values).some((value) => value !== null)
}

const courtesy: ReadonlySet<string | null> = new Set(['affirm', 'deny', 'ask', 'thanks', 'how_are_you'])

/** The requests that others answer: without those that the checkout itself takes up. */
export function otherRequests(
  reading: CheckoutReading,
  requests: readonly CustomerRequest[],
  dialogue: Dialogue,
): CustomerRequest[] {
  const { pending } = dialogue
  // "perfecto, adelante": one yes, whatever its words
  const agrees = reading.yes && pending !== null && pending.kind !== 'anything_else'
  if (!reading.active) return agrees ? understand('sí').requests : [...requests]
  if (agrees && (isFirm(pending) || (offers(pending) && dialogue.checkout === null)))
    return understand('sí').requests
  if (reading.yes || reading.no || reading.any || reading.puzzled)
    return answersOther(dialogue) ? [...requests] : []
  if (reading.later)
    return requests.filter(({ intent }) => intent !== null && !courtesy.has(intent) && intent !== 'bye')
  const told = reading.details !== null && tellsAnything(reading.details)
  const asks = (dialogue.checkout?.asked.length ?? 0) > 0
  // "M is fine" chooses
  const chosen = requests.map((one) =>
    one.intent === 'affirm' && one.options.length > 0 ? { ...one, intent: null } : one,
  )
  const kept = chosen.filter((request) => {
    const { intent } = request
    if (intent === 'checkout') return false
    if (intent === 'view_cart') {
      reading.shows = true
      return false
    }
    const folded = fold(request.text).replace(/[’´]/g, "'")
    const offered = intent === 'add' && /^(?:confirm_add|variant|product)$/.test(dialogue.pending?.kind ?? '')
    if (
      reading.wants !== null &&
      !offered &&
      (order.test(folded) ||
        orderAlone.test(folded) ||
        (ending.test(folded) && !asksAmount.test(folded)) ||
        taking.test(folded))
    )
      return false
    // "perfecto, recojo el viernes" is no yes to the person that was offered
    if (told && dialogue.pending?.kind === 'person' && courtesy.has(intent)) return false
    if (answersOther(dialogue)) return true
    // "sí, a domicilio", "pues esa, envío a Sevilla": takes what was offered
    const takes = dialogue.checkout === null && offers(pending)
    if (takes && (intent === 'affirm' || (request.deictic !== null && request.phrase.nouns.length === 0)))
      return true
    if (courtesy.has(intent)) return false
    if (intent === 'bye') return !endsChoosing(folded)
    const empty =
      request.phrase.nouns.length === 0 && request.options.length === 0 && request.ordinals.length === 0
    const framing = intent === null || intent === 'set_quantity' || intent === 'correct'
    if ((told || reading.wants !== null) && framing && empty && request.quantity === null) return false
    // What is said after a question of the order's is rather a bad answer to it than a search of the catalog.
    const bare = intent === null && !request.asked && !/^\W*(?:y|and|tambien|also)\b/.test(folded)
    if (
      bare &&
      asks &&
      request.options.length + request.ordinals.length === 0 &&
      request.quantity === null &&
      request.deictic === null
    )
      return false
    // "que me lo mandéis": the frame of an answer, no question
    const frame =
      intent === 'delivery' ||
      intent === 'pickup' ||
      intent === 'payment' ||
      intent === 'contact' ||
      intent === 'address'
    return !(told && frame && !request.asked)
  })
  // Who wants to pay, with nothing in the cart, takes what was offered; else it is the cart that is paid.
  const full = dialogue.filled || dialogue.touched !== null
  const offered = dialogue.pending?.kind === 'confirm_add' && reading.wants === 'order' && !full
  return offered && kept.length === 0 ? understand('sí').requests : kept
}
