import type { ChannelRules } from '../channels/account.ts'
import type { ChannelKind } from '../channels/channel.ts'

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
