import type { JsonValue } from '../../json.ts'
import type { Voice } from '../../language/voice.ts'
import { say } from '../../language/voice.ts'
import { readAboutSelf } from '../../understanding/about-self.ts'
import { usualFormOfAddress } from '../../understanding/language.ts'
import type { CustomerRequest, Understanding } from '../../understanding/service.ts'
import { understand } from '../../understanding/service.ts'
import type { EngineRequest, InputMessage, ToolCallRequest } from '../engine.ts'
import { otherRequests, readCheckout } from './checkout-reading.ts'
import { answeredSubject } from './handlers/answered.ts'
import { totalPart } from './handlers/cart-lines.ts'
import { continueCheckout, joinCheckout, offerMore } from './handlers/checkout.ts'
import { asksDelivered } from './handlers/delivered.ts'
import { filesText, unreadFiles } from './handlers/files.ts'
import { orderWish } from './handlers/orders.ts'
import { aboutSelf, besidesOrder, caution, speaksOfSelf } from './handlers/preferences.ts'
import type { Journal } from './journal.ts'
import type { OrderWish } from './order-wishes.ts'
import { readOrderWish } from './order-wishes.ts'
import { handle, strands } from './plan.ts'
import { prepare, talkIntents } from './prepare.ts'
import type { Dialogue } from './state.ts'
import type { CallResult } from './tool-data.ts'
import type { Asking, Part, Turn } from './turn.ts'

/** What the handlers of a turn share, at its start. */
export function turnOf(
  request: EngineRequest,
  dialogue: Dialogue,
  voice: Voice,
  customerText: string,
  several: boolean,
): Turn {
  return {
    shop: request.shop,
    voice,
    dialogue,
    quantities: new Map(),
    customerText,
    several,
    inherited: dialogue.pending,
    firstTurn: dialogue.turns === 0 && request.history.length === 0,
    answered: answeredSubject(request.history),
    changedCart: null,
    handedOver: false,
    told: [],
    preferences: request.customer.preferences,
    assistantName: request.personality?.assistantName ?? '',
  }
}

export interface PhaseResult {
  parts: Part[]
  missing: ToolCallRequest[]
  voice: Voice
  notes: JsonValue
}

/** In which language the customer is answered, and how they are addressed. */
export function voiceOf(request: EngineRequest, dialogue: Dialogue, understood: Understanding | null): Voice {
  const shopLanguage = request.shop.locale.toLowerCase().startsWith('en') ? 'en' : 'es'
  const known = dialogue.language ?? request.customer.language
  const sure =
    understood !== null && understood.language !== null && (known === null || understood.languageScore >= 0.6)
  const heard = sure ? (understood.language ?? shopLanguage) : (known ?? understood?.language ?? shopLanguage)
  const wanted = request.personality?.language ?? 'customer'
  const language = wanted === 'customer' ? heard : wanted
  const wish = request.personality
  const formOfAddress =
    (wish === undefined || wish.formOfAddress === 'auto' ? null : wish.formOfAddress) ??
    understood?.formOfAddress ??
    dialogue.formOfAddress ??
    request.customer.formOfAddress ??
    usualFormOfAddress(request.shop.country)
  return { language, formOfAddress, seed: request.turnId }
}

