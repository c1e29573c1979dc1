import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterChildGone,
  afterWindowGone,
  CRASHES_UNTIL_ASKED,
  deathReason,
  relaunchWith,
  startAfter,
  TOGETHER_MS,
  together,
} from './restart-policy.ts'

const now = Date.UTC(2026, 10, 22, 3)

describe('a start after crashes', () => {
  it('serves after two, and asks after three within ten minutes', () => {
    expect(startAfter([], now)).toBe('serve')
    expect(startAfter([now - 60_000, now - 1_000], now)).toBe('serve')
    expect(startAfter([now - TOGETHER_MS + 1, now - 60_000, now - 1_000], now)).toBe('ask')
    expect(startAfter([now - TOGETHER_MS, now - 60_000, now - 1_000], now)).toBe('serve')
  })

  it('believes no crash that lies in the future', () => {
    expect(startAfter([now + 1, now + 2, now + 3], now)).toBe('serve')
    expect(together([now + 1, now - 1], now)).toEqual([now - 1, now])
  })

  it('asks exactly when so many crashes lie within the time', () => {
    const times = fc.array(fc.integer({ min: now - 3 * TOGETHER_MS, max: now + TOGETHER_MS }))
    fc.assert(
      fc.property(times, (crashes) => {
        const counted = together(crashes, now).length - 1
        expect(startAfter(crashes, now)).toBe(counted >= CRASHES_UNTIL_ASKED ? 'ask' : 'serve')
      }),
    )
  })
})

describe('a window whose page has gone', () => {
  it('is loaded again at once, then after longer and longer pauses, for ever', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 60].map((deaths) => {
      const next = afterWindowGone('crashed', Array(deaths).fill(now))
      return next.go === 'reload' ? next.afterMs : null
    })
    expect(pauses).toEqual([0, 1_000, 5_000, 15_000, 60_000, 60_000, 60_000])
  })

  it('is left alone when it ended as it should', () => {
    expect(afterWindowGone('clean-exit', [now])).toEqual({ go: 'nothing' })
  })

  it('says why it went', () => {
    expect(
      ['crashed', 'abnormal-exit', 'killed', 'oom', 'memory-eviction', 'launch-failed', 'hung'].map(
        deathReason,
      ),
    ).toEqual(['crashed', 'crashed', 'killed', 'out_of_memory', 'out_of_memory', 'failed', 'hung'])
  })
})

describe('another process of Chromium that has gone', () => {
  it('is noted when it draws, and given up when it dies again and again', () => {
    expect(afterChildGone('GPU', 'crashed', [now])).toEqual({ go: 'note', reason: 'crashed' })
    expect(afterChildGone('GPU', 'killed', [now, now, now])).toEqual({
      go: 'without_graphics',
      reason: 'killed',
    })
  })

  it('is nothing to us when the core watches it, or when it ended as it should', () => {
    expect(afterChildGone('Utility', 'crashed', [])).toEqual({ go: 'nothing' })
    expect(afterChildGone('GPU', 'clean-exit', [])).toEqual({ go: 'nothing' })
  })
})

describe('starting again', () => {
  it('keeps the arguments but for links that were followed, and stays unseen', () => {
    const args = ['--data', '/shop', 'mostrador://conversation/1', '--hidden']
    expect(relaunchWith(args, { hidden: false })).toEqual({ args: ['--data', '/shop', '--after-crash'] })
    expect(relaunchWith(args, { hidden: true }).args).toEqual([
      '--data',
      '/shop',
      '--after-crash',
      '--hidden',
    ])
  })

  it('says each thing once however often it crashes', () => {
    const once = relaunchWith(['.'], { hidden: true }).args
    expect(relaunchWith(once, { hidden: true }).args).toEqual(once)
  })

  it('starts the AppImage and not what it was unpacked to', () => {
    expect(relaunchWith([], { hidden: false, appImage: '/home/a/Mostrador.AppImage' }).execPath).toBe(
      '/home/a/Mostrador.AppImage',
    )
    expect(relaunchWith([], { hidden: false, appImage: '' })).toEqual({ args: ['--after-crash'] })
  })
})
