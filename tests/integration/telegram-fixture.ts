import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  ChannelAdapter,
  ChannelSink,
  ChannelState,
  InboundEdit,
  InboundMessage,
} from '../../main/core/channels/channel.ts'
import { type ChannelInbox, ChannelService } from '../../main/core/channels/service.ts'
import { createTelegramAdapter } from '../../main/core/channels/telegram/adapter.ts'
import { ConversationService } from '../../main/core/conversations/service.ts'
import { CustomerService } from '../../main/core/customers/service.ts'
import type { EventBus } from '../../main/core/events.ts'
import { GovernorService } from '../../main/core/governor/service.ts'
import type { Clock, Log } from '../../main/core/host.ts'
import { Inbox } from '../../main/core/inbox/service.ts'
import { MediaStore } from '../../main/core/media/service.ts'
import { Outbox } from '../../main/core/outbox/service.ts'
import { keyFileWrapper, Secrets } from '../../main/core/secrets/service.ts'
import type { Storage } from '../../main/core/storage/storage.ts'
import { Journal } from '../../main/core/turns/journal.ts'
import { TurnService } from '../../main/core/turns/service.ts'
import type { FakeTelegram } from '../fakes/telegram/server.ts'
import { ManualClock } from '../fixtures/clock.ts'
import { createTestHost } from '../fixtures/host.ts'
import { testBrief } from '../fixtures/shop.ts'

/** Keeps everything that is logged, to look for what must not be there. */
export class RecordingLog implements Log {
  readonly lines: string[] = []
  readonly #watchers = new Set<() => void>()
  #add(level: string, event: string, data: Record<string, unknown> | undefined): void {
    this.lines.push(JSON.stringify({ level, event, ...data }))
    for (const check of [...this.#watchers]) check()
  }
  debug(event: string, data?: Record<string, unknown>): void {
    this.#add('debug', event, data)
  }
  info(event: string, data?: Record<string, unknown>): void {
    this.#add('info', event, data)
  }
  warn(event: string, data?: Record<string, unknown>): void {
    this.#add('warn', event, data)
  }
  error(event: string, data?: Record<string, unknown>): void {
    this.#add('error', event, data)
  }
  child(): Log {
    return this
  }
  has(event: string): boolean {
    return this.times(event) > 0
  }
  times(event: string): number {
    return this.lines.filter((line) => line.includes(`"event":"${event}"`)).length
  }
  /** Resolves when that has been logged so many times. */
  async nth(event: string, number: number): Promise<void> {
    if (this.times(event) >= number) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const check = (): void => {
      if (this.times(event) >= number) resolve()
    }
    this.#watchers.add(check)
    await promise.finally(() => this.#watchers.delete(check))
  }
}

/** A sink that keeps what it is given, and can refuse to. */
export class RecordingSink implements ChannelSink {
  readonly messages: InboundMessage[] = []
  readonly edits: InboundEdit[] = []
  readonly states: ChannelState[] = []
  readonly #watchers = new Set<() => void>()
  /** Called before each message is kept; throws to refuse it. */
  onReceive: (message: InboundMessage) => void | Promise<void> = () => {}

  async receive(message: InboundMessage): Promise<void> {
    try {
      await this.onReceive(message)
      this.messages.push(message)
    } finally {
      this.#changed()
    }
  }

  async edit(edit: InboundEdit): Promise<void> {
    this.edits.push(edit)
    this.#changed()
  }

  async remove(): Promise<void> {}

  state(state: ChannelState): void {
    this.states.push(state)
    this.#changed()
  }

  texts(): string[] {
    return this.messages.map((message) => message.text)
  }

  /** The states gone through, without repeats: `waiting:unreachable`, `ready`, … */
  path(): string[] {
    const names = this.states.map((state) =>
      'reason' in state ? `${state.state}:${state.reason}` : state.state,
    )
    return names.filter((name, index) => name !== names[index - 1])
  }

  async until(condition: () => boolean, what: string, timeoutMs = 15_000): Promise<void> {
    if (condition()) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = (): void => {
      if (condition()) resolve()
    }
    const seen = (): string => JSON.stringify({ path: this.path(), texts: this.texts() })
    const timer = setTimeout(
      () => reject(new Error(`sink: ${what} did not come about: ${seen()}`)),
      timeoutMs,
    )
    this.#watchers.add(check)
    await promise.finally(() => {
      clearTimeout(timer)
      this.#watchers.delete(check)
    })
  }

  untilState(name: string): Promise<void> {
    return this.until(() => this.path().at(-1) === name, `state ${name}`)
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check()
  }
}

export interface Connection {
  adapter: ChannelAdapter
  sink: RecordingSink
  log: RecordingLog
  clock: ManualClock
  media: MediaStore
  dir: string
  close(): Promise<void>
}

/** An adapter of the fake server's bot over a recording sink, with a clock that stands still. Not started. */
export function connect(telegram: FakeTelegram, token = telegram.token): Connection {
  const dir = mkdtempSync(join(tmpdir(), 'telegram-'))
  const media = new MediaStore(join(dir, 'media'))
  const [clock, log, sink] = [new ManualClock(), new RecordingLog(), new RecordingSink()]
  const account = {
    id: 'account',
    kind: 'telegram' as const,
    name: 'tienda_bot',
    externalId: String(telegram.botId),
    config: { apiRoot: telegram.apiRoot },
    secretId: null,
    enabled: true,
    createdAt: '2026-01-01T00:00:00.000Z',
  }
  const adapter = createTelegramAdapter(account, {
    token,
    media,
    clock,
    log,
    folder: join(dir, 'account'),
    processes: createTestHost(dir).processes,
    browser: () => Promise.reject(new Error('a bot needs no browser')),
    groups: () => false,
    openChats: () => [],
  })
  const close = async (): Promise<void> => {
    await adapter.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { adapter, sink, log, clock, media, dir, close }
}

export interface TelegramShop {
  channels: ChannelService
  inbox: Inbox
  media: MediaStore
  secrets: Secrets
}

/** The parts of a shop that a message from Telegram goes through, the real ones, over a database that is open. */
export function openTelegramShop(
  dir: string,
  deps: { storage: Storage; bus: EventBus; clock: Clock; log: Log; wrap?: (inbox: Inbox) => ChannelInbox },
): TelegramShop {
  const { storage, bus, clock, log } = deps
  const turns = new TurnService(storage)
  const outbox = new Outbox(storage)
  const conversations = new ConversationService({ storage, turns, outbox, journal: new Journal(storage) })
  const customers = new CustomerService(storage)
  const governor = new GovernorService({
    storage,
    conversations,
    customers,
    shop: () => testBrief,
    clock,
  })
  const inbox = new Inbox({ storage, customers, conversations, turns, outbox, governor, probe: () => {} })
  const media = new MediaStore(join(dir, 'media'))
  const secrets = new Secrets(storage, keyFileWrapper(join(dir, 'secret.key')))
  const adapters = { telegram: createTelegramAdapter }
  const given = deps.wrap?.(inbox) ?? inbox
  const channels = new ChannelService({
    folder: join(dir, 'whatsapp'),
    processes: createTestHost(dir).processes,
    browser: () => Promise.reject(new Error('a bot needs no browser')),
    storage,
    secrets,
    media,
    inbox: given,
    clock,
    log,
    bus,
    adapters,
  })
  return { channels, inbox, media, secrets }
}
