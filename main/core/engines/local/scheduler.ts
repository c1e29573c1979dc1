import type { Clock, Log, Processes } from '../../host.ts'
import { EngineError } from '../engine.ts'
import { engineError, type Job, type Said } from './jobs.ts'
import type { CudaBuildPort, ModelHostStatus } from './model-host.ts'
import type { FromProcess, StartOptions } from './protocol.ts'
import { FairQueue } from './queue.ts'
import { hostState, type ModelDeath, Supervisor } from './supervisor.ts'
import { WaitingTime } from './waiting-time.ts'

export interface SchedulerOptions {
  processes: Processes
  clock: Clock
  log: Log
  start: Omit<StartOptions, 'cuda'>
  cuda?: CudaBuildPort | undefined
  /** Memory is freed after so long without an order. */
  idleMs: number
  /** A process that does not obey an abort for so long is ended. */
  abortMs: number
  onDeath: (death: ModelDeath) => void
  onChange: () => void
}

interface Running {
  id: number
  job: Job
  /** Monotonic, ms. */
  since: number
  /** Set while it is being stopped: whether it begins anew afterwards. */
  stopping: 'over' | 'again' | null
  loading: boolean
  cancelWatch: () => void
}

/** Gives the process one order at a time, the most urgent first. */
export class Scheduler {
  readonly #options: SchedulerOptions
  readonly #supervisor: Supervisor
  readonly #queue = new FairQueue<Job>()
  readonly #waiting = new WaitingTime()
  /** Orders so short that they need not wait until an answer has ended, by id. */
  readonly #beside = new Map<number, Job>()
  #besideQueue: Job[] = []
  #running: Running | null = null
  #lastId = 0
  #cancelIdle: () => void = () => undefined
  #quiet = Promise.withResolvers<void>()
  #unloading = false

