import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../../../preload/contract/index.ts'
import {
  actionsFor,
  askedBy,
  emptyDraft,
  initialsOf,
  knownReason,
  noDrafts,
  reasonOf,
  shownIn,
  withDraft,
  withSuggestion,
} from './state.ts'

describe('inbox', () => {
  it('keeps drafts apart by conversation and kind', () => {
    const drafts = withDraft(withDraft(noDrafts, 'a', { message: 'hola' }), 'b', {
      note: 'ojo',
      kind: 'note',
    })
    expect(drafts).toEqual({
      a: { ...emptyDraft, message: 'hola' },
      b: { ...emptyDraft, note: 'ojo', kind: 'note' },
    })
  })

  it('puts a suggestion below what was written, and forgets it with its text', () => {
    const written = withDraft(noDrafts, 'a', { message: 'Hola, Ana ' })
    const both = withSuggestion(written, 'a', { text: 'Cuesta 3 €.', ok: false })
    expect(both.a).toMatchObject({ message: 'Hola, Ana\nCuesta 3 €.', suggested: 'replaced' })
    expect(withSuggestion(noDrafts, 'a', { text: 'Sí.', ok: true }).a?.message).toBe('Sí.')
    expect(withDraft(both, 'a', { message: 'Cuesta' }).a?.suggested).toBe('replaced')
    expect(withDraft(both, 'a', { message: ' ' }).a?.suggested).toBeNull()
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
    expect(reasonOf({ mode: 'bot', modeReason: 'ceiling_over' })).toBe('ceiling_over')
    expect(reasonOf({ mode: 'paused', modeReason: 'loop_echo' })).toBe('loop_echo')
    expect(reasonOf({ mode: 'paused', modeReason: 'known_before' })).toBe('known_before')
    expect(reasonOf({ mode: 'person', modeReason: 'turn_failed' })).toBe('failed')
    expect(knownReason('loop_of_tomorrow')).toBe('loop')
  })

  it('hides what is done, but not from a search', () => {
    const done = { id: 'a', doneAt: '2026-03-01T10:00:00Z' } as Conversation
    const open = { id: 'b', doneAt: null } as Conversation
    const ids = (...args: Parameters<typeof shownIn>) => shownIn(...args).map(({ id }) => id)
    expect(ids([done, open], 'all', '')).toEqual(['b'])
    expect(ids([done, open], 'done', '')).toEqual(['a'])
    expect(ids([done, open], 'all', 'pan')).toEqual(['a', 'b'])
    expect(askedBy('waiting')).toEqual({ only: 'waiting' })
    expect(askedBy('bot')).toEqual({ mode: 'bot' })
  })

  it('writes initials', () => {
    expect(['Lola', 'maría josé Pérez', ''].map(initialsOf)).toEqual(['L', 'MP', ''])
  })
})
