import type { Message } from 'grammy/types'

/** The bot that an account is. */
export interface BotIdentity {
  id: string
  /** Without the @. */
  username: string
}

/** Whether a message in a group is said to the bot: an answer to it, its name, or a command with its name. */
export function isAddressed(message: Message, bot: BotIdentity): boolean {
  const target = message.reply_to_message
  if (target?.from !== undefined && String(target.from.id) === bot.id) return true
  const text = message.text ?? message.caption ?? ''
  const name = `@${bot.username.toLowerCase()}`
  return (message.entities ?? message.caption_entities ?? []).some((entity) => {
    if (entity.type === 'text_mention') return String(entity.user.id) === bot.id
    const words = text.slice(entity.offset, entity.offset + entity.length).toLowerCase()
    if (entity.type === 'mention') return words === name
    return entity.type === 'bot_command' && words.endsWith(name)
  })
}
