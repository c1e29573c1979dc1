import { enumerate } from '../../../language/voice.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { tariffAnswers } from '../tariff-answers.ts'
import { type QuoteAnswers, type QuoteData, quoteData } from '../tariff-data.ts'
import { cartData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, question, speak, talk } from '../turn.ts'
import { handOver } from './talk.ts'

/** How often one question is put before a person is offered. */
const longestAsking = 2

/** A service whose price depends on facts: reads those that the message gives, asks for the next, or quotes. */
export function* quoteProduct(
  turn: Turn,
  productId: string,
  known: QuoteAnswers = {},
  asked: string | null = null,
  times = 0,
  asking: QuoteData | null = null,
): Asking<Part[]> {
  focusOn(turn, productId)
  const first = asking ?? (yield* ask(productId, known))
  if (first === null) return offerPerson(turn)
  const given = tariffAnswers(turn.customerText, first.inputs, asked)
  const answers = { ...known, ...given }
  const data = Object.keys(given).length === 0 ? first : yield* ask(productId, answers)
  if (data === null) return offerPerson(turn)
  if (data.quote !== null) return quoted(turn, data)
  return askNext(turn, data, asked, times)
}

function* ask(productId: string, answers: QuoteAnswers): Asking<QuoteData | null> {
  const [result] = yield [{ name: 'quote_service', arguments: { productId, answers } }]
  return read(quoteData, result)
}

function offerPerson(turn: Turn): Part[] {
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return [answer(speak(turn, 'tool_failed')), question(speak(turn, 'offer_person'))]
}

function askNext(turn: Turn, data: QuoteData, asked: string | null, times: number): Part[] {
  const [key = ''] = data.missing
  const input = data.inputs.find((one) => one.key === key)
  const again = asked === key
  if (input === undefined || (again && times >= longestAsking)) return offerPerson(turn)
  turn.dialogue.pending = {
    kind: 'tariff',
    productId: data.productId,
    answers: data.answers,
    asked: key,
    times: again ? times + 1 : 1,
  }
  const refused = data.refused.some((one) => one.key === key && one.issue !== 'unknown')
  const lead = again
    ? speak(turn, refused ? 'tariff_range' : 'tariff_again')
    : asked === null
      ? speak(turn, 'tariff_intro', { name: data.name })
      : ''
  const options =
    input.options.length === 0
      ? ''
      : speak(turn, 'tariff_options', {
          options: enumerate(
            turn.voice,
            input.options.map(({ label }) => label),
            'or',
          ),
        })
  return [question([lead, input.question, options].filter((text) => text !== '').join(' '))]
}

function quoted(turn: Turn, data: QuoteData): Part[] {
  const { quote } = data
  if (quote === null) return []
  const from = quote.priceKind === 'from'
  turn.dialogue.lastQuote = quote.quoteId
  const lines = [
    speak(turn, from ? 'tariff_quote_from' : 'tariff_quote', { name: data.name, total: quote.total.text }),
    ...(quote.lines.length > 1 ? quote.lines.map(({ text }) => `• ${text}`) : []),
    quote.validUntilText === ''
      ? ''
      : speak(turn, 'tariff_valid', { number: quote.number, date: quote.validUntilText }),
    data.requirements.length === 0
      ? ''
      : speak(turn, 'tariff_requirements', { list: enumerate(turn.voice, data.requirements) }),
    data.note,
  ]
  const parts = [answer(lines.filter((text) => text !== '').join('\n'))]
  if (from) {
    turn.dialogue.pending = { kind: 'person', reason: 'other' }
    return [...parts, question(speak(turn, 'tariff_confirm_shop'))]
  }
  if (data.variantId === null) return parts
  turn.dialogue.pending = {
    kind: 'confirm_quote',
    productId: data.productId,
    variantId: data.variantId,
    quoteId: quote.quoteId,
    name: data.name,
    total: quote.total.text,
    answers: data.answers,
  }
  return [...parts, question(speak(turn, 'tariff_add'))]
}

/** Reads a request as an answer to a tariff's question, or to "shall I add it?". Null when it is about something else. */
export function* answerTariff(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const { pending } = turn.dialogue
  if (pending?.kind === 'confirm_quote') return yield* answerOffer(turn, request, pending)
  if (pending?.kind !== 'tariff') return null
  // The whole message was read with its first request.
  if (turn.inherited?.kind !== 'tariff' || turn.inherited !== pending) return leaves(request) ? null : []
  const first = yield* ask(pending.productId, pending.answers)
  const given = first === null ? {} : tariffAnswers(turn.customerText, first.inputs, pending.asked)
  if (Object.keys(given).length === 0 && leaves(request)) return null
  return yield* quoteProduct(turn, pending.productId, pending.answers, pending.asked, pending.times, first)
}

function* answerOffer(
  turn: Turn,
  request: CustomerRequest,
  offer: Extract<Turn['dialogue']['pending'], { kind: 'confirm_quote' }>,
): Asking<Part[] | null> {
  const { intent } = request
  const refersOnly = request.phrase.nouns.length === 0
  if (intent === 'affirm' || ((intent === 'add' || intent === 'checkout') && refersOnly)) {
    const [result] = yield [
      {
        name: 'set_cart_line',
        arguments: { variantId: offer.variantId, quantity: 1, quoteId: offer.quoteId },
      },
    ]
    const done = read(cartData, result)
    turn.dialogue.pending = null
    if (done === null) return yield* handOver(turn, 'other')
    turn.changedCart = done.cart
    turn.dialogue.touched = offer.variantId
    return [answer(speak(turn, 'tariff_added', { name: offer.name, total: offer.total }))]
  }
  if (intent === 'deny' && refersOnly) {
    turn.dialogue.pending = null
    return [talk(speak(turn, 'tariff_let_go'))]
  }
  // "¿y si son tres?": another figure of the same service
  const first = yield* ask(offer.productId, offer.answers)
  const given = first === null ? {} : tariffAnswers(turn.customerText, first.inputs, null)
  if (Object.keys(given).length === 0) return null
  return yield* quoteProduct(turn, offer.productId, offer.answers, null, 0, first)
}

/** Whether a request clearly speaks of something else. */
function leaves({ intent, phrase }: CustomerRequest): boolean {
  if (intent === null || intent === 'affirm' || intent === 'deny') return false
  return intent !== 'search' && intent !== 'add' && intent !== 'attributes' ? true : phrase.nouns.length > 1
}
