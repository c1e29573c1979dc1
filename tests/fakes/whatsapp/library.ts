import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WhatsAppWeb, { type Client, type ClientOptions, type Message } from 'whatsapp-web.js'
import type { FakeWhatsApp } from './server.ts'

const patience = 60_000

/** What the library said, in order; texts where it is something of its own. */
export interface Said {
  event: string
  values: unknown[]
}

const events = [
  'qr',
  'authenticated',
  'ready',
  'message',
  'message_create',
  'message_ack',
  'message_edit',
  'message_revoke_everyone',
  'disconnected',
  'change_state',
  'auth_failure',
]

/** The unmodified library with a browser profile of its own, as a test of the fake wants it. */
export class LibraryUnderTest {
  readonly profile = mkdtempSync(join(tmpdir(), 'whatsapp-profile-'))
  readonly said: Said[] = []
  /** Injections after the first that failed. */
  readonly failures: unknown[] = []
  readonly #whatsapp: FakeWhatsApp
  #client: Client | undefined
  readonly #watchers = new Set<() => void>()

  constructor(whatsapp: FakeWhatsApp) {
    this.#whatsapp = whatsapp
  }

  get client(): Client {
    if (this.#client === undefined) throw new Error('the library was not started')
    return this.#client
  }

  /** Starts the browser and waits until the page is there. */
  async start(options: ClientOptions = {}): Promise<void> {
    const { Client, LocalAuth } = WhatsAppWeb
    const client = new Client({
      authStrategy: new LocalAuth({ dataPath: this.profile }),
      webVersionCache: { type: 'none' },
      authTimeoutMs: patience,
      puppeteer: {
        executablePath: this.#whatsapp.chrome,
        args: ['--no-sandbox'],
        pipe: true,
        protocolTimeout: patience,
        timeout: patience,
      },
      ...options,
    })
    this.#client = client
    for (const event of events) client.on(event, (...values) => this.#hear(event, values))
    this.#guard(client)
    await client.initialize()
    // A browser that goes away resets its pipes, at which puppeteer does not listen any more.
    for (const pipe of client.pupBrowser?.process()?.stdio ?? []) pipe?.on('error', () => {})
  }

  /** Links a new device and waits until it is ready. */
  async link(options: ClientOptions = {}): Promise<void> {
    await this.start(options)
    await this.nth('qr')
    await this.#whatsapp.scan()
    await this.nth('ready')
  }

  /** Closes the browser properly, as the session needs it. */
  async stop(): Promise<void> {
    const browser = this.#client?.pupBrowser
    this.#client?.removeAllListeners()
    this.#client = undefined
    if (browser?.connected !== true) return
    const process = browser.process()
    const gone = process === null || process.exitCode !== null ? undefined : once(process, 'exit')
    await browser.close()
    await gone
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }

  all(event: string): Said[] {
    return this.said.filter((one) => one.event === event)
  }

  /** The values of an event's nth time, from 1. */
  async nth(event: string, number = 1): Promise<unknown[]> {
    await this.until(() => this.all(event).length >= number, `${event} number ${number}`)
    return this.all(event)[number - 1]?.values ?? []
  }

  /** The nth message of `message` or one of its sisters. */
  async message(event = 'message', number = 1): Promise<Message> {
    const [message] = await this.nth(event, number)
    // The library's types say what each event brings; its declared module has no `Message` at run time.
    return message as Message
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = (): void => {
      if (condition()) resolve()
    }
    const heard = this.said.map((one) => one.event).join(', ')
    const timer = setTimeout(() => reject(new Error(`library: no ${what}; so far: ${heard}`)), patience)
    this.#watchers.add(check)
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#watchers.delete(check)
    }
  }

  /** A later injection that fails is nobody's: the library leaves it as an unhandled rejection, which ends Node. */
  #guard(client: Client): void {
    const inject: unknown = Reflect.get(client, 'inject')
    if (typeof inject !== 'function') throw new Error('the library has no inject() any more')
    let first = true
    const guarded = async (): Promise<void> => {
      const initial = first
      first = false
      const injection = Promise.resolve(inject.call(client))
      if (initial) await injection
      else await injection.catch((error: unknown) => void this.failures.push(error))
    }
    Reflect.set(client, 'inject', guarded)
  }

  #hear(event: string, values: unknown[]): void {
    this.said.push({ event, values })
    for (const check of [...this.#watchers]) check()
  }
}
