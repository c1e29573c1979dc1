import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Clock, Log } from '../host.ts'
import type { CheckpointAnswer } from './checkpoint-worker.ts'

export interface CheckpointsDependencies {
  /** The database; its write-ahead log lies beside it. */
  file: string
  clock: Clock
  log: Log
}

/** How long what was committed waits for others that are carried over with it, ms. */
const gatherMs = 250
/** A log below this size is left alone, bytes: no thread is started for a shop with little to do. */
const shortLog = 2 * 1024 * 1024

/**
 * Carries the write-ahead log over into the database in a thread of its own. SQLite would do it inside a commit, and the
 * whole process would wait for the disk meanwhile. It takes nothing from durability: what is committed is on the disk
 * before, in the log. Where this falls behind or fails, SQLite does it as ever, later (`configure`).
 */
export class Checkpoints {
  readonly #deps: CheckpointsDependencies
  #worker: Worker | null = null
  #gathering: (() => void) | null = null
  #isUnderWay = false
  #isDueAgain = false
  #isOver = false
  #settled = Promise.withResolvers<void>()

  constructor(deps: CheckpointsDependencies) {
    this.#deps = deps
  }

  /** Something was committed. */
  committed(): void {
    if (this.#isOver || this.#gathering !== null) return
    if (this.#isUnderWay) {
      this.#isDueAgain = true
      return
    }
    this.#gathering = this.#deps.clock.after(gatherMs, () => {
      this.#gathering = null
      this.#carryOver()
    })
  }

  /** Resolves when what is gathered or under way now has been carried over; at once where nothing is. */
  settled(): Promise<void> {
    return this.#gathering === null && !this.#isUnderWay ? Promise.resolve() : this.#settled.promise
  }

  /** Ends the thread; call it before the database is closed. */
  async stop(): Promise<void> {
    this.#isOver = true
    this.#gathering?.()
    this.#gathering = null
    const worker = this.#worker
    this.#worker = null
    if (worker !== null) {
      const gone = new Promise((resolve) => worker.once('exit', resolve))
      worker.ref()
      worker.postMessage('end')
      await gone
    }
    this.#settle()
  }

  #carryOver(): void {
    if (this.#isOver || sizeOf(`${this.#deps.file}-wal`) < shortLog) {
      this.#settle()
      return
    }
    this.#isUnderWay = true
    this.#worker ??= this.#start()
    this.#worker.postMessage('carry over')
  }

  #start(): Worker {
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
      workerData: this.#deps.file,
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    })
    // No host stays open for it.
    worker.unref()
    worker.on('message', (answer: CheckpointAnswer) => {
      if (answer.error !== null) this.#deps.log.warn('storage.checkpoint_failed', { code: answer.error })
      this.#ended()
    })
    worker.once('error', (error) => {
      // What ended it would end the next one, at every commit.
      this.#isOver = true
      this.#deps.log.warn('storage.checkpoint_failed', { code: error.name })
    })
    worker.once('exit', () => {
      if (this.#worker !== worker) return
      this.#worker = null
      this.#ended()
    })
    return worker
  }

  #ended(): void {
    this.#isUnderWay = false
    const isDue = this.#isDueAgain
    this.#isDueAgain = false
    this.#settle()
    if (isDue) this.committed()
  }

  #settle(): void {
    this.#settled.resolve()
    this.#settled = Promise.withResolvers()
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
