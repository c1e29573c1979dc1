import { z } from 'zod'
import type { KnowledgeEntry, Topic } from '../../knowledge/entry.ts'
import type { Citation, Fact } from '../facts.ts'
import { deliveryData, deliveryFacts } from './delivery-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  topic: z.enum([
    'hours',
    'address',
    'contact',
    'delivery',
    'pickup',
    'payment',
    'deposit',
    'returns',
    'discounts',
    'faq',
    'handoff',
  ]),
  query: z.string().max(500).nullish(),
})

const entriesShown = 5

export function shopInformation(deps: ToolDependencies): ReadTool<typeof input> {
  const { knowledge, shop } = deps
  return {
    name: 'shop_information',
    description:
      'What the shop says about itself: hours, address, contact, delivery, pickup, payment, deposit, returns, discounts, other questions (faq). `query` is what the customer asked, or a place for delivery.',
    input,
    effect: false,
    async run(_context, { topic, query }) {
      const brief = shop()
      const { entries, answered } = await findEntries(deps, topic, query ?? '')
      const profile = knowledge.profile()
      const facts: Fact[] = entries.map((entry) => ({
        kind: 'shop_text',
        topic: entry.topic,
        text: entryText(entry),
      }))
      const hours = topic === 'hours' ? knowledge.hours(new Date(deps.clock?.now() ?? Date.now())) : null
      const wantsDelivery = (topic === 'delivery' || topic === 'pickup') && profile.delivery !== null
      if (wantsDelivery) facts.push(...deliveryFacts(profile.delivery, brief))
      if (topic === 'deposit' && profile.deposit !== null) {
        const { percent, over } = profile.deposit
        if (percent !== null) facts.push({ kind: 'percent', name: 'deposit', value: percent })
        if (over !== null)
          facts.push({ kind: 'fee', name: 'deposit.over', money: { amount: over, currency: brief.currency } })
      }
      const cites: Citation[] = entries.map(({ id, revision }) => ({ table: 'knowledge', id, revision }))
      if (hours?.known || wantsDelivery) cites.push({ table: 'shop', ...knowledge.profileRow() })
      if (hours?.known)
        facts.push({ kind: 'shop_text', topic: 'hours', text: Object.values(hours.week).flat(2).join(' ') })
      const structured =
        hours?.known === true || wantsDelivery || (topic === 'payment' && profile.payments.length > 0)
      return {
        data: {
          answered: answered || structured,
          entries: entries.map(({ id, topic, question, answer }) => ({
            knowledgeId: id,
            topic,
            question,
            answer,
          })),
          ...(hours === null ? {} : { hours: { ...hours } }),
          ...(wantsDelivery ? { delivery: deliveryData(knowledge, brief, query ?? '') } : {}),
          ...(topic === 'payment' ? { payments: profile.payments } : {}),
        },
        facts,
        cites,
      }
    },
  }
}

/** Entries of the topic; for a free question what search finds among all entries, that topic's own first. */
async function findEntries(
  { knowledge, search }: ToolDependencies,
  topic: Topic,
  query: string,
): Promise<{ entries: KnowledgeEntry[]; answered: boolean }> {
  const own = knowledge.entries({ topic })
  if (topic !== 'faq' || query.trim() === '') {
    // More of the owner's own entries than fit are narrowed by the question.
    if (own.length <= entriesShown || query.trim() === '')
      return { entries: own.slice(0, entriesShown), answered: own.length > 0 }
  }
  const found = await search.knowledge(query, { limit: entriesShown, ...(topic === 'faq' ? {} : { topic }) })
  const entries = found.hits.flatMap(({ knowledgeId }) => knowledge.entry(knowledgeId) ?? [])
  if (topic === 'faq') return { entries, answered: found.answered && entries.length > 0 }
  return entries.length > 0
    ? { entries, answered: true }
    : { entries: own.slice(0, entriesShown), answered: own.length > 0 }
}

function entryText({ question, answer }: KnowledgeEntry): string {
  return question === '' ? answer : `${question}\n${answer}`
}
