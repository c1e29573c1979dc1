import { z } from 'zod'
import { idSchema, inShop, jsonSchema, shopCall } from './base.ts'

export const traceCallSchema = z.object({
  tool: z.string(),
  arguments: jsonSchema,
  ok: z.boolean(),
  /** Data of the result, or the error's code and data. */
  result: jsonSchema,
  effect: z.boolean(),
  durationMs: z.number(),
})

/** Who answered a step and how it went there. */
export const servedBySchema = z.object({
  engine: z.string(),
  kind: z.enum(['builtin', 'local', 'remote']),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  /** Millionths of the shop's currency unit. */
  costMicros: z.int().nullable(),
  firstTokenMs: z.int().nullable(),
  /** For `engines.request`: what was sent. */
  requestId: idSchema.nullable(),
  /** Pieces of personal data that stayed on this computer. */
  redactions: z.int(),
  skipped: z.array(z.object({ engine: z.string(), code: z.string(), ms: z.number() })),
})

export const traceStepSchema = z.object({
  step: z.int(),
  engine: z.string(),
  model: z.string().nullable(),
  text: z.string(),
  calls: z.array(traceCallSchema),
  usage: z.object({
    inputTokens: z.int().nullable(),
    outputTokens: z.int().nullable(),
    cachedTokens: z.int().nullish(),
  }),
  durationMs: z.number(),
  /** Dropped because a newer message came in, or because the gate refused it. */
  dropped: z.boolean(),
  /** Why the gate refused this draft. */
  refused: z.array(z.object({ kind: z.string(), text: z.string(), reason: z.string() })).nullish(),
  /** Absent in traces of before models. */
  served: servedBySchema.nullish(),
  /** What the engine noted: intents with scores, rules that fired. */
  notes: jsonSchema,
})

export const gateVerdictSchema = z.object({
  ok: z.boolean(),
  findings: z.array(z.object({ kind: z.string(), text: z.string(), reason: z.string() })),
  /** The engine's text when a deterministic answer left in its place. */
  refusedText: z.string().nullable(),
})

/** How one reply came about. */
export const traceSchema = z.object({
  turnId: idSchema,
  messageId: idSchema.nullable(),
  engine: z.string(),
  model: z.string().nullable(),
  language: z.string().nullable(),
  steps: z.array(traceStepSchema),
  /** Of the prompt files; absent in traces of before models. */
  promptVersion: z.string().nullish(),
  /** Of all steps together, refused drafts included. */
  usage: z
    .object({
      inputTokens: z.int().nullable(),
      outputTokens: z.int().nullable(),
      cachedTokens: z.int().nullable(),
    })
    .optional(),
  /** Millionths of the shop's currency unit; null where a price is not known. */
  costMicros: z.int().nullish(),
  gate: gateVerdictSchema.nullable(),
  /** Rows the reply stands on, with the revision that was read. */
  cites: z.array(z.object({ table: z.string(), id: z.string(), revision: z.int() })),
  attempts: z.int(),
  endReason: z.string().nullable(),
  /** From taking the turn up to the committed reply. */
  durationMs: z.number(),
})
export type Trace = z.output<typeof traceSchema>

export const traces = {
  /** Throws `not_found` for a message without one. */
  get: shopCall.input(inShop.extend({ messageId: idSchema })).output(traceSchema),
}
