import { z } from 'zod'
import { formOfAddressSchema, inShop, languageSchema, ownerShopCall, shopCall } from './base.ts'
import { gateVerdictSchema, traceStepSchema } from './traces.ts'

export const personalitySchema = z.object({
  /** '' for none. */
  assistantName: z.string().trim().max(40),
  tone: z.enum(['warm', 'neutral', 'formal', 'playful']),
  /** `auto`: as the customer speaks, else as is usual in the country. */
  formOfAddress: z.enum(['auto', ...formOfAddressSchema.options]),
  emoji: z.enum(['none', 'some']),
  length: z.enum(['short', 'normal']),
  /** `customer`: theirs, the shop's where it is not known. */
  language: z.enum(['customer', ...languageSchema.options]),
  /** The owner's own rules, a sentence each. */
  rules: z.array(z.string().trim().min(1).max(300)).max(20),
})
export type Personality = z.output<typeof personalitySchema>

export const personality = {
  get: shopCall.input(inShop).output(personalitySchema),
  set: ownerShopCall.input(inShop.extend({ personality: personalitySchema })).output(personalitySchema),
  /**
   * What the engine in front (or `engineId`) would answer with this personality, without keeping or doing anything:
   * tools that change something are refused. Throws `engine.*`.
   */
  preview: shopCall
    .input(
      inShop.extend({
        personality: personalitySchema,
        message: z.string().trim().min(1).max(1000),
        engineId: z.string().max(64).optional(),
      }),
    )
    .output(
      z.object({
        text: z.string(),
        engine: z.string(),
        model: z.string().nullable(),
        promptVersion: z.string().nullable(),
        gate: gateVerdictSchema.nullable(),
        steps: z.array(traceStepSchema),
        durationMs: z.int(),
        costMicros: z.int().nullable(),
      }),
    ),
}
