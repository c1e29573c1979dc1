import { describe, expect, it } from 'vitest'
import type { ChannelAccount, ChannelState } from '../../preload/contract/index.ts'
import { ChannelStory } from './channel-events.ts'

const at = '2026-03-02T10:00:00.000Z'
const ready: ChannelState = { state: 'ready', name: 'La Tienda', externalId: '549' }
const code = (qr: string | null, reason: 'new' | 'logged_out' = 'new'): ChannelState => ({
  state: 'pairing',
  qr,
  since: at,
  reason,
})
const restarting = (detail: string): ChannelState => ({
  state: 'waiting',
  reason: 'restarting',
  since: at,
  detail,
})

function account(state: ChannelState, level: 'low' | 'high' = 'low'): ChannelAccount {
  return {
    id: 'one',
    kind: 'whatsapp',
    name: '',
    externalId: null,
    apiRoot: null,
    enabled: true,
    createdAt: at,
    state,
    rules: {
      scope: 'new',
      testContacts: [],
      groups: false,
      dailyReplies: null,
      dailyNewContacts: null,
      quietHours: null,
      humanPace: true,
    },
    risk: { level, reasons: level === 'low' ? [] : [{ code: 'loops', data: { count: 2 } }] },
    browser: null,
    riskAcceptedAt: at,
  }
}

/** The lines that follow from these states, in short. */
function lines(...states: (ChannelState | null)[]): string[] {
  const story = new ChannelStory()
  return states
    .flatMap((state) =>
      story.next({ channelAccountId: 'one', at, account: state === null ? null : account(state) }),
    )
    .map((event) =>
      [event.event, 'reason' in event ? event.reason : '', 'text' in event ? event.text : '']
        .filter(Boolean)
        .join(' '),
    )
}

describe('the lines of channel watch', () => {
  it('tell first how things are, then each fresh code once', () => {
    expect(
      lines({ state: 'connecting', step: 'page' }, code('A'), code('A'), code('B'), ready, ready),
    ).toEqual(['connecting', 'qr new A', 'qr new B', 'ready'])
    expect(lines({ state: 'stopped' }, null)).toEqual(['stopped', 'removed'])
  })

  it('tell why a connection is over, once', () => {
    expect(lines(ready, restarting('browser_died'), { state: 'connecting', step: 'browser' }, ready)).toEqual(
      ['ready', 'disconnected browser_died', 'connecting', 'ready'],
    )
    expect(lines(ready, { state: 'refused', reason: 'conflict' })).toEqual([
      'ready',
      'disconnected conflict',
      'conflict',
    ])
  })

  it('tell of a logout even where nothing stood between it and the new code', () => {
    const told = ['ready', 'disconnected logged_out', 'qr logged_out A']
    expect(lines(ready, code('A', 'logged_out'))).toEqual(told)
    const withSteps = lines(
      ready,
      { state: 'connecting', step: 'page' },
      restarting('logged_out'),
      code('A', 'logged_out'),
    )
    expect(withSteps.filter((line) => line !== 'connecting')).toEqual(told)
  })

  it('tell of the browser that is missing and of a risk that rises', () => {
    const story = new ChannelStory()
    const change = (state: ChannelState, level: 'low' | 'high') =>
      story.next({ channelAccountId: 'one', at, account: account(state, level) })
    const missing: ChannelState = { state: 'refused', reason: 'browser', detail: 'browser.not_found' }
    expect(change(missing, 'low')).toMatchObject([{ event: 'browser_missing', code: 'browser.not_found' }])
    expect(change(missing, 'high')).toMatchObject([{ event: 'risk', level: 'high', reasons: ['loops'] }])
    expect(change(missing, 'high')).toEqual([])
  })
})
