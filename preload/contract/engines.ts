import { z } from 'zod'
import {
  amountSchema,
  currencySchema,
  done,
  idSchema,
  inShop,
  instantSchema,
  jsonSchema,
  ownerShopCall,
  positiveAmountSchema,
  shopCall,
} from './base.ts'

export const engineKindSchema = z.enum(['builtin', 'local', 'remote'])
export const remoteProviderSchema = z.enum(['deepseek', 'openrouter', 'custom'])

/** Millionths of a US dollar for a million tokens; null where nobody knows. */
export const pricesSchema = z.object({
  input: z.int().min(0),
  cached: z.int().min(0),
  output: z.int().min(0),
  source: z.enum(['service', 'table', 'owner', 'free']),
})

export const engineHealthSchema = z.object({
  /** `ready`: would be asked; `resting`: failed and waits; `off`: by the owner or after two deaths; `capped`: the spending cap is reached; `missing`: its file or program is not there. */
  state: z.enum(['ready', 'busy', 'loading', 'resting', 'off', 'capped', 'missing']),
  /** Code of the last failure (`offline`, `refused_key`, …); null after a success. */
  error: z.string().nullable(),
  failedAt: instantSchema.nullable(),
  /** When it is tried again. */
  retryAt: instantSchema.nullable(),
  answeredAt: instantSchema.nullable(),
})

export const engineSchema = z.object({
  /** `builtin` for the one that is always there. */
  id: idSchema,
  kind: engineKindSchema,
  name: z.string(),
  provider: remoteProviderSchema.nullable(),
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  file: z.string().nullable(),
  enabled: z.boolean(),
  /** Place in the order, from 0; null when it is not asked. */
  position: z.int().nullable(),
  prices: pricesSchema.nullable(),
  contextTokens: z.int().nullable(),
  health: engineHealthSchema,
  speed: z.object({
    /** Of today's requests; null without any. */
    firstTokenMs: z.int().nullable(),
    tokensPerSecond: z.number().nullable(),
    tier: z.enum(['fast', 'fair', 'slow']).nullable(),
  }),
  today: z.object({
    requests: z.int(),
    failed: z.int(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    /** Millionths of the shop's unit. */
    costMicros: z.int(),
  }),
})
export type Engine = z.output<typeof engineSchema>

export const spendingSchema = z.object({
  currency: currencySchema,
  /** Minor units; null for no cap. */
  caps: z.object({ day: amountSchema.nullable(), month: amountSchema.nullable() }),
  /** Per cent of a cap from which the owner is warned. */
  warnAt: z.int(),
  /** Millionths of the shop's unit, reserved ones included. */
  spent: z.object({ day: z.int(), month: z.int() }),
  warning: z.boolean(),
  capped: z.boolean(),
  /** Millionths of the shop's unit for one US dollar, and whose figure that is. */
  usdRate: z.int(),
  rateSource: z.enum(['owner', 'table', 'same']),
})
export type Spending = z.output<typeof spendingSchema>

export const remoteModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  contextTokens: z.int().nullable(),
  prices: pricesSchema.nullable(),
  /** Null where the service does not tell. */
  tools: z.boolean().nullable(),
})
export type RemoteModel = z.output<typeof remoteModelSchema>

export const remoteAddressSchema = z.object({
  provider: remoteProviderSchema,
  /** Needed for `custom`; for the others only where it is another server than theirs. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** May be left out for a service of this computer that asks for none. */
  key: z.string().trim().max(500).optional(),
})

export const engineTestSchema = z.object({
  ok: z.boolean(),
  /** What it said to a small question. */
  text: z.string(),
  /** Whether it called the tool it was asked to call. */
  tools: z.boolean(),
  firstTokenMs: z.int().nullable(),
  durationMs: z.int(),
  tokensPerSecond: z.number().nullable(),
  costMicros: z.int().nullable(),
  error: z.string().nullable(),
})
export type EngineTest = z.output<typeof engineTestSchema>

