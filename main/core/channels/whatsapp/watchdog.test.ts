import { describe, expect, it } from 'vitest'
import type { PageState } from './page-state.ts'
import { type Deed, firstWatch, type Watch, watch } from './watchdog.ts'

const loading: PageState = {
  state: 'LOADING',
  hasSynced: false,
  injected: false,
  hooked: false,
  listening: false,
}
const opening = { ...loading, state: 'OPENING' }
const synced = { ...loading, state: 'CONNECTED', hasSynced: true, hooked: true }
const ready = { ...synced, injected: true, listening: true }

/** Looks every five seconds; gives what was done at which second. */
function look(pages: readonly (PageState | null)[], from: Watch = firstWatch, useHere = false) {
  let state = from
  const done: [number, string][] = []
  for (const [index, page] of pages.entries()) {
    const { watch: next, deeds } = watch(state, { page, now: index * 5000, useHere })
    state = next
    done.push(...deeds.map((deed): [number, string] => [index * 5, nameOf(deed)]))
  }
  return { state, done }
}

function nameOf(deed: Deed): string {
  return deed.do === 'end' ? [`end ${deed.reason}`, deed.detail].filter(Boolean).join(' ') : deed.do
}

function times<Value>(count: number, value: Value): Value[] {
  return Array.from({ length: count }, () => value)
}

describe('watch', () => {
  it('leaves a page alone that is ready, however quiet it is', () => {
    expect(look(times(1000, ready)).done).toEqual([])
  })

  it('has the library look again when it did not notice that the account is synced, thrice, then gives up', () => {
    expect(look(times(9, synced)).done).toEqual([
      [10, 'look_again'],
      [20, 'look_again'],
      [30, 'look_again'],
      [40, 'end not_ready'],
    ])
  })

  it('loads the page anew where the library is there and does not listen', () => {
    expect(look(times(3, { ...synced, injected: true })).done).toEqual([[10, 'reload']])
    expect(look(times(3, { ...synced, hooked: false })).done).toEqual([[10, 'reload']])
  })

  it('forgets its rescues when one has helped', () => {
    const { state } = look([...times(7, synced), ready])
    expect(state).toEqual({ ...firstWatch, answered: true, wasReady: true })
  })

  it('gives a first pairing the time to sync', () => {
    const { done } = look(times(125, { ...synced, hasSynced: false }))
    expect(done).toEqual([[600, 'reload']])
  })

  it('ends a page that is silent three times in a row', () => {
    expect(look([ready, null, null, ready, null, null]).done).toEqual([])
    expect(look([ready, null, null, null]).done).toEqual([[15, 'end page_hung']])
  })

  it('takes silence before the first document for a site that cannot be reached', () => {
    expect(look([null, null, null]).done).toEqual([[10, 'end unreachable']])
    expect(look([loading, null, null, null]).done).toEqual([[15, 'end page_hung']])
  })

  it('says that the line is away, waits three minutes, and says when it is back', () => {
    expect(look([ready, ...times(10, opening), ready, ready]).done).toEqual([
      [5, 'say_offline'],
      [55, 'say_ready'],
    ])
    expect(look([ready, ...times(37, opening)]).done).toEqual([
      [5, 'say_offline'],
      [185, 'end unreachable'],
    ])
    expect(look(times(37, loading)).done).toEqual([
      [15, 'say_offline'],
      [180, 'end unreachable'],
    ])
  })

  it('refreshes a code that has waited too long', () => {
    const idle = { ...loading, state: 'UNPAIRED_IDLE' }
    expect(look([idle, { ...idle, state: 'UNPAIRED' }, idle]).done).toEqual([
      [0, 'refresh_code'],
      [10, 'refresh_code'],
    ])
  })

  it('says again that there is a code when the line is back', () => {
    const unpaired = { ...loading, state: 'UNPAIRED' }
    expect(look([unpaired, ...times(4, opening), unpaired, unpaired]).done).toEqual([
      [20, 'say_offline'],
      [25, 'say_code'],
    ])
  })

  it('takes a code on a page that was ready for a logout when it stays', () => {
    const unpaired = { ...loading, state: 'UNPAIRED' }
    expect(look([ready, unpaired, ready]).done).toEqual([])
    expect(look([ready, unpaired, unpaired]).done).toEqual([[10, 'end logged_out']])
  })

  it('ends at a conflict, unless it is to be used here', () => {
    const conflict = { ...loading, state: 'CONFLICT' }
    expect(look([ready, conflict]).done).toEqual([[5, 'end conflict']])
    expect(look([conflict, ready, conflict], firstWatch, true).done).toEqual([
      [0, 'take_over'],
      [10, 'take_over'],
    ])
    expect(look(times(4, conflict), firstWatch, true).done.at(-1)).toEqual([15, 'end conflict'])
  })

  it('says when the platform does not want it', () => {
    expect(look([{ ...loading, state: 'TOS_BLOCK' }]).done).toEqual([[0, 'end failed TOS_BLOCK']])
  })
})
