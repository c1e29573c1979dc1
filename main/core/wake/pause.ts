import type { Actor } from '../actor.ts'
import type { ConversationService } from '../conversations/service.ts'
import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'
import type { TurnService } from '../turns/service.ts'
import type { Absences } from './absences.ts'

const key = 'serving.paused'

export interface PauseState {
  paused: boolean
  /** UTC ISO 8601. */
  since: string | null
  by: string | null
}

export interface PauseDependencies {
  storage: Storage
  turns: TurnService
  conversations: ConversationService
  absences: Absences
}

/**
 * The owner's switch that silences the assistant everywhere: no turn begins, those under way are stopped before they
 * say anything, and replies that have not left stay. Nothing is lost: all of it goes on where it was.
 */
export class ServingPause {
  readonly #deps: PauseDependencies

  constructor(deps: PauseDependencies) {
    this.#deps = deps
  }

  state(): PauseState {
    const value = this.#deps.storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    if (typeof value !== 'string') return { paused: false, since: null, by: null }
    // Written below from this very type.
    const { since, by } = JSON.parse(value) as { since: string; by: string }
    return { paused: true, since, by }
  }

  paused(): boolean {
    return !isOff('wake.pause') && this.state().paused
  }

  pause(actor: Actor): void {
    const { storage, turns, conversations, absences } = this.#deps
    if (this.state().paused) return
    storage.write(actor, (tx) => {
      storage
        .prepare('INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)')
        .run(key, JSON.stringify({ since: tx.now, by: actor }), tx.now, actor)
      absences.begin(tx, 'paused', null, tx.now)
      if (!isOff('wake.pause'))
        for (const turn of turns.open())
          if (turn.state === 'running') conversations.interrupt(tx, turn.conversationId)
      tx.emit('serving.changed', { paused: true })
    })
  }

  resume(actor: Actor): void {
    const { storage, absences } = this.#deps
    if (!this.state().paused) return
    storage.write(actor, (tx) => {
      storage.prepare('DELETE FROM settings WHERE key = ?').run(key)
      absences.end(tx, 'paused', null, tx.now)
      tx.emit('serving.changed', { paused: false })
    })
  }
}
