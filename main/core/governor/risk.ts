import type { ChannelRisk, ChannelRules, RiskReason } from '../channels/account.ts'

/** Figures of one account. Days are of 24 hours but for `today`, which is the shop's local day. */
export interface RiskFigures {
  /** A person's account and not a bot's. */
  personal: boolean
  rules: Pick<ChannelRules, 'scope' | 'humanPace' | 'dailyReplies' | 'dailyNewContacts'>
  /** Since the account was first ready; null before. */
  ageDays: number | null
  repliesToday: number
  contactsToday: number
  /** Of the last seven days. */
  refusedSends: number
  loggedOut: number
  conflicts: number
  loops: number
  optOuts: number
  /** Messages of the assistant and of customers in the last seven days. */
  sent: number
  received: number
}

/** An account younger than this is watched more closely by its platform. */
const freshDays = 14
const fewSent = 50

/** How likely the platform is to block an account, and why; the weightiest reason first. Pure. */
export function riskOf(figures: RiskFigures): { level: ChannelRisk; reasons: RiskReason[] } {
  const found = [...incidents(figures), ...(figures.personal ? personal(figures) : [])]
  found.sort((a, b) => b.weight - a.weight)
  const sum = found.reduce((total, { weight }) => total + weight, 0)
  const worst = found[0]?.weight ?? 0
  const level = worst >= 4 || sum >= 6 ? 'high' : worst >= 2 || sum >= 3 ? 'raised' : 'low'
  return { level, reasons: found.map(({ reason }) => reason) }
}

interface Weighed {
  weight: number
  reason: RiskReason
}

function weighed(weight: number, code: RiskReason['code'], data: Record<string, number> = {}): Weighed {
  return { weight, reason: { code, data } }
}

function incidents(figures: RiskFigures): Weighed[] {
  const { refusedSends, loggedOut, conflicts, loops, optOuts } = figures
  return [
    ...(refusedSends > 0
      ? [
          weighed(refusedSends >= 10 ? 4 : refusedSends >= 3 ? 2 : 1, 'refused_sends', {
            count: refusedSends,
          }),
        ]
      : []),
    ...(loggedOut > 0 ? [weighed(loggedOut >= 2 ? 4 : 2, 'logged_out', { count: loggedOut })] : []),
    ...(conflicts > 0 ? [weighed(1, 'conflict', { count: conflicts })] : []),
    ...(loops > 0 ? [weighed(loops >= 3 ? 2 : 1, 'loops', { count: loops })] : []),
    ...(optOuts > 0
      ? [weighed(optOuts >= 10 ? 4 : optOuts >= 3 ? 2 : 1, 'opt_outs', { count: optOuts })]
      : []),
  ]
}

function personal(figures: RiskFigures): Weighed[] {
  const { rules, ageDays, sent, received } = figures
  const fresh = ageDays !== null && ageDays < freshDays
  return [
    ...(fresh ? [weighed(1, 'fresh_account', { days: Math.floor(ageDays) })] : []),
    ...ceiling('replies', figures.repliesToday, rules.dailyReplies),
    ...ceiling('contacts', figures.contactsToday, rules.dailyNewContacts),
    ...(sent >= fewSent && received < sent * 0.3 ? [weighed(2, 'few_answers', { sent, received })] : []),
    ...(rules.humanPace ? [] : [weighed(2, 'fast_pace')]),
    ...(rules.scope === 'all' ? [weighed(fresh ? 2 : 1, 'open_scope')] : []),
  ]
}

function ceiling(what: 'replies' | 'contacts', count: number, limit: number | null): Weighed[] {
  if (limit === null) return []
  if (count >= limit) return [weighed(2, `${what}_ceiling`, { count, limit })]
  return count >= limit * 0.8 ? [weighed(1, `near_${what}_ceiling`, { count, limit })] : []
}