export const sentRequestSchema = z.object({
  id: idSchema,
  engineId: idSchema,
  model: z.string(),
  purpose: z.enum(['turn', 'preview', 'summary', 'exam', 'test']),
  conversationId: idSchema.nullable(),
  step: z.int().nullable(),
  state: z.enum(['reserved', 'done', 'failed']),
  error: z.string().nullable(),
  inputTokens: z.int().nullable(),
  cachedTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  costMicros: z.int().nullable(),
  redactions: z.int(),
  startedAt: instantSchema,
  firstTokenMs: z.int().nullable(),
  durationMs: z.int().nullable(),
})
export type SentRequest = z.output<typeof sentRequestSchema>

const engineInput = inShop.extend({ engineId: idSchema })

export const engines = {
  /** In the order in which they are asked; those that are not asked last. */
  list: shopCall.input(inShop).output(z.array(engineSchema)),
  /**
   * Asks the service whether key and model are good before anything is kept. The key never comes back.
   * Throws `engine.refused_key`, `engine.unreachable`, `engine.not_compatible`, `engine.model_unknown {model}`, `engine.out_of_credit`, `engine.already_added`, `engine.address`, `engine.address_insecure`.
   */
  addRemote: ownerShopCall
    .input(
      inShop.extend(remoteAddressSchema.shape).extend({
        model: z.string().trim().min(1).max(200),
        name: z.string().trim().max(80).optional(),
        prices: pricesSchema.omit({ source: true }).optional(),
        contextTokens: z.int().min(1024).optional(),
      }),
    )
    .output(engineSchema),
  /** Models of a service, for the choice. Nothing is kept. Throws as `addRemote`. */
  remoteModels: ownerShopCall
    .input(inShop.extend(remoteAddressSchema.shape).extend({ engineId: idSchema.optional() }))
    .output(z.array(remoteModelSchema)),
  /** Throws `model.not_found {file}`, `model.not_gguf`, `model.damaged`, `model.no_chat`, `model.too_large`, `model.no_binary`. */
  addLocal: ownerShopCall
    .input(inShop.extend({ file: z.string().min(1).max(4096), name: z.string().trim().max(80).optional() }))
    .output(engineSchema),
  /** What is left out stays. A new key is checked as in `addRemote`. */
  change: ownerShopCall
    .input(
      engineInput.extend({
        name: z.string().trim().min(1).max(80).optional(),
        key: z.string().trim().min(1).max(500).optional(),
        model: z.string().trim().min(1).max(200).optional(),
        enabled: z.boolean().optional(),
        prices: pricesSchema.omit({ source: true }).nullable().optional(),
      }),
    )
    .output(engineSchema),
  remove: ownerShopCall.input(engineInput).output(done),
  /** The whole order; ids or kinds (`local,remote,builtin`). The built-in engine always closes it. */
  order: ownerShopCall
    .input(inShop.extend({ order: z.array(z.string().min(1).max(64)).max(50) }))
    .output(z.array(engineSchema)),
  /** Asks it something small and has it call a tool. Also ends a rest. */
  test: ownerShopCall.input(engineInput).output(engineTestSchema),
  spending: shopCall.input(inShop).output(spendingSchema),
  /** Minor units; null takes a cap away, what is left out stays. `usdRate` null: the shipped figure again. */
  setSpending: ownerShopCall
    .input(
      inShop.extend({
        day: positiveAmountSchema.nullable().optional(),
        month: positiveAmountSchema.nullable().optional(),
        warnAt: z.int().min(10).max(100).optional(),
        usdRate: z.int().positive().nullable().optional(),
      }),
    )
    .output(spendingSchema),
  privacy: shopCall.input(inShop).output(z.object({ redact: z.boolean(), keepRequestsDays: z.int() })),
  setPrivacy: ownerShopCall
    .input(
      inShop.extend({ redact: z.boolean().optional(), keepRequestsDays: z.int().min(0).max(365).optional() }),
    )
    .output(z.object({ redact: z.boolean(), keepRequestsDays: z.int() })),
  /** Requests to models, newest first. */
  requests: ownerShopCall
    .input(
      inShop.extend({
        engineId: idSchema.optional(),
        conversationId: idSchema.optional(),
        beforeId: idSchema.optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(z.array(sentRequestSchema)),
  /** What left this computer in one request, word for word; `body` is null for a local model or when it is not kept any more. */
  request: ownerShopCall
    .input(inShop.extend({ requestId: idSchema }))
    .output(sentRequestSchema.extend({ body: jsonSchema })),
}
