import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'

export type TurnState = 'pending' | 'running' | 'done' | 'cancelled' | 'failed'

export interface Turn {
  id: string
  conversationId: string
  epoch: number
  state: TurnState
  attempts: number
  draftsDropped: number
  firstMessageSeq: number
  lastMessageSeq: number
  startedAt: string | null
}

const columns = `id, conversation_id AS conversationId, epoch, state, attempts, drafts_dropped AS draftsDropped,
  first_message_seq AS firstMessageSeq, last_message_seq AS lastMessageSeq, started_at AS startedAt`

/** A turn answers one or more customer messages of a conversation; at most one is open for each conversation. */
export class TurnService {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Opens a turn for a customer message, or lets the open one take it in. */
  schedule(tx: Tx, conversationId: string, epoch: number, messageSeq: number): string {
    const open = isOff('turns.one_open') ? undefined : this.#openTurn(conversationId)
    if (open !== undefined) {
      tx.emit('turn.scheduled', { conversationId, turnId: open.id })
      return open.id
    }
    const id = newId()
    this.#storage
      .prepare(
        `INSERT INTO turns (id, conversation_id, epoch, state, first_message_seq, last_message_seq, due_at, created_at, updated_at)
         VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?)`,
      )
      .run(id, conversationId, epoch, messageSeq, messageSeq, tx.now, tx.now, tx.now)
    tx.emit('turn.scheduled', { conversationId, turnId: id })
    return id
  }

  /** Ends the open turn of a conversation without a reply: somebody took over. */
  cancelOpen(tx: Tx, conversationId: string, reason: string): void {
    const open = this.#openTurn(conversationId)
    if (open !== undefined) this.end(tx, open, 'cancelled', reason)
  }

  /** At start every open turn is due; those that were running died with the process. */
  open(): Turn[] {
    return this.#storage
      .prepare<[], Turn>(`SELECT ${columns} FROM turns WHERE state IN ('pending', 'running') ORDER BY seq`)
      .all()
  }

  /** The open turn of a conversation, if there is one. */
  openOf(conversationId: string): Turn | null {
    return this.#openTurn(conversationId) ?? null
  }

  get(id: string): Turn | null {
    return this.#storage.prepare<[string], Turn>(`SELECT ${columns} FROM turns WHERE id = ?`).get(id) ?? null
  }

  /** Commits one more attempt before anything of the turn runs, so that a turn that kills the process is counted. */
  claim(id: string): Turn | null {
    return this.#storage.write('system', (tx) => {
      const turn = this.get(id)
      if (turn === null || (turn.state !== 'pending' && turn.state !== 'running')) return null
      const attempts = isOff('turns.attempts') ? 0 : turn.attempts + 1
      this.#storage
        .prepare(
          `UPDATE turns SET state = 'running', attempts = ?, started_at = coalesce(started_at, ?), updated_at = ? WHERE id = ?`,
        )
        .run(attempts, tx.now, tx.now, id)
      tx.emit('turn.changed', { conversationId: turn.conversationId, turnId: id, state: 'running' })
      return { ...turn, state: 'running' as const, attempts, startedAt: turn.startedAt ?? tx.now }
    })
  }

  /** Notes the last customer message that the turn has taken in. */
  takeIn(id: string, messageSeq: number): void {
    this.#storage
      .prepare('UPDATE turns SET last_message_seq = max(last_message_seq, ?) WHERE id = ?')
      .run(messageSeq, id)
  }

  /** Lets a turn take in what came before its first message too. */
  extend(id: string, firstMessageSeq: number): void {
    this.#storage
      .prepare('UPDATE turns SET first_message_seq = min(first_message_seq, ?) WHERE id = ?')
      .run(firstMessageSeq, id)
  }

  /** Lets a turn that runs wait, under a new epoch. What its journal holds is not done again; the attempt does not count. */
  hold(tx: Tx, id: string, epoch: number): void {
    const turn = this.get(id)
    if (turn === null) return
    this.#storage
      .prepare(
        `UPDATE turns SET state = 'pending', epoch = ?, attempts = max(0, attempts - 1), updated_at = ? WHERE id = ?`,
      )
      .run(epoch, tx.now, id)
    tx.emit('turn.changed', { conversationId: turn.conversationId, turnId: id, state: 'pending' })
  }

  end(tx: Tx, turn: { id: string; conversationId: string }, state: TurnState, reason: string): void {
    this.#storage
      .prepare('UPDATE turns SET state = ?, ended_at = ?, end_reason = ?, updated_at = ? WHERE id = ?')
      .run(state, tx.now, reason, tx.now, turn.id)
    tx.emit('turn.changed', { conversationId: turn.conversationId, turnId: turn.id, state })
  }

  #openTurn(conversationId: string): Turn | undefined {
    return this.#storage
      .prepare<[string], Turn>(
        `SELECT ${columns} FROM turns WHERE conversation_id = ? AND state IN ('pending', 'running')`,
      )
      .get(conversationId)
  }
}
