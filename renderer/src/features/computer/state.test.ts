import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShellState, Trouble } from '../../../../preload/contract/index.ts'
import { downFor, downNow, healedSince, isReady, nextLook, quietFor, shareOf, stuckAfter } from './state.ts'

const start = Date.parse('2026-03-01T10:00:00.000Z')
const later = (ms: number) => new Date(start + ms).toISOString()
const trouble = (id: string, part: Trouble['part'], from: number, to: number | null): Trouble => ({
  id,
  part,
  reason: 'crashed',
  at: later(from),
  healedAt: to === null ? null : later(to),
})

describe('what is down', () => {
  it('is told of after ten seconds, and as stuck after five minutes', () => {
    const troubles = [trouble('a', 'whatsapp', 0, null)]
    expect(downNow(troubles, start + quietFor - 1)).toEqual([])
    expect(downNow(troubles, start + quietFor)).toEqual([{ part: 'whatsapp', since: later(0), stuck: false }])
    expect(downNow(troubles, start + stuckAfter)).toMatchObject([{ stuck: true }])
  })

  it('names each part once, with its longest trouble', () => {
    const troubles = [
      trouble('c', 'models', 2000, null),
      trouble('b', 'whatsapp', 1000, null),
      trouble('a', 'whatsapp', 0, null),
      trouble('z', 'window', 0, 500),
    ]
    expect(downNow(troubles, start + 60_000).map(({ part, since }) => [part, since])).toEqual([
      ['whatsapp', later(0)],
      ['models', later(2000)],
    ])
  })

  it('changes by itself only when the next look is due', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 800_000 }),
        (begun, now) => {
          const troubles = begun.map((at, index) => trouble(String(index), 'models', at, null))
          const look = nextLook(troubles, start + now)
          const shown = downNow(troubles, start + now)
          const last = look === null ? now + 1e7 : now + look - 1
          expect(downNow(troubles, start + last)).toEqual(shown)
        },
      ),
    )
  })
})

describe('what came back', () => {
  it('is told of once, and only where it had been told of as down', () => {
    const before = [trouble('a', 'whatsapp', 0, null), trouble('b', 'models', 0, null)]
    const now = [trouble('a', 'whatsapp', 0, 30_000), trouble('b', 'models', 0, 3000)]
    expect(healedSince(before, now)).toEqual(['whatsapp'])
    expect(healedSince(now, now)).toEqual([])
    expect(healedSince([], now)).toEqual([])
  })

  it('is not told of while another trouble of the part goes on', () => {
    const before = [trouble('a', 'whatsapp', 0, null)]
    const now = [trouble('b', 'whatsapp', 31_000, null), trouble('a', 'whatsapp', 0, 30_000)]
    expect(healedSince(before, now)).toEqual([])
  })

  it('says how long it took', () => {
    expect(downFor(trouble('a', 'app', 0, 2500))).toBe(2500)
    expect(downFor(trouble('a', 'app', 0, null))).toBeNull()
    expect(downFor(trouble('a', 'app', 900, 0))).toBe(0)
  })
})

describe('a release', () => {
  const update: ShellState['update'] = {
    supported: true,
    channel: 'stable',
    automatic: true,
    state: 'downloading',
    version: '1.2.0',
    progress: { bytes: 50, total: 200 },
    error: null,
    checkedAt: null,
  }

  it('is here by a share, once its size is known', () => {
    expect(shareOf(update)).toBe(25)
    expect(shareOf({ ...update, progress: { bytes: 50, total: null } })).toBeNull()
    expect(shareOf({ ...update, progress: { bytes: 500, total: 200 } })).toBe(100)
    expect(shareOf({ ...update, progress: null })).toBeNull()
  })

  it('waits to be installed when it is ready', () => {
    expect(isReady(update)).toBe(false)
    expect(isReady({ ...update, state: 'ready' })).toBe(true)
    expect(isReady({ ...update, state: 'waiting' })).toBe(true)
    expect(isReady({ ...update, state: 'ready', version: null })).toBe(false)
  })
})
