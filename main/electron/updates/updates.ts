import type { UpdateState } from '../../../preload/contract/index.ts'
import { DomainError, isDomainError } from '../../core/errors.ts'
import type { Clock, Log } from '../../core/host.ts'
import { afterUpdate, mayLook, type UpdateEvent, type UpdateProgress, untouched } from './progress.ts'
import type { Channel, Releases } from './releases.ts'
import { type LastLook, nextLook, nextQuestion, nextTry } from './schedule.ts'
import { toUpdateError } from './update-errors.ts'

export interface UpdateSettings {
  channel: Channel
  automatic: boolean
}

export interface UpdatesConfig {
  /** Null where this installation cannot replace itself. */
  releases: Releases | null
  settings: { read(): UpdateSettings; write(settings: UpdateSettings): Promise<void> }
  /** Whether a customer is being answered just now, in any shop. */
  isBusy(): boolean
  /**
   * Stops the app in order and calls `install` as its very last act, when data and the place of the one instance are let
   * go. Where that answers false, the app starts anew as it is.
   */
  quit(install: () => boolean): void
  clock: Clock
  log: Log
  /** From 0 up to, but not including, 1. */
  random?: () => number
}

/** How long after the owner's word it is asked for the first time whether anybody is being answered, ms. */
const firstQuestionMs = 300

/** Follows the releases of the app: looks, fetches, and installs when the app quits or the owner asks for it. */
export class Updates {
  readonly #config: UpdatesConfig
  readonly #random: () => number
  readonly #listeners = new Set<() => void>()
  #progress: UpdateProgress = untouched
  #last: LastLook = null
  #abort: AbortController | null = null
  #cancelLook: (() => void) | null = null
  #cancelQuestion: (() => void) | null = null
  #isStopped = false

  constructor(config: UpdatesConfig) {
    this.#config = config
    this.#random = config.random ?? Math.random
  }

  start(): void {
    this.#plan()
  }

  /** Nothing is looked for or fetched any more. What is ready is installed when the app quits. */
  stop(): void {
    this.#isStopped = true
    this.#cancelLook?.()
    this.#cancelQuestion?.()
    this.#abort?.abort()
  }

  state(): UpdateState {
    const { phase, fetched, fetching, givenUp, progress, error, checkedAt } = this.#progress
    const { channel, automatic } = this.#config.settings.read()
    const supported = this.#config.releases !== null
    return {
      supported,
      channel,
      automatic: supported && automatic,
      state: phase,
      version: fetching ?? fetched ?? givenUp,
      progress,
      error,
      checkedAt,
    }
  }

  /** Calls `fn` after each change; the answer ends it. */
  onChange(fn: () => void): () => void {
    this.#listeners.add(fn)
    return () => this.#listeners.delete(fn)
  }

  async set(changes: Partial<UpdateSettings>): Promise<void> {
    const before = this.#config.settings.read()
    const after = {
      channel: changes.channel ?? before.channel,
      automatic: changes.automatic ?? before.automatic,
    }
    if (after.channel === before.channel && after.automatic === before.automatic) return
    await this.#config.settings.write(after)
    if (after.channel !== before.channel) {
      this.#abort?.abort()
      this.#cancelQuestion?.()
      this.#config.releases?.forget()
      this.#apply({ kind: 'forgotten' })
      if (after.automatic) void this.#look()
    }
    this.#plan()
    this.#tell()
  }

  /**
   * Looks for a release now and fetches it; does nothing while that is under way.
   * @throws DomainError `update.not_supported`
   */
  check(): void {
    if (this.#config.releases === null) throw new DomainError('update.not_supported')
    void this.#look()
  }

  /** Ends a look, a download or the wait for a quiet moment. */
  async cancel(): Promise<void> {
    this.#abort?.abort()
    this.#cancelQuestion?.()
    this.#apply({ kind: 'cancelled' })
  }

  /** The owner stays with what is not saved: what is ready is installed at a later quit. */
  stay(): void {
    if (this.#progress.phase === 'waiting') this.#apply({ kind: 'cancelled' })
  }

  /**
   * Starts the app anew with the release that is ready, as soon as nobody is being answered.
   * @throws DomainError `update.not_ready`
   */
  restart(): void {
    if (this.#progress.phase === 'waiting') return
    if (this.#progress.phase !== 'ready') throw new DomainError('update.not_ready')
    this.#apply({ kind: 'restart' })
    const { clock } = this.#config
    const since = clock.monotonic()
    // Whoever asked hears of it first.
    this.#cancelQuestion = clock.after(firstQuestionMs, () => this.#leaveWhenFree(since))
  }

  #leaveWhenFree(since: number): void {
    const { clock, isBusy, quit, releases, log } = this.#config
    if (isBusy()) {
      const waited = clock.monotonic() - since
      this.#cancelQuestion = clock.after(nextQuestion(waited), () => this.#leaveWhenFree(since))
      return
    }
    this.#cancelLook?.()
    log.info('update.restart', { version: this.#progress.fetched })
    quit(() => releases?.installAndStart() === true)
  }

  /** Sets the alarm for the next look that nobody asked for. */
  #plan(): void {
    this.#cancelLook?.()
    this.#cancelLook = null
    const { releases, settings, clock } = this.#config
    if (releases === null || this.#isStopped || !settings.read().automatic) return
    this.#cancelLook = clock.after(nextLook(this.#last, this.#random()), () => {
      if (!mayLook(this.#progress)) this.#plan()
      else void this.#look()
    })
  }

  async #look(): Promise<void> {
    const { releases, settings } = this.#config
    if (releases === null || !mayLook(this.#progress)) return
    const abort = new AbortController()
    this.#abort = abort
    this.#apply({ kind: 'look' })
    try {
      const release = await releases.look(settings.read().channel)
      if (abort.signal.aborted) return
      this.#last = 'answered'
      const at = this.#now()
      this.#apply(release === null ? { kind: 'nothing', at } : { kind: 'found', ...release, at })
      if (release !== null && this.#progress.phase === 'downloading')
        await this.#fetch(releases, abort.signal)
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(error)
    } finally {
      if (this.#abort === abort) {
        this.#abort = null
        this.#plan()
      }
    }
  }

  async #fetch(releases: Releases, signal: AbortSignal): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await releases.fetch((bytes, total) => {
          if (!signal.aborted) this.#apply({ kind: 'bytes', bytes, total })
        }, signal)
        // Cancelled in the last moment: then it is not wanted.
        if (signal.aborted) releases.forget()
        else this.#apply({ kind: 'fetched' })
        return
      } catch (error) {
        const wait = isDomainError(error, 'update.unreachable') ? nextTry(tries) : null
        if (wait === null || signal.aborted) throw error
        await this.#pause(wait, signal)
      }
    }
  }

  /** @throws DomainError `cancelled` */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = this.#config.clock.after(ms, resolve)
    const onAbort = (): void => reject(new DomainError('cancelled'))
    signal.addEventListener('abort', onAbort)
    try {
      await promise
    } finally {
      stop()
      signal.removeEventListener('abort', onAbort)
    }
  }

  #fail(error: unknown): void {
    const known = toUpdateError(error)
    this.#last = known.code === 'update.unreachable' ? 'unreachable' : 'answered'
    this.#config.log.warn('update.failed', { code: known.code, ...known.data })
    this.#apply({ kind: 'failed', error: { code: known.code, data: known.data } })
  }

  #apply(event: UpdateEvent): void {
    const before = this.#progress
    this.#progress = afterUpdate(before, event)
    if (this.#progress !== before) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #now(): string {
    return new Date(this.#config.clock.now()).toISOString()
  }
}
