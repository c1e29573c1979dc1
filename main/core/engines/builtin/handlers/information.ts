import { enumerate } from '../../../language/voice.ts'
import type { InformationTopic } from '../../../understanding/intents.ts'
import { fold } from '../../../understanding/normalise.ts'
import { isStopWord } from '../../../understanding/phrase.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { fittingEntry, questionOf } from '../knowledge.ts'
import type { InformationData, ZoneData } from '../tool-data.ts'
import { informationData, productsData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, speak } from '../turn.ts'
import { askQuestion } from './ask-owner.ts'
import { search } from './catalog.ts'
import { dateMeant, hoursText } from './hours.ts'
import { paymentText } from './payments.ts'

/** What the shop says about itself, in its own words and figures. */

function entriesText(data: InformationData, topic: string, request: CustomerRequest): string {
  const own = data.entries.filter((entry) => entry.topic === topic)
  if (topic === 'faq') {
    return fittingEntry(data, request) ?? ''
  }
  return [...new Set((own.length > 0 ? own : data.entries).map((entry) => entry.answer))]
    .slice(0, 3)
    .join('\n')
}

function zoneText(turn: Turn, zone: ZoneData): string {
  const details: string[] = []
  if (zone.freeFrom != null) details.push(speak(turn, 'delivery_free_from', { amount: zone.freeFrom.text }))
  if (zone.eta !== '') details.push(speak(turn, 'delivery_eta', { eta: zone.eta }))
  if (zone.excludes.length > 0)
    details.push(speak(turn, 'delivery_excludes', { items: enumerate(turn.voice, zone.excludes) }))
  const fee =
    zone.fee === null || zone.fee === undefined
      ? null
      : speak(turn, 'delivery_zone', { zone: zone.name, fee: zone.fee.text })
  return [fee ?? zone.name, ...(details.length > 0 ? [`(${details.join('; ')})`] : [])].join(' ')
}

function goesTo(text: string, place: string): boolean {
  const [head = ''] = fold(place).split(/\W+/)
  const folded = fold(text)
  const at = folded.indexOf(head.slice(0, 4))
  return (
    at > 0 &&
    /\b(?:a|al|hasta|para|en|to|in|about)\s+(?:las?\s+|los\s+|el\s+|the\s+)?$/.test(folded.slice(0, at))
  )
}

/** The place that a question of delivery names after "a" or "to", as written; null when it names none. */
function placeNamed(text: string): string | null {
  const found = /(?:^|\s)(?:a|hasta|to)\s+(\p{L}{4,}(?:\s\p{Lu}\p{L}+)*)\s*[?!.]*$/iu.exec(text)
  const name = found?.[1] ?? null
  return name === null ||
    isStopWord(fold(name)) ||
    /^(?:domicilio|casas?|home|todo|toda|the|me|you|llegar)/i.test(name)
    ? null
    : name
}

function deliveryText(turn: Turn, data: InformationData, request: CustomerRequest): string {
  const { delivery } = data
  if (delivery == null) return entriesText(data, 'delivery', request)
  const lines: string[] = []
  const place = delivery.place ?? request.phrase.text
  const asksWhether = /envi|lleg|reparte|entreg|mand|\b(?:ship|deliver|send|post)\b/i.test(request.text)
  const unknownPlace = delivery.served == null ? placeNamed(request.text) : null
  // What a zone excludes may be a place or a product: only a place is somewhere to go to.
  const excluded = delivery.served === false && goesTo(request.text, place)
  if (delivery.served === true && delivery.place != null) turn.dialogue.placeAsked = delivery.place
  if (delivery.zone != null && !excluded) {
    if (
      delivery.served === true &&
      asksWhether &&
      request.asked &&
      !/cuant|how (?:much|long)/i.test(request.text)
    )
      lines.push(speak(turn, 'delivery_served', { area: place }))
    lines.push(zoneText(turn, delivery.zone))
  } else if (delivery.served === false) {
    lines.push(speak(turn, 'delivery_not_served', { area: place }))
    if (delivery.notServed !== '') lines.push(delivery.notServed)
  } else {
    if (unknownPlace !== null) lines.push(speak(turn, 'delivery_unknown_place', { area: unknownPlace }))
    if (delivery.zones.length > 0)
      lines.push(speak(turn, 'delivery_intro'), ...delivery.zones.map((zone) => `• ${zoneText(turn, zone)}`))
    if (delivery.notServed !== '') lines.push(delivery.notServed)
  }
  if (delivery.minOrder != null && delivery.served !== false)
    lines.push(speak(turn, 'delivery_min', { amount: delivery.minOrder.text }))
  if (delivery.pickup != null && delivery.served === false) lines.push(speak(turn, 'pickup_yes'))
  return lines.join('\n')
}

