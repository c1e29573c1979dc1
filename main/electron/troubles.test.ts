import { beforeEach, describe, expect, it } from 'vitest'
import type { Trouble } from '../../preload/contract/index.ts'
import { Troubles } from './troubles.ts'

const day = 24 * 3_600_000

describe('troubles', () => {
  let now: number
  let kept: Trouble[]
  let changes: number
  let troubles: Troubles
  beforeEach(() => {
    now = Date.parse('2026-03-02T10:00:00Z')
    kept = []
    changes = 0
    troubles = new Troubles({
      now: () => now,
      read: () => kept,
      write: (next) => {
        kept = next
      },
      changed: () => {
        changes += 1
      },
    })
  })

  it('are told with what stopped and when it ran again', () => {
    troubles.note({ part: 'models', reason: 'crashed' })
    now += 4_000
    troubles.note({ part: 'whatsapp', reason: 'hung' })
    troubles.healed('models')
    expect(troubles.list()).toMatchObject([
      { part: 'whatsapp', reason: 'hung', healedAt: null },
      { part: 'models', at: '2026-03-02T10:00:00.000Z', healedAt: '2026-03-02T10:00:04.000Z' },
    ])
    expect(changes).toBe(3)
    troubles.healed('models')
    troubles.healed('window')
    expect(changes).toBe(3)
  })

  it('are all over when the app starts, and in the order of what happened', () => {
    troubles.note({ part: 'models', reason: 'crashed' })
    troubles.note({ part: 'app', reason: 'killed', at: '2026-03-01T10:00:00.000Z' })
    troubles.begin()
    expect(troubles.list().map(({ part, healedAt }) => [part, healedAt !== null])).toEqual([
      ['models', true],
      ['app', true],
    ])
  })

  it('are the newest fifty of thirty days', () => {
    troubles.note({ part: 'other', reason: 'failed' })
    now += 29 * day
    for (let count = 0; count < 48; count++) troubles.note({ part: 'window', reason: 'hung' })
    expect(troubles.list()).toHaveLength(49)
    now += 2 * day
    expect(troubles.list()).toHaveLength(48)
    for (let count = 0; count < 10; count++) troubles.note({ part: 'window', reason: 'hung' })
    expect(kept).toHaveLength(50)
  })
})
