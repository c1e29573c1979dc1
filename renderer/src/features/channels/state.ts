import type { ChannelState } from '../../../../preload/contract/index.ts'

/** What BotFather gives: the bot's number, a colon and a secret. Only the shape; whether it works Telegram says. */
export function looksLikeToken(text: string): boolean {
  return /^\d{5,}:[A-Za-z0-9_-]{30,}$/.test(text.trim())
}

export function stateColor(state: ChannelState['state']): string {
  switch (state) {
    case 'ready':
      return 'green'
    case 'connecting':
      return 'blue'
    case 'waiting':
      return 'yellow'
    case 'refused':
      return 'red'
    case 'stopped':
      return 'gray'
  }
}
