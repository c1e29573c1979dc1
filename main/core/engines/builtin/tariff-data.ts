import { z } from 'zod'

/** What `quote_service` returns, as far as this engine reads it. */

const money = z.object({ amount: z.number(), currency: z.string(), text: z.string() })

const input = z.object({
  key: z.string(),
  type: z.enum(['number', 'choice', 'yes_no']),
  label: z.string(),
  question: z.string(),
  unit: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string(), words: z.array(z.string()) })),
})

export const quoteData = z.object({
  productId: z.string(),
  variantId: z.string().nullable(),
  name: z.string(),
  inputs: z.array(input),
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  missing: z.array(z.string()),
  refused: z.array(z.object({ key: z.string(), issue: z.string() })),
  requirements: z.array(z.string()),
  note: z.string(),
  quote: z
    .object({
      quoteId: z.string(),
      number: z.string(),
      lines: z.array(z.object({ text: z.string() })),
      total: money,
      priceKind: z.enum(['exact', 'from']),
      validUntilText: z.string(),
    })
    .nullable(),
})

export type QuoteData = z.output<typeof quoteData>
export type QuoteInput = z.output<typeof input>
export type QuoteAnswers = QuoteData['answers']
