import type { Engine, EngineRequest, HistoryMessage, PromptMaterial } from '../engines/engine.ts'
import type { Clock, Log } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { readHistory, type StoredMessage } from './message-history.ts'

/** What a prompt shows of a conversation before its turn. */
export interface MemoryWindow {
  /** Oldest first. */
  history: HistoryMessage[]
  /** What was said before them; null when they are everything. */
  earlier: string | null
}

export interface MemoryDependencies {
  storage: Storage
  clock: Clock
  log: Log
  /** The engine that would be asked first now; null when it is the built-in one. */
  lead(turnId: string): Engine | null
}

/** Messages and estimated tokens of a window; beyond either, older ones become a summary. */
const longestWindow = 24
const mostTokens = 1_600
/** Messages that a renewed window begins with: it then grows, so that its first bytes stay the same for many turns. */
const keptMessages = 8
const longestSummary = 1_200
/** A summary that takes longer is given up; nobody waits for it. */
const summaryLimitMs = 120_000
/** What the customer wrote that a summary without a model tells of. */
const quotedMessages = 6

type Row = StoredMessage

/**
 * The memory of conversations that are longer than a prompt: the newest messages as they are, what fell out as a few
 * sentences. Those are made in the background after a turn; until they are, the customer's own last words stand for them.
 */
export class ConversationMemory {
  readonly #deps: MemoryDependencies
  readonly #running = new Map<string, Promise<void>>()
  readonly #stopped = new AbortController()

  constructor(deps: MemoryDependencies) {
    this.#deps = deps
  }

  /** What a turn that begins at `beforeSeq` may look back on. */
  window(conversationId: string, beforeSeq: number): MemoryWindow {
    const summary = this.#summary(conversationId)
    const rows = this.#rows(conversationId, summary?.upToSeq ?? 0, beforeSeq)
    const shown = newest(rows, longestWindow, mostTokens)
    const fallen = rows.slice(0, rows.length - shown.length)
    const parts = [summary?.text ?? '', quoted(fallen)].filter((part) => part !== '')
    return {
      history: shown.map(({ seq, ...message }) => message),
      earlier: parts.length === 0 ? null : parts.join(' '),
    }
  }

