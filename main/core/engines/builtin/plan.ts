import { namesDate } from '../../understanding/dates.ts'
import { fold } from '../../understanding/normalise.ts'
import type { CustomerRequest, Understanding } from '../../understanding/service.ts'
import { topicOf } from '../../understanding/service.ts'
import { daysAsked } from './days.ts'
import { takeAnswered } from './handlers/answered.ts'
import { askQuestion } from './handlers/ask-owner.ts'
import { attributes } from './handlers/attributes.ts'
import * as cart from './handlers/cart.ts'
import * as catalog from './handlers/catalog.ts'
import { compare, extreme, recommend } from './handlers/choosing.ts'
import { asksDelivered, deliveredCart, deliveryTime } from './handlers/delivered.ts'
import { haggle, information, open } from './handlers/information.ts'
import { notInShop } from './handlers/offer.ts'
import { orderStatus } from './handlers/orders.ts'
import { paper } from './handlers/papers.ts'
import { answerPending } from './handlers/pending.ts'
import { restock } from './handlers/restock.ts'
import { greeting, handOver, notUnderstood } from './handlers/talk.ts'
import type { Asking, Part, Turn } from './turn.ts'
import { answer, speak, talk } from './turn.ts'

/** Chooses who answers a request. One line an intent; what they do is in `handlers`. */
export function* handle(turn: Turn, given: CustomerRequest): Asking<Part[]> {
  const request = placed(turn, continued(turn, given))
  const papers = yield* paper(turn, request)
  if (papers !== null) return understood(turn, papers)
  const taken = yield* takeAnswered(turn, request)
  if (taken !== null) return understood(turn, taken)
  const resumed = yield* answerPending(turn, request)
  if (resumed !== null) return understood(turn, resumed)
  const { intent } = request
  const lastTopic = turn.dialogue.topic
  remember(turn, request)
  const subject = intent === null || (topicOf(intent) === null && !courtesy.has(intent))
  if (subject && turn.dialogue.pending === turn.inherited) turn.dialogue.pending = null
  const waits = intent === 'lead_time' && request.phrase.nouns.length === 0 && lastTopic === 'delivery'
  if (asksDelivered(request)) {
    const told = yield* deliveredCart(turn, request)
    if (told !== null) return understood(turn, told)
  }
  if (dialogueWaits(turn, request)) {
    const told = yield* deliveryTime(turn)
    if (told !== null) return understood(turn, told)
  }
  const topic = waits ? 'delivery' : intent === null ? null : topicOf(intent)
  if (topic !== null) return understood(turn, yield* information(turn, request, topic))
  switch (intent) {
    case 'greet':
      return greeting(turn)
    case 'how_are_you':
      return [talk(speak(turn, 'how_are_you'))]
    case 'thanks':
      return [talk(speak(turn, 'thanks'))]
    case 'bye':
      return [talk(speak(turn, 'bye'))]
    case 'affirm':
      return [talk(speak(turn, 'affirm_alone'))]
    case 'deny':
      return [talk(speak(turn, 'deny_alone'))]
    case 'ask':
      return [talk(speak(turn, 'ask_what'))]
    case 'browse':
      return understood(turn, yield* catalog.browse(turn))
    case 'search':
      return understood(turn, yield* catalog.search(turn, request))
    case 'price':
      if (turn.dialogue.touched !== null && /^\W*(?:y )?cu[aá]nto (?:es|ser[ií]a)\W*$/i.test(request.text))
        return understood(turn, yield* cart.viewCart(turn))
      return understood(turn, yield* catalog.price(turn, request))
    case 'stock':
      return understood(turn, yield* catalog.stock(turn, request))
    case 'attributes':
      return understood(turn, yield* attributes(turn, request))
    case 'lead_time':
      return understood(turn, yield* catalog.leadTime(turn, request))
    case 'restock':
      return understood(turn, yield* restock(turn, request))
    case 'photo':
      return understood(turn, yield* catalog.photo(turn, request))
    case 'compare':
      return understood(turn, yield* compare(turn, request))
    case 'cheapest':
    case 'dearest':
      return understood(turn, yield* extreme(turn, request, intent))
    case 'recommend':
      return understood(turn, yield* recommend(turn, request))
    case 'add':
      return understood(turn, yield* cart.add(turn, request))
    case 'more':
      return understood(turn, yield* cart.more(turn, request))
    case 'set_quantity':
      return understood(turn, yield* cart.setQuantity(turn, request))
    case 'remove':
      return understood(turn, yield* cart.remove(turn, request))
    case 'view_cart':
      return understood(turn, yield* cart.viewCart(turn))
    case 'clear_cart':
      return understood(turn, yield* cart.clearCart(turn))
    case 'checkout':
      return understood(turn, yield* cart.viewCart(turn))
    case 'correct':
      return understood(turn, yield* cart.correct(turn, request))
    case 'human':
      return yield* handOver(turn, 'asked')
    case 'complaint':
      return yield* handOver(turn, 'complaint')
    case 'order_status':
      return yield* orderStatus(turn)
    case 'appointment':
      return yield* handOver(turn, 'appointment')
    case 'haggle':
      return understood(turn, yield* haggle(turn, request))
    case 'injection':
      return understood(turn, [answer(speak(turn, 'injection'))])
    case 'robot':
      return understood(turn, [answer(speak(turn, 'robot', { shop: turn.shop.name }))])
    case 'unrelated':
      return understood(turn, [answer(speak(turn, 'unrelated'))])
    default:
      return yield* withoutIntent(turn, request)
  }
}

