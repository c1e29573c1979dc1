import type { Clock } from '../core/host.ts'
import type { Notice } from './notice-words.ts'

/** After a banner the next ones are gathered for so long, ms. */
const gatherMs = 8_000

/** Ten calls are not ten banners: the first is shown at once, those that follow closely are shown together. */
export class NoticeGroups {
  readonly #clock: Clock
  readonly #show: (notices: readonly Notice[]) => void
  #gathered: Notice[] = []
  #cancel: (() => void) | null = null

  constructor(clock: Clock, show: (notices: readonly Notice[]) => void) {
    this.#clock = clock
    this.#show = show
  }

  add(notice: Notice): void {
    if (this.#cancel === null) {
      this.#show([notice])
      this.#gather()
      return
    }
    if (!this.#gathered.some((other) => isSame(other, notice))) this.#gathered.push(notice)
  }

  stop(): void {
    this.#cancel?.()
    this.#gathered = []
  }

  #gather(): void {
    this.#cancel = this.#clock.after(gatherMs, () => {
      this.#cancel = null
      const gathered = this.#gathered
      this.#gathered = []
      if (gathered.length === 0) return
      this.#show(gathered)
      this.#gather()
    })
  }
}

function isSame(one: Notice, other: Notice): boolean {
  return (
    one.kind === other.kind &&
    one.shop === other.shop &&
    one.conversationId === other.conversationId &&
    JSON.stringify(one.data) === JSON.stringify(other.data)
  )
}
