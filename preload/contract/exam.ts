import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, ownerShopCall, shopCall } from './base.ts'

/** One case: what a simulated customer says and what must hold afterwards. */
export const examCaseSchema = z.object({
  name: z.string().trim().min(1).max(120),
  class: z.string().trim().min(1).max(40).default('owner'),
  turns: z
    .array(
      z.object({
        customer: z.string().trim().min(1).max(2000),
        /** Words that the answer must have, any one of each list. */
        says: z
          .array(z.array(z.string().min(1).max(200)).min(1))
          .max(20)
          .default([]),
        /** Words that it must not have. */
        neverSays: z.array(z.string().min(1).max(200)).max(20).default([]),
        /** Amounts that it must tell in minor units, any one of each list. */
        tells: z
          .array(z.array(z.int().min(0)).min(1))
          .max(20)
          .optional(),
        /** Whether the customer asks for something else in the cart; `false` makes a changed cart a fault. */
        changesCart: z.boolean().optional(),
        /** The whole cart after this turn. */
        cart: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).optional(),
      }),
    )
    .min(1)
    .max(30),
  /** The language that every answer must be in. */
  language: z.enum(['es', 'en']).optional(),
  /** After the turns the customer goes on until the order is placed and answers what is asked with this. */
  buyer: z
    .object({
      name: z.string().min(1).max(200),
      phone: z.string().min(1).max(200),
      /** Null for who collects the order. */
      address: z.object({ street: z.string().min(1).max(200), place: z.string().min(1).max(200) }).nullable(),
      payment: z.string().min(1).max(200),
    })
    .optional(),
  /** State at the end; what is left out is not looked at. */
  end: z
    .object({
      cart: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).optional(),
      ordered: z.boolean().optional(),
      handedOver: z.boolean().optional(),
      /** The order as it was placed; the total includes delivery. */
      order: z
        .object({
          lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).min(1),
          total: z.int().min(0),
        })
        .optional(),
    })
    .default({}),
})
export type ExamCase = z.output<typeof examCaseSchema>

const share = z.object({
  passed: z.int(),
  total: z.int(),
  rate: z.number(),
  /** Wilson's 95 % interval. */
  low: z.number(),
  high: z.number(),
})

export const examReportSchema = z.object({
  runId: idSchema,
  engine: z.object({
    id: z.string(),
    kind: z.string(),
    model: z.string().nullable(),
    promptVersion: z.string().nullable(),
  }),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Code of what ended a run that failed. */
  failure: z.string().nullable().optional(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  seed: z.int(),
  overall: share,
  classes: z.array(share.extend({ class: z.string() })),
  /** Figures that reached the customer and are not the shop's. */
  wrongFigures: z.int(),
  /** Things done that nobody asked for or that were forbidden. */
  forbiddenActions: z.int(),
  /** Drafts that the gate refused. */
  refusedDrafts: z.int(),
  /** Turns that another engine than the examined one answered. */
  fallbacks: z.int(),
  steps: z.object({ mean: z.number(), most: z.int() }),
  costMicros: z.int().nullable(),
  seconds: z.object({ p50: z.number(), p95: z.number() }),
  cases: z.array(
    z.object({
      name: z.string(),
      class: z.string(),
      passed: z.boolean(),
      /**
       * `CODE@TURN: DETAIL`, without `@TURN` for what holds at the end. Codes: says, never_says, tells, cart, ordered,
       * order, handed_over, wrong_figure, order_without_yes, discount_not_granted, cart_changed, false_claim, language,
       * no_answer, fallback, failed.
       */
      reasons: z.array(z.string()),
      turns: z.array(
        z.object({
          customer: z.string(),
          answer: z.string(),
          engine: z.string(),
          refused: z.int(),
          durationMs: z.int(),
        }),
      ),
    }),
  ),
})
export type ExamReport = z.output<typeof examReportSchema>

export const examRunSchema = examReportSchema.omit({ cases: true, classes: true, steps: true, seconds: true })
export type ExamRun = z.output<typeof examRunSchema>

/** Two runs held against each other; rates are of the cases that both have. */
export const examComparisonSchema = z.object({
  baseRunId: idSchema,
  runId: idSchema,
  cases: z.int(),
  baseRate: z.number(),
  rate: z.number(),
  /** `rate - baseRate` with a 95 % interval by paired bootstrap. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** McNemar's exact test, two-sided. */
  p: z.number(),
  /** Names of cases that passed before and do not now. */
  regressions: z.array(z.string()),
  improvements: z.array(z.string()),
  classes: z.array(z.object({ class: z.string(), cases: z.int(), baseRate: z.number(), rate: z.number() })),
  wrongFigures: z.object({ base: z.int(), now: z.int() }),
  costMicros: z.object({ base: z.int().nullable(), now: z.int().nullable() }),
})
export type ExamComparison = z.output<typeof examComparisonSchema>

export const exam = {
  /** Runs on a copy of the shop in the background; `exam.progress` events tell how far it is. Throws `exam.running`, `engine.not_found`. */
  start: ownerShopCall
    .input(
      inShop.extend({
        /** Id of an engine, or a kind: `builtin`, `local`, `remote`. */
        engineId: z.string().min(1).max(64),
        /** Any of the shipped classes, `catalog`, `owner` (see `classes`); all when left out. */
        classes: z.array(z.string()).optional(),
        /** At most so many cases of each class. */
        most: z.int().min(1).max(1000).optional(),
        seed: z.int().optional(),
        cases: z.array(examCaseSchema).max(500).optional(),
        /** Id or kind of a model that plays the customers who order; they go by rules when left out. */
        customer: z.string().min(1).max(64).optional(),
        /** A folder of prompts instead of the shipped one. For the command line alone. */
        prompts: z.string().max(1000).optional(),
      }),
    )
    .output(z.object({ runId: idSchema, total: z.int() })),
  cancel: ownerShopCall.input(inShop.extend({ runId: idSchema })).output(done),
  /** Newest first. */
  list: shopCall.input(inShop).output(z.array(examRunSchema)),
  report: shopCall.input(inShop.extend({ runId: idSchema })).output(examReportSchema),
  compare: shopCall
    .input(inShop.extend({ baseRunId: idSchema, runId: idSchema }))
    .output(examComparisonSchema),
  /** Classes with how many cases they have in this shop. */
  classes: shopCall.input(inShop).output(z.array(z.object({ class: z.string(), cases: z.int() }))),
  cases: shopCall.input(inShop).output(z.array(z.object({ id: idSchema, case: examCaseSchema }))),
  addCase: ownerShopCall.input(inShop.extend({ case: examCaseSchema })).output(z.object({ id: idSchema })),
  removeCase: ownerShopCall.input(inShop.extend({ id: idSchema })).output(done),
}
