import type { EngineErrorCode, EnginePurpose } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Spent } from './caps.ts'

/** A request to a model as the owner sees it. */
export interface SentRequest {
  id: string
  engineId: string
  model: string
  purpose: EnginePurpose
  conversationId: string | null
  step: number | null
  state: 'reserved' | 'done' | 'failed'
  error: string | null
  inputTokens: number | null
  cachedTokens: number | null
  outputTokens: number | null
  costMicros: number | null
  redactions: number
  startedAt: string
  firstTokenMs: number | null
  durationMs: number | null
}

/** What an engine has done on one day. */
export interface DayFigures {
  requests: number
  failed: number
  inputTokens: number
  outputTokens: number
  costMicros: number
  firstTokenMs: number | null
  tokensPerSecond: number | null
}

export interface NewRequest {
  id: string
  engineId: string
  model: string
  purpose: EnginePurpose
  turnId: string | null
  conversationId: string | null
  step: number | null
  reservedMicros: number
  body: JsonValue
  redactions: number
  day: string
}

export interface Settlement {
  state: 'done' | 'failed'
  costMicros: number | null
  inputTokens: number | null
  cachedTokens: number | null
  outputTokens: number | null
  error: EngineErrorCode | null
  firstTokenMs: number | null
  durationMs: number
}

const columns = `id, engine_id AS engineId, model, purpose, conversation_id AS conversationId, step, state, error,
  input_tokens AS inputTokens, cached_tokens AS cachedTokens, output_tokens AS outputTokens,
  coalesce(cost_micros, CASE WHEN reserved_micros > 0 THEN reserved_micros END) AS costMicros,
  redactions, started_at AS startedAt, first_token_ms AS firstTokenMs, duration_ms AS durationMs`

/** Requests to models and what they cost. */
export class RequestRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /**
   * Spent since the beginning of a local day and of its month, what is reserved included. Days after it count too: they
   * were noted before the clock was put back, and that frees nothing.
   */
  spent(day: string): Spent {
    const since = (from: string): number => {
      const sum = this.#storage
        .prepare<[string], number>(
          'SELECT coalesce(sum(coalesce(cost_micros, reserved_micros)), 0) FROM engine_requests WHERE day >= ?',
        )
        .pluck()
        .get(from)
      return Number(sum)
    }
    return { day: since(day), month: since(`${day.slice(0, 7)}-01`) }
  }

  /** Whether that conversation is one of a person who was erased. */
  isErased(conversationId: string | null): boolean {
    return (
      this.#storage
        .prepare<[string | null]>(
          `SELECT 1 FROM conversations c JOIN customers cu ON cu.id = c.customer_id
           WHERE c.id = ? AND cu.erased_at IS NOT NULL`,
        )
        .get(conversationId) !== undefined
    )
  }

  insert(tx: Tx, request: NewRequest): void {
    this.#storage
      .prepare(
        `INSERT INTO engine_requests (id, engine_id, model, purpose, turn_id, conversation_id, step, state, reserved_micros, body, redactions, day, started_at)
         VALUES (?, ?, ?, ?, ?, (SELECT id FROM conversations WHERE id = ?), ?, 'reserved', ?, ?, ?, ?, ?)`,
      )
      .run(
        request.id,
        request.engineId,
        request.model,
        request.purpose,
        request.turnId,
        request.conversationId,
        request.step,
        request.reservedMicros,
        request.body === null || request.body === undefined ? null : JSON.stringify(request.body),
        request.redactions,
        request.day,
        tx.now,
      )
  }

  settle(tx: Tx, id: string, settlement: Settlement): void {
    this.#storage
      .prepare(
        `UPDATE engine_requests SET state = ?, cost_micros = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?,
           error = ?, first_token_ms = ?, duration_ms = ?, ended_at = ? WHERE id = ?`,
      )
      .run(
        settlement.state,
        settlement.costMicros,
        settlement.inputTokens,
        settlement.cachedTokens,
        settlement.outputTokens,
        settlement.error,
        settlement.firstTokenMs,
        settlement.durationMs,
        tx.now,
        id,
      )
  }

  figures(engineId: string, day: string): DayFigures {
    const row = this.#storage
      .prepare<
        [string, string],
        Omit<DayFigures, 'tokensPerSecond'> & { written: number; writtenMs: number }
      >(
        `SELECT count(*) AS requests, coalesce(sum(state = 'failed'), 0) AS failed,
           coalesce(sum(input_tokens), 0) AS inputTokens, coalesce(sum(output_tokens), 0) AS outputTokens,
           coalesce(sum(coalesce(cost_micros, reserved_micros)), 0) AS costMicros,
           CAST(round(avg(first_token_ms)) AS INTEGER) AS firstTokenMs,
           coalesce(sum(output_tokens) FILTER (WHERE first_token_ms IS NOT NULL), 0) AS written,
           coalesce(sum(duration_ms - first_token_ms) FILTER (WHERE output_tokens IS NOT NULL), 0) AS writtenMs
         FROM engine_requests WHERE day = ? AND engine_id = ?`,
      )
      .get(day, engineId)
    if (row === undefined) throw new Error('an aggregate has one row')
    const { written, writtenMs, ...figures } = row
    return { ...figures, tokensPerSecond: writtenMs > 0 ? (written * 1_000) / writtenMs : null }
  }

  /** Newest first. */
  list(filter: {
    engineId?: string
    conversationId?: string
    beforeId?: string
    limit: number
  }): SentRequest[] {
    return this.#storage
      .prepare<
        [Record<'engineId' | 'conversationId' | 'beforeId', string | null> & { limit: number }],
        SentRequest
      >(
        `SELECT ${columns} FROM engine_requests
         WHERE (@engineId IS NULL OR engine_id = @engineId)
           AND (@conversationId IS NULL OR conversation_id = @conversationId)
           AND (@beforeId IS NULL OR seq < (SELECT seq FROM engine_requests WHERE id = @beforeId))
         ORDER BY seq DESC LIMIT @limit`,
      )
      .all({
        engineId: filter.engineId ?? null,
        conversationId: filter.conversationId ?? null,
        beforeId: filter.beforeId ?? null,
        limit: filter.limit,
      })
  }

  find(id: string): (SentRequest & { body: JsonValue }) | null {
    const row = this.#storage
      .prepare<[string], SentRequest & { body: string | null }>(
        `SELECT ${columns}, body FROM engine_requests WHERE id = ?`,
      )
      .get(id)
    if (row === undefined) return null
    // Written by `insert` from a JsonValue.
    return { ...row, body: row.body === null ? null : (JSON.parse(row.body) as JsonValue) }
  }

  /** Forgets what was sent before a moment, word for word; what it cost stays. */
  forgetBodies(tx: Tx, before: string): number {
    return tx.sql
      .prepare('UPDATE engine_requests SET body = NULL WHERE body IS NOT NULL AND started_at < ?')
      .run(before).changes
  }
}
