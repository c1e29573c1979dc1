/**
 * Switches that turn one guard off, so that the test suite can prove that a test notices.
 * They work only in a process started with `MOSTRADOR_MUTANT=<name>` under `NODE_ENV=test`; elsewhere every guard stands.
 */
export const mutantNames = [
  'gate.amount',
  'gate.percent',
  'gate.stock',
  'gate.product',
  'gate.action',
  'gate.date',
  'gate.policy',
  'gate.measure',
  'gate.customer_is_no_source',
  'inbox.unique_message',
  'turns.one_open',
  'turns.attempts',
  'journal.answer',
  'journal.call',
  'epoch.effect',
  'epoch.reply',
  'epoch.claim',
  'outbox.unknown_not_repeated',
  'outbox.echo_by_id',
  'conversations.unanswered_ignores_cancelled',
  'conversations.return_needs_person',
  'citations.revision',
  'search.reread',
  'loops.stop',
  'away.once',
  'stock.reserve',
  'order.expected_state',
  'checkout.confirmed',
  'checkout.sent',
  'checkout.hash',
  'customers.merge_names',
  'erasure.journal',
  'cards.limit',
  'cards.held',
  'cards.wake',
  'pairing.attempts',
  'pairing.once',
  'owner.repeat',
  'cap.reserve',
  'browsers.started',
  'models.checksum',
  'models.changed_file',
  'models.state_checked',
  'models.twice_dead',
  'models.live_first',
  'cuda.paths',
  'cuda.gives_way',
  'search.meaning_floor',
  'exam.without_people',
  'remote.redact',
  'remote.escape',
  'remote.redirect',
  'remote.limits',
  'agent.retry_once',
  'agent.repeated_calls',
  'agent.model_calls',
  'agent.seen_ids',
  'governor.known_before',
  'governor.never',
  'governor.opt_out',
  'governor.ceiling',
  'governor.refusal',
  'governor.quiet',
  'governor.disclosure',
  'governor.wait_before_claim',
  'wake.old_is_not_answered',
  'wake.live_is_not_old',
  'wake.pause',
  'wake.suspended',
  'drafts.overtaken',
  'whatsapp.conflict_stops',
  'whatsapp.number_once',
  'whatsapp.stored_after_commit',
  'whatsapp.chats_first',
  'whatsapp.lid_is_no_phone',
  'whatsapp.handed_is_not_repeated',
  'updates.signature',
  'access.tries',
  'access.known_device',
  'access.sessions_end',
  'access.host_name',
  'access.owner_only',
  'upgrade.copy_first',
  'storage.durable',
] as const

export type MutantName = (typeof mutantNames)[number]

let active: string | undefined = process.env.NODE_ENV === 'test' ? process.env.MOSTRADOR_MUTANT : undefined

/** True when the guard of that name is switched off. */
export function isOff(name: MutantName): boolean {
  return active === name
}

/** Switches one guard off while `work` runs. For tests only: throws elsewhere. */
export async function withMutant<T>(name: MutantName, work: () => T | Promise<T>): Promise<T> {
  if (process.env.NODE_ENV !== 'test') throw new Error('mutants exist only in tests')
  const before = active
  active = name
  try {
    return await work()
  } finally {
    active = before
  }
}
