import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerChat } from './chat.ts'
import { errorBody, type Fault, FaultPlan } from './faults.ts'
import { type FakeModel, modelList, usualModels } from './models.ts'
import { type Answer, type Script, says, scriptRequest } from './script.ts'
import { UsageCounter } from './usage.ts'
import { type Flavour, writeJson } from './wire.ts'

/** One request as it arrived, in order: the oracle of the tests. */
export interface ReceivedRequest {
  method: string
  path: string
  headers: Record<string, string>
  /** Word for word. */
  text: string
  body: Record<string, unknown>
  /** `held`: waits; `left`: the caller closed the connection before the end. */
  outcome: 'open' | 'answered' | 'refused' | 'broken' | 'held' | 'left'
  status: number
}

export interface FakeModelServerOptions {
  flavour?: Flavour
  /** '' for a service that asks for none. */
  key?: string
  models?: FakeModel[]
  /** Shows its list of models to everybody, as OpenRouter does. */
  openList?: boolean
  /** US dollars; 0 for an account without any. */
  credit?: number
  port?: number
  script?: Script
}

/**
 * An OpenAI-compatible service on loopback in the flavours of DeepSeek, OpenRouter and any other: keys, lists of models
 * with prices, credit, streams with usage and comment lines, error bodies of each, and a strict check of what is asked.
 * Behind it stands a scripted model. Everything that it receives is in `requests`.
 */
export class FakeModelServer {
  readonly flavour: Flavour
  readonly key: string
  readonly requests: ReceivedRequest[] = []
  models: FakeModel[]
  credit: number
  script: Script
  readonly usage = new UsageCounter()
  readonly #openList: boolean
  readonly #faults = new FaultPlan()
  readonly #server: Server
  readonly #watchers = new Set<() => void>()
  readonly #held = new Set<() => void>()
  #port = 0
  #answered = 0

  private constructor(options: FakeModelServerOptions) {
    this.flavour = options.flavour ?? 'deepseek'
    this.key = options.key ?? 'sk-fake-0123456789abcdef0123456789abcdef'
    this.models = options.models ?? usualModels(this.flavour)
    this.credit = options.credit ?? 10
    this.script = options.script ?? (() => says('¿En qué puedo ayudarte?'))
    this.#openList = options.openList ?? this.flavour === 'openrouter'
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
    // A connection that is kept and closes just when it is used again is a fault that nobody asked for.
    this.#server.keepAliveTimeout = 10 * 60_000
  }

  static async start(options: FakeModelServerOptions = {}): Promise<FakeModelServer> {
    const fake = new FakeModelServer(options)
    await fake.#listen(options.port ?? 0)
    return fake
  }

  /** What the owner would enter: with the path that each service has. */
  get baseUrl(): string {
    const path = { deepseek: '', openrouter: '/api/v1', custom: '/v1' }[this.flavour]
    return `http://127.0.0.1:${this.#port}${path}`
  }

  /** Requests for answers of the model. */
  get chats(): ReceivedRequest[] {
    return this.requests.filter((request) => request.path.endsWith('/chat/completions'))
  }

