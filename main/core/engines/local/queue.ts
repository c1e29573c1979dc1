import { isOff } from '../../mutants.ts'

export type Priority = 'live' | 'preview' | 'background'

const order: readonly Priority[] = ['live', 'preview', 'background']

export interface Queued {
  readonly priority: Priority
  /** Who asks: those who wait take turns. */
  readonly affinity: string
}

/**
 * Who comes next: live before preview before background; among equals whoever was served longest ago, and each in
 * the order of asking. Pure.
 */
export class FairQueue<Item extends Queued> {
  #items: Item[] = []
  /** When each was served last; only of those who wait or were served lately. */
  readonly #served = new Map<string, number>()
  #serves = 0

  get size(): number {
    return this.#items.length
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  /** Back to where it was: before all others that ask for the same. */
  putBack(item: Item): void {
    this.#items.unshift(item)
    this.#served.delete(item.affinity)
  }

  remove(item: Item): boolean {
    const before = this.#items.length
    this.#items = this.#items.filter((other) => other !== item)
    return this.#items.length < before
  }

  take(): Item | null {
    for (const priority of order) {
      const waiting = isOff('models.live_first')
        ? this.#items
        : this.#items.filter((item) => item.priority === priority)
      const [first, ...others] = waiting
      if (first === undefined) continue
      const next = others.reduce((best, item) => (this.#last(item) < this.#last(best) ? item : best), first)
      this.remove(next)
      this.#note(next.affinity)
      return next
    }
    return null
  }

  /** Those that would be taken before one of this priority that asks now. */
  ahead(priority: Priority): number {
    return this.#items.filter((item) => order.indexOf(item.priority) <= order.indexOf(priority)).length
  }

  removeAll(): Item[] {
    const all = this.#items
    this.#items = []
    return all
  }

  #last(item: Item): number {
    return this.#served.get(item.affinity) ?? 0
  }

  #note(affinity: string): void {
    this.#served.delete(affinity)
    this.#served.set(affinity, ++this.#serves)
    const oldest = this.#served.keys().next()
    if (this.#served.size > 200 && !oldest.done) this.#served.delete(oldest.value)
  }
}
