import { fileURLToPath } from 'node:url'
import type { ChildProcess, Clock, Log, Processes } from '../../host.ts'
import type { EndReason } from './decisions.ts'
import { endBrowser, isBrowserOf } from './profile.ts'
import { type FromProcess, type Order, readFromProcess, type StartOptions } from './protocol.ts'

/** How long a process may take to close its browser properly, ms. */
export const STOP_MS = 10_000

export interface LifeDeps {
  processes: Processes
  clock: Clock
  log: Log
}

export interface LifeEvents {
  message(message: FromProcess): void
  /** Once, when neither the process nor its browser is there any more. */
  over(): void
}

/** One process that drives one browser, from its start to its end, as seen from the app. */
export class ProcessLife {
  /** Why it ended or is about to: what it said itself, or what was noticed from here first. */
  end: { reason: EndReason; detail?: string | undefined } | null = null
  /** Whether it was ever ready. */
  ready = false
  readonly over: Promise<void>
  readonly #child: ChildProcess
  readonly #clock: Clock
  readonly #folder: string
  #browser: number | null = null
  #alive = true

  constructor(deps: LifeDeps, options: StartOptions, events: LifeEvents) {
    const { processes, log } = deps
    this.#clock = deps.clock
    this.#folder = options.folder
    const entry = new URL('./whatsapp-process.ts', import.meta.url)
    this.#child = processes.fork(fileURLToPath(entry), [JSON.stringify(options)])
    // Nobody reads what the library prints, but a full pipe would stop it.
    this.#child.stdout.resume()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.over = promise
    this.#child.onMessage((raw) => {
      if (!this.#alive) return
      const message = readFromProcess(raw)
      if (message === null) log.warn('whatsapp.unreadable_message')
      else {
        if (message.type === 'browser') this.#browser = message.pid
        if (message.type === 'ended') this.end ??= { reason: message.reason, detail: message.detail }
        events.message(message)
      }
    })
    this.#child.onExit((code) => {
      if (!this.#alive) return
      this.#alive = false
      this.end ??= { reason: 'process_died' }
      log.info('whatsapp.life_over', { reason: this.end.reason, code })
      void this.#endBrowser().then(() => {
        resolve()
        events.over()
      })
    })
  }

  order(order: Order): void {
    if (this.#alive) this.#child.send(order)
  }

  /** Lets it close its browser properly; ends it when that takes too long. Resolves when both are gone. */
  async stop(order: 'stop' | 'unlink' = 'stop', withinMs = STOP_MS): Promise<void> {
    this.order({ type: order })
    const cancel = this.#clock.after(withinMs, () => this.kill())
    await this.over
    cancel()
  }

  /** Ends a process that does not answer. Its browser is ended when it has gone. */
  kill(): void {
    this.#child.kill()
  }

  async #endBrowser(): Promise<void> {
    const pid = this.#browser
    this.#browser = null
    if (pid !== null && (await isBrowserOf(pid, this.#folder))) await endBrowser(pid)
  }
}
