import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, shopCall } from './base.ts'
import { channelKindSchema } from './conversations.ts'

export const channelStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('stopped') }),
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('ready'), name: z.string(), externalId: z.string() }),
  z.object({
    state: z.literal('waiting'),
    /** `storage`: a message arrived but could not be written down (full disk). */
    reason: z.enum(['unreachable', 'rate_limited', 'conflict', 'storage']),
    since: instantSchema,
    detail: z.string().optional(),
  }),
  z.object({
    state: z.literal('refused'),
    reason: z.enum(['token', 'conflict']),
    detail: z.string().optional(),
  }),
])
export type ChannelState = z.output<typeof channelStateSchema>

export const channelAccountSchema = z.object({
  id: idSchema,
  kind: channelKindSchema,
  name: z.string(),
  externalId: z.string().nullable(),
  /** Telegram: the Bot API server when it is not Telegram's own. */
  apiRoot: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: instantSchema,
  state: channelStateSchema,
})
export type ChannelAccount = z.output<typeof channelAccountSchema>

export const channels = {
  list: shopCall.input(inShop).output(z.array(channelAccountSchema)),
  /** Asks the platform who the bot is before it is added. The token never comes back. */
  addTelegram: shopCall
    .input(
      inShop.extend({
        token: z.string().trim().min(1).max(200),
        apiRoot: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .output(channelAccountSchema),
  remove: shopCall.input(inShop.extend({ channelAccountId: idSchema })).output(done),
  setEnabled: shopCall
    .input(inShop.extend({ channelAccountId: idSchema, enabled: z.boolean() }))
    .output(channelAccountSchema),
}
