import { join } from 'node:path'
import { DomainError, type ErrorCode, errorCodes } from '../../errors.ts'
import type { Clock, Log, Processes } from '../../host.ts'
import { EngineError } from '../engine.ts'
import { AnswerJob, embedJob, GenerateJob, type Job } from './jobs.ts'
import { KnownThreads } from './known-threads.ts'
import { Link } from './link.ts'
import type {
  CudaBuildPort,
  GenerateEvent,
  GenerateRequest,
  Measured,
  ModelFacts,
  ModelHost,
  ModelHostStatus,
} from './model-host.ts'
import type { FailureCode } from './protocol.ts'
import { Scheduler } from './scheduler.ts'
import type { ModelDeath } from './supervisor.ts'

export interface ModelHostOptions {
  processes: Processes
  clock: Clock
  log: Log
  /** `<data>/models`: saved prefixes and measurements are kept in it. */
  folder: string
  /** The process died; with `off` it is not started again before `turnOn`. */
  onDeath?: (death: ModelDeath) => void
  /** Who has the CUDA build of the library, where it is fetched on demand. */
  cuda?: CudaBuildPort
  limits?: Partial<ModelHostLimits>
}

export interface ModelHostLimits {
  /** Memory is freed after so long without a request. */
  idleMs: number
  /** From asking to the end, for who is waited for and for who is not. */
  liveMs: number
  backgroundMs: number
  /** For reading what a file is; one at an address is read over the net. */
  inspectMs: number
  /** Who would wait longer is told at once. */
  longestWaitMs: number
  /** A process that does not obey an abort for so long is ended. */
  abortMs: number
  /** Bytes of saved prefixes. */
  stateBytes: number
}

const usual: ModelHostLimits = {
  idleMs: 10 * 60_000,
  liveMs: 90_000,
  backgroundMs: 15 * 60_000,
  inspectMs: 2 * 60_000,
  longestWaitMs: 45_000,
  abortMs: 30_000,
  stateBytes: 2 * 1024 ** 3,
}

/** Texts that are embedded at once; live customers go between. */
const embedBatch = 8

/** The host of models on this computer. It starts its process when it is first needed. */
export function createModelHost(options: ModelHostOptions): ModelHost {
  return new ProcessModelHost(options)
}

class ProcessModelHost implements ModelHost {
  readonly #options: ModelHostOptions
  readonly #limits: ModelHostLimits
  readonly #threads: KnownThreads
  readonly #scheduler: Scheduler
  readonly #listeners = new Set<() => void>()
  readonly #inspecting = new Set<Link>()
  #told = ''
  #closed = false

