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

  /**
   * The customer's message of this turn that says it: most of the text's words are in it. Null when nobody said so; an
   * engine may not make something up about a person.
   */
  saidIn(turnId: string, text: string): string | null {
    const words = keyOf(text).split(' ')
    const messages = this.#storage
      .prepare<[string], { id: string; text: string }>(
        `SELECT m.id, m.text FROM messages m JOIN turns t ON t.conversation_id = m.conversation_id
         WHERE t.id = ? AND m.seq >= t.first_message_seq AND m.author = 'customer' AND m.removed_at IS NULL ORDER BY m.seq DESC`,
      )
      .all(turnId)
    const heard = messages.find((message) => {
      const said = new Set(keyOf(message.text).split(' '))
      return words.filter((word) => said.has(word)).length * 2 >= words.length
    })
    return heard?.id ?? null
  }

  /** Forgets what is of a topic, or has one of the words in it; all of it when neither is given. Returns what it was. */
  forget(
    tx: Tx,
    customerId: string,
    about: { topic?: PreferenceTopic; text?: string },
  ): { topic: PreferenceTopic; text: string }[] {
    const words = keyOf(about.text ?? '')
      .split(' ')
      .filter((word) => word.length > 2)
    const gone = this.of(customerId).filter(
      (one) =>
        (about.topic === undefined || one.topic === about.topic) &&
        (words.length === 0 || words.some((word) => keyOf(one.text).split(' ').includes(word))),
    )
    for (const one of gone) this.#forget(tx, one.id)
    return gone.map(({ topic, text }) => ({ topic, text }))
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
