import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DomainError } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import { isOff } from '../mutants.ts'
import { hasDigest } from './checksum.ts'
import { asSourceError, causeOf, takeDownloadLock, toDownloadError } from './download-errors.ts'
import type { DownloadItem, ModelDownload } from './model.ts'
import { PartFile, type PartNote } from './part-file.ts'
import { openRemoteFile, type RemoteFile, SourceError } from './remote-file.ts'
import { Speed } from './speed.ts'

export interface DownloadDeps {
  clock: Clock
  log: Log
  /** Where the model's path is fetched from. */
  endpoint: string
  freeDisk: (folder: string) => Promise<number>
  /** Held while it runs: another process may fetch the same model. */
  lockFile: string
  onChange: () => void
}

/** A connection that gives nothing for this long is dead, ms. */
const STALLED_MS = 30_000
/** Tries in a row that brought no byte before it is given up; each byte begins the count anew. */
const MOST_FRUITLESS = 8
const BACK_OFF_MS = { first: 1_000, longest: 60_000 }
/** Left free for everything else on that disk, bytes. */
const SPARE_DISK = 512 * 1024 * 1024
const BETWEEN_REPORTS_MS = 250

/**
 * A model's way onto the disk, or an archive's: fetched into a part that outlives interruptions, checked whole, and
 * only then given its name.
 */
export class Download {
  readonly #model: DownloadItem
  readonly #deps: DownloadDeps
  readonly #part: PartFile
  readonly #folder: string
  readonly #speed: Speed
  readonly #abort = new AbortController()
  #state: ModelDownload['state'] = 'running'
  #bytes = 0
  #total: number | null
  #error: ModelDownload['error'] = null
  #note: PartNote | null = null
  #fruitless = 0
  #lastReport = Number.NEGATIVE_INFINITY

  constructor(model: DownloadItem, target: string, deps: DownloadDeps) {
    this.#model = model
    this.#deps = deps
    this.#part = new PartFile(target)
    this.#folder = dirname(target)
    this.#speed = new Speed(deps.clock)
    this.#total = model.size
  }

  get view(): ModelDownload {
    return {
      modelId: this.#model.id,
      state: this.#state,
      bytes: this.#bytes,
      total: this.#total,
      speed: this.#state === 'running' ? this.#speed.perSecond() : null,
      error: this.#error,
    }
  }

  get active(): boolean {
    return this.#state === 'running' || this.#state === 'waiting' || this.#state === 'checking'
  }

  /** Shows what an earlier run left. */
  static async resumable(model: DownloadItem, target: string): Promise<ModelDownload | null> {
    const found = await new PartFile(target).read()
    if (found === null || found.note.path !== model.path) return null
    return {
      modelId: model.id,
      state: 'paused',
      bytes: found.bytes,
      total: model.size ?? found.note.total,
      speed: null,
      error: null,
    }
  }

  /** Ends it where it is; the part stays. */
  pause(): void {
    this.#abort.abort()
  }

