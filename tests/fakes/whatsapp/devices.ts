import { randomBytes } from 'node:crypto'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { isOwn, type Platform } from './platform.ts'
import type { News, PlatformEvent, WireMessage } from './wire.ts'

interface Page {
  socket: WebSocket
  /** The session; undefined while the page shows a QR code. */
  token?: string
  /** The changing part of the QR code. */
  ref: string
  idle: boolean
  keys: { noise: string; identity: string; secret: string }
  userAgent: string
}

const frameShape = z.object({
  id: z.number().optional(),
  call: z.string(),
  values: z.record(z.string(), z.unknown()),
})
const helloShape = z.object({
  token: z.string().nullable(),
  keys: z.object({ noise: z.string(), identity: z.string(), secret: z.string() }),
  seen: z.number().optional(),
  userAgent: z.string(),
})
const messageShape = z.looseObject({
  key: z.object({
    fromMe: z.boolean(),
    remote: z.string(),
    id: z.string(),
    participant: z.string().optional(),
  }),
  type: z.string(),
  t: z.number(),
  from: z.string(),
  to: z.string(),
})
const text = z.string()
const texts = z.array(z.string())

/** The linked devices: QR codes, sessions, and the calls that pages make. */
export class Devices {
  readonly server = new WebSocketServer({ noServer: true })
  readonly #platform: Platform
  readonly #pages = new Set<Page>()
  readonly #sessions = new Map<string, { conflict: boolean }>()
  /** The next accepted message is kept, but its sender never hears of it on this connection. */
  cutAfterNextSend = false

