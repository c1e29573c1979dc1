import type { Citation, Fact } from '../agent/facts.ts'
import type { GateFinding, ReplyTrace } from '../agent/trace.ts'
import type { OutboundPayload } from '../channels/channel.ts'
import type { FormOfAddress, Language, ServedBy, ToolCallRequest } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { Storage, Tx } from '../storage/storage.ts'

/** What an engine answered in one step, whole. */
export interface JournaledAnswer {
  text: string
  calls: ToolCallRequest[]
  state: JsonValue
  language: Language
  formOfAddress: FormOfAddress | null
  notes: JsonValue
}

/** What became of one call: what the engine sees, and what the gate and the commit need. */
export interface JournaledResult {
  ok: boolean
  code: string | null
  data: JsonValue
  facts: Fact[]
  cites: Citation[]
  attachments: OutboundPayload[]
  handOver: { reason: string } | null
}

export interface JournaledCall {
  call: number
  tool: string
  arguments: JsonValue
  result: JournaledResult
  effect: boolean
  durationMs: number
}

export interface Usage {
  inputTokens: number | null
  outputTokens: number | null
  /** Of the input, what the service or the saved prefix had at hand already. */
  cachedTokens?: number | null
}

export interface JournaledStep {
  step: number
  engine: string
  model: string | null
  answer: JournaledAnswer
  usage: Usage
  sawMessageSeq: number
  dropped: boolean
  /** Why the gate refused this draft; null for one that it passed or never saw. */
  refused: GateFinding[] | null
  /** Null for steps that the loop itself journals. */
  served: ServedBy | null
  durationMs: number
  calls: JournaledCall[]
}

interface StepRow {
  step: number
  engine: string
  model: string | null
  answer: string
  usage: string
  saw_message_seq: number
  dropped: number
  refused: string | null
  served: string | null
  duration_ms: number
}

interface CallRow {
  step: number
  call: number
  tool: string
  arguments: string
  result: string
  effect: number
  duration_ms: number
}

/** The journal of turns: what is written here is never asked or run again. */
export class Journal {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  steps(turnId: string): JournaledStep[] {
    const calls = this.#storage
      .prepare<[string], CallRow>(
        'SELECT step, call, tool, arguments, result, effect, duration_ms FROM tool_calls WHERE turn_id = ? ORDER BY step, call',
      )
      .all(turnId)
    return this.#storage
      .prepare<[string], StepRow>(
        `SELECT step, engine, model, answer, usage, saw_message_seq, dropped, refused, served, duration_ms FROM turn_steps
         WHERE turn_id = ? ORDER BY step`,
      )
      .all(turnId)
      .map((row) => ({
        step: row.step,
        engine: row.engine,
        model: row.model,
        // These columns are written below from these very types.
        answer: JSON.parse(row.answer) as JournaledAnswer,
        usage: JSON.parse(row.usage) as Usage,
        sawMessageSeq: row.saw_message_seq,
        dropped: row.dropped === 1,
        refused: row.refused === null ? null : (JSON.parse(row.refused) as GateFinding[]),
        served: row.served === null ? null : (JSON.parse(row.served) as ServedBy),
        durationMs: row.duration_ms,
        calls: calls.filter((call) => call.step === row.step).map(toCall),
      }))
  }

  addStep(tx: Tx, turnId: string, step: Omit<JournaledStep, 'calls' | 'dropped' | 'refused'>): void {
    this.#storage
      .prepare(
        `INSERT INTO turn_steps (turn_id, step, engine, model, answer, usage, saw_message_seq, served, duration_ms, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        turnId,
        step.step,
        step.engine,
        step.model,
        JSON.stringify(step.answer),
        JSON.stringify(step.usage),
        step.sawMessageSeq,
        step.served === null ? null : JSON.stringify(step.served),
        step.durationMs,
        tx.now,
      )
  }

  addCall(tx: Tx, turnId: string, step: number, call: JournaledCall): void {
    this.#storage
      .prepare(
        `INSERT INTO tool_calls (turn_id, step, call, tool, arguments, result, effect, duration_ms, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        turnId,
        step,
        call.call,
        call.tool,
        JSON.stringify(call.arguments ?? {}),
        JSON.stringify(call.result),
        call.effect ? 1 : 0,
        call.durationMs,
        tx.now,
      )
  }

  /** A draft that was not sent: newer messages or changed data made it stale. */
  dropStep(tx: Tx, turnId: string, step: number): void {
    this.#storage
      .prepare('UPDATE turn_steps SET dropped = 1 WHERE turn_id = ? AND step = ?')
      .run(turnId, step)
    this.#storage
      .prepare('UPDATE turns SET drafts_dropped = drafts_dropped + 1, updated_at = ? WHERE id = ?')
      .run(tx.now, turnId)
  }

  /** A draft that the gate refused and the engine is asked to write again; it does not count as dropped. */
  refuseStep(_tx: Tx, turnId: string, step: number, findings: readonly GateFinding[]): void {
    this.#storage
      .prepare('UPDATE turn_steps SET dropped = 1, refused = ? WHERE turn_id = ? AND step = ?')
      .run(JSON.stringify(findings), turnId, step)
  }

  saveTrace(tx: Tx, trace: ReplyTrace): void {
    this.#storage
      .prepare('INSERT OR REPLACE INTO traces (turn_id, message_id, trace, created_at) VALUES (?, ?, ?, ?)')
      .run(trace.turnId, trace.messageId, JSON.stringify(trace), tx.now)
  }

  trace(messageId: string): ReplyTrace | null {
    const json = this.#storage
      .prepare<[string], string>('SELECT trace FROM traces WHERE message_id = ?')
      .pluck()
      .get(messageId) as string | undefined
    // Written above from this very type.
    return json === undefined ? null : (JSON.parse(json) as ReplyTrace)
  }

  /** Ids that tool results of a conversation's latest turns returned: the only ones its tools take. */
  seenIds(conversationId: string): Set<string> {
    const results = this.#storage
      .prepare<[string], string>(
        `SELECT c.result FROM tool_calls c WHERE c.turn_id IN
           (SELECT id FROM turns WHERE conversation_id = ? ORDER BY seq DESC LIMIT 60)`,
      )
      .pluck()
      .all(conversationId) as string[]
    const seen = new Set<string>()
    for (const result of results) for (const [id] of result.matchAll(uuid)) seen.add(id)
    return seen
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

function toCall(row: CallRow): JournaledCall {
  return {
    call: row.call,
    tool: row.tool,
    arguments: JSON.parse(row.arguments) as JsonValue,
    result: JSON.parse(row.result) as JournaledResult,
    effect: row.effect === 1,
    durationMs: row.duration_ms,
  }
}
