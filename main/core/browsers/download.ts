import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError, isDomainError } from '../errors.ts'
import type { Clock, Log, Processes } from '../host.ts'
import { isOff } from '../mutants.ts'
import { type Lock, takeLock } from '../storage/lock.ts'
import { AttemptError, attemptDownload } from './attempt.ts'
import type { BrowserDownload, DownloadFailure } from './browser.ts'
import type { DownloadOrder } from './download-protocol.ts'
import { type DownloadedBrowser, isInside, remove } from './downloaded.ts'

export interface DownloadDeps {
  /** Absolute folder of the app's browsers. */
  root: string
  order: Omit<DownloadOrder, 'folder'>
  downloaded: DownloadedBrowser
  /** Bytes that may still be written there. */
  freeDisk: () => Promise<number>
  processes: Processes
  clock: Clock
  log: Log
  /** Starts what has arrived. @throws DomainError `browser.not_usable` */
  verify: (path: string) => Promise<unknown>
  onChange: () => void
}

/** Archive and unpacked browser lie there together for a while, bytes. */
export const NEEDED_DISK = 600 * 1024 * 1024
/** Before each further try, ms. */
export const BACK_OFF_MS: readonly number[] = [2_000, 8_000, 20_000]

/** One download: fetched, unpacked, started once, and only then the downloaded browser. */
export class Download {
  readonly #deps: DownloadDeps
  readonly #abort = new AbortController()
  #view: BrowserDownload = { state: 'running', step: 'fetching', bytes: 0, totalBytes: null, error: null }

  constructor(deps: DownloadDeps) {
    this.#deps = deps
  }

  get view(): BrowserDownload {
    return this.#view
  }

  /** Ends it and deletes what it has brought. */
  cancel(): void {
    this.#abort.abort(new DomainError('cancelled'))
  }

  /** Resolves when it has ended, whichever way: `view` says how. */
  async run(): Promise<void> {
    try {
      await this.#underLock()
      this.#become({ state: 'done', step: null })
    } catch (error) {
      if (this.#abort.signal.aborted)
        return this.#become({ state: 'none', step: null, bytes: 0, totalBytes: null })
      const failure = toDomainError(error)
      this.#deps.log.warn('browsers.download_failed', { code: failure.code, ...failure.data })
      const reason = failure.data.reason as DownloadFailure | undefined
      this.#become({ state: 'failed', step: null, error: { code: failure.code, reason: reason ?? null } })
    }
  }

  async #underLock(): Promise<void> {
    const { root, freeDisk, downloaded } = this.#deps
    await mkdir(root, { recursive: true })
    const free = await freeDisk()
    const file = join(root, 'download.lock')
    const lock = takeDownloadLock(file)
    try {
      await downloaded.tidy()
      if (free < NEEDED_DISK) throw new AttemptError('no_space', false)
      await this.#fetchAndKeep()
      await downloaded.tidy()
    } finally {
      lock.release()
      await rm(file, { force: true })
    }
  }

  async #fetchAndKeep(): Promise<void> {
    for (let tries = 0; ; tries++) {
      const folder = await this.#deps.downloaded.newFolder()
      try {
        return await this.#attempt(folder)
      } catch (error) {
        await remove(folder)
        this.#abort.signal.throwIfAborted()
        const pause = BACK_OFF_MS[tries]
        if (!(error instanceof AttemptError) || !error.passing || pause === undefined) throw error
        this.#become({ step: 'waiting', bytes: 0 })
        await this.#rest(pause)
        this.#become({ step: 'fetching' })
      }
    }
  }

  async #attempt(folder: string): Promise<void> {
    const { order, processes, clock, log, downloaded } = this.#deps
    const { build, executable } = await attemptDownload(
      { ...order, folder },
      {
        processes,
        clock,
        log,
        signal: this.#abort.signal,
        onFetching: (bytes, totalBytes) => this.#become({ step: 'fetching', bytes, totalBytes }),
        onUnpacking: () => this.#become({ step: 'unpacking' }),
      },
    )
    if (!isInside(folder, executable)) throw new AttemptError('damaged', false, 'a path elsewhere')
    this.#become({ step: 'checking' })
    if (!isOff('browsers.started')) await this.#requireBrowser(executable)
    this.#abort.signal.throwIfAborted()
    downloaded.keep(folder, executable, build)
  }

  async #requireBrowser(executable: string): Promise<void> {
    await this.#deps.verify(executable).catch((error: unknown) => {
      // An archive without a browser, or with something else in its place; a browser that does not start is another matter.
      const reason = isDomainError(error, 'browser.not_usable') ? error.data.reason : undefined
      const damaged = reason === 'missing' || reason === 'not_executable' || reason === 'not_chrome'
      throw damaged ? new AttemptError('damaged', false, String(reason)) : error
    })
  }

  #rest(ms: number): Promise<void> {
    const { signal } = this.#abort
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(ms, resolve)
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    return promise.finally(() => {
      cancel()
      signal.removeEventListener('abort', onAbort)
    })
  }

  #become(change: Partial<BrowserDownload>): void {
    this.#view = { ...this.#view, ...change }
    this.#deps.onChange()
  }
}

function takeDownloadLock(file: string): Lock {
  try {
    return takeLock(file)
  } catch (error) {
    throw isDomainError(error, 'shop.locked') ? new DomainError('browser.download_running') : error
  }
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof AttemptError)
    return new DomainError('browser.download_failed', { reason: error.reason }, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DomainError('browser.download_failed', { reason: 'no_space' }, { cause: error })
  const path = error instanceof Error && 'path' in error ? String(error.path) : null
  return new DomainError('shop.no_rights', { path }, { cause: error })
}