  constructor(platform: Platform) {
    this.#platform = platform
    this.server.on('connection', (socket) => this.#welcome(socket))
  }

  /** The page that shows a QR code which a phone can scan. */
  get waiting(): Page | undefined {
    return [...this.#pages].findLast((page) => page.token === undefined && page.ref !== '' && !page.idle)
  }

  get unlinked(): Page[] {
    return [...this.#pages].filter((page) => page.token === undefined && page.ref !== '')
  }

  get linked(): Page[] {
    return [...this.#pages].filter((page) => page.token !== undefined)
  }

  get sessions(): string[] {
    return [...this.#sessions.keys()]
  }

  link(page: Page): void {
    const token = randomBytes(18).toString('base64url')
    this.#sessions.set(token, { conflict: false })
    page.token = token
    this.#platform.log.add({ kind: 'linked', token })
    send(page, { news: 'linked', token, snapshot: this.#platform.snapshot() })
  }

  /** A new QR code, or none that anybody could scan. */
  renewQr(page: Page, why: 'refreshed' | 'asked' | 'idle'): void {
    // Asked for a moment before a phone scanned the one that was there.
    if (page.token !== undefined) return
    page.idle = why === 'idle'
    if (!page.idle) page.ref = newRef()
    this.#platform.log.add({ kind: 'qr', ref: page.ref, why })
    send(page, { news: 'qr', ref: page.ref, idle: page.idle })
  }

  logoutFromPhone(): void {
    this.#sessions.clear()
    this.#platform.log.add({ kind: 'logout', by: 'phone' })
    for (const page of this.linked) send(page, { news: 'logout' })
  }

  conflict(): void {
    this.#platform.log.add({ kind: 'conflict' })
    for (const session of this.#sessions.values()) session.conflict = true
    for (const page of this.linked) send(page, { news: 'conflict' })
  }

  tellAll(news: News): void {
    for (const page of this.#pages) send(page, news)
  }

  announce(event: PlatformEvent & { number: number }): void {
    for (const page of this.linked) {
      const conflict = this.#sessions.get(page.token ?? '')?.conflict ?? true
      if (!conflict && !isOwn(event, page.token)) send(page, { news: 'event', event })
    }
  }

  #welcome(socket: WebSocket): void {
    const keys = { noise: '', identity: '', secret: '' }
    const page: Page = { socket, ref: '', idle: false, keys, userAgent: '' }
    this.#pages.add(page)
    socket.on('close', () => void this.#pages.delete(page))
    socket.on('error', () => socket.terminate())
    socket.on('message', (data) => this.#take(page, data))
  }

  #take(page: Page, data: RawData): void {
    const { id, call, values } = frameShape.parse(JSON.parse(data.toString()))
    try {
      const result = call === 'hello' ? this.#hello(page, values) : this.#answer(page, call, values)
      if (call === 'send' && this.cutAfterNextSend) {
        this.cutAfterNextSend = false
        page.socket.terminate()
      } else if (id !== undefined) page.socket.send(JSON.stringify({ reply: id, result: result ?? null }))
    } catch (error) {
      page.socket.send(JSON.stringify({ reply: id, error: String(error) }))
    }
  }

  #hello(page: Page, values: unknown): unknown {
    const { token, keys, seen, userAgent } = helloShape.parse(values)
    Object.assign(page, { keys, userAgent })
    const session = token === null ? undefined : this.#sessions.get(token)
    this.#platform.log.add({ kind: 'connected', linked: session !== undefined, userAgent })
    if (token === null || session === undefined) {
      page.ref = newRef()
      this.#platform.log.add({ kind: 'qr', ref: page.ref, why: 'start' })
      return { linked: false, ref: page.ref, idle: false }
    }
    for (const other of this.linked) if (other.token === token) send(other, { news: 'conflict' })
    page.token = token
    if (session.conflict) this.#platform.log.add({ kind: 'takeover' })
    session.conflict = false
    if (seen === undefined) return { linked: true, snapshot: this.#platform.snapshot() }
    return { linked: true, missed: this.#platform.missed(seen, token) }
  }

  #answer(page: Page, call: string, values: Record<string, unknown>): unknown {
    const { log } = this.#platform
    switch (call) {
      case 'synced':
        return log.add({ kind: 'synced' })
      case 'refresh_qr':
        return this.renewQr(page, 'asked')
      case 'unknown_module':
        return log.add({ kind: 'unknown_module', name: text.parse(values.name) })
      case 'page_error':
        return log.add({ kind: 'page_error', text: text.parse(values.text) })
      case 'presence':
        return log.add({ kind: 'presence', available: values.available === true })
      case 'typing': {
        const state = z.enum(['composing', 'recording', 'paused']).parse(values.state)
        return log.add({ kind: 'typing', chat: text.parse(values.chat), state })
      }
      case 'logout':
        this.#sessions.delete(page.token ?? '')
        return log.add({ kind: 'logout', by: 'page' })
      default:
        return this.#answerAboutMessages(page, call, values)
    }
  }

  #answerAboutMessages(page: Page, call: string, values: Record<string, unknown>): unknown {
    const platform = this.#platform
    switch (call) {
      case 'send': {
        const message: WireMessage = messageShape.parse(values.message)
        return platform.accept(message, page.token ?? '')
      }
      case 'messages':
        return platform.knownMessages(texts.parse(values.ids))
      case 'earlier':
        return platform.earlier(text.parse(values.chat), texts.parse(values.loaded))
      case 'exists':
        return platform.exists(text.parse(values.id))
      case 'open_chat':
        return this.#openChat(text.parse(values.id))
      case 'seen':
        platform.setUnread(text.parse(values.chat), 0)
        return platform.log.add({ kind: 'seen', chat: text.parse(values.chat) })
      case 'edit':
        platform.change(text.parse(values.id), { body: values.text, latestEditSenderTimestampMs: Date.now() })
        return platform.log.add({ kind: 'edited', id: text.parse(values.id), text: text.parse(values.text) })
      case 'revoke':
        platform.change(text.parse(values.id), { type: 'revoked', subtype: 'sender', body: null })
        return platform.log.add({ kind: 'revoked', id: text.parse(values.id) })
      case 'react':
        return platform.log.add({
          kind: 'reacted',
          id: text.parse(values.id),
          emoji: text.parse(values.emoji),
        })
      default:
        throw new Error(`the platform knows no ${call}`)
    }
  }

  #openChat(id: string): unknown {
    const known = this.#platform.chat(id)
    if (known !== undefined) return known
    if (!this.#platform.exists(id)) return null
    return this.#platform.chat(this.#platform.addChat(id.endsWith('@lid') ? { lid: id } : { phone: id }))
  }
}

function send(page: Page, news: News): void {
  page.socket.send(JSON.stringify(news))
}

function newRef(): string {
  return `2@${randomBytes(48).toString('base64')}`
}

/** For tests that compare what the library made of it. */
export function qrText({ ref, keys }: Pick<Page, 'ref' | 'keys'>): string {
  return [ref, keys.noise, keys.identity, keys.secret, '1'].join(',')
}

export type { Page }
