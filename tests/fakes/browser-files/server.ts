import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { zipSync } from 'fflate'

/** What goes wrong with the next answer. */
export type BrowserFileFault =
  /** The connection breaks after so many bytes. */
  | { kind: 'cut'; after: number }
  /** So many bytes, and then nothing more. */
  | { kind: 'stall'; after: number }
  | { kind: 'status'; status: number }

/** Chrome for Testing over HTTP as its bucket serves it: `/<build>/linux64/chrome-linux64.zip`. */
export class FakeBrowserFiles {
  /** Paths that were asked for. */
  readonly requests: string[] = []
  archive: Uint8Array
  readonly #faults: BrowserFileFault[] = []
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  private constructor(archive: Uint8Array) {
    this.archive = archive
    this.#server = createServer((request, response) => {
      // A connection that is kept and closes just when it is used again is a fault that nobody asked for.
      response.setHeader('Connection', 'close')
      const path = new URL(request.url ?? '/', this.endpoint).pathname
      this.requests.push(path)
      if (/^\/[\d.]+\/linux64\/chrome-linux64\.zip$/.test(path)) this.#send(response, this.#faults.shift())
      else response.writeHead(404).end()
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  static async start(archive: Uint8Array = browserArchive()): Promise<FakeBrowserFiles> {
    const fake = new FakeBrowserFiles(archive)
    const { promise, resolve } = Promise.withResolvers<void>()
    fake.#server.listen(0, '127.0.0.1', resolve)
    await promise
    return fake
  }

  get endpoint(): string {
    // An IP socket has an address with a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The next answers meet these, one each. */
  fault(...faults: BrowserFileFault[]): void {
    this.#faults.push(...faults)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    await promise
  }

  #send(response: ServerResponse, fault: BrowserFileFault | undefined): void {
    if (fault?.kind === 'status') {
      response.writeHead(fault.status).end()
      return
    }
    response.writeHead(200, { 'Content-Type': 'application/zip', 'Content-Length': this.archive.length })
    if (fault === undefined) {
      response.end(this.archive)
      return
    }
    response.write(this.archive.subarray(0, fault.after), () => {
      if (fault.kind === 'cut') response.destroy()
    })
  }
}

/** The browser of this computer. */
export const installedBrowser =
  process.env.MOSTRADOR_CHROMIUM ?? process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** Starts it; what was downloaded need not bring one. */
export const browserScript = `#!/bin/sh\nexec ${installedBrowser} "$@"\n`

/** An archive as it is published, with a program in the browser's place and some ballast to watch it coming. */
export function browserArchive(program: string | null = browserScript): Uint8Array {
  const runnable = { os: 3, attrs: (0o100755 << 16) >>> 0, level: 0 } as const
  const ballast = new Uint8Array(1024 * 1024).map((_, at) => (at * 2_654_435_761) >>> 24)
  return zipSync({
    'chrome-linux64/ballast.pak': [ballast, { level: 0 }],
    ...(program === null
      ? {}
      : { 'chrome-linux64/chrome': [new TextEncoder().encode(program), runnable] as const }),
  })
}
