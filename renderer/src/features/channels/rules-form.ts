import type { ChannelAccount } from '../../../../preload/contract/index.ts'

type ChannelRules = ChannelAccount['rules']
export type Scope = ChannelRules['scope']

export const scopes: readonly Scope[] = ['test', 'new', 'all']

/** The rules of an account as they are written. */
export interface RulesForm {
  scope: Scope
  testContacts: string[]
  groups: boolean
  /** Empty for no ceiling. */
  dailyReplies: string
  dailyNewContacts: string
  quiet: boolean
  from: string
  to: string
  humanPace: boolean
}

/** What is shown when quiet hours are switched on. */
const usualQuiet = { from: '22:00', to: '08:00' }

export function formOf(rules: ChannelRules): RulesForm {
  return {
    scope: rules.scope,
    testContacts: rules.testContacts,
    groups: rules.groups,
    dailyReplies: rules.dailyReplies === null ? '' : String(rules.dailyReplies),
    dailyNewContacts: rules.dailyNewContacts === null ? '' : String(rules.dailyNewContacts),
    quiet: rules.quietHours !== null,
    ...(rules.quietHours ?? usualQuiet),
    humanPace: rules.humanPace,
  }
}

export type RulesProblem = 'ceiling' | 'time' | 'sameTime' | 'contacts'

export function problemsOf(form: RulesForm): Partial<Record<keyof RulesForm, RulesProblem>> {
  const problems: Partial<Record<keyof RulesForm, RulesProblem>> = {}
  for (const field of ['dailyReplies', 'dailyNewContacts'] as const)
    if (!/^(|[1-9]\d{0,4}|100000)$/.test(form[field].trim())) problems[field] = 'ceiling'
  if (form.quiet) {
    for (const field of ['from', 'to'] as const)
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(form[field])) problems[field] = 'time'
    if (problems.to === undefined && form.from === form.to) problems.to = 'sameTime'
  }
  if (form.scope === 'test' && form.testContacts.length === 0) problems.testContacts = 'contacts'
  return problems
}

/** For a form without problems. */
export function rulesOf(form: RulesForm): ChannelRules {
  const ceiling = (text: string) => (text.trim() === '' ? null : Number(text))
  return {
    scope: form.scope,
    testContacts: form.testContacts,
    groups: form.groups,
    dailyReplies: ceiling(form.dailyReplies),
    dailyNewContacts: ceiling(form.dailyNewContacts),
    quietHours: form.quiet ? { from: form.from, to: form.to } : null,
    humanPace: form.humanPace,
  }
}
