import { describe, expect, it } from 'vitest'
import type { ReplyDraft } from '../../../../preload/contract/index.ts'
import { nextOf, nothingReviewed, reviewable, withHidden, withText } from './state.ts'

const draft = (id: string, state: ReplyDraft['state']) => ({ id, state }) as ReplyDraft
const drafts = [draft('a', 'waiting'), draft('b', 'ready'), draft('c', 'overtaken'), draft('d', 'failed')]

describe('drafts to look at', () => {
  it('come first when they are written, and are gone while they are put away', () => {
    const ids = (state = nothingReviewed) => reviewable(drafts, state).map(({ id }) => id)
    expect(ids()).toEqual(['b', 'd', 'a'])
    const away = withHidden(nothingReviewed, 'b', true)
    expect(ids(away)).toEqual(['d', 'a'])
    expect(ids(withHidden(away, 'b', false))).toEqual(['b', 'd', 'a'])
  })

  it('are gone through one by one', () => {
    expect(nextOf(drafts, 'a')).toBe('b')
    expect(nextOf(drafts, 'd')).toBe('c')
    expect(nextOf(drafts, 'gone')).toBe('a')
    expect(nextOf([draft('a', 'ready')], 'a')).toBeNull()
  })

  it('keep what was written in each', () => {
    const state = withText(withText(nothingReviewed, 'a', 'uno'), 'b', 'dos')
    expect(state.texts).toEqual({ a: 'uno', b: 'dos' })
  })
})
