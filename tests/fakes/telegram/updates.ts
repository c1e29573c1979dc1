import { refusal } from './faults.ts'

export interface Update {
  update_id: number
  message?: Record<string, unknown>
  edited_message?: Record<string, unknown>
}

interface Waiting {
  answer: (body: object) => void
  limit: number
  timer: NodeJS.Timeout
}

/**
 * The queue of updates as Telegram keeps it: an update goes away only when a later offset confirms it, whoever asked
 * for it before; a second poller ends the first one with 409.
 */
export class UpdateQueue {
  #updates: Update[] = []
  readonly #all: Update[] = []
  #nextId = 1_000_001
  #waiting: Waiting | undefined
  /** Highest update id that was confirmed. */
  confirmed = 0

  push(update: Omit<Update, 'update_id'>): number {
    const id = this.#nextId
    this.#nextId += 1
    const made = { update_id: id, ...update }
    this.#all.push(made)
    this.#updates.push(made)
    this.#wake()
    return id
  }

  get unconfirmed(): readonly Update[] {
    return this.#updates
  }

  get someoneWaits(): boolean {
    return this.#waiting !== undefined
  }

  /** As if no confirmation had ever arrived (a process that was killed each time): everything comes again. */
  forgetConfirmations(): void {
    this.#updates = [...this.#all]
    this.confirmed = 0
  }

  /** Answers at once or when something comes; the returned function forgets the caller, who has gone. */
  poll(
    request: { offset: number; limit: number; timeout: number },
    answer: (body: object) => void,
  ): () => void {
    this.#confirm(request.offset)
    this.#release(refusal(409))
    const ready = this.#updates.slice(0, request.limit)
    if (ready.length > 0 || request.timeout === 0) {
      answer({ ok: true, result: ready })
      return () => {}
    }
    const timer = setTimeout(() => this.#release({ ok: true, result: [] }), request.timeout * 1000)
    const waiting: Waiting = { answer, limit: request.limit, timer }
    this.#waiting = waiting
    return () => {
      clearTimeout(timer)
      if (this.#waiting === waiting) this.#waiting = undefined
    }
  }

  #confirm(offset: number): void {
    if (offset <= 0) return
    this.confirmed = Math.max(this.confirmed, offset - 1)
    this.#updates = this.#updates.filter((update) => update.update_id >= offset)
  }

  #wake(): void {
    const limit = this.#waiting?.limit ?? 0
    this.#release({ ok: true, result: this.#updates.slice(0, limit) })
  }

  #release(body: object): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    clearTimeout(waiting.timer)
    waiting.answer(body)
  }
}
