import type { Intent } from './intents.ts'
import type { CustomerRequest } from './request.ts'

const aboutProducts: ReadonlySet<Intent> = new Set<Intent>([
  'price',
  'stock',
  'attributes',
  'photo',
  'search',
  'lead_time',
  'add',
  'cheapest',
  'dearest',
  'compare',
])

const listable: ReadonlySet<Intent | null> = new Set<Intent | null>([
  'price',
  'stock',
  'search',
  'photo',
  'add',
  'remove',
])

/** Whether a request names a thing after "y la", as one more of what was wished or asked for before. */
function alike(request: CustomerRequest): boolean {
  return (
    listable.has(request.intent) &&
    request.phrase.nouns.length > 0 &&
    /^\W*(?:(?:y|e|and|o|or)\s+)?(?:(?:quiz[aá]s?|tal vez|maybe|perhaps|tambi[eé]n|also)\s+)*(?:el|la|los|las|the|an?|una?|unos|unas|alg[uú]na?|alguno|some|any)\s/i.test(
      request.text,
    )
  )
}

function continuesList(before: CustomerRequest, request: CustomerRequest): boolean {
  return (
    request.intent === null && before.phrase.nouns.length > 0 && alike({ ...request, intent: before.intent })
  )
}

/** A name without a question beside a question without a name are one request: "la lámpara faro… ¿cuánto vale?". */
export function joinHalves(requests: readonly CustomerRequest[]): CustomerRequest[] {
  const joined: CustomerRequest[] = []
  for (const request of requests) {
    const before = joined.at(-1)
    const named = (one: CustomerRequest): boolean => one.phrase.nouns.length > 0
    const bare = (one: CustomerRequest): boolean =>
      (one.intent === null || (one.intent === 'search' && one.score < 3.6)) && named(one)
    const asking = (one: CustomerRequest): boolean =>
      one.intent !== null &&
      aboutProducts.has(one.intent) &&
      !named(one) &&
      one.ordinals.length === 0 &&
      one.intent !== 'compare'
    if (
      before !== undefined &&
      before.intent === null &&
      named(before) &&
      asking(request) &&
      request.options.length === 0
    ) {
      joined[joined.length - 1] = {
        ...request,
        text: `${before.text} ${request.text}`,
        phrase: before.phrase,
        options: [...before.options, ...request.options],
        quantity: request.quantity ?? before.quantity,
        budget: request.budget ?? before.budget,
      }
      continue
    }
    if (
      before !== undefined &&
      asking(before) &&
      before.deictic === null &&
      bare(request) &&
      request.intent === null &&
      before.intent !== 'add'
    ) {
      joined[joined.length - 1] = {
        ...before,
        text: `${before.text} ${request.text}`,
        phrase: request.phrase,
        options: [...before.options, ...request.options],
        quantity: before.quantity ?? request.quantity,
        budget: before.budget ?? request.budget,
      }
      continue
    }
    // "¿cuánto serían 10 lápices y 5 plumas?", "mejor dos gorros y tres guantes": a bare amount is meant as the one before
    if (
      before !== undefined &&
      request.intent === 'add' &&
      request.score <= 2.5 &&
      named(request) &&
      named(before) &&
      (before.intent === 'set_quantity' || (before.intent !== 'add' && listable.has(before.intent)))
    ) {
      joined.push({ ...request, intent: before.intent, score: before.score })
      continue
    }
    // "ponme dos camisetas, un gorro": what follows a wish continues it
    if (
      before !== undefined &&
      request.intent === null &&
      named(request) &&
      (request.quantity !== null || /^\W*(?:(?:y|e|and)\s+)?(?:medi[oa]|half)\b/i.test(request.text)) &&
      (before.intent === 'add' || before.intent === 'remove' || before.intent === 'more')
    ) {
      joined.push({
        ...request,
        intent: before.intent === 'more' ? 'add' : before.intent,
        score: before.score,
      })
      continue
    }
    // "cuánto valen el atril y el afinador": the same is asked of each
    if (before !== undefined && continuesList(before, request)) {
      joined.push({ ...request, intent: before.intent, score: before.score, aspect: before.aspect })
      continue
    }
    // "el atril y el afinador, ¿cuánto valen?"
    if (
      before !== undefined &&
      before.intent === null &&
      named(before) &&
      before.phrase.definite &&
      alike(request)
    ) {
      joined[joined.length - 1] = { ...before, intent: request.intent, score: request.score }
      joined.push(request)
      continue
    }
    // "10 plumas azules y 5 rojas": the same thing in another option
    if (
      before?.intent === 'add' &&
      request.intent === null &&
      !named(request) &&
      request.quantity !== null &&
      request.options.length > 0
    ) {
      const { nouns } = before.phrase
      const phrase = { text: nouns.join(' '), content: nouns, nouns, definite: before.phrase.definite }
      joined.push({ ...request, intent: 'add', score: before.score, phrase })
      continue
    }
    // "un regalo para mi hermano, unos 25 euros"
    if (
      before !== undefined &&
      request.intent === null &&
      !named(request) &&
      request.budget !== null &&
      before.budget === null &&
      (before.intent === null || aboutProducts.has(before.intent) || before.intent === 'recommend')
    ) {
      joined[joined.length - 1] = {
        ...before,
        text: `${before.text} ${request.text}`,
        budget: request.budget,
      }
      continue
    }
    // "¿hacéis envíos? ¿cuánto cobráis?" is one question
    if (
      before?.intent === 'delivery' &&
      request.intent === 'price' &&
      !named(request) &&
      request.options.length === 0 &&
      request.ordinals.length === 0
    ) {
      joined[joined.length - 1] = { ...before, text: `${before.text} ${request.text}` }
      continue
    }
    joined.push(request)
  }
  return joined
}