  /** Renews the summary where messages fell out of the window. Returns at once; nobody waits for it but `settled`. */
  after(
    request: Pick<EngineRequest, 'turnId' | 'shop' | 'customer' | 'now'> & { prompt: PromptMaterial },
  ): void {
    const { conversationId } = request.prompt
    if (this.#stopped.signal.aborted || this.#running.has(conversationId)) return
    const work = this.#renew(request)
      .catch((error: unknown) =>
        this.#deps.log.warn('memory.failed', { error: error instanceof Error ? error.name : 'unknown' }),
      )
      .finally(() => this.#running.delete(conversationId))
    this.#running.set(conversationId, work)
  }

  /** Resolves when no summary is being made. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.settled()
  }

  async #renew(
    request: Pick<EngineRequest, 'turnId' | 'shop' | 'customer' | 'now'> & { prompt: PromptMaterial },
  ): Promise<void> {
    const { conversationId } = request.prompt
    const summary = this.#summary(conversationId)
    const rows = this.#rows(conversationId, summary?.upToSeq ?? 0, Number.MAX_SAFE_INTEGER)
    if (newest(rows, longestWindow, mostTokens).length === rows.length) return
    const fallen = rows.slice(0, rows.length - newest(rows, keptMessages, mostTokens / 2).length)
    const last = fallen.at(-1)
    if (last === undefined) return
    const made = await this.#ask(request, fallen, summary?.text ?? null)
    if (this.#stopped.signal.aborted) return
    const text = made?.text ?? [summary?.text ?? '', quoted(fallen)].filter((part) => part !== '').join(' ')
    this.#keep(conversationId, {
      text: text.slice(-longestSummary),
      upToSeq: last.seq,
      engineId: made?.engineId ?? 'builtin',
      promptVersion: made?.promptVersion ?? null,
    })
  }

  /** Null where no model answers: then the customer's own words are kept. */
  async #ask(
    request: Pick<EngineRequest, 'turnId' | 'shop' | 'customer' | 'now'> & { prompt: PromptMaterial },
    fallen: readonly Row[],
    earlier: string | null,
  ): Promise<{ text: string; engineId: string; promptVersion: string | null } | null> {
    const engine = this.#deps.lead(request.turnId)
    if (engine === null || !engine.capabilities.prompted) return null
    const limit = new AbortController()
    const cancel = this.#deps.clock.after(summaryLimitMs, () => limit.abort())
    let text = ''
    let promptVersion: string | null = null
    try {
      const events = engine.step({
        ...request,
        step: 0,
        state: {},
        history: fallen.map(({ seq, ...message }) => message),
        input: [],
        steps: [],
        tools: [],
        prompt: { ...request.prompt, purpose: 'summary', earlier, refusal: null },
        signal: AbortSignal.any([this.#stopped.signal, limit.signal]),
      })
      for await (const event of events) {
        if (event.type === 'text') text += event.delta
        if (event.type === 'served') promptVersion = event.by.promptVersion
        // Rules answer customers; they sum nothing up.
        if (event.type === 'served' && event.by.kind === 'builtin') return null
      }
    } catch {
      return null
    } finally {
      cancel()
    }
    return text.trim() === '' ? null : { text: text.trim(), engineId: engine.id, promptVersion }
  }

  #keep(
    conversationId: string,
    summary: { text: string; upToSeq: number; engineId: string; promptVersion: string | null },
  ): void {
    this.#deps.storage.write('agent', (tx) => {
      // Nothing of a person who was erased meanwhile comes back.
      tx.sql
        .prepare(
          `INSERT INTO conversation_summaries (conversation_id, text, up_to_seq, engine_id, prompt_version, created_at, updated_at)
           SELECT c.id, ?, ?, ?, ?, ?, ? FROM conversations c JOIN customers cu ON cu.id = c.customer_id
           WHERE c.id = ? AND cu.erased_at IS NULL
           ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, up_to_seq = excluded.up_to_seq,
             engine_id = excluded.engine_id, prompt_version = excluded.prompt_version, updated_at = excluded.updated_at`,
        )
        .run(
          summary.text,
          summary.upToSeq,
          summary.engineId,
          summary.promptVersion,
          tx.now,
          tx.now,
          conversationId,
        )
    })
  }

  #summary(conversationId: string): { text: string; upToSeq: number } | null {
    return (
      this.#deps.storage
        .prepare<[string], { text: string; upToSeq: number }>(
          'SELECT text, up_to_seq AS upToSeq FROM conversation_summaries WHERE conversation_id = ?',
        )
        .get(conversationId) ?? null
    )
  }

  /** Messages between two seqs, at most so many that a summary of them can be asked for; the newest are kept. */
  #rows(conversationId: string, afterSeq: number, beforeSeq: number): Row[] {
    return readHistory(this.#deps.storage, conversationId, { afterSeq, beforeSeq, limit: 120 })
  }
}

/** The newest rows that have room, oldest first; at least one. */
function newest(rows: readonly Row[], count: number, tokens: number): Row[] {
  const kept: Row[] = []
  let left = tokens
  for (const row of [...rows].reverse()) {
    left -= Math.ceil(row.text.length / 3) + 8
    if (kept.length >= count || (left < 0 && kept.length > 0)) break
    kept.push(row)
  }
  return kept.reverse()
}

/** Without a model: what the customer wrote, in their own words. */
function quoted(rows: readonly Row[]): string {
  const texts = rows
    .filter(({ author, text }) => author === 'customer' && text.trim() !== '')
    .slice(-quotedMessages)
    .map(({ text }) => `"${text.replace(/\s+/g, ' ').trim().slice(0, 120)}"`)
  return texts.length === 0 ? '' : `Before that the customer wrote: ${texts.join(' ')}`
}
