import { z } from 'zod'
import type { ChannelRules } from '../channels/account.ts'
import type { ChannelKind } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { usualRules } from './rules.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const ceiling = z.int().min(1).max(100_000).nullable()

const schema = z.object({
  scope: z.enum(['test', 'new', 'all']),
  testContacts: z
    .array(z.string().trim().min(1).max(60))
    .max(50)
    .transform((contacts) => [...new Set(contacts)]),
  groups: z.boolean(),
  dailyReplies: ceiling,
  dailyNewContacts: ceiling,
  quietHours: z
    .object({ from: clockTime, to: clockTime })
    .refine(({ from, to }) => from !== to)
    .nullable(),
  humanPace: z.boolean(),
})

/** The rules of each account, in the shop's settings. Only what the owner changed is stored. */
export class AccountRules {
  readonly #storage: Storage
  readonly #cached = new Map<string, { text: string; kind: ChannelKind; rules: ChannelRules }>()

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Do not change the object. */
  of(accountId: string): ChannelRules {
    const row = this.#storage
      .prepare<[string, string], { kind: ChannelKind; value: string | null }>(
        'SELECT a.kind, s.value FROM channel_accounts a LEFT JOIN settings s ON s.key = ? WHERE a.id = ?',
      )
      .get(keyOf(accountId), accountId)
    const kind = row?.kind ?? 'whatsapp'
    const text = row?.value ?? '{}'
    const cached = this.#cached.get(accountId)
    if (cached?.text === text && cached.kind === kind) return cached.rules
    // The row is written by `set` only, from checked rules.
    const rules = { ...usualRules(kind), ...(JSON.parse(text) as Partial<ChannelRules>) }
    this.#cached.set(accountId, { text, kind, rules })
    return rules
  }

  /** Changes what is given. @throws DomainError `channel.rules_invalid {field}` */
  set(tx: Tx, accountId: string, changes: Partial<ChannelRules>): ChannelRules {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const parsed = schema.safeParse({ ...this.of(accountId), ...given })
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? ''
      throw new DomainError('channel.rules_invalid', { field })
    }
    const stored = tx.sql
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(keyOf(accountId)) as string | undefined
    const names = new Set([...Object.keys(JSON.parse(stored ?? '{}')), ...Object.keys(given)])
    const own = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.has(name)))
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(keyOf(accountId), JSON.stringify(own), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'channel_rules', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, accountId, JSON.stringify(given))
    return this.of(accountId)
  }
}

function keyOf(accountId: string): string {
  return `channel.rules.${accountId}`
}
