import { z } from 'zod'
import type { ToolCallRequest } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import { readCheckoutDetails } from '../understanding/checkout-details.ts'
import { isExplicitConfirmation, isUnqualifiedYes } from '../understanding/confirmation.ts'
import { type CustomerRequest, type Intent, topicOf, understand } from '../understanding/service.ts'

/** Calls at most: each result is text that the model has to read. */
const mostCalls = 4
const productsFound = 4

/** Of the state that engines leave: what the customer may mean by "it" or "the second one". */
const referredTo = z.object({
  shown: z.array(z.object({ id: z.string() })).catch([]),
  focus: z.object({ productId: z.string() }).nullable().catch(null),
  filled: z.boolean().catch(false),
  checkout: z
    .object({
      asked: z.array(
        z.enum(['delivery_method', 'place', 'address', 'slot', 'name', 'phone', 'payment', 'code']),
      ),
      payments: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
      summaryId: z.string().nullable(),
    })
    .nullable()
    .catch(null),
})

type Referred = z.output<typeof referredTo>

const nothing: Referred = { shown: [], focus: null, filled: false, checkout: null }

const ofCatalog: ReadonlySet<Intent> = new Set<Intent>([
  'search',
  'price',
  'stock',
  'attributes',
  'compare',
  'cheapest',
  'dearest',
  'recommend',
  'photo',
  'lead_time',
  'restock',
  'add',
  'more',
  'haggle',
])
const ofCart: ReadonlySet<Intent> = new Set<Intent>([
  'view_cart',
  'remove',
  'set_quantity',
  'correct',
  'clear_cart',
])
const courtesy: ReadonlySet<Intent> = new Set<Intent>([
  'greet',
  'thanks',
  'bye',
  'how_are_you',
  'affirm',
  'deny',
  'human',
  'complaint',
  'robot',
  'injection',
  'appointment',
])

/**
 * What to look up before a model is asked, so that a plain question needs one step: the customer's own words, read by the
 * same rules as the built-in engine's. Reads only. Empty where the words ask for nothing that could be looked up.
 */
export function retrievalCalls(
  texts: readonly string[],
  state: JsonValue,
  tools: ReadonlySet<string>,
): ToolCallRequest[] {
  const text = texts.filter((one) => one.trim() !== '').join('\n')
  if (!/\p{L}/u.test(text)) return []
  const referred = referredTo.safeParse(state ?? {}).data ?? nothing
  const { checkout } = referred
  // A yes to a summary asks for nothing.
  if (checkout?.summaryId != null && (isUnqualifiedYes(text) || isExplicitConfirmation(text))) return []
  // Who is asked for a street tells one; what is still missing is worth knowing before anything is noted.
  const ordering = checkout !== null && checkout.summaryId === null && checkout.asked.length > 0
  const rest = ordering ? readCheckoutDetails(text, { open: true, ...checkout }).rest : text
  const calls = [
    ...understand(rest).requests.flatMap((request) => callsFor(request, referred, ordering)),
    ...(ordering ? [{ name: 'view_checkout', arguments: {} }] : []),
  ]
  const known = new Set<string>()
  return calls
    .filter(({ name, arguments: given }) => {
      const key = `${name} ${JSON.stringify(given)}`
      if (!tools.has(name) || known.has(key)) return false
      known.add(key)
      return true
    })
    .slice(0, mostCalls)
}

function callsFor(request: CustomerRequest, referred: Referred, ordering: boolean): ToolCallRequest[] {
  const { intent, text } = request
  const query = text.trim().slice(0, 500)
  const search = { name: 'search_products', arguments: { query, limit: productsFound } }
  const topic = intent === null ? null : topicOf(intent)
  if (topic !== null) return [{ name: 'shop_information', arguments: { topic, query } }]
  if (intent === null) {
    if (query.length < 3 || (ordering && !request.asked)) return []
    const faq = { name: 'shop_information', arguments: { topic: 'faq', query } }
    return request.phrase.nouns.length > 0
      ? [search, ...(request.asked ? [faq] : [])]
      : request.asked
        ? [faq]
        : []
  }
  if (courtesy.has(intent)) return []
  if (intent === 'browse') return [{ name: 'list_categories', arguments: {} }]
  if (intent === 'order_status') return [{ name: 'order_status', arguments: {} }]
  if (intent === 'checkout') return [{ name: 'view_checkout', arguments: {} }]
  if (ofCart.has(intent)) return [{ name: 'view_cart', arguments: {} }]
  if (!ofCatalog.has(intent)) return []
  // A line takes its quantity in all: what is there already has to be known before more of it is put in.
  const cart =
    referred.filled && (intent === 'add' || intent === 'more') ? [{ name: 'view_cart', arguments: {} }] : []
  if (request.phrase.nouns.length > 0) return [search, ...cart]
  const meant = productsMeant(referred)
  return meant.length > 0
    ? [{ name: 'get_products', arguments: { productIds: meant } }, ...cart]
    : [search, ...cart]
}

/** The products that were shown last, the one spoken of first. */
function productsMeant({ shown, focus }: Referred): string[] {
  return [...new Set([...(focus === null ? [] : [focus.productId]), ...shown.map(({ id }) => id)])].slice(
    0,
    4,
  )
}
