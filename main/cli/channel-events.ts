import type { ChannelAccount, ChannelChange, ChannelState } from '../../preload/contract/index.ts'

/** What has become of an account. */
type Told =
  | { event: 'connecting'; step: 'browser' | 'page' | 'syncing' | 'code' | null }
  | { event: 'qr'; text: string; reason: 'new' | 'logged_out' }
  | { event: 'ready'; name: string; number: string }
  /** It was ready, or is on its way to be again. */
  | { event: 'disconnected'; reason: string }
  | { event: 'conflict' | 'duplicate' | 'refused' | 'stopped' | 'removed' }
  | { event: 'browser_missing'; code: string }
  | { event: 'risk'; level: 'low' | 'raised' | 'high'; reasons: string[] }

/** A line of `channel watch`. `at`: UTC ISO 8601. */
export type ChannelEvent = Told & { channel: string; kind: ChannelAccount['kind']; at: string }

interface Known {
  kind: ChannelAccount['kind']
  state: ChannelState | null
  /** A line about the end of the last connection was written. */
  toldLost: boolean
  risk: string
}

/** Makes lines of what accounts become. The first change of an account tells what it is now. */
export class ChannelStory {
  readonly #known = new Map<string, Known>()

  next({ channelAccountId: channel, at, account }: ChannelChange): ChannelEvent[] {
    const before = this.#known.get(channel)
    if (account === null) {
      this.#known.delete(channel)
      return before === undefined ? [] : [{ event: 'removed', channel, kind: before.kind, at }]
    }
    const { kind, state, risk } = account
    const known: Known = before ?? { kind, state: null, toldLost: true, risk: 'low' }
    this.#known.set(channel, known)
    const news = [...eventsOf(known, state), ...riskOf(known, risk)]
    Object.assign(known, { state, risk: riskKey(risk), toldLost: isLost(news, known, state) })
    return news.map((event) => ({ ...event, channel, kind, at }))
  }
}

function eventsOf({ state: before, toldLost }: Known, state: ChannelState): Told[] {
  if (before !== null && told(before) === told(state)) return []
  const event = eventOf(state)
  // Who was connected hears first that this is over, and why.
  const reason = lostReason(before, state, toldLost)
  if (reason === null) return event === null ? [] : [event]
  return event === null || event.event === 'disconnected'
    ? [{ event: 'disconnected', reason }]
    : [{ event: 'disconnected', reason }, event]
}

/** A state without when it began: the same for what is one line. */
function told(state: ChannelState): string {
  return JSON.stringify({ ...state, since: null })
}

function eventOf(state: ChannelState): Told | null {
  switch (state.state) {
    case 'stopped':
      return { event: 'stopped' }
    case 'connecting':
      return { event: 'connecting', step: state.step ?? null }
    case 'pairing':
      return state.qr === null
        ? { event: 'connecting', step: 'code' }
        : { event: 'qr', text: state.qr, reason: state.reason }
    case 'ready':
      return { event: 'ready', name: state.name, number: state.externalId }
    case 'waiting':
      return {
        event: 'disconnected',
        reason: state.reason === 'restarting' ? (state.detail ?? state.reason) : state.reason,
      }
    case 'refused':
      if (state.reason === 'browser')
        return { event: 'browser_missing', code: state.detail ?? 'browser.not_found' }
      return { event: state.reason === 'token' ? 'refused' : state.reason }
  }
}

/** Why a connection is over that was there; null when there was none, or it was said already. */
function lostReason(before: ChannelState | null, state: ChannelState, toldLost: boolean): string | null {
  if (state.state === 'pairing' && state.reason === 'logged_out' && !toldLost) return 'logged_out'
  // A page that loads again is on its way to be ready, or what has become of it follows.
  if (before?.state !== 'ready' || state.state === 'ready' || state.state === 'connecting') return null
  if (state.state === 'refused') return state.reason
  if (state.state === 'stopped') return 'stopped'
  if (state.state === 'waiting')
    return state.reason === 'restarting' ? (state.detail ?? state.reason) : state.reason
  return 'logged_out'
}

/** Whether nothing more is to be said of the end of a connection. */
function isLost(news: Told[], known: Known, state: ChannelState): boolean {
  if (state.state === 'ready') return false
  return known.toldLost || news.some((event) => event.event === 'disconnected')
}

function riskOf(known: Known, risk: ChannelAccount['risk']): Told[] {
  if (known.risk === riskKey(risk)) return []
  return [{ event: 'risk', level: risk.level, reasons: risk.reasons.map(({ code }) => code) }]
}

function riskKey({ level }: ChannelAccount['risk']): string {
  return level
}
