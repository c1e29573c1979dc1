import { describe, expect, it } from 'vitest'
import { actionsFor, noDrafts, reasonOf, withDraft } from './state.ts'

describe('inbox', () => {
  it('keeps drafts apart by conversation and kind', () => {
    const drafts = withDraft(withDraft(noDrafts, 'a', { message: 'hola' }), 'b', {
      note: 'ojo',
      kind: 'note',
    })
    expect(drafts).toEqual({
      a: { message: 'hola', note: '', kind: 'message' },
      b: { message: '', note: 'ojo', kind: 'note' },
    })
  })

  it('offers every mode but the present one', () => {
    expect(actionsFor('bot')).not.toContain('handBack')
    expect(actionsFor('person')).not.toContain('take')
    expect(actionsFor('paused')).not.toContain('pause')
  })

  it('gives a reason only where one is known', () => {
    expect(reasonOf({ mode: 'person', modeReason: 'complaint' })).toBe('complaint')
    expect(reasonOf({ mode: 'person', modeReason: 'taken' })).toBeNull()
    expect(reasonOf({ mode: 'bot', modeReason: 'complaint' })).toBeNull()
    expect(reasonOf({ mode: 'paused', modeReason: 'loop_echo' })).toBe('loop')
    expect(reasonOf({ mode: 'person', modeReason: 'turn_failed' })).toBe('failed')
  })
})
