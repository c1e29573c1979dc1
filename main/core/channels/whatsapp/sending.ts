import { readFile } from 'node:fs/promises'
import whatsapp, { type MessageSendOptions } from 'whatsapp-web.js'
import type { ShopClient } from './client.ts'
import { describeError, within } from './failure.ts'
import { readLibraryMessage } from './library-message.ts'
import {
  afterHandOver,
  type Call,
  type Finished,
  isPageGone,
  later,
  type Outcome,
  withoutHandOver,
} from './outcomes.ts'
import { callBackSend, watchSends } from './page-shims.ts'
import type { SendNews } from './page-window.ts'
import type { Order } from './protocol.ts'

export type SendOrder = Extract<Order, { type: 'send' }>

/** How long a text may take until it is with the site's own client, and a file, which is uploaded before that; ms. */
const TEXT_LIMIT_MS = 30_000
const FILE_LIMIT_MS = 120_000
/** How long the site's client may take to say what became of it; ms. */
const RESULT_LIMIT_MS = 30_000
/** The same when it is known that there is no connection; ms. */
const OFFLINE_LIMIT_MS = 3000

interface UnderWay {
  handed: PromiseWithResolvers<string>
  finished: PromiseWithResolvers<Finished>
  id: string | null
}

/**
 * Sends, and says exactly what became of it: once something is with the site's own client it is never sent again, and
 * before that it is called back when it takes too long.
 */
export class Sending {
  readonly #client: ShopClient
  readonly #isOnline: () => boolean
  readonly #underWay = new Map<string, UnderWay>()
  readonly #waiting = new Set<number>()
  readonly #aborted = new Set<number>()
  readonly #lanes = new Map<string, Promise<unknown>>()
  #watched = false

  constructor(client: ShopClient, isOnline: () => boolean) {
    this.#client = client
    this.#isOnline = isOnline
  }

