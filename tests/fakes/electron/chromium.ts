import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { note, onView } from './journal.ts'
import { standInSettings } from './settings.ts'

type Answer = Record<string, unknown>
interface Waiting {
  method: string
  resolve: (result: Answer) => void
  reject: (error: Error) => void
}

/** The parts of a CDP message that are read here. */
interface Message {
  id?: number
  method?: string
  params?: Answer
  result?: Answer
  error?: { message: string }
  sessionId?: string
}

/**
 * One Chromium for all windows, spoken to by a pipe: when this process dies, however that comes, the pipe closes and
 * Chromium ends by itself. It opens a debugging port too, for the tests.
 */
export class Chromium {
  readonly events = new EventEmitter<Record<string, [params: Answer, sessionId: string | undefined]>>()
  readonly #process: ChildProcess
  readonly #profile: string
  readonly #write: Writable
  readonly #waiting = new Map<number, Waiting>()
  readonly #debugging = Promise.withResolvers<string>()
  #lastId = 0
  #ended = false

  constructor(appPort: number) {
    this.#profile = join(standInSettings.folder, `chromium-${process.pid}`)
    mkdirSync(this.#profile, { recursive: true })
    const path = process.env.MOSTRADOR_CHROMIUM ?? process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
    this.#process = spawn(path, [...flags(appPort), `--user-data-dir=${this.#profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    })
    // Chromium reads from 3 and writes to 4, both pipes as asked for above.
    this.#write = this.#process.stdio[3] as Writable
    this.#read(this.#process.stdio[4] as Readable)
    this.#write.on('error', () => undefined)
    let said = ''
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      // The line may come in two pieces, among others; nothing longer is of interest.
      said = `${said}${chunk.toString()}`.slice(-10_000)
      const address = /DevTools listening on (ws:\S+)\s/.exec(said)?.[1]
      if (address !== undefined) this.#debugging.resolve(address)
    })
    this.#process.on('exit', () => this.#fail('Chromium has ended'))
    this.#process.on('error', (error) => this.#fail(error.message))
    process.once('exit', () => this.end())
    // Windows that pages open wait until the product has been asked; see Page.
    this.events.on('Target.attachedToTarget', ({ targetInfo, sessionId, waitingForDebugger }, root) => {
      const { type, openerId } = targetInfo as Record<string, string | undefined>
      if (waitingForDebugger !== true || root !== undefined || (type === 'page' && openerId !== undefined))
        return
      void this.send('Runtime.runIfWaitingForDebugger', {}, String(sessionId))
      void this.send('Target.detachFromTarget', { sessionId })
    })
    void this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
    this.#debugging.promise.catch(() => undefined)
    let debuggingUrl: string | null = null
    this.#debugging.promise.then((url) => {
      debuggingUrl = url
      note('chromium.ready', { debuggingUrl: url, pid: this.#process.pid })
    }, String)
    onView('debuggingUrl', () => debuggingUrl)
  }

  send(method: string, params: Answer = {}, sessionId?: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    // Whoever does not wait for the answer does not care whether the page is still there.
    promise.catch(() => undefined)
    if (this.#ended) reject(new Error(`${method}: Chromium has ended`))
    else {
      this.#lastId += 1
      this.#waiting.set(this.#lastId, { method, resolve, reject })
      this.#write.write(`${JSON.stringify({ id: this.#lastId, method, params, sessionId })}\0`)
    }
    return promise
  }

  end(): void {
    if (this.#ended) return
    this.#fail('the app has ended')
    this.#process.kill('SIGKILL')
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 })
  }

  #read(pipe: Readable): void {
    let rest: Buffer[] = []
    pipe.on('error', () => undefined)
    pipe.on('data', (chunk: Buffer) => {
      let from = 0
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
        const text = Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8')
        rest = []
        from = end + 1
        this.#take(JSON.parse(text))
      }
      rest.push(chunk.subarray(from))
    })
  }

  #take(message: Message): void {
    if (message.id === undefined) {
      if (message.method !== undefined)
        this.events.emit(message.method, message.params ?? {}, message.sessionId)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error !== undefined) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`))
    else waiting?.resolve(message.result ?? {})
  }

  #fail(reason: string): void {
    this.#ended = true
    this.#debugging.reject(new Error(reason))
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: ${reason}`))
    this.#waiting.clear()
  }
}

function flags(appPort: number): string[] {
  return [
    '--headless',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    // Containers often have next to none of that memory.
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-popup-blocking',
    '--use-fake-device-for-media-stream',
    '--no-proxy-server',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks',
    '--unsafely-treat-insecure-origin-as-secure=http://desk.app.invalid',
    // Nothing leaves the machine: what is not ours is not found.
    `--host-resolver-rules=MAP *.app.invalid 127.0.0.1:${appPort}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    '--window-size=1280,860',
  ]
}
