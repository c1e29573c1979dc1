import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, ownerShopCall, shopCall } from './base.ts'
import { channelKindSchema } from './conversations.ts'

export const channelStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('stopped') }),
  /** `browser`: it is being started; `page`: the messenger loads; `syncing`: signed in, messages are being fetched. */
  z.object({ state: z.literal('connecting'), step: z.enum(['browser', 'page', 'syncing']).optional() }),
  /** Waits for the owner's phone; `qr` is the code's text, null while a new one is on its way. */
  z.object({
    state: z.literal('pairing'),
    qr: z.string().nullable(),
    since: instantSchema,
    reason: z.enum(['new', 'logged_out']),
  }),
  z.object({ state: z.literal('ready'), name: z.string(), externalId: z.string() }),
  z.object({
    state: z.literal('waiting'),
    /** `storage`: a message arrived but could not be written down (full disk). `restarting`: a part died or hung. */
    reason: z.enum(['unreachable', 'rate_limited', 'conflict', 'storage', 'restarting']),
    since: instantSchema,
    detail: z.string().optional(),
  }),
  z.object({
    state: z.literal('refused'),
    /** `browser`: none works (`detail` is the error's code); `duplicate`: this number is connected already. */
    reason: z.enum(['token', 'conflict', 'browser', 'duplicate']),
    detail: z.string().optional(),
  }),
])
export type ChannelState = z.output<typeof channelStateSchema>

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const channelRulesSchema = z.object({
  /** `test`: the test contacts only; `new`: everybody who was not there when the account was connected; `all`. */
  scope: z.enum(['test', 'new', 'all']),
  testContacts: z.array(z.string().trim().min(1).max(60)).max(50),
  /** Answer in groups when spoken to. */
  groups: z.boolean(),
  dailyReplies: z.int().min(1).max(100_000).nullable(),
  dailyNewContacts: z.int().min(1).max(100_000).nullable(),
  /** Local times between which the assistant says nothing; may pass midnight. */
  quietHours: z.object({ from: clockTime, to: clockTime }).nullable(),
  humanPace: z.boolean(),
})
export type ChannelRules = z.output<typeof channelRulesSchema>

export const riskReasonSchema = z.object({
  code: z.enum([
    'fresh_account',
    'refused_sends',
    'logged_out',
    'conflict',
    'near_replies_ceiling',
    'replies_ceiling',
    'near_contacts_ceiling',
    'contacts_ceiling',
    'loops',
    'opt_outs',
    'few_answers',
    'fast_pace',
    'open_scope',
  ]),
  /** Figures for the text. */
  data: z.record(z.string(), z.number()),
})
export type RiskReason = z.output<typeof riskReasonSchema>

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
  rules: channelRulesSchema,
  /** How likely the platform is to block the account, and why. */
  risk: z.object({ level: z.enum(['low', 'raised', 'high']), reasons: z.array(riskReasonSchema) }),
  /** WhatsApp: the browser chosen for this account; null for the computer's. */
  browser: z.string().nullable(),
  riskAcceptedAt: instantSchema.nullable(),
})
export type ChannelAccount = z.output<typeof channelAccountSchema>

/** What an account is now; null when it was removed. */
export const channelChangeSchema = z.object({
  channelAccountId: idSchema,
  at: instantSchema,
  account: channelAccountSchema.nullable(),
})
export type ChannelChange = z.output<typeof channelChangeSchema>

/** A chat of an account and whether the assistant answers there. */
export const chatRuleSchema = z.object({
  chatId: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  /** Was there before the account was connected, or the owner wrote first. */
  existed: z.boolean(),
  answer: z.enum(['default', 'always', 'never']),
  optedOutAt: instantSchema.nullable(),
  conversationId: idSchema.nullable(),
})
export type ChatRule = z.output<typeof chatRuleSchema>

const one = inShop.extend({ channelAccountId: idSchema })

export const channels = {
  list: shopCall.input(inShop).output(z.array(channelAccountSchema)),
  /** Asks the platform who the bot is before it is added. The token never comes back. */
  addTelegram: ownerShopCall
    .input(
      inShop.extend({
        token: z.string().trim().min(1).max(200),
        apiRoot: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .output(channelAccountSchema),
  /**
   * Adds a WhatsApp account; the code to scan appears in its state. `riskAccepted`: the owner has read that WhatsApp does
   * not permit unofficial bots. `browser`: path of a Chrome-like executable for this account.
   */
  addWhatsApp: ownerShopCall
    .input(inShop.extend({ riskAccepted: z.literal(true), browser: z.string().min(1).max(4_096).optional() }))
    .output(channelAccountSchema),
  /** `unlink`: ends the session on the phone too. Its conversations stay. */
  remove: ownerShopCall.input(one.extend({ unlink: z.boolean().default(true) })).output(done),
  setEnabled: ownerShopCall.input(one.extend({ enabled: z.boolean() })).output(channelAccountSchema),
  setBrowser: ownerShopCall
    .input(one.extend({ browser: z.string().min(1).max(4_096).nullable() }))
    .output(channelAccountSchema),
  /** Changes what is given. Conversations that are paused only by a rule that no longer holds come back. */
  setRules: ownerShopCall
    .input(one.extend({ rules: channelRulesSchema.partial() }))
    .output(channelAccountSchema),
  /** Takes the connection back from another computer or tab. */
  useHere: shopCall.input(one).output(channelAccountSchema),
  refreshCode: ownerShopCall.input(one).output(done),
  /** Every account as it is now, then each change of any, in order: codes to scan, steps, failures. Runs until it is ended. */
  follow: shopCall.input(inShop).output(eventIterator(channelChangeSchema)),
  /** Chats that have a rule or a conversation; by name. `after` is the `chatId` of the last one shown. */
  chats: shopCall
    .input(
      one.extend({
        text: z.string().max(200).optional(),
        only: z.enum(['existed', 'never', 'always', 'opted_out']).optional(),
        limit: z.int().min(1).max(200).default(50),
        after: z.string().optional(),
      }),
    )
    .output(z.object({ items: z.array(chatRuleSchema), more: z.boolean() })),
  setChat: shopCall
    .input(one.extend({ chatId: z.string().min(1).max(200), answer: z.enum(['default', 'always', 'never']) }))
    .output(chatRuleSchema),
}