/** Answers one group of messages, all its requests side by side. */
export function runPhase(
  request: EngineRequest,
  dialogue: Dialogue,
  messages: readonly InputMessage[],
  journal: Journal,
): PhaseResult {
  const text = messages
    .map((message) => message.text)
    .filter((part) => part.trim() !== '')
    .join('\n')
  const whole = understand(text)
  const about = besidesOrder(readAboutSelf(text), dialogue)
  const answersToo = dialogue.pending?.kind === 'variant' || (dialogue.checkout?.asked.length ?? 0) > 0
  // "uso la M" answers which size it is to be, too, and "a la oficina" where an order goes.
  const same = about.rest === text.trim() || answersToo
  const reading = readCheckout(dialogue, same ? messages.map((message) => message.text) : [about.rest])
  const wish = readOrderWish(
    dialogue,
    messages.map((message) => message.text),
    whole,
  )
  const understood = reading.active
    ? understand(reading.text)
    : { ...whole, requests: same ? whole.requests : understand(about.rest).requests }
  const voice = voiceOf(request, dialogue, understood)
  dialogue.language = voice.language
  const formOfAddress = understood.formOfAddress ?? whole.formOfAddress
  if (formOfAddress !== null) dialogue.formOfAddress = formOfAddress
  const wishes = prepare(
    otherRequests(reading, understood.requests, dialogue),
    dialogue.pending?.kind === 'confirm_add',
  )
  const requests = wish === null ? wishes : []
  const real = requests.filter((one) => one.intent === null || !talkIntents.has(one.intent))
  const several = (requests.length > 1 && real.length > 0) || reading.active
  const turn = turnOf(request, dialogue, voice, text, several)
  const notes: JsonValue = {
    language: voice.language,
    requests: requests.map((one) => ({
      text: one.text.slice(0, 80),
      intent: one.intent,
      score: Math.round(one.score * 10) / 10,
    })),
  }
  if (requests.length === 0 && !speaksOfSelf(about) && wish === null && (!reading.active || text === '')) {
    const files = unreadFiles(messages)
    const wordless = text.trim() === '' || !/[\p{L}\p{N}]/u.test(text)
    return {
      parts: [
        {
          kind: 'talk',
          text:
            files.length > 0
              ? filesText(voice, files, request.history)
              : say(voice, wordless ? 'sticker' : 'not_understood'),
        },
      ],
      missing: [],
      voice,
      notes,
    }
  }
  const misunderstood = dialogue.misunderstood
  const lanes: Job[][] = strands({ ...understood, requests }).map((group) => group.map((one) => jobOf(one)))
  if (speaksOfSelf(about)) lanes.unshift([jobOf(null, aboutSelf(turn, about, real.length === 0))])
  if (wish !== null) lanes.push([jobOf(null, wished(turn, wish, wishes))])
  const others = (): Part[] =>
    lanes.flatMap((lane) => lane.flatMap((job) => (job === ordering ? [] : job.parts)))
  const ordering: Job = jobOf(null, continueCheckout(turn, reading, others))
  if (reading.active || wish !== null) lanes.push([ordering])
  for (let round = 0; ; round++) {
    const missing: ToolCallRequest[] = []
    for (const lane of lanes) {
      for (const job of lane) {
        if (job.done) continue
        if (job === ordering && lanes.some((other) => other !== lane && other.some((one) => !one.done))) break
        // What reads the cart waits until the message's other wishes are in it.
        if (
          readsCart(job.request) &&
          lanes.some(
            (other) =>
              other !== lane && other.some((one) => one !== ordering && !one.done && !readsCart(one.request)),
          )
        )
          break
        if (job.request !== null) job.work ??= handle(turn, job.request)
        if (job.work === null) break
        const state = job.next === null ? job.work.next([]) : job.work.next(job.next)
        job.next = null
        if (state.done) {
          job.parts = state.value
          job.done = true
          continue
        }
        job.waiting = state.value
        break
      }
    }
    const open = lanes.flatMap((lane) => lane.filter((job) => !job.done && job.waiting.length > 0))
    if (open.length === 0) break
    for (const job of open) {
      const results = job.waiting.map((call) => ({ call, result: journal.take(call) }))
      for (const { call, result } of results) if (result === null) missing.push(call)
      job.next = results.map(({ result }) => result ?? { ok: false, code: 'engine.failed', data: null })
      job.waiting = []
    }
    if (missing.length > 0) {
      if (journal.stepsLeft > 0) return { parts: [], missing, voice, notes }
      // No step left: what could not be asked is said to be open.
      const finished = lanes.flatMap((lane) => lane.filter((job) => job.done).flatMap((job) => job.parts))
      return {
        parts: [...finished, { kind: 'answer', text: say(voice, 'to_be_continued') }],
        missing: [],
        voice,
        notes,
      }
    }
    if (round > 40) break
  }
  if (turn.changedCart !== null) dialogue.filled = turn.changedCart.lines.length > 0
  const warned = caution(turn, about)
  let parts = offerMore(turn, joinCheckout(others(), ordering.parts))
  if (warned.length > 0 && dialogue.misunderstood > misunderstood) {
    dialogue.misunderstood = 0
    parts = []
  }
  return {
    parts: [...parts, ...warned].map((part) => finalTotal(turn, part)),
    missing: [],
    voice,
    notes,
  }
}

/** One wish of the message while it is being answered; without a request it speaks of the customer themselves. */
interface Job {
  readonly request: CustomerRequest | null
  work: ReturnType<typeof handle> | null
  parts: Part[]
  done: boolean
  waiting: ToolCallRequest[]
  next: CallResult[] | null
}

function jobOf(request: CustomerRequest | null, work: Job['work'] = null): Job {
  return { request, work, parts: [], done: false, waiting: [], next: null }
}

/** Answers a wish about an order; where there is none to answer it about, the message is read as any other. */
function* wished(turn: Turn, wish: OrderWish, requests: readonly CustomerRequest[]): Asking<Part[]> {
  const answered = yield* orderWish(turn, wish)
  if (answered !== null) return answered
  const parts: Part[] = []
  for (const request of requests) parts.push(...(yield* handle(turn, request)))
  return parts
}

function readsCart(request: CustomerRequest | null): boolean {
  if (request === null) return false
  return request.intent === 'view_cart' || request.intent === 'checkout' || asksDelivered(request)
}

/** A total told half way is the one that the cart has in the end. */
function finalTotal(turn: Turn, part: Part): Part {
  if (part.total !== true || turn.changedCart === null) return part
  return totalPart(turn, turn.changedCart)
}