  /** Called when a page's library is ready. False where the site does not let sends be watched. */
  async watchPage(): Promise<boolean> {
    const { page } = this.#client
    await page.exposeFunction('mostradorSend', (news: SendNews) => this.#hear(news)).catch(() => undefined)
    this.#watched = await page.evaluate(watchSends)
    return this.#watched
  }

  /** One after the other in a chat. */
  async send(order: SendOrder): Promise<Outcome> {
    const before = this.#lanes.get(order.chatId) ?? Promise.resolve()
    this.#waiting.add(order.id)
    const work = before.then(() => this.#sendNow(order))
    const settled = work.catch(() => undefined)
    this.#lanes.set(order.chatId, settled)
    void settled.then(() => {
      if (this.#lanes.get(order.chatId) === settled) this.#lanes.delete(order.chatId)
    })
    return work
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values())
  }

  /** Calls back what has not left yet; `send` says so. */
  abort(id: number): void {
    if (this.#waiting.has(id)) this.#aborted.add(id)
    else if (this.#underWay.has(String(id))) void this.#callBack(String(id))
  }

  /** A message of ours is with the platform (1 or more), or was refused by it (-1). */
  acknowledged(id: string, ack: number): void {
    for (const one of this.#underWay.values()) {
      if (one.id !== id) continue
      if (ack > 0) one.finished.resolve({ result: 'OK' })
      else if (ack < 0) one.finished.resolve({ result: 'REFUSED' })
    }
  }

  async #sendNow(order: SendOrder): Promise<Outcome> {
    this.#waiting.delete(order.id)
    if (this.#aborted.delete(order.id)) return later('aborted')
    if (!this.#isOnline()) return later('offline')
    const prepared = await this.#prepare(order)
    if ('outcome' in prepared) return prepared.outcome
    const token = String(order.id)
    const one: UnderWay = { handed: Promise.withResolvers(), finished: Promise.withResolvers(), id: null }
    this.#underWay.set(token, one)
    try {
      const extra = this.#watched ? { extra: { mostradorSend: token } } : {}
      const call: Promise<Call> = this.#client
        .sendMessage(order.chatId, prepared.content, {
          ...prepared.options,
          ...extra,
          sendSeen: false,
          linkPreview: false,
          waitUntilMsgSent: true,
        })
        .then(
          (message) => ({ message }),
          (error: unknown) => {
            if (isPageGone(error)) one.finished.resolve({ error: String(error) })
            return { error }
          },
        )
      return this.#watched ? await this.#follow(order, one, call) : await this.#followBlindly(call)
    } finally {
      this.#underWay.delete(token)
    }
  }

  async #prepare(
    order: SendOrder,
  ): Promise<
    { content: string | whatsapp.MessageMedia; options: MessageSendOptions } | { outcome: Outcome }
  > {
    const { payload } = order
    if (payload.type === 'text') {
      return { content: payload.text, options: { quotedMessageId: payload.replyToExternalId } }
    }
    const bytes = await readFile(payload.path).catch(() => null)
    if (bytes === null) return { outcome: { state: 'failed', reason: 'file_missing' } }
    // The page's own file would be called "undefined" without one.
    const name = payload.name ?? payload.mime.replace('/', '.')
    const content = new whatsapp.MessageMedia(payload.mime, bytes.toString('base64'), name, bytes.length)
    const caption = payload.caption === '' ? undefined : payload.caption
    return { content, options: { caption, sendMediaAsDocument: payload.asDocument } }
  }

  async #follow(order: SendOrder, one: UnderWay, call: Promise<Call>): Promise<Outcome> {
    const limit = order.payload.type === 'text' ? TEXT_LIMIT_MS : FILE_LIMIT_MS
    const handed = one.handed.promise.then((id) => ({ id }))
    const first = await within(limit, Promise.race([handed, call])).catch(() => null)
    if (first === null) {
      const calledBack = await this.#callBack(String(order.id))
      if (calledBack === true) return later('slow')
      if (calledBack === null) return { state: 'unknown', reason: 'page_silent' }
    } else if (one.id === null && !('id' in first)) return this.#withoutHandOver(first)
    return this.#result(one)
  }

  async #result(one: UnderWay): Promise<Outcome> {
    const id = await one.handed.promise
    const started = performance.now()
    for (;;) {
      const finished = await within(OFFLINE_LIMIT_MS, one.finished.promise).catch(() => null)
      if (finished !== null) return afterHandOver(id, finished)
      if (!this.#isOnline()) return { state: 'queued', externalId: id, reason: 'offline' }
      if (performance.now() - started > RESULT_LIMIT_MS) {
        return { state: 'queued', externalId: id, reason: 'no_answer' }
      }
    }
  }

  /** Where the site does not let sends be watched: the library's own answer is all there is. */
  async #followBlindly(call: Promise<Call>): Promise<Outcome> {
    const started = performance.now()
    let done: Call | null = null
    while (done === null) {
      done = await within(OFFLINE_LIMIT_MS, call).catch(() => null)
      if (done !== null) break
      if (!this.#isOnline()) return { state: 'queued', externalId: null, reason: 'offline' }
      if (performance.now() - started > RESULT_LIMIT_MS) return { state: 'unknown', reason: 'no_answer' }
    }
    if ('error' in done) {
      const outcome = withoutHandOver(done)
      return outcome.state === 'failed' ? outcome : { state: 'unknown', reason: describeError(done.error) }
    }
    return ofMessage(done.message) ?? { state: 'unknown', reason: 'no_message' }
  }

  #withoutHandOver(done: Call): Outcome {
    const known = 'message' in done ? ofMessage(done.message) : null
    return known ?? withoutHandOver(done)
  }

  /** True when nothing has left and nothing will; null when the page does not say. */
  async #callBack(token: string): Promise<boolean | null> {
    if (this.#underWay.get(token)?.id !== null) return false
    return within(3000, this.#client.page.evaluate(callBackSend, token)).catch(() => null)
  }

  #hear(news: SendNews): void {
    const one = this.#underWay.get(news.token)
    if (one === undefined) return
    if (news.stage === 'handed') {
      one.id = news.id
      one.handed.resolve(news.id)
    } else if (news.stage === 'result') one.finished.resolve({ result: news.result })
    else one.finished.resolve({ error: news.error })
  }
}

/** What a message says that the library gives back; null where it gives none. */
function ofMessage(message: unknown): Outcome | null {
  const raw = typeof message === 'object' && message !== null && 'rawData' in message ? message.rawData : null
  const read = readLibraryMessage(raw)
  if (read === null) return null
  if ((read.ack ?? 0) < 0) return { state: 'failed', reason: 'refused' }
  return { state: 'sent', externalId: read.id.whole, sentAt: Date.now() }
}
