import type { Clock, Log } from '../host.ts'

/** After the start, when the computer has less to do; and between two tries, ms. */
const pauseMs = 5_000

export interface WarmUpDependencies {
  clock: Clock
  log: Log
  /** Whether a customer is being answered: not the time for it. */
  isAnswering(): boolean
  /** Answers a question of nobody by the rules, and writes nothing. */
  rehearse(signal: AbortSignal): Promise<unknown>
  /** What the process has compiled serves all its shops; default: this process. */
  warm?: { isDone: boolean }
}

const thisProcess = { isDone: false }

/**
 * The first answer after a start compiles patterns and statements, several times the work of all later ones. So one is
 * rehearsed before a customer waits for it, who may be the one that a model has just failed.
 */
export class WarmUp {
  readonly #deps: WarmUpDependencies
  readonly #warm: { isDone: boolean }
  readonly #stop = new AbortController()
  #cancel: () => void = () => undefined
  #running: Promise<void> = Promise.resolve()

  constructor(deps: WarmUpDependencies) {
    this.#deps = deps
    this.#warm = deps.warm ?? thisProcess
  }

  start(): void {
    if (this.#warm.isDone) return
    this.#cancel = this.#deps.clock.after(pauseMs, () => {
      if (this.#deps.isAnswering()) this.start()
      else this.#running = this.#run()
    })
  }

  async stop(): Promise<void> {
    this.#cancel()
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    if (this.#warm.isDone) return
    this.#warm.isDone = true
    try {
      await this.#deps.rehearse(this.#stop.signal)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#deps.log.warn('agent.not_warmed_up', { error: String(error) })
    }
  }
}
