import type { ShopClient } from './client.ts'
import { describeError, within } from './failure.ts'
import { lookAgain, probePage, refreshCode, takeOver } from './page-state.ts'
import { type Deed, type EndReason, firstWatch, PROBE_LIMIT_MS, watch } from './watchdog.ts'

export interface PageWatchEvents {
  end(reason: EndReason, detail?: string): void
  online(online: boolean): void
  /** The line is back, and a code is shown. */
  codeShown(): void
  /** Something was done to the page. */
  did(deed: string): void
}

/** Looks at the page whenever it is told to, and does what the watchdog says. */
export class PageWatch {
  readonly #client: ShopClient
  readonly #events: PageWatchEvents
  #state = firstWatch
  #looking = false
  /** The owner wants the connection back from where else it was opened. */
  useHere = false

  constructor(client: ShopClient, events: PageWatchEvents) {
    this.#client = client
    this.#events = events
  }

  /** A document has said something by itself: if it falls silent now, it hangs. */
  heard(): void {
    this.#state = { ...this.#state, answered: true }
  }

  async look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const page = await within(PROBE_LIMIT_MS, this.#client.page.evaluate(probePage)).catch(() => null)
      const { watch: next, deeds } = watch(this.#state, {
        page,
        now: performance.now(),
        useHere: this.useHere,
      })
      this.#state = next
      for (const deed of deeds) this.#carryOut(deed)
    } finally {
      this.#looking = false
    }
  }

  #carryOut(deed: Deed): void {
    if (deed.do === 'end') this.#events.end(deed.reason, deed.detail)
    else if (deed.do === 'say_offline') this.#events.online(false)
    else if (deed.do === 'say_ready') this.#events.online(true)
    else if (deed.do === 'say_code') this.#events.codeShown()
    else {
      this.#events.did(deed.do)
      this.#touch(deed.do).catch((error: unknown) => this.#events.did(describeError(error)))
    }
  }

  async #touch(what: 'look_again' | 'reload' | 'refresh_code' | 'take_over'): Promise<unknown> {
    const { page } = this.#client
    switch (what) {
      case 'look_again':
        return page.evaluate(lookAgain)
      case 'reload':
        return page.reload({ timeout: 30_000 })
      case 'refresh_code':
        return page.evaluate(refreshCode)
      case 'take_over':
        return page.evaluate(takeOver)
    }
  }
}