/** "¿Cuándo llega?" of the order that is being made. */
function dialogueWaits({ dialogue }: Turn, { intent, text }: CustomerRequest): boolean {
  if (dialogue.checkout === null || (intent !== 'delivery' && intent !== 'lead_time' && intent !== 'hours'))
    return false
  const said = fold(text)
  return (
    /\b(?:cuando|cuanto|hora|horas|dia|when|how long|how soon|time)\b/.test(said) &&
    /\b(?:lleg\w*|tard\w*|demor\w*|entreg\w*|traen|arriv\w*|take\w*|get here|deliver\w*)\b/.test(said)
  )
}

/** A bare number after a numbered list is a place in it. */
function placed(turn: Turn, request: CustomerRequest): CustomerRequest {
  const { pending } = turn.dialogue
  const place = request.quantity?.value ?? 0
  if (
    pending?.kind !== 'product' ||
    pending.productIds.length < Math.max(2, place) ||
    request.intent !== null ||
    place === 0 ||
    request.phrase.content.length > 0 ||
    request.options.length > 0
  )
    return request
  const intent = pending.purpose === 'show' ? 'price' : null
  return { ...request, intent, ordinals: [place], quantity: null }
}

/** "¿Y la grande?" asks of another product what was asked before. */
function continued(turn: Turn, request: CustomerRequest): CustomerRequest {
  const { asked } = turn.dialogue
  const linked =
    /^(?:(?:ta|thanks|thank you|gracias|ok|okay|vale|genial|perfecto?|great|cool|bueno|dale|listo)\b)?[¿¡\s,.!]*(?:y|e|and|what about|how about|que tal)\b/i.test(
      request.text,
    )
  const weak = request.intent === null || (request.intent === 'attributes' && request.score < 3.9)
  const names =
    request.phrase.content.length > 0 ||
    request.options.length > 0 ||
    request.ordinals.length > 0 ||
    request.deictic !== null
  const { justAdded, focus } = turn.dialogue
  // "y una bufanda roja" right after an order goes on with it
  if (
    linked &&
    !request.asked &&
    (request.intent === null || (request.intent === 'attributes' && weak && request.options.length > 0)) &&
    (request.phrase.nouns.length > 0 ||
      (request.options.length > 0 && (request.quantity !== null || request.measures.length > 0))) &&
    justAdded !== null &&
    justAdded.productId === focus?.productId &&
    asked === null
  )
    return { ...request, intent: 'add' }
  // "y en tamaño grande" while the order is put to the customer
  if (
    linked &&
    !request.asked &&
    turn.dialogue.checkout?.summaryId != null &&
    request.phrase.nouns.length === 0 &&
    request.options.length > 0 &&
    (request.intent === null || (request.intent === 'attributes' && weak))
  )
    return { ...request, intent: 'set_quantity' }
  // "could you swap it for the oat one?" of what was just put in
  if (
    request.intent === 'returns' &&
    request.options.length > 0 &&
    justAdded !== null &&
    justAdded.productId === focus?.productId &&
    !/compr|devol|bought|ordered|return|refund/i.test(request.text)
  )
    return { ...request, intent: 'correct' }
  if (!linked || !weak || !names || turn.dialogue.topic !== null) return request
  return asked === null
    ? { ...request, intent: request.intent ?? 'price' }
    : { ...request, intent: asked.intent, aspect: asked.aspect }
}

