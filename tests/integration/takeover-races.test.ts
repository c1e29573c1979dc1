import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MutantName, withMutant } from '../../main/core/mutants.ts'
import { Race } from '../fixtures/race.ts'
import type { Act } from '../fixtures/race-acts.ts'

const plain = (act: Act) => fc.constant(act)
const engine = fc
  .constantFrom('text', 'text', 'text', 'effect', 'person')
  .map((step): Act => ({ do: 'engine', step: step as 'text' | 'effect' | 'person' }))
const outcome = fc
  .constantFrom('sent', 'sent', 'later', 'later', 'failed', 'unknown', 'queued')
  .map((of): Act => ({ do: 'outcome', of: of as 'sent' | 'later' | 'failed' | 'unknown' | 'queued' }))
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: plain({ do: 'customer' }) },
  { weight: 8, arbitrary: engine },
  { weight: 4, arbitrary: plain({ do: 'arrive' }) },
  { weight: 7, arbitrary: outcome },
  { weight: 4, arbitrary: fc.nat(3).map((of): Act => ({ do: 'echo', of })) },
  { weight: 3, arbitrary: plain({ do: 'take' }) },
  { weight: 2, arbitrary: plain({ do: 'write' }) },
  { weight: 2, arbitrary: plain({ do: 'phone' }) },
  { weight: 4, arbitrary: plain({ do: 'hand_back' }) },
  { weight: 1, arbitrary: plain({ do: 'note' }) },
  { weight: 1, arbitrary: plain({ do: 'never' }) },
  { weight: 2, arbitrary: plain({ do: 'wait' }) },
  { weight: 2, arbitrary: plain({ do: 'quiet' }) },
  { weight: 1, arbitrary: fc.boolean().map((ready): Act => ({ do: 'connection', ready })) },
  { weight: 1, arbitrary: plain({ do: 'crash' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        'receive.before_commit',
        'answer.journaled',
        'call.before_commit',
        'call.committed',
        'outbox.claimed',
        'outbox.handed_over',
      )
      .map((point): Act => ({ do: 'die_at', point: point as Extract<Act, { do: 'die_at' }>['point'] })),
  },
)

let race: Race
beforeAll(() => {
  race = new Race()
})
afterAll(() => race.close())

const played = fc.asyncProperty(
  fc.array(act, { minLength: 4, maxLength: 24 }),
  fc.boolean(),
  async (acts, deaf) => {
    race.begin(deaf)
    await race.play(acts)
    expect(race.faults).toEqual([])
  },
)

const text: Act = { do: 'engine', step: 'text' }
const sent: Act = { do: 'outcome', of: 'sent' }
const later: Act = { do: 'outcome', of: 'later' }
const refused: Act = { do: 'outcome', of: 'failed' }

describe('customer, engine, channel, owner and crashes in any order', () => {
  it('no reply of the bot after a take-over, nobody unanswered after a hand-back, nothing twice', async () => {
    await fc.assert(played, { numRuns: 500 })
  }, 240_000)

  /** Orders in which the guard is all there is; what chance finds besides comes after them. */
  it.each<[MutantName, Act[], boolean]>([
    ['epoch.claim', [text, { do: 'take' }, later, { do: 'wait' }], false],
    ['epoch.reply', [{ do: 'take' }, text], true],
    ['epoch.effect', [{ do: 'take' }, { do: 'engine', step: 'effect' }], true],
    ['outbox.echo_by_id', [text, sent, sent, { do: 'echo', of: 1 }, { do: 'echo', of: 0 }], false],
    [
      'conversations.unanswered_ignores_cancelled',
      [{ do: 'connection', ready: false }, text, { do: 'take' }, { do: 'hand_back' }],
      false,
    ],
    ['governor.refusal', [text, refused, refused], false],
    [
      'conversations.return_needs_person',
      [{ do: 'engine', step: 'person' }, text, sent, sent, { do: 'quiet' }],
      false,
    ],
  ])(
    'is noticed without %s',
    async (name, acts, deaf) => {
      const check = () => fc.check(played, { examples: [[acts, deaf]], numRuns: 40, endOnFailure: true })
      expect((await check()).failed).toBe(false)
      expect((await withMutant(name, check)).failed).toBe(true)
    },
    120_000,
  )
})
