import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressKey,
  addressLimits,
  afterFailure,
  asOf,
  forgottenAfterMs,
  nameKey,
  nameLimits,
  remainingWait,
  type Tries,
  waitAfter,
} from './tries.ts'

const limits = fc.constantFrom(nameLimits, addressLimits)

describe('waits', () => {
  it('are none at first, then double up to the longest', () => {
    const minutes = [1, 4, 5, 6, 7, 8, 9, 500].map((failures) => waitAfter(failures, nameLimits) / 60_000)
    expect(minutes).toEqual([0, 0, 1, 2, 4, 8, 15, 15])
  })

  it('never last longer than the longest, wherever the clock is set', () => {
    const jump = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
    fc.assert(
      fc.property(limits, fc.array(jump, { maxLength: 30 }), (limit, jumps) => {
        let now = 1_700_000_000_000
        let tries: Tries | null = null
        for (const by of jumps) {
          now += by
          tries = afterFailure(asOf(tries, now, limit), now, limit)
          expect(remainingWait(asOf(tries, now, limit), now)).toBeLessThanOrEqual(limit.longestMs)
        }
      }),
    )
  })

  it('still stand after the clock was set back, and end', () => {
    const now = 1_700_000_000_000
    let tries: Tries | null = null
    for (let failed = 0; failed < 6; failed++) tries = afterFailure(tries, now, nameLimits)
    const back = asOf(tries, now - 5 * forgottenAfterMs, nameLimits)
    expect(remainingWait(back, now - 5 * forgottenAfterMs)).toBe(120_000)
    expect(remainingWait(back, now - 5 * forgottenAfterMs + 120_000)).toBe(0)
  })

  it('are forgotten after half a day without a failure', () => {
    const tries = { failures: 40, lastAt: 0, blockedUntil: 60_000 }
    expect(asOf(tries, forgottenAfterMs - 1, nameLimits)).toEqual(tries)
    expect(asOf(tries, forgottenAfterMs, nameLimits)).toBeNull()
  })
})

describe('keys', () => {
  it.each([
    ['192.168.1.20', 'address:192.168.1.20'],
    ['::ffff:192.168.1.20', 'address:192.168.1.20'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', 'address:2001:db8:1:2::/64'],
    ['2001:db8::1', 'address:2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
    ['::1', 'address:0:0:0:0::/64'],
  ])('of %s is %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  it('are the same for a name however it is written, and do not show it', () => {
    expect(nameKey('  José  Peña ')).toBe(nameKey('jose peña'))
    expect(nameKey('jose')).not.toBe(nameKey('josefa'))
    expect(nameKey('hunter2')).not.toContain('hunter2')
  })
})
