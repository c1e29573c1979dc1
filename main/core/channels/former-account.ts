import type { Tx } from '../storage/storage.ts'

/** Everything that belongs to an account and is not about its connection. */
const tables = [
  'customer_identities',
  'conversations',
  'messages',
  'outbox',
  'chat_rules',
  'channel_incidents',
] as const

/**
 * Gives what an account that was removed had to another one of the same number, which has nothing of its own yet. What
 * still waited to be sent then is not sent now.
 */
export function inherit(tx: Tx, former: string, heir: string): void {
  tx.sql
    .prepare(
      `UPDATE outbox SET state = 'cancelled', error = 'channel_removed', updated_at = ?
       WHERE channel_account_id = ? AND state = 'queued'`,
    )
    .run(tx.now, former)
  for (const table of tables)
    tx.sql
      .prepare(`UPDATE ${table} SET channel_account_id = ? WHERE channel_account_id = ?`)
      .run(heir, former)
}
