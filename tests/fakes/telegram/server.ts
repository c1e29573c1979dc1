import { randomInt } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Customer, type CustomerProfile, FakeChats, type SentMessage } from './chats.ts'
import { type Fault, FaultPlan, refusal } from './faults.ts'
import { parseMultipart } from './multipart.ts'
import { UpdateQueue } from './updates.ts'

/** One call as it arrived, in order: the oracle of the tests. */
export interface ReceivedCall {
  method: string
  payload: Record<string, unknown>
  files: { name: string; fileName: string | null; content: Buffer }[]
  /** What became of it. `lost`: carried out, but the answer never left. */
  outcome: 'answered' | 'refused' | 'dropped' | 'lost' | 'waiting'
}

export interface FakeTelegramOptions {
  token?: string
  username?: string
  port?: number
}

/**
 * A Bot API server on loopback that speaks the protocol: tokens in the path, JSON and multipart, long polling with
 * offsets and redelivery, files, limits, error bodies. Everything that it receives is in `calls`; every message that
 * really reached a customer is in `sent`.
 */
export class FakeTelegram {
  readonly token: string
  readonly updates = new UpdateQueue()
  readonly chats: FakeChats
  readonly calls: ReceivedCall[] = []
  readonly downloads: string[] = []
  readonly #faults = new FaultPlan()
  readonly #server: Server
  readonly #username: string
  readonly #watchers = new Set<() => void>()
  #port = 0
  webhookUrl = ''