const courtesy: ReadonlySet<string> = new Set(['greet', 'thanks', 'affirm', 'how_are_you', 'ask'])
const questions = ['price', 'stock', 'attributes', 'lead_time', 'photo'] as const

function remember(turn: Turn, request: CustomerRequest): void {
  const { intent } = request
  if (intent !== null && topicOf(intent) === null) turn.dialogue.topic = null
  const kind = questions.find((name) => name === intent)
  if (kind !== undefined) turn.dialogue.asked = { intent: kind, aspect: request.aspect }
  else if (intent === 'add' || intent === 'search') turn.dialogue.asked = null
}

function understood(turn: Turn, parts: Part[]): Part[] {
  turn.dialogue.misunderstood = 0
  return parts
}

/** No intent: a piece of an earlier subject, a product's bare name, a question of the shop's knowledge, or nothing. */
function* withoutIntent(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const { dialogue } = turn
  // "¿y los sábados?", "¿y el 24?" after a question of hours
  if (dialogue.topic === 'hours' && (daysAsked(request.text, null).length > 0 || namesDate(request.text)))
    return understood(turn, yield* information(turn, request, 'hours'))
  const pointing = request.ordinals.length > 0 || request.deictic !== null || request.options.length > 0
  if (request.phrase.nouns.length === 0 && pointing && (dialogue.focus !== null || dialogue.shown.length > 0))
    return understood(turn, yield* catalog.price(turn, request))
  // "3" right after something was put in is its amount.
  const latest = dialogue.justAdded !== null && dialogue.justAdded.productId === dialogue.focus?.productId
  if (request.phrase.nouns.length === 0 && request.quantity !== null && latest)
    return understood(turn, yield* cart.setQuantity(turn, request))
  if (request.phrase.nouns.length === 0 && request.quantity !== null && dialogue.focus !== null)
    return understood(turn, yield* cart.add(turn, request))
  // "¿y a Canarias?" after a question of delivery
  if (
    dialogue.topic === 'delivery' &&
    request.phrase.nouns.length > 0 &&
    /^(?:[¿\s]*(?:y|e|and)\s+)?(?:a|al|para|hasta|en|to|in|what about|how about|que tal)\s/i.test(
      request.text,
    )
  )
    return understood(turn, yield* information(turn, request, 'delivery'))
  if (request.phrase.content.length > 0) {
    const found = yield* open(turn, request)
    if (found !== null) return understood(turn, found)
    const put = yield* askQuestion(turn, request, false)
    if (put !== null) return understood(turn, put)
    const plain = request.phrase.nouns.length <= 4 && (request.asked || request.quantity !== null)
    if (plain && dialogue.misunderstood > 0 && request.asked)
      return understood(turn, yield* notInShop(turn, request, request.phrase.text))
  }
  // Beside other requests, small talk needs no answer.
  if (turn.several && !request.asked) return []
  return yield* notUnderstood(turn)
}

/** Whether a request leans on the one before it: it names nothing itself. */
export function leansBack(request: CustomerRequest): boolean {
  return request.phrase.nouns.length === 0 && request.intent !== null && topicOf(request.intent) === null
}

/** An amount in an option, of a product that was named before this message. */
function isShare({ intent, phrase, options, quantity }: CustomerRequest): boolean {
  return intent === 'add' && phrase.nouns.length === 0 && options.length > 0 && quantity !== null
}

/** Requests in groups that do not need each other's results; within a group they run in order. */
export function strands(understanding: Understanding): CustomerRequest[][] {
  const groups: CustomerRequest[][] = []
  for (const request of understanding.requests) {
    const last = groups.at(-1)
    const before = last?.at(-1)
    // "dos blancas y una azul": each an order of its own of the thing spoken of
    const alike = before !== undefined && isShare(before) && isShare(request)
    if (last !== undefined && leansBack(request) && !alike) last.push(request)
    else groups.push([request])
  }
  return groups
}