  /** The next `times` requests of a route (`chat`, `models`, `key`, `credits`, `balance`, `*`) meet `fault`. */
  fault(route: string, fault: Fault, times = 1): void {
    this.#faults.add(route, fault, times)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  /** Answers that were held back go on. */
  release(): void {
    for (const go of [...this.#held]) go()
  }

  /** Resolves when `condition` holds; looked at again whenever something happens here. */
  async until(condition: () => boolean, what: string, timeoutMs = 60_000): Promise<void> {
    if (condition()) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = (): void => {
      if (condition()) resolve()
    }
    const timer = setTimeout(() => reject(new Error(`Model server: ${what} did not come about`)), timeoutMs)
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
    this.release()
    if (this.#server.listening) await this.down()
  }

  /** @internal The answer of the scripted model. */
  ask(body: Record<string, unknown>): Answer {
    return this.script(scriptRequest(body, this.#answered++))
  }

  /** @internal */
  note(request: ReceivedRequest, outcome: ReceivedRequest['outcome'], status = request.status): void {
    if (request.outcome !== 'left') request.outcome = outcome
    request.status = status
    for (const check of [...this.#watchers]) check()
  }

  /** @internal Waits for `release` or until the caller goes. */
  async hold(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held.add(resolve)
    response.once('close', resolve)
    this.note(request, 'held')
    await promise
    this.#held.delete(resolve)
    if (request.outcome === 'held') request.outcome = 'open'
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    // A server that listens on TCP has an address of this shape.
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? '/', 'http://127.0.0.1').pathname
    const text = await readText(incoming)
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path,
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
      ),
      text,
      body: parsedObject(text),
      outcome: 'open',
      status: 0,
    }
    this.requests.push(request)
    response.once('close', () => {
      if (!response.writableFinished && request.outcome !== 'broken') this.note(request, 'left')
    })
    const route = this.#routeOf(request)
    if (route === null) {
      this.#refuse(request, response, 404, 'Not Found')
      return
    }
    const fault = this.#faults.take(route)
    if (fault?.kind === 'status') {
      response.writeHead(fault.status, { 'content-type': fault.type, ...fault.headers })
      response.end(fault.body)
      this.note(request, 'refused', fault.status)
      return
    }
    if (route !== 'models' || !this.#openList) {
      const refusal = this.#keyRefusal(request)
      if (refusal !== null) {
        this.#refuse(request, response, 401, refusal, 'invalid_api_key')
        return
      }
    }
    if (route === 'chat') await answerChat(this, request, response, fault)
    else if (fault?.kind === 'no_first_byte') await this.hold(request, response)
    else if (fault?.kind === 'wrong_type') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Welcome</title><p>It works!</p>')
      this.note(request, 'answered', 200)
    } else {
      writeJson(response, 200, this.#information(route))
      this.note(request, 'answered', 200)
    }
  }

  #routeOf(request: ReceivedRequest): string | null {
    const prefix = new URL(this.baseUrl).pathname.replace(/\/$/, '')
    // DeepSeek takes its paths with and without /v1.
    const rest = request.path.replace(prefix, '').replace(this.flavour === 'deepseek' ? /^\/v1/ : /^$/, '')
    if (request.method === 'POST') return rest === '/chat/completions' ? 'chat' : null
    if (rest === '/models') return 'models'
    if (this.flavour === 'deepseek' && rest === '/user/balance') return 'balance'
    if (this.flavour === 'openrouter' && rest === '/key') return 'key'
    if (this.flavour === 'openrouter' && rest === '/credits') return 'credits'
    return null
  }

  #keyRefusal(request: ReceivedRequest): string | null {
    if (this.key === '' || request.headers.authorization === `Bearer ${this.key}`) return null
    if (this.flavour === 'openrouter')
      return request.headers.authorization === undefined ? 'No auth credentials found' : 'User not found.'
    // The services repeat the end of the key; a careless one repeats it whole.
    const given = (request.headers.authorization ?? '').replace('Bearer ', '')
    return `Authentication Fails, Your api key: ${given} is invalid`
  }

  #refuse(
    request: ReceivedRequest,
    response: ServerResponse,
    status: number,
    message: string,
    code?: string,
  ): void {
    writeJson(response, status, errorBody(this.flavour, status, message, { code }))
    this.note(request, 'refused', status)
  }

  #information(route: string): object {
    if (route === 'models') return modelList(this.flavour, this.models)
    if (route === 'balance') {
      const amount = this.credit.toFixed(2)
      return {
        is_available: this.credit > 0,
        balance_infos: [
          { currency: 'USD', total_balance: amount, granted_balance: '0.00', topped_up_balance: amount },
        ],
      }
    }
    if (route === 'credits') return { data: { total_credits: this.credit, total_usage: 0 } }
    return {
      data: {
        label: 'sk-or-v1-fake',
        limit: null,
        limit_remaining: null,
        usage: 0,
        is_free_tier: this.credit <= 0,
        rate_limit: { requests: -1, interval: '10s' },
      },
    }
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
