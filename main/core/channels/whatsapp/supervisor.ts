import { isDomainError } from '../../errors.ts'
import type { ChannelSink, ChannelState } from '../channel.ts'
import { afterLife, BackOff, type EndReason, missedSince, STEADY_MS } from './decisions.ts'
import { LifeWatch } from './life-watch.ts'
import { type LifeDeps, ProcessLife } from './process-life.ts'
import { Profile } from './profile.ts'
import type { FromProcess, Order } from './protocol.ts'
import { isTold, ToldMessages } from './told.ts'

export interface SupervisorDeps extends LifeDeps {
  folder: string
  /** When the account was first ready, ms since the epoch. */
  firstReadyAt: number | null
  browser(): Promise<{ path: string; userAgent: string }>
  groups(): boolean
  openChats(since: number): { chatId: string; after: number }[]
}

export interface SupervisorEvents {
  /** An answer to something that was asked. */
  answer(message: Extract<FromProcess, { type: 'outcome' | 'fetched' | 'not_fetched' }>): void
  /** Whoever asked a process that is over gets no answer any more. */
  over(): void
  /** Whether somebody waits for an answer. */
  isAsked(): boolean
}

/** Resident memory of the browser above which it is started anew at a quiet moment, bytes. */
const memoryLimit = 2_500 * 1024 * 1024
/** How often it is noted that the account is ready, ms. */
const noteMs = 60_000
/** How long the end of a session may take, ms. */
const unlinkMs = 20_000
/** When it is looked again for a browser that works, ms. */
const browserAgainMs = 60_000

/** Keeps one browser of one account alive: starts it, notices its end, waits, starts it again, or says why not. */
export class Supervisor {
  readonly profile: Profile
  readonly #deps: SupervisorDeps
  readonly #events: SupervisorEvents
  readonly #sink: ChannelSink
  readonly #told: ToldMessages
  readonly #backOff = new BackOff()
  /** What it would be if everything that is told could be written down. */
  #base: ChannelState = { state: 'stopped' }
  #wanted = false
  #life: ProcessLife | null = null
  #watch: LifeWatch | null = null
  /** Timers of the present life or pause. */
  #timers = new Map<'steady' | 'pause', () => void>()
  #starting: Promise<void> = Promise.resolve()
  /** Rises with each start and stop: what began before is of no consequence then. */
  #generation = 0
  readonly #halted = Promise.withResolvers<null>()
  #takeOver = false
  /** Since when what is told cannot be written down; null while it can. */
  #storageSince: string | null = null
  #notedAt = 0
  #firstReadyAt: number | null

