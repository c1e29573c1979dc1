import { z } from 'zod'

/** What the engine remembers between turns. Ids only: names, prices and stock are asked again when they are needed. */

const wish = z.object({ quantity: z.number().nullable(), purpose: z.enum(['add', 'show']) })
const pending = z.discriminatedUnion('kind', [
  /** Asked which variant of a product. */
  wish.extend({
    kind: z.literal('variant'),
    productId: z.string(),
    variantIds: z.array(z.string()),
    words: z.array(z.string()).default([]),
    /** The one that was proposed, for a yes. */
    proposed: z.string().optional(),
  }),
  /** Asked which of several products. */
  wish.extend({
    kind: z.literal('product'),
    productIds: z.array(z.string()),
    words: z.array(z.string()).default([]),
    measures: z.array(z.object({ value: z.number(), unit: z.string(), option: z.string() })).default([]),
  }),
  /** Offered to put a variant in the cart. */
  z.object({
    kind: z.literal('confirm_add'),
    variantId: z.string(),
    productId: z.string(),
    quantity: z.number(),
    /** The amount is that of the whole line, not one to add. */
    absolute: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('confirm_clear') }),
  /** Asked which line of the cart to take out or change. */
  z.object({
    kind: z.literal('cart_line'),
    variantIds: z.array(z.string()),
    quantity: z.number().nullable(),
  }),
  /** Asked for a fact that a service's price depends on. */
  z.object({
    kind: z.literal('tariff'),
    productId: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    asked: z.string(),
    times: z.number(),
  }),
  /** Offered to put a quoted service in the cart. */
  z.object({
    kind: z.literal('confirm_quote'),
    productId: z.string(),
    variantId: z.string(),
    quoteId: z.string(),
    name: z.string(),
    total: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  /** Asked whether there is anything else: a no ends the choosing. */
  z.object({ kind: z.literal('anything_else') }),
  /** Asked whether an order is really to be cancelled. */
  z.object({ kind: z.literal('cancel_order'), orderId: z.string(), number: z.string() }),
  /** Offered a person. */
  z.object({ kind: z.literal('person'), reason: z.enum(['asked', 'not_understood', 'other']) }),
])

/** The order that is being made. It outlives questions about other things and days of silence. */
const checkout = z.object({
  /** What the last question about it asked for. */
  asked: z
    .array(z.enum(['delivery_method', 'place', 'address', 'slot', 'name', 'phone', 'payment', 'code']))
    .default([]),
  /** The summary that waits for a yes. */
  summaryId: z.string().nullable().default(null),
  /** What could be chosen when it was last seen. */
  payments: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  slots: z.array(z.object({ id: z.string(), label: z.string(), date: z.string() })).default([]),
  /** An address on record that was offered. */
  savedAddressId: z.string().nullable().default(null),
  /** A street that was told with a town that is not served: it waits for another town. */
  heldAddress: z.string().nullable().default(null),
  /** The street that was told last: a number that comes after it belongs to it. */
  street: z.string().nullable().default(null),
  /** Times in a row that the same was asked without an answer. */
  repeated: z.number().default(0),
})

const dialogue = z.object({
  /** Products of the last list, in the order shown. */
  shown: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  /** Products like the one in focus that the same search found: "no, la otra". */
  nearby: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  /** What the last reply put in the cart, null when it did something else. */
  justAdded: z
    .object({ variantId: z.string(), productId: z.string(), quantity: z.number() })
    .nullable()
    .default(null),
  focus: z.object({ productId: z.string(), variantId: z.string().nullable() }).nullable().default(null),
  /** Option values that were settled for a product: another size keeps the colour. */
  kept: z
    .object({ productId: z.string(), words: z.array(z.string()) })
    .nullable()
    .default(null),
  /** The product that was spoken of before the focus. */
  previous: z.string().nullable().default(null),
  /** Line of the cart that was touched last. */
  touched: z.string().nullable().default(null),
  /** The quote that was given last, for "mándamelo en PDF". */
  lastQuote: z.string().nullable().default(null),
  pending: pending.nullable().default(null),
  checkout: checkout.nullable().default(null),
  /** Whether the cart held anything when it was last seen. */
  filled: z.boolean().default(false),
  /** Which reply placed an order or told of one last. */
  orderSpokenAt: z.number().nullable().default(null),
  /** The place of the last question of delivery that is served: a street told after it is there. */
  placeAsked: z.string().nullable().default(null),
  topic: z.string().nullable().default(null),
  /** The date of the last question of hours and the day on which it was asked, for "¿y el 25?". */
  date: z.object({ asked: z.string(), today: z.string() }).nullable().default(null),
  /** What was asked of a product last, for "¿y la otra?". */
  asked: z
    .object({
      intent: z.enum(['price', 'stock', 'attributes', 'lead_time', 'photo']),
      aspect: z.array(z.string()),
    })
    .nullable()
    .default(null),
  misunderstood: z.number().default(0),
  turns: z.number().default(0),
  language: z.enum(['es', 'en']).nullable().default(null),
  formOfAddress: z.enum(['tu', 'usted', 'vos']).nullable().default(null),
})

export type Dialogue = z.output<typeof dialogue>
export type CheckoutState = z.output<typeof checkout>
export type Pending = z.output<typeof pending>

/** Reads a stored state; what cannot be read starts afresh. */
export function readDialogue(state: unknown): Dialogue {
  const parsed = dialogue.safeParse(state ?? {})
  return parsed.success ? parsed.data : dialogue.parse({})
}
