import type { ChannelState } from './channel.ts'

/** Equal for two states between which nothing has happened that is worth keeping. */
export function stateKey(state: ChannelState): string {
  return 'reason' in state ? `${state.state}:${state.reason}` : state.state
}

export type Trouble = 'logged_out' | 'conflict' | 'browser' | 'duplicate' | 'token'

/** What the owner is called for. */
export function troubleOf(state: ChannelState): Trouble | null {
  if (state.state === 'refused') return state.reason
  return state.state === 'waiting' && state.detail === 'logged_out' ? 'logged_out' : null
}
