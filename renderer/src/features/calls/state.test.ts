import { describe, expect, it } from 'vitest'
import type { ShopEvent } from '../../../../preload/contract/index.ts'
import {
  type CallSurroundings,
  noCalls,
  readCalls,
  stepCalls,
  usualCalls,
  waysOf,
  withCall,
  withoutCall,
} from './state.ts'

const around: CallSurroundings = {
  preferences: usualCalls,
  shop: { notification: true, sound: true, messenger: true },
  permission: 'granted',
  open: false,
  focused: false,
}
const event = (type: 'handover.requested' | 'conversation.returned', conversationId: string) =>
  ({ type, seq: 1, at: '', payload: { conversationId, reason: 'asked' } }) as ShopEvent

describe('calls', () => {
  it('stand above the screens once each, the newest first', () => {
    const call = (conversationId: string, reason: string) => ({ conversationId, reason })
    const shown = withCall(withCall([call('a', 'asked')], call('b', 'order')), call('a', 'complaint'))
    expect(shown).toEqual([call('a', 'complaint'), call('b', 'order')])
  })

  it('reach who is elsewhere by every way that is on', () => {
    expect(waysOf(around)).toEqual({ notice: true, notification: true, sound: true })
    expect(waysOf({ ...around, permission: 'default' }).notification).toBe(false)
    expect(waysOf({ ...around, preferences: { ...usualCalls, notify: false } }).notification).toBe(false)
    expect(waysOf({ ...around, shop: { notification: false, sound: false, messenger: true } })).toEqual({
      notice: true,
      notification: false,
      sound: false,
    })
    expect(waysOf({ ...around, shop: null })).toEqual({ notice: true, notification: false, sound: false })
  })

  it('leave who is looking alone', () => {
    expect(waysOf({ ...around, open: true, focused: true })).toEqual({
      notice: false,
      notification: false,
      sound: false,
    })
    expect(waysOf({ ...around, open: true }).sound).toBe(true)
    expect(waysOf({ ...around, focused: true })).toEqual({ notice: true, notification: false, sound: true })
  })

  it('are open until the conversation is looked at or goes back', () => {
    const two = stepCalls(
      stepCalls(noCalls, event('handover.requested', 'a')),
      event('handover.requested', 'b'),
    )
    expect(stepCalls(two, event('handover.requested', 'a'))).toBe(two)
    expect([...withoutCall(two, 'a')]).toEqual(['b'])
    expect([...stepCalls(two, event('conversation.returned', 'b'))]).toEqual(['a'])
  })

  it('read what is remembered with care', () => {
    expect(readCalls(null)).toEqual(usualCalls)
    expect(readCalls('{"sound":false,"words":"yes"}')).toEqual({ ...usualCalls, sound: false })
    expect(readCalls('nonsense')).toEqual(usualCalls)
    expect(readCalls('null')).toEqual(usualCalls)
  })
})