  /**
   * Resolves when the model is there or the download was paused.
   * @throws DomainError `model.download_running`, `model.no_space {needed, free}`, `model.unreachable {status}`, `model.checksum`,
   * `model.not_gguf`, `shop.no_rights`
   */
  async run(): Promise<void> {
    try {
      const lock = takeDownloadLock(this.#deps.lockFile)
      try {
        await this.#begin()
        await this.#fetchAll()
        await this.#check()
        await this.#part.finish()
      } finally {
        lock.release()
        await rm(this.#deps.lockFile, { force: true })
      }
      this.#become('done')
    } catch (error) {
      if (this.#abort.signal.aborted) return this.#become('paused')
      const failure = await this.#failure(error)
      this.#error = failure.code
      this.#become('failed')
      throw failure
    }
  }

  async #begin(): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const found = await this.#part.read()
    if (found !== null && found.note.path === this.#model.path) {
      this.#note = found.note
      this.#bytes = found.bytes
      this.#total ??= found.note.total
    } else await this.#part.remove()
    if (this.#total !== null) await this.#requireDisk()
    this.#report()
  }

  /** Asks again until everything is here: connections break, and a model is large. */
  async #fetchAll(): Promise<void> {
    while (this.#total === null || this.#note === null || this.#bytes < this.#total) {
      const before = this.#bytes
      try {
        this.#become('running')
        await this.#attempt()
      } catch (error) {
        this.#abort.signal.throwIfAborted()
        const source = asSourceError(error)
        if (source === null || source.kind === 'final') throw error
        if (source.kind === 'restart') await this.#startOver()
        this.#fruitless = this.#bytes > before ? 0 : this.#fruitless + 1
        if (this.#fruitless >= MOST_FRUITLESS) throw source
        this.#deps.log.info('models.download_waits', {
          model: this.#model.id,
          status: source.status,
          cause: causeOf(source),
        })
        this.#become('waiting')
        await this.#rest(source)
      }
    }
  }

  async #attempt(): Promise<void> {
    this.#abort.signal.throwIfAborted()
    // By hand: a signal of `AbortSignal.any` may be collected while a request still waits for it.
    const ended = new AbortController()
    const onPause = () => ended.abort(this.#abort.signal.reason)
    this.#abort.signal.addEventListener('abort', onPause, { once: true })
    let cancelStall = () => {}
    const alive = () => {
      cancelStall()
      cancelStall = this.#deps.clock.after(STALLED_MS, () => ended.abort(new SourceError('again')))
    }
    alive()
    try {
      const remote = await openRemoteFile(new URL(this.#deps.endpoint + this.#model.path), {
        offset: this.#bytes,
        etag: this.#note?.etag ?? null,
        signal: ended.signal,
      })
      await this.#accept(remote)
      await this.#receive(remote, alive)
    } catch (error) {
      throw ended.signal.aborted && !this.#abort.signal.aborted ? ended.signal.reason : error
    } finally {
      cancelStall()
      this.#abort.signal.removeEventListener('abort', onPause)
      ended.abort()
    }
  }

  /** Compares what the server offers with what is wanted and with what is already here. */
  async #accept({ offset, total, sha256, etag }: RemoteFile): Promise<void> {
    const { size, sha256: wanted } = this.#model
    if (
      (size !== null && total !== null && total !== size) ||
      (wanted !== null && sha256 !== null && sha256 !== wanted)
    )
      throw new DomainError('model.checksum', { model: this.#model.id })
    const known = this.#note
    const changed =
      known !== null &&
      offset > 0 &&
      ((known.total !== null && total !== null && known.total !== total) ||
        (known.sha256 !== null && sha256 !== null && known.sha256 !== sha256) ||
        (known.etag !== null && etag !== null && known.etag !== etag))
    if (changed && !isOff('models.changed_file')) throw new SourceError('restart')
    // A server that knows no ranges begins anew, and so do we.
    this.#bytes = offset
    this.#total = size ?? total
    this.#note = {
      path: this.#model.path,
      etag,
      total,
      sha256: sha256 ?? (offset > 0 ? (known?.sha256 ?? null) : null),
    }
    await this.#part.write(this.#note)
    await this.#requireDisk()
  }

  async #receive({ chunks }: RemoteFile, alive: () => void): Promise<void> {
    const writer = await this.#part.open(this.#bytes)
    // The first bytes are told at once.
    this.#lastReport = Number.NEGATIVE_INFINITY
    try {
      for await (const chunk of chunks) {
        alive()
        if (this.#total !== null && this.#bytes + chunk.length > this.#total) throw new SourceError('restart')
        await writer.append(chunk)
        this.#bytes += chunk.length
        this.#speed.add(chunk.length)
        this.#report()
      }
    } finally {
      await writer.close()
    }
    // Without a length the end of the answer is the end of the file.
    this.#total ??= this.#bytes
    if (this.#bytes < this.#total) throw new SourceError('again')
  }

  async #check(): Promise<void> {
    this.#become('checking')
    const { id, integrity } = this.#model
    const sha256 = this.#model.sha256 ?? this.#note?.sha256 ?? null
    const { signal } = this.#abort
    const right = await hasDigest(this.#part.file, { sha256, integrity }, { signal })
    if (!right && !isOff('models.checksum')) throw new DomainError('model.checksum', { model: id })
    if (integrity !== undefined) return
    // A network that answers everything with its own page gives no model, however well it came.
    if (!(await this.#part.beginsWith('GGUF'))) throw new DomainError('model.not_gguf')
  }

  async #requireDisk(): Promise<void> {
    if (this.#total === null) return
    const free = await this.#deps.freeDisk(this.#folder)
    const needed = this.#total - this.#bytes
    if (needed + (needed > 0 ? SPARE_DISK : 0) > free)
      throw new DomainError('model.no_space', { needed, free })
  }

  async #startOver(): Promise<void> {
    await this.#part.remove()
    this.#note = null
    this.#bytes = 0
    this.#total = this.#model.size
  }

  async #rest({ retryAfterMs }: SourceError): Promise<void> {
    const backOff = BACK_OFF_MS.first * 2 ** Math.max(0, this.#fruitless - 1)
    const ms = Math.min(BACK_OFF_MS.longest, Math.max(backOff, retryAfterMs ?? 0))
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(ms, resolve)
    this.#abort.signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    cancel()
    this.#abort.signal.throwIfAborted()
  }

  /** What a failure is called; what cannot become the model is deleted. */
  async #failure(error: unknown): Promise<DomainError> {
    const failure = toDownloadError(error, this.#folder)
    this.#deps.log.warn('models.download_failed', { model: this.#model.id, code: failure.code })
    if (failure.code === 'model.checksum' || failure.code === 'model.not_gguf') {
      await this.#part.remove()
      this.#bytes = 0
    }
    return failure
  }

  #become(state: ModelDownload['state']): void {
    if (this.#state === state) return
    this.#state = state
    this.#deps.onChange()
  }

  #report(): void {
    const now = this.#deps.clock.monotonic()
    if (now - this.#lastReport < BETWEEN_REPORTS_MS) return
    this.#lastReport = now
    this.#deps.onChange()
  }
}
