import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock } from '../host.ts'
import { newId } from '../ids.ts'
import { localMoment } from '../language/calendar.ts'
import { exportNames } from './columns.ts'
import type { ExportEvent, ExportJob, ExportMessage, ExportRequest } from './export.ts'

/** A finished file waits this long to be fetched, ms. */
const keptFor = 10 * 60_000

export interface ExportDependencies {
  /** Absolute path of `shop.db`. */
  database: string
  /** Folder of files that wait to be fetched; emptied at start. */
  folder: string
  shop: () => ShopBrief
  clock: Clock
  bus: EventBus
}

interface Waiting {
  path: string
  fileName: string
  forget: () => void
}

/** Takes customers, products and orders out of the shop as CSV or Excel, one export at a time. */
export class ExportService {
  readonly #deps: ExportDependencies
  readonly #waiting = new Map<string, Waiting>()
  #running: { id: string; stop: AbortController } | null = null

  constructor(deps: ExportDependencies) {
    this.#deps = deps
  }

  /** Removes what an earlier process left behind. */
  async start(): Promise<void> {
    await rm(this.#deps.folder, { recursive: true, force: true })
  }

  async close(): Promise<void> {
    this.#running?.stop.abort()
    for (const file of this.#waiting.values()) file.forget()
    this.#waiting.clear()
    await rm(this.#deps.folder, { recursive: true, force: true })
  }

  /** False when that run is not under way. */
  cancel(runId: string): boolean {
    if (this.#running?.id !== runId) return false
    this.#running.stop.abort()
    return true
  }

  /** Stops what runs and removes what waits to be taken: its rows are not to be seen any more. */
  async dropWaiting(): Promise<void> {
    this.#running?.stop.abort()
    const files = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const file of files) {
      file.forget()
      await rm(file.path, { force: true })
    }
  }

  /** A finished file, once: whoever takes it removes it with `release`. Null when it is not there (any more). */
  take(downloadId: string): { path: string; fileName: string; release: () => Promise<void> } | null {
    const file = this.#waiting.get(downloadId)
    if (file === undefined) return null
    this.#waiting.delete(downloadId)
    file.forget()
    return {
      path: file.path,
      fileName: file.fileName,
      release: async () => await rm(file.path, { force: true }),
    }
  }

  /**
   * Writes an export and tells how far it is. Given a `path` the file lies there once it is whole; else it can be taken
   * once within ten minutes.
   * @throws DomainError `export.busy`, `export.path {path}`, `cancelled`, `storage.full`, `storage.read_only`, `storage.failed`
   */
  async *run(request: ExportRequest, path: string | null, signal?: AbortSignal): AsyncGenerator<ExportEvent> {
    if (this.#running !== null) throw new DomainError('export.busy')
    const runId = newId()
    const stop = new AbortController()
    this.#running = { id: runId, stop }
    const abort = () => stop.abort()
    signal?.addEventListener('abort', abort, { once: true })
    const target = await this.#target(path).catch((error: unknown) => {
      this.#running = null
      throw error
    })
    let whole = false
    try {
      let total = 0
      for await (const message of this.#work(request, target, stop.signal)) {
        if (message.kind === 'failed')
          throw new DomainError(message.code, message.code === 'export.path' ? { path: path ?? '' } : {}, {
            cause: message.detail,
          })
        if (message.kind === 'started') {
          total = message.rows
          yield { kind: 'started', runId, rows: total }
        } else if (message.kind === 'progress') {
          this.#publish(runId, message.rows, total, false)
          yield { kind: 'progress', rows: message.rows, total }
        } else {
          whole = true
          this.#publish(runId, message.rows, total, true)
          yield await this.#finish(request, target, path, message)
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort)
      stop.abort()
      if (!whole) await rm(target, { force: true })
      this.#running = null
    }
  }

  async #target(path: string | null): Promise<string> {
    if (path === null) {
      await mkdir(this.#deps.folder, { recursive: true })
      return join(this.#deps.folder, randomUUID())
    }
    const folder = await stat(dirname(path)).catch(() => null)
    const there = await stat(path).catch(() => null)
    if (folder?.isDirectory() !== true || there?.isDirectory() === true)
      throw new DomainError('export.path', { path })
    return `${path}.${randomUUID().slice(0, 8)}.part`
  }

  async #finish(
    request: ExportRequest,
    target: string,
    path: string | null,
    { rows, bytes }: { rows: number; bytes: number },
  ): Promise<ExportEvent> {
    const fileName = this.#fileName(request)
    if (path !== null) {
      await rename(target, path)
      return { kind: 'done', rows, bytes, fileName, downloadId: null, path }
    }
    const downloadId = randomUUID()
    const forget = this.#deps.clock.after(keptFor, () => {
      this.#waiting.delete(downloadId)
      void rm(target, { force: true })
    })
    this.#waiting.set(downloadId, { path: target, fileName, forget })
    return { kind: 'done', rows, bytes, fileName, downloadId, path: null }
  }

  /** `pedidos-2026-11-21.xlsx` */
  #fileName({ what, format, language }: ExportRequest): string {
    const { date } = localMoment(new Date(this.#deps.clock.now()), this.#deps.shop().timeZone)
    return `${exportNames[what][language]}-${date}.${format}`
  }

  #publish(runId: string, rows: number, total: number, done: boolean): void {
    const at = new Date(this.#deps.clock.now()).toISOString()
    this.#deps.bus.publishEphemeral('export.progress', { runId, rows, total, done }, at)
  }

  /** What the writing thread says, until it is done. @throws DomainError `cancelled` */
  async *#work(request: ExportRequest, target: string, signal: AbortSignal): AsyncGenerator<ExportMessage> {
    const { currency, timeZone } = this.#deps.shop()
    const job: ExportJob = { request, database: this.#deps.database, target, currency, timeZone }
    const worker = new Worker(new URL('./export-worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    const heard: ExportMessage[] = []
    let wake = Promise.withResolvers<void>()
    let ended: unknown = null
    const end = (reason: unknown) => {
      ended ??= reason
      wake.resolve()
    }
    worker.on('message', (message: ExportMessage) => {
      heard.push(message)
      wake.resolve()
    })
    worker.once('error', (error) => end(new DomainError('storage.failed', {}, { cause: error })))
    worker.once('exit', () => end(new DomainError('storage.failed', { reason: 'exit' })))
    const stop = () => end(new DomainError('cancelled'))
    signal.addEventListener('abort', stop, { once: true })
    try {
      for (;;) {
        if (signal.aborted) throw new DomainError('cancelled')
        const message = heard.shift()
        if (message !== undefined) {
          yield message
          if (message.kind === 'done' || message.kind === 'failed') return
        } else if (ended !== null) throw ended
        else {
          await wake.promise
          wake = Promise.withResolvers<void>()
        }
      }
    } finally {
      signal.removeEventListener('abort', stop)
      await worker.terminate()
    }
  }
}