  constructor(options: SchedulerOptions) {
    this.#options = options
    this.#supervisor = new Supervisor(options, {
      message: (message) => this.#hear(message),
      died: () => this.#processDied(),
      ready: () => this.#pump(),
      changed: () => options.onChange(),
    })
  }

  status(): ModelHostStatus {
    const { off, state, deaths } = this.#supervisor
    const busy = this.#running !== null || this.#beside.size > 0
    return {
      state: hostState(this.#supervisor, { busy, loading: this.#running?.loading === true }),
      reason: off,
      chatFile: state?.chatFile ?? null,
      embeddingFile: state?.embeddingFile ?? null,
      queued: this.#queue.size + this.#besideQueue.length,
      gpu: state?.gpu ?? null,
      memory: state?.memory ?? null,
      deaths,
    }
  }

  /** How long a job like this would wait, ms. */
  estimateWait({ priority }: Job): number {
    const running = this.#running
    const counts = running !== null && !(running.job.preemptible && priority === 'live')
    const runningMs = counts ? this.#options.clock.monotonic() - running.since : null
    return this.#waiting.estimate(this.#queue.ahead(priority), runningMs)
  }

  /** @param beside runs next to whatever runs */
  enqueue(job: Job, beside = false): void {
    if (this.#supervisor.off !== null) {
      job.fail(new EngineError('off'))
      return
    }
    if (beside) this.#besideQueue.push(job)
    else this.#queue.push(job)
    this.#preemptFor(job)
    this.#pump()
  }

  /** Nobody waits for this job any more. */
  giveUp(job: Job, error: unknown): void {
    job.fail(error)
    this.#besideQueue = this.#besideQueue.filter((other) => other !== job)
    if (this.#queue.remove(job)) this.#options.onChange()
    for (const [id, other] of this.#beside) if (other === job) this.#supervisor.link()?.abort(id)
    if (this.#running?.job === job) this.#stopRunning('over')
  }

  /** Ends the process once what runs has ended; queued jobs start another. */
  async unload(): Promise<void> {
    this.#unloading = true
    if (this.#running !== null || this.#beside.size > 0) await this.#quiet.promise
    await this.#supervisor.stop()
    this.#unloading = false
    this.#pump()
  }

  turnOff(error: EngineError): void {
    this.#supervisor.turnOff(error.code)
    this.#failWaiting(error)
  }

  turnOn(): void {
    this.#supervisor.turnOn()
  }

  async close(): Promise<void> {
    this.#cancelIdle()
    const error = new EngineError('off')
    this.#supervisor.turnOff('off')
    this.#failWaiting(error)
    this.#failSent(error)
    await this.#supervisor.stop()
  }

  #pump(): void {
    this.#cancelIdle()
    const waits = this.#besideQueue.length > 0 || (this.#running === null && this.#queue.size > 0)
    if (waits && !this.#unloading) {
      const link = this.#supervisor.link()
      if (link !== null) {
        for (const job of this.#besideQueue.splice(0)) {
          this.#beside.set(++this.#lastId, job)
          link.order(job.order(this.#lastId))
        }
        const job = this.#running === null ? this.#queue.take() : null
        if (job !== null) {
          this.#running = this.#begin(job)
          link.order(job.order(this.#running.id))
        }
      }
    }
    if (this.#running === null && this.#beside.size === 0) this.#rest()
    this.#options.onChange()
  }

  #begin(job: Job): Running {
    const since = this.#options.clock.monotonic()
    return { id: ++this.#lastId, job, since, stopping: null, loading: false, cancelWatch: () => undefined }
  }

  /** Nothing runs: whoever waits for that goes on, and after a while memory is freed. */
  #rest(): void {
    this.#quiet.resolve()
    this.#quiet = Promise.withResolvers()
    if (!this.#supervisor.running) return
    this.#cancelIdle = this.#options.clock.after(this.#options.idleMs, () => void this.#supervisor.stop())
  }

  #preemptFor(job: Job): void {
    const running = this.#running
    if (running !== null && running.stopping === null && running.job.preemptible && job.priority === 'live')
      this.#stopRunning('again')
  }

  #stopRunning(then: 'over' | 'again'): void {
    const running = this.#running
    if (running === null) return
    const first = running.stopping === null
    if (running.stopping !== 'over') running.stopping = then
    if (!first) return
    this.#supervisor.link()?.abort(running.id)
    running.cancelWatch = this.#options.clock.after(this.#options.abortMs, () => this.#supervisor.kill())
  }

  #hear(message: FromProcess): void {
    if (!('id' in message)) return
    const beside = this.#beside.get(message.id)
    if (beside !== undefined) {
      if (!beside.take(message)) return
      this.#beside.delete(message.id)
      this.#pump()
    } else if (this.#running?.id === message.id) this.#hearRunning(this.#running, message)
  }

  #hearRunning(running: Running, said: Said): void {
    if (said.type === 'progress') {
      const loading = said.phase === 'loading'
      if (loading !== running.loading) {
        running.loading = loading
        this.#options.onChange()
      }
      return
    }
    const aborted = said.type === 'failed' && said.code === 'aborted'
    if (aborted && running.stopping === 'again') {
      this.#release(running)
      running.job.restart()
      this.#queue.putBack(running.job)
      this.#pump()
      return
    }
    if (!running.job.take(said)) return
    if (said.type === 'end' && running.job.timed)
      this.#waiting.note(this.#options.clock.monotonic() - running.since)
    this.#release(running)
    if (said.type === 'failed' && said.code === 'model.no_binary') this.turnOff(engineError(said))
    this.#pump()
  }

  #release(running: Running): void {
    running.cancelWatch()
    this.#running = null
  }

  #processDied(): void {
    this.#failSent(new EngineError('crashed'))
    if (this.#supervisor.off !== null) this.#failWaiting(new EngineError('off'))
    this.#pump()
  }

  /** Those that the process had; a job that begins anew in any case only waits again. */
  #failSent(error: EngineError): void {
    const running = this.#running
    if (running !== null) {
      this.#release(running)
      if (running.stopping === 'again' && error.code === 'crashed') {
        running.job.restart()
        this.#queue.putBack(running.job)
      } else running.job.fail(error)
    }
    for (const job of this.#beside.values()) job.fail(error)
    this.#beside.clear()
  }

  #failWaiting(error: EngineError): void {
    for (const job of [...this.#queue.removeAll(), ...this.#besideQueue.splice(0)]) job.fail(error)
  }
}
