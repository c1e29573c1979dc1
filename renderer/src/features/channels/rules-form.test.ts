import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formOf, problemsOf, type RulesForm, rulesOf } from './rules-form.ts'

const usual = {
  scope: 'new' as const,
  testContacts: [],
  groups: false,
  dailyReplies: 400,
  dailyNewContacts: null,
  quietHours: null,
  humanPace: true,
}

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

const rules = fc.record({
  scope: fc.constantFrom('test' as const, 'new' as const, 'all' as const),
  testContacts: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
  groups: fc.boolean(),
  dailyReplies: fc.option(fc.integer({ min: 1, max: 100_000 })),
  dailyNewContacts: fc.option(fc.integer({ min: 1, max: 100_000 })),
  quietHours: fc.option(fc.record({ from: clock, to: clock }).filter(({ from, to }) => from !== to)),
  humanPace: fc.boolean(),
})

describe('rules as a form', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(rules, (given) => {
        const form = formOf(given)
        expect(problemsOf(form)).toEqual({})
        expect(rulesOf(form)).toEqual(given)
      }),
    )
  })

  it.each<[Partial<RulesForm>, ReturnType<typeof problemsOf>]>([
    [{ dailyReplies: '0' }, { dailyReplies: 'ceiling' }],
    [{ dailyReplies: '12,5' }, { dailyReplies: 'ceiling' }],
    [{ dailyNewContacts: '100001' }, { dailyNewContacts: 'ceiling' }],
    [{ dailyNewContacts: '' }, {}],
    [{ quiet: true, from: '' }, { from: 'time' }],
    [{ quiet: true, from: '22:00', to: '22:00' }, { to: 'sameTime' }],
    [{ quiet: false, from: '' }, {}],
    [{ scope: 'test' }, { testContacts: 'contacts' }],
    [{ scope: 'test', testContacts: ['+34 600 111 222'] }, {}],
  ])('with %j have the problems %j', (changes, problems) => {
    expect(problemsOf({ ...formOf(usual), ...changes })).toEqual(problems)
  })
})
