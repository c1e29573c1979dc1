import { describe, expect, it } from 'vitest'
import { reconnectDelay, stepConnection } from './connection-state.ts'
import { placeOf, staleAfter } from './live-state.ts'

describe('events', () => {
  it('sees repeats and gaps', () => {
    expect(placeOf(null, 9)).toBe('next')
    expect(placeOf(4, 5)).toBe('next')
    expect(placeOf(4, 4)).toBe('repeat')
    expect(placeOf(4, 6)).toBe('gap')
    expect(placeOf(4, null)).toBe('next')
  })

  it('says what to refetch', () => {
    expect(staleAfter({ type: 'message.added', payload: { conversationId: 'c' } })).toContainEqual({
      area: 'messages',
      conversationId: 'c',
    })
    expect(staleAfter({ type: 'draft.changed', payload: { conversationId: 'c', draftId: 'd' } })).toEqual(
      expect.arrayContaining([{ area: 'drafts' }, { area: 'conversation', conversationId: 'c' }]),
    )
    expect(staleAfter({ type: 'conversation.returned', payload: { conversationId: 'c' } })).toContainEqual({
      area: 'conversation',
      conversationId: 'c',
    })
    expect(staleAfter({ type: 'serving.changed', payload: { paused: true } })).toEqual([{ area: 'serving' }])
    expect(staleAfter({ type: 'quick_reply.changed', payload: {} })).toEqual([{ area: 'quick_replies' }])
    expect(staleAfter({ type: 'something.new', payload: {} })).toEqual([])
  })
})

describe('connection', () => {
  it('counts failures until it opens again', () => {
    const lost = stepConnection(
      stepConnection({ phase: 'connecting', failures: 0, generation: 0 }, { type: 'lost' }),
      { type: 'lost' },
    )
    expect(lost).toEqual({ phase: 'waiting', failures: 2, generation: 0 })
    expect(stepConnection(lost, { type: 'try' })).toBe(lost)
    expect(stepConnection(lost, { type: 'opened' })).toEqual({ phase: 'open', failures: 0, generation: 1 })
  })

  it('waits longer each time, up to a limit', () => {
    expect([1, 2, 3, 20].map(reconnectDelay)).toEqual([250, 500, 1000, 8000])
  })
})