  private constructor(options: FakeTelegramOptions) {
    this.token = options.token ?? '7000000001:AAFake-token_for-the_tests0123456789'
    this.#username = options.username ?? 'tienda_bot'
    this.chats = new FakeChats(this.updates, () => this.#changed())
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
    this.#server.keepAliveTimeout = 30_000
  }

  static async start(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
    const fake = new FakeTelegram(options)
    if (options.port === undefined) await fake.#listenSomewhere()
    else await fake.#listen(options.port)
    return fake
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get botId(): number {
    return Number(this.token.split(':')[0])
  }

  /** What customers received, in order. */
  get sent(): readonly SentMessage[] {
    return this.chats.sent
  }

  customer(profile: CustomerProfile): Customer {
    return this.chats.customer(profile)
  }

  /** The next `times` calls of `method` (`*`: of any; `file`: downloads) meet `fault`. */
  fault(method: string, fault: Fault, times = 1): void {
    this.#faults.add(method, fault, times)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  callsOf(method: string): ReceivedCall[] {
    return this.calls.filter((call) => call.method.toLowerCase() === method.toLowerCase())
  }

  /** Resolves when `condition` holds; looked at again whenever something happens here. */
  async until(condition: () => boolean, what: string, timeoutMs = 15_000): Promise<void> {
    if (condition()) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = (): void => {
      if (condition()) resolve()
    }
    const timer = setTimeout(() => reject(new Error(`Telegram: ${what} did not come about`)), timeoutMs)
    this.#watchers.add(check)
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#watchers.delete(check)
    }
  }

  /** Nobody listens any more and every connection breaks. */
  async down(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  /** Listens again, at the same address. */
  async up(): Promise<void> {
    await this.#listen(this.#port)
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.down()
  }

  /** Below the ports that systems give away themselves: while it is down, nobody else is given its own. */
  async #listenSomewhere(): Promise<void> {
    for (;;) {
      try {
        await this.#listen(randomInt(20_000, 32_000))
        return
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
      }
    }
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    // A server that listens on TCP has an address of this shape.
    this.#port = (this.#server.address() as AddressInfo).port
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.apiRoot).pathname)
    const filePrefix = `/file/bot${this.token}/`
    if (path.startsWith(filePrefix)) {
      this.#serveFile(path.slice(filePrefix.length), response)
      return
    }
    const match = /^\/bot([^/]+)\/(?:test\/)?(\w+)$/.exec(path)
    const call: ReceivedCall = { method: match?.[2] ?? '', payload: {}, files: [], outcome: 'waiting' }
    const body = await readBody(request)
    readPayload(call, request.headers['content-type'] ?? '', body)
    this.calls.push(call)
    if (match?.[1] !== this.token) {
      const malformed = !/^\d+:[\w-]+$/.test(match?.[1] ?? '')
      this.#answer(call, response, refusal(malformed ? 404 : 401))
      return
    }
    await this.#meet(call, this.#faults.take(call.method), response)
    this.#changed()
  }

  async #meet(call: ReceivedCall, fault: Fault | null, response: ServerResponse): Promise<void> {
    if (fault?.kind === 'drop_before') {
      call.outcome = 'dropped'
      response.destroy()
    } else if (fault?.kind === 'status') {
      this.#answer(call, response, refusal(fault.code, fault.description, fault.retryAfter))
    } else if (fault?.kind === 'page') {
      call.outcome = 'refused'
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to our hotel</html>')
    } else if (fault?.kind === 'drop_after') {
      this.#carryOut(call, () => response.destroy(), response)
      call.outcome = 'lost'
    } else if (fault?.kind !== 'hang') {
      if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms))
      this.#carryOut(call, (body) => this.#answer(call, response, body), response)
    }
  }

  #answer(call: ReceivedCall, response: ServerResponse, body: object): void {
    const ok = 'ok' in body && body.ok === true
    call.outcome = ok ? 'answered' : 'refused'
    const status = 'error_code' in body && typeof body.error_code === 'number' ? body.error_code : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    this.#changed()
  }

  #carryOut(call: ReceivedCall, answer: (body: object) => void, response: ServerResponse): void {
    if (call.method.toLowerCase() !== 'getupdates') {
      answer(this.#result(call))
      return
    }
    const { offset, timeout, limit } = call.payload
    const request = {
      offset: toNumber(offset, 0),
      timeout: toNumber(timeout, 0),
      limit: toNumber(limit, 100),
    }
    response.on('close', this.updates.poll(request, answer))
  }

  #result(call: ReceivedCall): object {
    const method = call.method.toLowerCase()
    switch (method) {
      case 'getme':
        return { ok: true, result: this.#me() }
      case 'getwebhookinfo':
        return { ok: true, result: { url: this.webhookUrl, pending_update_count: 0 } }
      case 'deletewebhook':
        this.webhookUrl = ''
        return { ok: true, result: true }
      case 'getfile':
        return this.chats.file(String(call.payload.file_id))
      case 'sendchataction':
        if (!this.chats.knows(call.payload.chat_id)) return refusal(400, 'Bad Request: chat not found')
        return { ok: true, result: true }
      case 'sendmessage':
      case 'sendphoto':
      case 'senddocument':
        return this.chats.accept(method, call.payload, call.files, this.#me())
      default:
        return refusal(404)
    }
  }

  #me(): Record<string, unknown> {
    return {
      id: this.botId,
      is_bot: true,
      first_name: 'Tienda',
      username: this.#username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }
  }

  #serveFile(path: string, response: ServerResponse): void {
    this.downloads.push(path)
    const fault = this.#faults.take('file')
    const content = this.chats.contentOf(path)
    if (fault?.kind === 'drop_before') response.destroy()
    else if (fault?.kind === 'status') response.writeHead(fault.code).end()
    else if (fault?.kind === 'drop_after' && content !== null) {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, Math.floor(content.length / 2)), () => response.destroy())
    } else if (content === null) response.writeHead(404).end()
    else response.writeHead(200, { 'content-length': content.length }).end(content)
    this.#changed()
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function readPayload(call: ReceivedCall, contentType: string, body: Buffer): void {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1]
  if (boundary !== undefined) {
    for (const part of parseMultipart(body, boundary)) {
      if (part.fileName === null) call.payload[part.name] = fromField(part.content.toString('utf8'))
      else call.files.push(part)
    }
  } else if (body.length > 0) {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (typeof parsed === 'object' && parsed !== null) Object.assign(call.payload, parsed)
  }
}

/** A form field of the Bot API: objects travel as JSON, everything else as text. */
function fromField(value: string): unknown {
  return /^[{[]/.test(value) ? JSON.parse(value) : value
}

function toNumber(value: unknown, otherwise: number): number {
  const number = Number(value ?? otherwise)
  return Number.isFinite(number) ? number : otherwise
}
