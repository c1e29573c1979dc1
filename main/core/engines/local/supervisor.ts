import type { Clock, Log, Processes } from '../../host.ts'
import { isOff } from '../../mutants.ts'
import type { EngineErrorCode } from '../engine.ts'
import { Deaths, shortestPauseMs } from './deaths.ts'
import { Link } from './link.ts'
import type { CudaBuildPort, ModelHostStatus } from './model-host.ts'
import type { FromProcess, StartOptions } from './protocol.ts'

type ProcessState = Extract<FromProcess, { type: 'state' }>

export interface SupervisorEvents {
  message(message: FromProcess): void
  /** It died under its orders. */
  died(): void
  /** A pause is over, or it is on again. */
  ready(): void
  changed(): void
}

/** Starts the model process when it is needed, notices its death, and waits before it starts another. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #events: SupervisorEvents
  readonly #deaths = new Deaths()
  #link: Link | null = null
  #state: ProcessState | null = null
  /** Whether the process was given the CUDA build. */
  #withCuda = false
  #off: EngineErrorCode | null = null
  #pause: (() => void) | null = null

  constructor(options: SupervisorOptions, events: SupervisorEvents) {
    this.#options = options
    this.#events = events
  }

  /** Why no process may be started; null when one may. */
  get off(): EngineErrorCode | null {
    return this.#off
  }

  get running(): boolean {
    return this.#link !== null
  }

  /** What the process said of itself; null while it starts or does not run. */
  get state(): ProcessState | null {
    return this.#state
  }

  get deaths(): number {
    return this.#deaths.all
  }

  /** The process, started now if need be; null while it is off or in a pause after a death. */
  link(): Link | null {
    if (this.#off !== null || this.#pause !== null) return null
    this.#link ??= this.#start()
    return this.#link
  }

  /** Ends the process, which frees its memory. */
  async stop(): Promise<void> {
    this.#pause?.()
    this.#pause = null
    const link = this.#link
    this.#link = null
    this.#state = null
    if (link === null) return
    this.#events.changed()
    await link.end()
  }

  /** Ends a process that does not answer; counts as a death. */
  kill(): void {
    this.#link?.kill()
  }

  turnOff(reason: EngineErrorCode): void {
    this.#off = reason
    this.#events.changed()
  }

  turnOn(): void {
    this.#deaths.forget()
    this.#off = null
    this.#events.changed()
    this.#events.ready()
  }

  #start(): Link {
    const { processes, log, start } = this.#options
    const cuda = this.#options.cuda?.choice() ?? null
    this.#withCuda = cuda !== null
    const link: Link = new Link(processes, { ...start, cuda }, log, {
      message: (message) => {
        if (this.#link !== link) return
        if (message.type === 'state') {
          this.#hearState(message)
          this.#events.changed()
        } else this.#events.message(message)
      },
      exit: (expected) => {
        if (!expected && this.#link === link) this.#died()
      },
    })
    return link
  }

  #hearState(state: ProcessState): void {
    const before = this.#state?.cuda ?? null
    this.#state = state
    if (state.cuda === null || state.cuda === before) return
    this.#withCuda = state.cuda
    this.#options.cuda?.tried(state.cuda)
  }

  /** How long to wait before the next start; null for ever. What dies with CUDA is not the model's fault until shown. */
  #pauseAfterDeath(): number | null {
    const { clock, cuda } = this.#options
    const pauseMs = this.#deaths.note(clock.monotonic())
    if (pauseMs !== null || !this.#withCuda || cuda === undefined || isOff('cuda.gives_way')) return pauseMs
    cuda.gaveUp()
    this.#deaths.forget()
    return shortestPauseMs
  }

  #died(): void {
    const { clock, onDeath } = this.#options
    this.#link = null
    this.#state = null
    const pauseMs = this.#pauseAfterDeath()
    if (pauseMs === null) this.#off = 'crashed'
    else
      this.#pause = clock.after(pauseMs, () => {
        this.#pause = null
        this.#events.ready()
      })
    onDeath({ deaths: this.#deaths.all, off: pauseMs === null })
    this.#events.died()
    this.#events.changed()
  }
}

export interface SupervisorOptions {
  processes: Processes
  clock: Clock
  log: Log
  start: Omit<StartOptions, 'cuda'>
  /** Absent where nobody fetches one. */
  cuda?: CudaBuildPort | undefined
  onDeath: (death: ModelDeath) => void
}

/** The model process died; `off` when it is not started again until the owner says so. */
export interface ModelDeath {
  deaths: number
  off: boolean
}

/** One word for what goes on. */
export function hostState(
  supervisor: Supervisor,
  { busy, loading }: { busy: boolean; loading: boolean },
): ModelHostStatus['state'] {
  if (supervisor.off !== null) return 'off'
  if (!supervisor.running) return 'stopped'
  if (supervisor.state === null) return 'starting'
  if (loading) return 'loading'
  return busy ? 'busy' : 'idle'
}
