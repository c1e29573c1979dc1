import { z } from 'zod'
import type { Personality } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'

const key = 'personality'

const schema = z.object({
  assistantName: z.string().trim().max(40),
  tone: z.enum(['warm', 'neutral', 'formal', 'playful']),
  formOfAddress: z.enum(['auto', 'tu', 'usted', 'vos']),
  emoji: z.enum(['none', 'some']),
  length: z.enum(['short', 'normal']),
  language: z.enum(['customer', 'es', 'en']),
  rules: z.array(z.string().trim().min(1).max(300)).max(20),
}) satisfies z.ZodType<Personality>

/** Where the owner has said nothing: friendly, short, without emoji, as the customer speaks. */
export function defaultPersonality(): Personality {
  return {
    assistantName: '',
    tone: 'warm',
    formOfAddress: 'auto',
    emoji: 'none',
    length: 'short',
    language: 'customer',
    rules: [],
  }
}

/** @throws DomainError `input.invalid {field}` */
export function checkPersonality(input: unknown): Personality {
  const parsed = schema.safeParse(input)
  if (!parsed.success)
    throw new DomainError('input.invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
  return parsed.data
}

/** How the assistant speaks: one setting of the shop. */
export class PersonalityService {
  readonly #storage: Storage
  #cached: { text: string | null; personality: Personality } | null = null

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Do not change the object. */
  get(): Personality {
    const text = this.#stored()
    if (this.#cached === null || this.#cached.text !== text) this.#cached = { text, personality: read(text) }
    return this.#cached.personality
  }

  /** @throws DomainError `input.invalid {field}` */
  set(tx: Tx, input: unknown): Personality {
    const personality = checkPersonality(input)
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(personality), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, JSON.stringify(personality))
    tx.emit('personality.changed', {})
    return personality
  }

  #stored(): string | null {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? value : null
  }
}

/** A stored setting that a later version wrote differently keeps what can be read of it. */
function read(text: string | null): Personality {
  if (text === null) return defaultPersonality()
  const whole = schema.safeParse({ ...defaultPersonality(), ...JSON.parse(text) })
  return whole.success ? whole.data : defaultPersonality()
}
