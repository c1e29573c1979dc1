import { z } from 'zod'
import type { KnowledgeEntry, Topic } from '../../knowledge/entry.ts'
import { isLocalDate } from '../../language/calendar.ts'
import type { Citation, Fact } from '../facts.ts'
import { deliveryData, deliveryFacts } from './delivery-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import { datesAsked, hoursData, hoursFacts } from './hours-data.ts'
import type { ReadTool } from './tool.ts'

const localDate = z.string().refine(isLocalDate, { error: 'YYYY-MM-DD' })
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
  query: z
    .string()
    .max(500)
    .nullish()
    .describe('what the customer asked, in their words; for delivery the place'),
  date: localDate.nullish().describe('YYYY-MM-DD, for hours of a day'),
  until: localDate.nullish().describe('YYYY-MM-DD, for hours up to a day'),
})

const entriesShown = 5

export function shopInformation(deps: ToolDependencies): ReadTool<typeof input> {
  const { knowledge, shop } = deps
  return {
    name: 'shop_information',
    description:
      'What the shop says about itself: hours, address, contact, delivery, pickup, payment, deposit, returns, discounts, and any other question (faq). Hours heed holidays and vacations. `answered: false` means that the shop has not said it: then ask_owner.',
    input,
    effect: false,
    async run(_context, { topic, query, date, until }) {
      const brief = shop()
      const { entries, answered } = await findEntries(deps, topic, query ?? '')
      const profile = knowledge.profile()
      const facts: Fact[] = entries.map((entry) => ({
        kind: 'shop_text',
        topic: entry.topic,
        text: entryText(entry),
      }))
      const view = topic === 'hours' ? knowledge.hours(new Date(deps.clock?.now() ?? Date.now())) : null
      const asked = view === null ? [] : datesAsked({ date, until, query }, view, brief, profile)
      const hours = view === null ? null : hoursData(view, asked, profile)
      const saysHours = view !== null && (view.known || view.closedNow || view.special.length > 0)
      const wantsDelivery = (topic === 'delivery' || topic === 'pickup') && profile.delivery !== null
      if (wantsDelivery) facts.push(...deliveryFacts(profile.delivery, brief))
      if (topic === 'deposit' && profile.deposit !== null) {
        const { percent, over } = profile.deposit
        if (percent !== null) facts.push({ kind: 'percent', name: 'deposit', value: percent })
        if (over !== null)
          facts.push({ kind: 'fee', name: 'deposit.over', money: { amount: over, currency: brief.currency } })
      }
      const cites: Citation[] = entries.map(({ id, revision }) => ({ table: 'knowledge', id, revision }))
      if (saysHours || wantsDelivery) cites.push({ table: 'shop', ...knowledge.profileRow() })
      if (view !== null && hours !== null && saysHours) facts.push(...hoursFacts(view, hours))
      const structured = saysHours || wantsDelivery || (topic === 'payment' && profile.payments.length > 0)
      return {
        data: {
          answered: answered || structured,
          entries: entries.map(({ id, topic, question, answer }) => ({
            knowledgeId: id,
            topic,
            question,
            answer,
          })),
          ...(hours === null ? {} : { hours }),
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