  constructor(options: ModelHostOptions) {
    this.#options = options
    this.#limits = { ...usual, ...options.limits }
    this.#threads = new KnownThreads(options.folder)
    const { idleMs, abortMs, stateBytes } = this.#limits
    const { processes, clock, log } = options
    this.#scheduler = new Scheduler({
      processes,
      clock,
      log,
      idleMs,
      abortMs,
      start: { statesFolder: join(options.folder, 'states'), stateBytes },
      cuda: options.cuda,
      onDeath: (death) => options.onDeath?.(death),
      onChange: () => this.#tell(),
    })
  }

  status(): ModelHostStatus {
    return this.#scheduler.status()
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async *generate(request: GenerateRequest): AsyncGenerator<GenerateEvent> {
    const { signal, priority } = request
    signal.throwIfAborted()
    this.#refuseIfClosed()
    const job = new GenerateJob(request, () => this.#threads.of(request.file))
    const waitMs = this.#scheduler.estimateWait(job)
    if (priority !== 'background' && waitMs > this.#limits.longestWaitMs)
      throw new EngineError('busy', { retryAfterMs: waitMs })
    const limitMs = priority === 'background' ? this.#limits.backgroundMs : this.#limits.liveMs
    const cancelLimit = this.#options.clock.after(limitMs, () =>
      this.#scheduler.giveUp(job, new EngineError('timeout')),
    )
    const cancelAbort = this.#onAbort(signal, job)
    try {
      this.#scheduler.enqueue(job)
      yield* job.events
    } finally {
      cancelLimit()
      cancelAbort()
      // A reader that has had enough ends the work as well.
      this.#scheduler.giveUp(job, new EngineError('off'))
    }
  }

  async embed(file: string, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = []
    const threads = () => this.#threads.of(file)
    for (let from = 0; from < texts.length; from += embedBatch) {
      const job = embedJob(file, texts.slice(from, from + embedBatch), threads)
      // A single text is a question that somebody waits for, and quick.
      vectors.push(...(await this.#answered(job, signal, texts.length === 1)))
    }
    return vectors
  }

  async inspect(fileOrUrl: string): Promise<ModelFacts> {
    this.#refuseIfClosed()
    // In a process of its own: what a strange file does to it is no trouble to chats.
    const { promise, resolve, reject } = Promise.withResolvers<ModelFacts>()
    const { processes, log } = this.#options
    const link = new Link(processes, { statesFolder: null, stateBytes: 0, cuda: null }, log, {
      message: (said) => {
        if (said.type === 'facts') resolve(said.facts)
        if (said.type === 'failed') reject(domainError(said.code))
      },
      exit: () => reject(new DomainError('model.damaged')),
    })
    this.#inspecting.add(link)
    const cancelLimit = this.#options.clock.after(this.#limits.inspectMs, () =>
      reject(new DomainError('model.damaged')),
    )
    try {
      link.order({ type: 'inspect', id: 0, file: fileOrUrl })
      return await promise
    } finally {
      cancelLimit()
      this.#inspecting.delete(link)
      await link.end()
    }
  }

  async measure(file: string, signal?: AbortSignal): Promise<Measured> {
    const job = new AnswerJob<Measured>({
      priority: 'preview',
      affinity: `measure ${file}`,
      order: (id) => ({ type: 'measure', id, file }),
      read: (said) => (said.type === 'measured' ? said.measured : undefined),
    })
    const measured = await this.#answered(job, signal, false)
    this.#threads.note(file, measured.threads)
    return measured
  }

  unload(): Promise<void> {
    return this.#scheduler.unload()
  }

  turnOn(): void {
    if (!this.#closed) this.#scheduler.turnOn()
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#scheduler.close(), ...[...this.#inspecting].map((link) => link.end())])
  }

  async #answered<Result>(
    job: AnswerJob<Result>,
    signal: AbortSignal | undefined,
    beside: boolean,
  ): Promise<Result> {
    signal?.throwIfAborted()
    this.#refuseIfClosed()
    const cancelAbort = signal === undefined ? () => undefined : this.#onAbort(signal, job)
    // One that never ends would keep every chat waiting behind it.
    const cancelLimit = this.#options.clock.after(this.#limits.backgroundMs, () =>
      this.#scheduler.giveUp(job, new EngineError('timeout')),
    )
    try {
      this.#scheduler.enqueue(job, beside)
      return await job.answer
    } finally {
      cancelLimit()
      cancelAbort()
    }
  }

  #onAbort(signal: AbortSignal, job: Job): () => void {
    const onAbort = () => this.#scheduler.giveUp(job, signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    return () => signal.removeEventListener('abort', onAbort)
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new EngineError('off')
  }

  /** Only what differs from what was told before. */
  #tell(): void {
    const now = JSON.stringify(this.status())
    if (now === this.#told) return
    this.#told = now
    for (const listener of [...this.#listeners]) listener()
  }
}

const domainCodes: ReadonlySet<string> = new Set(errorCodes)

function isDomainCode(code: FailureCode): code is ErrorCode {
  return domainCodes.has(code)
}

function domainError(code: FailureCode): DomainError {
  return new DomainError(isDomainCode(code) ? code : 'model.damaged')
}
