import { fileURLToPath } from 'node:url'
import type { ChildProcess, Log, Processes } from '../../host.ts'
import { type FromProcess, type Order, readFromProcess, type StartOptions } from './protocol.ts'
import { isAboutTrial, Trials } from './trials.ts'

export interface LinkEvents {
  message(message: FromProcess): void
  /** Once; `expected` when we ended it ourselves. */
  exit(expected: boolean): void
}

/** One running model process. */
export class Link {
  readonly #child: ChildProcess
  readonly #exited = Promise.withResolvers<void>()
  #expected = false
  #alive = true

  constructor(processes: Processes, options: StartOptions, log: Log, events: LinkEvents) {
    const entry = new URL('./model-process.ts', import.meta.url)
    this.#child = processes.fork(fileURLToPath(entry), [JSON.stringify(options)])
    // Nobody reads what the library prints, but a full pipe would stop it.
    this.#child.stdout.resume()
    const trials = new Trials(processes, (message) => this.#child.send(message))
    this.#child.onMessage((raw) => {
      if (!this.#alive) return
      const message = readFromProcess(raw)
      if (message === null) log.warn('models.unreadable_message')
      else if (message.type === 'log')
        log[message.level]('models.library', { text: message.text.slice(0, 500) })
      else if (isAboutTrial(message)) trials.hear(message)
      else events.message(message)
    })
    this.#child.onExit((code) => {
      if (!this.#alive) return
      this.#alive = false
      trials.end()
      this.#exited.resolve()
      if (!this.#expected) log.warn('models.process_died', { code })
      events.exit(this.#expected)
    })
  }

  order(order: Order): void {
    this.#child.send(order)
  }

  abort(id: number): void {
    this.#child.send({ type: 'abort', id })
  }

  /** Ends it as meant, and resolves when it is gone. */
  async end(): Promise<void> {
    this.#expected = true
    if (this.#alive) this.#child.kill()
    await this.#exited.promise
  }

  /** Ends one that does not answer any more. */
  kill(): void {
    this.#child.kill()
  }
}