function pickupText(turn: Turn, data: InformationData, request: CustomerRequest): string {
  const pickup = data.delivery?.pickup
  if (pickup == null) return entriesText(data, 'pickup', request)
  return [
    speak(turn, 'pickup_yes').replace(/^(?:También se|You can also)/, (start) =>
      start.startsWith('T') ? 'Sí, se' : 'Yes, you can',
    ),
    ...(pickup.note === '' ? [] : [pickup.note]),
    ...(pickup.fee != null && pickup.fee.amount > 0
      ? [speak(turn, 'pickup_fee', { fee: pickup.fee.text })]
      : []),
  ].join(' ')
}

function informationText(
  turn: Turn,
  topic: InformationTopic,
  data: InformationData,
  request: CustomerRequest,
): string {
  if (topic === 'hours') return hoursText(turn, data, request) ?? entriesText(data, topic, request)
  if (topic === 'delivery') return deliveryText(turn, data, request)
  if (topic === 'pickup') return pickupText(turn, data, request)
  if (topic === 'payment') return paymentText(turn, data, request) ?? entriesText(data, topic, request)
  return entriesText(data, topic, request)
}

function unknown(turn: Turn): Part[] {
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  return [answer(speak(turn, 'information_unknown'))]
}

/** Answers from one topic of the shop's knowledge; a question the topic does not hold is looked up among all entries. */
export function* information(turn: Turn, request: CustomerRequest, topic: InformationTopic): Asking<Part[]> {
  const date = topic === 'hours' ? dateMeant(turn, request) : null
  turn.dialogue.topic = topic
  const query = request.text.slice(0, 300)
  const [byTopic, byQuestion] = yield [
    {
      name: 'shop_information',
      arguments: {
        topic,
        query: topic === 'faq' ? questionOf(request) : query,
        ...(date === null ? {} : { date }),
      },
    },
    ...(topic === 'faq'
      ? []
      : [{ name: 'shop_information', arguments: { topic: 'faq', query: questionOf(request) } }]),
  ]
  const data = read(informationData, byTopic)
  const free = read(informationData, byQuestion)
  const text =
    data?.answered || (data !== null && topic === 'faq') ? informationText(turn, topic, data, request) : ''
  if (text !== '') return [answer(text)]
  const entry = fittingEntry(free, request)
  if (entry !== null) return [answer(entry)]
  // A small shop's questions are few: all of them, when the search named none.
  const [all] = yield [{ name: 'shop_information', arguments: { topic: 'faq' } }]
  const other = fittingEntry(read(informationData, all), request)
  if (other !== null) return [answer(other)]
  if (topic === 'faq' && request.phrase.nouns.length > 0) return yield* search(turn, request)
  return (yield* askQuestion(turn, request, true)) ?? unknown(turn)
}

/** "¿Hacéis descuento?" – what the shop says of discounts; otherwise its prices stand. */
export function* haggle(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  if (/descuent|promo|oferta|rebaj|discount|offer|deal|% off|sale\b/i.test(request.text)) {
    const [result] = yield [
      { name: 'shop_information', arguments: { topic: 'discounts', query: request.text.slice(0, 300) } },
    ]
    const data = read(informationData, result)
    const text = data?.answered ? entriesText(data, 'discounts', request) : ''
    if (text !== '') return [answer(text)]
  }
  return [answer(speak(turn, 'haggle'))]
}

/** A request without a clear intent: whatever answers it, the shop's knowledge or its catalog. */
export function* open(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const query = request.text.slice(0, 300)
  const [faq, found] = yield [
    { name: 'shop_information', arguments: { topic: 'faq', query: questionOf(request) } },
    { name: 'search_products', arguments: { query: request.phrase.text || query, limit: 6 } },
  ]
  const entry = fittingEntry(read(informationData, faq), request, true)
  const products = read(productsData, found)
  const inCatalog = products?.answered === true && products.products.length > 0
  if (entry !== null && (request.asked || !inCatalog)) return [answer(entry)]
  if (inCatalog) return yield* search(turn, request)
  // "can you replace the zipper on my jacket?": its words one by one
  if (request.asked && request.phrase.nouns.length > 1) {
    const parts = yield* search(turn, request)
    if (parts.every((part) => part.missing === undefined)) return parts
  }
  return null
}