  constructor(deps: SupervisorDeps, sink: ChannelSink, events: SupervisorEvents) {
    this.#deps = deps
    this.#sink = sink
    this.#events = events
    this.#firstReadyAt = deps.firstReadyAt
    this.profile = new Profile(deps.folder)
    this.#told = new ToldMessages(sink, {
      chatsStored: () => this.profile.write({ chatsTold: true }),
      storable: (can) => this.#onStorable(can),
    })
  }

  get state(): ChannelState {
    if (this.#storageSince === null || this.#base.state !== 'ready') return this.#base
    return { state: 'waiting', reason: 'storage', since: this.#storageSince }
  }

  start(): void {
    this.#wanted = true
    this.#begin()
  }

  /** Closes the browser properly. */
  async stop(): Promise<void> {
    this.#noteReady(true)
    this.#halt()
    await this.#starting
    await this.#life?.stop()
    await this.#told.settled()
    this.#base = { state: 'stopped' }
  }

  /** Ends the session on the phone and here. Nothing is started afterwards. */
  async unlink(): Promise<void> {
    this.#halt()
    await this.#starting
    const life = this.#life
    if (life !== null) await life.stop(life.ready ? 'unlink' : 'stop', unlinkMs)
    await this.#told.settled()
    await this.profile.remove()
    this.#base = { state: 'stopped' }
  }

  /** False when there is no browser that could be told. */
  order(order: Order): boolean {
    this.#life?.order(order)
    return this.#life !== null
  }

  /** Begins now what waits for its time after a failure. */
  reconnect(): void {
    if (!this.#wanted || this.#life !== null || !this.#timers.has('pause')) return
    this.#backOff.forget()
    this.#begin()
  }

  /** Takes the connection back. False when nobody else has it. */
  useHere(): boolean {
    if (this.#base.state !== 'refused' || this.#base.reason !== 'conflict') return false
    this.#takeOver = true
    this.#begin()
    return true
  }

  #halt(): void {
    this.#wanted = false
    this.#halted.resolve(null)
    this.#generation += 1
    this.#clearTimers()
  }

  #begin(): void {
    const generation = ++this.#generation
    this.#clearTimers()
    // While there is no browser that is said, and not that it is looked for again.
    if (this.#base.state !== 'refused' || this.#base.reason !== 'browser')
      this.#setState({ state: 'connecting', step: 'browser' })
    this.#starting = this.#starting
      .then(() => this.#open(generation))
      .catch((error: unknown) => {
        if (generation !== this.#generation) return
        this.#deps.log.error('whatsapp.start_failed', { error: String(error) })
        this.#pause(this.#backOff.next(), 'restarting', 'failed')
      })
  }

  async #open(generation: number): Promise<void> {
    if (generation !== this.#generation || this.#life !== null) return
    const browser = await Promise.race([this.#browser(generation), this.#halted.promise])
    if (browser === null || generation !== this.#generation) return
    this.#setState({ state: 'connecting', step: 'browser' })
    await this.profile.prepare()
    if (generation !== this.#generation) return
    const { folder } = this.profile
    const { readyAt, chatsTold } = this.profile.note
    const options = {
      folder,
      browser: { path: browser.path, userAgent: browser.userAgent },
      since: missedSince(readyAt, this.#firstReadyAt),
      groups: this.#deps.groups(),
      memoryLimit,
      tellChats: !chatsTold,
    }
    const life: ProcessLife = new ProcessLife(this.#deps, options, {
      message: (message) => {
        // A life that is over has nothing to say any more, whatever was still on its way.
        if (this.#life === life) this.#onMessage(life, message)
      },
      over: () => {
        if (this.#life === life) this.#onOver(life)
      },
    })
    this.#life = life
    this.#storageSince = null
    if (this.#takeOver) life.order({ type: 'use_here' })
    this.#watch = new LifeWatch(this.#deps.clock, () => {
      this.#deps.log.warn('whatsapp.process_hangs')
      life.end ??= { reason: 'process_hung' }
      life.kill()
    })
  }

  async #browser(generation: number): Promise<{ path: string; userAgent: string } | null> {
    try {
      return await this.#deps.browser()
    } catch (error) {
      if (!isDomainError(error) || !error.code.startsWith('browser.')) throw error
      if (generation !== this.#generation) return null
      this.#setState({ state: 'refused', reason: 'browser', detail: error.code })
      // A computer that has just been switched on may have been too busy to start one.
      this.#timers.set(
        'pause',
        this.#deps.clock.after(browserAgainMs, () => this.#begin()),
      )
      return null
    }
  }

  #onMessage(life: ProcessLife, message: FromProcess): void {
    this.#watch?.heard()
    if (isTold(message)) {
      this.#watch?.told()
      this.#told.take(message, life, () => this.#life === life)
      return
    }
    switch (message.type) {
      case 'step':
        this.#setState({ state: 'connecting', step: message.step })
        break
      case 'code':
        this.#onCode(message.qr)
        break
      case 'paired':
        this.profile.write({ chatsTold: false })
        this.#setState({ state: 'connecting', step: 'syncing' })
        break
      case 'ready':
        this.#onReady(life, message)
        break
      case 'offline':
        this.#setState({ state: 'waiting', reason: 'unreachable', since: this.#now() })
        break
      case 'beat':
        this.#onBeat(life, message)
        break
      case 'log':
        this.#deps.log[message.level](message.event, message.data)
        break
      case 'outcome':
      case 'fetched':
      case 'not_fetched':
        this.#events.answer(message)
    }
  }

  #onCode(qr: string | null): void {
    const since = this.#base.state === 'pairing' ? this.#base.since : this.#now()
    // An account that was ready once needs a code only because its session has gone.
    const reason = this.profile.note.readyAt === null && this.#firstReadyAt === null ? 'new' : 'logged_out'
    this.#setState({ state: 'pairing', qr, since, reason })
  }

  #onReady(life: ProcessLife, { name, phone }: { name: string; phone: string }): void {
    const first = !life.ready
    const { readyAt } = this.profile.note
    life.ready = true
    this.#takeOver = false
    this.#setState({ state: 'ready', name, externalId: phone })
    // Whoever heard that may have stopped it: the number is connected already.
    if (!first || this.#life !== life || !this.#wanted) return
    this.#firstReadyAt ??= this.#deps.clock.now()
    this.#noteReady(true)
    this.#timers.get('steady')?.()
    this.#timers.set(
      'steady',
      this.#deps.clock.after(STEADY_MS, () => this.#backOff.forget()),
    )
    const since = missedSince(readyAt, this.#firstReadyAt)
    const chats = since === null ? [] : this.#deps.openChats(since)
    if (chats.length > 0) life.order({ type: 'catch_up', chats })
  }

  #onBeat(life: ProcessLife, { heavy }: { heavy: boolean }): void {
    this.#noteReady(false)
    if (!heavy || !life.ready || this.#events.isAsked() || this.#watch?.mayEnd !== true) return
    this.#deps.log.info('whatsapp.too_large')
    life.end ??= { reason: 'memory' }
    void life.stop()
  }

  /** What is told cannot be written down: it is told again until it can. */
  #onStorable(can: boolean): void {
    if (can === (this.#storageSince === null)) return
    this.#storageSince = can ? null : this.#now()
    this.#setState(this.#base)
  }

  #onOver(life: ProcessLife): void {
    this.#life = null
    this.#events.over()
    if (!this.#wanted) return
    this.#clearTimers()
    this.#noteReady(true)
    const { reason, detail }: { reason: EndReason; detail?: string | undefined } = life.end ?? {
      reason: 'process_died',
    }
    const next = afterLife(reason, life.ready, this.#backOff)
    this.#deps.log.info('whatsapp.life_ended', { reason, detail, next: next.go })
    if (next.go === 'nowhere') {
      this.#takeOver = false
      this.#setState({ state: 'refused', reason: next.because })
    } else if (next.go === 'pair_anew') this.#pairAnew(next.afterMs)
    else this.#pause(next.afterMs, next.state, reason)
  }

  #pairAnew(afterMs: number): void {
    this.#setState({ state: 'waiting', reason: 'restarting', since: this.#now(), detail: 'logged_out' })
    const generation = this.#generation
    // Only now: the browser has gone, and what it still wrote at its end goes too.
    this.#starting = this.#starting
      .then(() => this.profile.forgetSession())
      .catch((error: unknown) =>
        this.#deps.log.error('whatsapp.profile_not_deleted', { error: String(error) }),
      )
    void this.#starting.then(() => {
      if (generation === this.#generation) this.#pause(afterMs, 'restarting', 'logged_out')
    })
  }

  #pause(ms: number, reason: 'restarting' | 'unreachable', detail: string): void {
    this.#setState({ state: 'waiting', reason, since: this.#now(), detail })
    this.#timers.set(
      'pause',
      this.#deps.clock.after(ms, () => this.#begin()),
    )
  }

  /** Only while it is ready: what comes at other times is still to be looked for. */
  #noteReady(now: boolean): void {
    const { clock } = this.#deps
    if (this.#base.state !== 'ready' || (!now && clock.monotonic() - this.#notedAt < noteMs)) return
    this.#notedAt = clock.monotonic()
    this.profile.write({ readyAt: clock.now() })
  }

  #setState(state: ChannelState): void {
    if (!this.#wanted) return
    this.#base = state
    this.#sink.state(this.state)
  }

  #clearTimers(): void {
    this.#watch?.stop()
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  #now(): string {
    return new Date(this.#deps.clock.now()).toISOString()
  }
}
