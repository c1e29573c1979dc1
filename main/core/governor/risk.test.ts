import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RiskFigures, riskOf } from './risk.ts'
import { usualRules } from './rules.ts'

const calm: RiskFigures = {
  personal: true,
  rules: usualRules('whatsapp'),
  ageDays: 90,
  repliesToday: 10,
  contactsToday: 2,
  refusedSends: 0,
  loggedOut: 0,
  conflicts: 0,
  loops: 0,
  optOuts: 0,
  sent: 60,
  received: 80,
}
const levels = ['low', 'raised', 'high']

describe('the risk of an account', () => {
  it('is low where nothing speaks for it', () => {
    expect(riskOf(calm)).toEqual({ level: 'low', reasons: [] })
  })

  it.each([
    [{ ageDays: 3.7 }, 'low', { code: 'fresh_account', data: { days: 3 } }],
    [{ refusedSends: 4 }, 'raised', { code: 'refused_sends', data: { count: 4 } }],
    [{ refusedSends: 12 }, 'high', { code: 'refused_sends', data: { count: 12 } }],
    [{ loggedOut: 1 }, 'raised', { code: 'logged_out', data: { count: 1 } }],
    [{ loggedOut: 2 }, 'high', { code: 'logged_out', data: { count: 2 } }],
    [{ conflicts: 1 }, 'low', { code: 'conflict', data: { count: 1 } }],
    [{ repliesToday: 320 }, 'low', { code: 'near_replies_ceiling', data: { count: 320, limit: 400 } }],
    [{ repliesToday: 400 }, 'raised', { code: 'replies_ceiling', data: { count: 400, limit: 400 } }],
    [{ contactsToday: 64 }, 'low', { code: 'near_contacts_ceiling', data: { count: 64, limit: 80 } }],
    [{ contactsToday: 80 }, 'raised', { code: 'contacts_ceiling', data: { count: 80, limit: 80 } }],
    [{ loops: 3 }, 'raised', { code: 'loops', data: { count: 3 } }],
    [{ optOuts: 3 }, 'raised', { code: 'opt_outs', data: { count: 3 } }],
    [{ sent: 100, received: 20 }, 'raised', { code: 'few_answers', data: { sent: 100, received: 20 } }],
    [{ rules: { ...calm.rules, humanPace: false } }, 'raised', { code: 'fast_pace', data: {} }],
    [{ rules: { ...calm.rules, scope: 'all' as const } }, 'low', { code: 'open_scope', data: {} }],
  ])('%j', (figures, level, reason) => {
    expect(riskOf({ ...calm, ...figures })).toEqual({ level, reasons: [reason] })
  })

  it('says what weighs most first', () => {
    const { level, reasons } = riskOf({ ...calm, ageDays: 1, loggedOut: 2, optOuts: 1 })
    expect(level).toBe('high')
    expect(reasons.map(({ code }) => code)).toEqual(['logged_out', 'opt_outs', 'fresh_account'])
  })

  it('of a bot knows no pace, no ceilings and no age', () => {
    const bot = { ...calm, personal: false, rules: usualRules('telegram'), ageDays: 0, repliesToday: 9_000 }
    expect(riskOf(bot)).toEqual({ level: 'low', reasons: [] })
  })

  it('never falls when more goes wrong', () => {
    const count = fc.nat(20)
    const bad = fc.record({
      refusedSends: count,
      loggedOut: count,
      conflicts: count,
      loops: count,
      optOuts: count,
    })
    fc.assert(
      fc.property(bad, bad, (some, more) => {
        const sum = {
          refusedSends: some.refusedSends + more.refusedSends,
          loggedOut: some.loggedOut + more.loggedOut,
          conflicts: some.conflicts + more.conflicts,
          loops: some.loops + more.loops,
          optOuts: some.optOuts + more.optOuts,
        }
        const before = riskOf({ ...calm, ...some })
        const after = riskOf({ ...calm, ...sum })
        expect(levels.indexOf(after.level)).toBeGreaterThanOrEqual(levels.indexOf(before.level))
      }),
    )
  })
})
