import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'

/** What goes wrong with one answer. */
export type FeedFault =
  | { kind: 'status'; status: number }
  | { kind: 'body'; body: string }
  /** The connection breaks after so many bytes of the file. */
  | { kind: 'cut'; after: number }
  /** So many bytes come, and then nothing until `goOn`. */
  | { kind: 'stall'; after: number }
  /** Bytes come and come, and nobody says how many there are. */
  | { kind: 'endless' }

export interface Asked {
  path: string
  range: string | undefined
  headers: IncomingMessage['headers']
}

/** A place where releases lie: a folder behind HTTP on loopback, which notes what was asked and fails as it is told. */
export class UpdateFeed {
  readonly asked: Asked[] = []
  /** Bytes that endless answers have given. */
  poured = 0
  readonly #folder: string
  readonly #server: Server
  readonly #stalled = new Set<() => void>()
  readonly #faults: { path: RegExp; fault: FeedFault; times: number }[] = []

  private constructor(folder: string, server: Server) {
    this.#folder = folder
    this.#server = server
    server.on('request', (request, response) => this.#answer(request, response))
  }

  static async start(folder: string): Promise<UpdateFeed> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new UpdateFeed(folder, server)
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the feed is closed')
    return `http://127.0.0.1:${address.port}/`
  }

  /** The paths that were asked for, in order; a range is another question. */
  get paths(): string[] {
    return this.asked.map(({ path }) => path)
  }

  fail(path: RegExp, fault: FeedFault, times = 1): void {
    this.#faults.push({ path, fault, times })
  }

  /** Nothing goes wrong any more. */
  heal(): void {
    this.#faults.length = 0
  }

  /** Resolves when that holds; looked at again whenever something is asked. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.#server, 'request')
  }

  /** What has stalled comes whole. */
  goOn(): void {
    for (const go of this.#stalled) go()
    this.#stalled.clear()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A connection that is kept and closes just when it is used again is a fault that nobody asked for.
    response.setHeader('connection', 'close')
    const path = new URL(request.url ?? '/', 'http://feed').pathname
    this.asked.push({ path, range: request.headers.range, headers: request.headers })
    const file = join(this.#folder, path.slice(1))
    const fault = this.#faultFor(path)
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end()
    if (fault?.kind === 'body') return void response.end(fault.body)
    if (fault?.kind === 'endless') {
      this.#pour(response)
      return
    }
    if (!existsSync(file)) return void response.writeHead(404).end()
    const bytes = readFileSync(file)
    response.writeHead(200, { 'content-length': bytes.length, 'content-type': 'application/octet-stream' })
    if (fault === null) return void response.end(bytes)
    response.write(bytes.subarray(0, fault.after), () => {
      if (fault.kind === 'cut') response.destroy()
    })
    if (fault.kind === 'stall') this.#stalled.add(() => response.end(bytes.subarray(fault.after)))
  }

  /** As fast as they are taken, until whoever asked has gone. */
  #pour(response: ServerResponse): void {
    const chunk = '# and more\n'.repeat(6_000)
    const more = (): void => {
      while (!response.destroyed) {
        this.poured += chunk.length
        if (!response.write(chunk)) return
      }
    }
    response.on('drain', more)
    more()
  }

  #faultFor(path: string): FeedFault | null {
    const planned = this.#faults.find((one) => one.times > 0 && one.path.test(path))
    if (planned === undefined) return null
    planned.times -= 1
    return planned.fault
  }
}
