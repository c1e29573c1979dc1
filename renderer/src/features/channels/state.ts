import type { ChannelAccount, ChannelState } from '../../../../preload/contract/index.ts'

/** What BotFather gives: the bot's number, a colon and a secret. Only the shape; whether it works Telegram says. */
export function looksLikeToken(text: string): boolean {
  return /^\d{5,}:[A-Za-z0-9_-]{30,}$/.test(text.trim())
}

export function stateColor(state: ChannelState['state']): string {
  switch (state) {
    case 'ready':
      return 'green'
    case 'connecting':
    case 'pairing':
      return 'blue'
    case 'waiting':
      return 'yellow'
    case 'refused':
      return 'red'
    case 'stopped':
      return 'gray'
  }
}

/** The state in a word; without a browser nobody has refused anything. */
export function stateWord(state: ChannelState): ChannelState['state'] | 'noBrowser' {
  return state.state === 'refused' && state.reason === 'browser' ? 'noBrowser' : state.state
}

export const riskColors = { low: 'green', raised: 'yellow', high: 'red' } as const

/** `+34600111222` of a WhatsApp number as the account knows it. */
export function numberText(externalId: string): string {
  return /^\d+$/.test(externalId) ? `+${externalId}` : externalId
}

/** What the owner can do about an account in this state, besides switching it off and removing it. */
export type Remedy = 'scan' | 'use_here' | 'browser' | null

export function remedyOf({ kind, state }: Pick<ChannelAccount, 'kind' | 'state'>): Remedy {
  if (kind !== 'whatsapp') return null
  if (state.state === 'pairing') return 'scan'
  if (state.state === 'refused' && state.reason === 'browser') return 'browser'
  const conflict = (state.state === 'waiting' || state.state === 'refused') && state.reason === 'conflict'
  return conflict ? 'use_here' : null
}

/** 1 warning, 2 browser, 3 code, 4 done: where an account that was just added stands. */
export function stepOf({ state }: Pick<ChannelAccount, 'state'>): 3 | 4 {
  return state.state === 'ready' ? 4 : 3
}
