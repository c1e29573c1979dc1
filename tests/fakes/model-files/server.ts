import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What goes wrong with the next answers that carry bytes. */
export type FileFault =
  /** The connection breaks after so many bytes of the answer. */
  | { kind: 'cut'; after: number }
  /** So many bytes, and then nothing more. */
  | { kind: 'stall'; after: number }
  | { kind: 'status'; status: number; retryAfter?: number }
  /** The whole file, whatever was asked for. */
  | { kind: 'ignore_range' }
  /** The rest of the file from a wrong place. */
  | { kind: 'wrong_range' }
  /** Neither a length nor a validator, as a proxy may leave them out. */
  | { kind: 'bare' }
  /** More bytes than the file has. */
  | { kind: 'overlong' }

export interface ReceivedRequest {
  path: string
  range: string | null
  ifRange: string | null
  authorization: string | null
}

/**
 * Model files over HTTP as Hugging Face serves them: the first answer redirects and says size and hash, the bytes lie
 * under another path and obey `Range` and `If-Range`.
 */
export class FakeModelFiles {
  readonly requests: ReceivedRequest[] = []
  /** Redirects that lead nowhere or elsewhere, by path. */
  readonly redirects = new Map<string, string>()
  /** Files whose first answer says nothing of size and hash. */
  readonly unlinked = new Set<string>()
  /** Paths that are answered with their bytes at once, as npm's registry does. */
  readonly direct = new Set<string>()
  readonly #files = new Map<string, Buffer>()
  readonly #faults: FileFault[] = []
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response))
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  static async start(): Promise<FakeModelFiles> {
    const fake = new FakeModelFiles()
    const { promise, resolve } = Promise.withResolvers<void>()
    fake.#server.listen(0, '127.0.0.1', resolve)
    await promise
    return fake
  }

  get endpoint(): string {
    // An IP socket has an address with a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  put(path: string, content: Buffer): void {
    this.#files.set(path, content)
  }

  /** The next answers that carry bytes meet these, one each. */
  fault(...faults: FileFault[]): void {
    this.#faults.push(...faults)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    await promise
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A connection that is kept and closes just when it is used again is a fault that nobody asked for.
    response.setHeader('Connection', 'close')
    const path = decodeURIComponent(new URL(request.url ?? '/', this.endpoint).pathname)
    const { range, 'if-range': ifRange, authorization } = request.headers
    this.requests.push({
      path,
      range: range ?? null,
      ifRange: typeof ifRange === 'string' ? ifRange : null,
      authorization: authorization ?? null,
    })
    const elsewhere = this.redirects.get(path)
    if (elsewhere !== undefined) {
      response.writeHead(302, { Location: elsewhere }).end()
      return
    }
    const real = path.startsWith('/cdn/') ? path.slice('/cdn'.length) : path
    const content = this.#files.get(real)
    if (content === undefined) {
      response.writeHead(404).end()
      return
    }
    if (real === path && !this.direct.has(path)) {
      const linked = { 'X-Linked-Etag': `"${sha256(content)}"`, 'X-Linked-Size': content.length }
      response.writeHead(302, { Location: `/cdn${path}`, ...(this.unlinked.has(path) ? {} : linked) }).end()
      return
    }
    this.#send(request, response, content, this.#faults.shift())
  }

  #send(
    request: IncomingMessage,
    response: ServerResponse,
    content: Buffer,
    fault: FileFault | undefined,
  ): void {
    if (fault?.kind === 'status') {
      const retry = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter }
      response.writeHead(fault.status, retry).end()
      return
    }
    const etag = `"${sha256(content).slice(0, 16)}"`
    const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const unchanged = request.headers['if-range'] === undefined || request.headers['if-range'] === etag
    const start = asked > 0 && unchanged && fault?.kind !== 'ignore_range' ? asked : 0
    if (start >= content.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end()
      return
    }
    const body = content.subarray(start)
    const first = fault?.kind === 'wrong_range' ? start + 1 : start
    const length = fault?.kind === 'overlong' ? body.length + 5 : body.length
    response.writeHead(start === 0 ? 200 : 206, {
      ...(fault?.kind === 'bare' || fault?.kind === 'overlong'
        ? {}
        : { ETag: etag, 'Content-Length': length }),
      ...(start === 0 ? {} : { 'Content-Range': `bytes ${first}-${content.length - 1}/${content.length}` }),
    })
    const sent = fault?.kind === 'cut' || fault?.kind === 'stall' ? body.subarray(0, fault.after) : body
    response.write(sent, () => {
      if (fault?.kind === 'cut') response.destroy()
    })
    if (fault?.kind === 'overlong') response.end(Buffer.alloc(5))
    else if (fault?.kind !== 'cut' && fault?.kind !== 'stall') response.end()
  }
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
