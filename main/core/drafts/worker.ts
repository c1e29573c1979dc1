import { withoutEngine } from '../engines/failed-engine.ts'
import { type ErrorCode, isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Log } from '../host.ts'
import type { DraftService } from './service.ts'

export interface DraftWorkerDependencies {
  drafts: DraftService
  bus: EventBus
  log: Log
  /** What the assistant would say now in a conversation. Does nothing else. @throws DomainError @throws EngineError */
  suggest(conversationId: string, signal: AbortSignal): Promise<{ text: string; engine: string }>
  /** Whether customers who wait now are to be served first, or nothing is to be said at all. */
  busy(): boolean
}

/** Writes the drafts that were asked for: one at a time, and only while no customer waits for an answer. */
export class DraftWorker {
  readonly #deps: DraftWorkerDependencies
  #unsubscribe: (() => void) | null = null
  #writing: { done: Promise<void>; abort: AbortController } | null = null
  #stopped = false
  #looking = false

  constructor(deps: DraftWorkerDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'serving.changed' && event.payload.paused) this.#writing?.abort.abort()
      if (['draft.changed', 'turn.changed', 'serving.changed'].includes(event.type)) this.#look()
    })
    this.#look()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#unsubscribe?.()
    this.#writing?.abort.abort()
    await this.#writing?.done
  }

  /** Once for all events of this tick. */
  #look(): void {
    if (this.#looking) return
    this.#looking = true
    setImmediate(() => {
      this.#looking = false
      if (this.#stopped || this.#writing !== null || this.#deps.busy()) return
      const abort = new AbortController()
      const done = this.#write(abort.signal).finally(() => {
        this.#writing = null
      })
      this.#writing = { done, abort }
    })
  }

  async #write(signal: AbortSignal): Promise<void> {
    const { drafts, log } = this.#deps
    try {
      const draft = drafts.begin()
      if (draft === null) return
      try {
        const { text, engine } = await this.#deps.suggest(draft.conversationId, signal)
        if (signal.aborted) drafts.release(draft.id)
        else if (text.trim() === '') drafts.fail(draft.id, 'engine.invalid_answer')
        else drafts.finish(draft.id, { text: text.trim(), engine })
      } catch (error) {
        if (signal.aborted) drafts.release(draft.id)
        else drafts.fail(draft.id, codeOf(error))
      }
      this.#look()
    } catch (error) {
      // A full disk: taken up again with the next event.
      log.error('drafts.failed', { code: codeOf(error) })
    }
  }
}

function codeOf(error: unknown): ErrorCode {
  const known = withoutEngine(error)
  return isDomainError(known) ? known.code : 'engine.failed'
}
