import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { fold } from '../understanding/normalise.ts'
import type { CustomerPreference, PreferenceTopic } from './customer.ts'
import { customerPreferences } from './tables.ts'

const mostPreferences = 50
const longestText = 300

interface Row {
  id: string
  topic: PreferenceTopic
  text: string
  at: string
  messageId: string | null
  messageText: string | null
  conversationId: string | null
}

/** What is remembered of a customer: "size M", "no nuts", "delivers to the office". */
export class Preferences {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The newest last. */
  of(customerId: string): CustomerPreference[] {
    return this.#storage
      .prepare<[string], Row>(
        `SELECT p.id, p.topic, p.text, p.created_at AS at, m.id AS messageId, m.text AS messageText, m.conversation_id AS conversationId
         FROM customer_preferences p LEFT JOIN messages m ON m.id = p.source_message_id
         WHERE p.customer_id = ? AND p.deleted_at IS NULL ORDER BY p.created_at, p.id`,
      )
      .all(customerId)
      .map(({ messageId, messageText, conversationId, ...row }) => ({
        ...row,
        source:
          messageId === null || conversationId === null
            ? null
            : { conversationId, messageId, text: messageText ?? '' },
      }))
  }

  /**
   * Keeps a preference. One that is there already is not doubled; the oldest makes room when there are too many.
   * Returns its id and whether it is new. Throws `input.invalid {field, limit}`.
   */
  add(
    tx: Tx,
    customerId: string,
    given: { topic: PreferenceTopic; text: string; sourceMessageId?: string | null },
  ): { id: string; added: boolean } {
    const text = given.text.trim().replace(/\s+/g, ' ')
    if (text === '' || text.length > longestText)
      throw new DomainError('input.invalid', { field: 'text', limit: longestText })
    const known = this.of(customerId)
    const same = known.find((one) => one.topic === given.topic && keyOf(one.text) === keyOf(text))
    if (same !== undefined) return { id: same.id, added: false }
    for (const old of known.slice(0, Math.max(0, known.length - mostPreferences + 1)))
      this.#forget(tx, old.id)
    const id = newId()
    insertRow(tx, customerPreferences, {
      id,
      customerId,
      topic: given.topic,
      text,
      sourceMessageId: given.sourceMessageId ?? null,
    })
    return { id, added: true }
  }

  /** @throws DomainError `not_found` when it is not this customer's */
  remove(tx: Tx, customerId: string, preferenceId: string): void {
    if (!this.of(customerId).some((one) => one.id === preferenceId))
      throw new DomainError('not_found', { entity: 'customer_preferences', id: preferenceId })
    this.#forget(tx, preferenceId)
  }

  /** What is to be forgotten may be about somebody's health: the row stays, its words do not. */
  #forget(tx: Tx, id: string): void {
    updateRow(tx, customerPreferences, id, { text: '', sourceMessageId: null })
    softDeleteRow(tx, customerPreferences, id)
    this.#storage
      .prepare(
        "UPDATE audit_log SET changes = '{}' WHERE entity = 'customer_preferences' AND entity_id = ? AND action = 'create'",
      )
      .run(id)
  }
}

function keyOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
