import type { ChannelRules } from '../channels/account.ts'
import type { ChannelKind } from '../channels/channel.ts'

/** Why a rule keeps the assistant out of a conversation; it is the `modeReason` of a conversation paused by it. */
export const ruleReasons = [
  'never',
  'opted_out',
  'group',
  'scope',
  'known_before',
  'owner_wrote_first',
] as const
export type RuleReason = (typeof ruleReasons)[number]

export function isRuleReason(reason: string): reason is RuleReason {
  return ruleReasons.some((known) => known === reason)
}

/** The owner's word about one chat; it goes before everything else. */
export type ChatAnswer = 'default' | 'always' | 'never'

/** What is known of a chat of an account and whether the assistant answers there. */
export interface ChatRule {
  chatId: string
  name: string
  /** Digits with country code; null where the platform does not tell. */
  phone: string | null
  /** Was there before the account was connected, or the owner wrote first. */
  existed: boolean
  answer: ChatAnswer
  /** UTC ISO 8601. */
  optedOutAt: string | null
  conversationId: string | null
}

/**
 * The rules of an account whose owner has said nothing. A personal number is careful: whoever was there before the shop
 * is not answered, and there are ceilings; a bot's users have all chosen to write to a bot.
 */
export function usualRules(kind: ChannelKind): ChannelRules {
  const bot: ChannelRules = {
    scope: 'all',
    testContacts: [],
    groups: false,
    dailyReplies: null,
    dailyNewContacts: null,
    quietHours: null,
    humanPace: false,
  }
  return kind === 'whatsapp'
    ? { ...bot, scope: 'new', dailyReplies: 400, dailyNewContacts: 80, humanPace: true }
    : bot
}
