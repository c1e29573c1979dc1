import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request as overHttp, type RequestOptions } from 'node:http'
import { request as overHttps } from 'node:https'
import { fileURLToPath } from 'node:url'
import { note } from './journal.ts'

type Options = RequestOptions & { url?: string; redirect?: 'follow' | 'error' | 'manual' }

/** `net.request`, over Node's: events and redirects as Electron tells them. */
class NetRequest extends EventEmitter {
  #options: Options
  #request: ClientRequest
  #follows = false
  #ended = false

  constructor(options: Options | string) {
    super()
    const given = typeof options === 'string' ? { url: options } : options
    this.#options = given.url === undefined ? given : { ...given, ...urlParts(given.url) }
    this.#request = this.#open()
  }

  setHeader(name: string, value: string): void {
    this.#request.setHeader(name, value)
  }
  getHeader(name: string): unknown {
    return this.#request.getHeader(name)
  }
  removeHeader(name: string): void {
    this.#request.removeHeader(name)
  }
  write(chunk: string | Buffer): boolean {
    return this.#request.write(chunk)
  }
  end(chunk?: string | Buffer): this {
    note('net.request', { host: this.#options.hostname ?? this.#options.host, path: this.#options.path })
    this.#ended = true
    this.#request.end(chunk)
    return this
  }
  abort(): void {
    this.#request.destroy()
    this.emit('abort')
  }
  followRedirect(): void {
    this.#follows = true
  }

  #open(): ClientRequest {
    const { redirect: _redirect, url: _url, ...options } = this.#options
    // The session that Electron would take is no business of Node's.
    const plain = { ...options, session: undefined, agent: undefined }
    const request = options.protocol === 'http:' ? overHttp(plain) : overHttps(plain)
    request.on('response', (response) => this.#answered(response))
    request.on('error', (error) => this.emit('error', error))
    request.on('socket', (socket) => this.emit('socket', socket))
    request.on('close', () => this.emit('close'))
    return request
  }

  #answered(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      this.emit('response', response)
      return
    }
    response.resume()
    const { protocol, hostname, host, port, path, method } = this.#options
    const target = new URL(
      headers.location,
      `${protocol ?? 'https:'}//${hostname ?? host}${port ? `:${port}` : ''}${path}`,
    ).href
    this.emit('redirect', statusCode, method ?? 'GET', target, headers)
    if (this.#options.redirect === 'manual' && !this.#follows) return
    this.#follows = false
    this.#options = { ...this.#options, ...urlParts(target) }
    this.#request = this.#open()
    if (this.#ended) this.#request.end()
  }
}

function urlParts(url: string): RequestOptions {
  const { protocol, hostname, port, pathname, search } = new URL(url)
  return { protocol, hostname, port, path: `${pathname}${search}` }
}

export const net = {
  request: (options: Options | string) => new NetRequest(options),
  fetch: async (input: string | Request, init?: RequestInit): Promise<Response> => {
    const url = typeof input === 'string' ? input : input.url
    return url.startsWith('file:') ? new Response(readFileSync(fileURLToPath(url))) : await fetch(input, init)
  },
  isOnline: () => true,
  online: true,
}

class AutoUpdater extends EventEmitter {
  setFeedURL(options: unknown): void {
    note('autoUpdater.feed', { options })
  }
  getFeedURL(): string {
    return ''
  }
  checkForUpdates(): void {
    note('autoUpdater.check')
  }
  quitAndInstall(): void {
    note('autoUpdater.quitAndInstall')
  }
}
export const autoUpdater = new AutoUpdater()
