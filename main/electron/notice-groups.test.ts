import { expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import { NoticeGroups } from './notice-groups.ts'
import type { Notice } from './notice-words.ts'

const call = (conversationId: string): Notice => ({ kind: 'handover', shop: 's', conversationId })

it('shows the first at once and what follows closely together', () => {
  const clock = new ManualClock()
  const shown: string[][] = []
  const groups = new NoticeGroups(clock, (notices) =>
    shown.push(notices.map(({ conversationId = '' }) => conversationId)),
  )
  for (let count = 0; count < 10; count++) groups.add(call(`c${count}`))
  groups.add(call('c3'))
  expect(shown).toEqual([['c0']])
  clock.advance(8_000)
  expect(shown[1]).toHaveLength(9)
  groups.add(call('late'))
  expect(shown).toHaveLength(2)
  clock.advance(8_000)
  expect(shown[2]).toEqual(['late'])
  // A quiet while, and the next is told at once again.
  clock.advance(8_000)
  groups.add(call('new'))
  expect(shown[3]).toEqual(['new'])
  groups.add(call('never'))
  groups.stop()
  clock.advance(60_000)
  expect(shown).toHaveLength(4)
})
