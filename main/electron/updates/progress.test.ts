import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterUpdate, mayLook, type UpdateEvent, type UpdateProgress, untouched } from './progress.ts'

const at = '2026-03-02T10:00:00.000Z'
const error = { code: 'update.unreachable', data: {} }

const event: fc.Arbitrary<UpdateEvent> = fc.oneof(
  fc.constantFrom<UpdateEvent>(
    { kind: 'look' },
    { kind: 'nothing', at },
    { kind: 'fetched' },
    { kind: 'failed', error },
    { kind: 'cancelled' },
    { kind: 'restart' },
    { kind: 'forgotten' },
  ),
  fc.record({
    kind: fc.constant('found' as const),
    version: fc.constantFrom('1.0.1', '1.0.2'),
    size: fc.integer({ min: 1, max: 9 }),
    at: fc.constant(at),
  }),
  fc.record({ kind: fc.constant('bytes' as const), bytes: fc.nat(9), total: fc.constant(9) }),
)

function play(events: readonly UpdateEvent[]): UpdateProgress {
  return events.reduce(afterUpdate, untouched)
}

describe('the way of a release', () => {
  it('says the same with each of its parts, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const now = play(events)
        expect(now.progress !== null).toBe(now.phase === 'downloading')
        expect(now.fetching !== null).toBe(now.phase === 'downloading')
        expect(now.error !== null).toBe(now.phase === 'failed')
        if (now.phase === 'ready' || now.phase === 'waiting') expect(now.fetched).not.toBeNull()
        if (now.phase === 'idle' || now.phase === 'downloading') expect(now.fetched).toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  it('never restarts for what was not fetched, and looks for nothing while it waits to restart', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const before = play(events)
        const after = afterUpdate(before, { kind: 'restart' })
        expect(after.phase === 'waiting').toBe(before.phase === 'ready' || before.phase === 'waiting')
        if (after.phase === 'waiting') expect(mayLook(after)).toBe(false)
      }),
    )
  })

  it('keeps what is ready when a later look fails, and drops it when another channel is followed', () => {
    const found: UpdateEvent = { kind: 'found', version: '1.0.1', size: 9, at }
    const ready: UpdateEvent[] = [{ kind: 'look' }, found, { kind: 'fetched' }]
    expect(play([...ready, { kind: 'look' }, { kind: 'failed', error }])).toMatchObject({
      phase: 'ready',
      fetched: '1.0.1',
      error: null,
    })
    expect(play([...ready, { kind: 'look' }, found])).toMatchObject({ phase: 'ready' })
    // Nobody has looked for one there yet.
    expect(play([...ready, { kind: 'forgotten' }])).toEqual(untouched)
  })

  it('remembers a release that its owner gave up, until there is word of another', () => {
    const found: UpdateEvent = { kind: 'found', version: '1.0.1', size: 9, at }
    const given: UpdateEvent[] = [{ kind: 'look' }, found, { kind: 'cancelled' }]
    expect(play(given)).toMatchObject({ phase: 'idle', fetched: null, givenUp: '1.0.1' })
    expect(play([...given, { kind: 'look' }, { kind: 'cancelled' }])).toMatchObject({ givenUp: '1.0.1' })
    expect(play([...given, { kind: 'look' }, { kind: 'nothing', at }])).toMatchObject({ givenUp: null })
    expect(play([...given, { kind: 'look' }, found, { kind: 'fetched' }])).toMatchObject({ givenUp: null })
    expect(play([...given, { kind: 'forgotten' }])).toMatchObject({ givenUp: null })
  })
})
