import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Chromium } from './chromium.ts'
import { isolatedWorld, pageScripts, sendBinding } from './page-scripts.ts'

/** What a page's preload says to the main process. */
export interface Saying {
  kind: 'send' | 'invoke' | 'port' | 'portClosed'
  url: string
  channel?: string
  args?: unknown[]
  ports?: string[]
  id?: string | number
  data?: unknown
}

/** A request that waits for a word. Addresses are the page's. */
export interface Paused {
  requestId: string
  url: string
  method: string
  frameId: string
  /** A frame's own document. */
  document: boolean
  /** The server sent the browser on to here. */
  redirected: boolean
  /** The page asked for it: a link, a form, a script. */
  byPage: boolean
}

interface PageEvents {
  saying: [saying: Saying, frameId: string]
  paused: [request: Paused]
  navigated: [frame: { id: string; parentId: string | null; url: string }]
  navigatedWithin: [frameId: string, url: string]
  frameDetached: [frameId: string]
  /** The preload's world of a frame is gone, with all its ports. */
  worldGone: [frameId: string]
  domReady: []
  loaded: []
  crashed: []
  title: [title: string]
  /** A window that the page has opened; it waits. */
  popup: [popup: { targetId: string; url: string; sessionId: string }]
  gone: []
}

type Params = Record<string, unknown>

/** One page of Chromium and the session that steers it. Everything sent before it is there waits for it. */
export class Page extends EventEmitter<PageEvents> {
  targetId: string | null = null
  sessionId: string | null = null
  mainFrameId: string | null = null
  readonly ready: Promise<void>
  readonly #chromium: Chromium
  readonly #worlds = new Map<number, string>()
  readonly #askedByPage = new Set<string>()
  readonly #wanted: string[] = []
  readonly #opened: { targetId: string; sessionId: string }[] = []

  constructor(chromium: Chromium, preload: string | null, popup?: { targetId: string; sessionId: string }) {
    super()
    this.#chromium = chromium
    this.#listen()
    this.ready = this.#open(preload, popup)
    this.ready.catch(() => undefined)
  }

  send(method: string, params: Params = {}): Promise<Params> {
    const answer = this.ready.then(() => this.#now(method, params))
    // Whoever does not wait for the answer does not care whether the page is still there.
    answer.catch(() => undefined)
    return answer
  }

  /**
   * Closes a window that the page has opened, before it loads anything. It runs on first: as long as it waits, so may
   * the page that has opened it, whose process it shares.
   */
  refuse(popup: { targetId: string; sessionId: string }): void {
    const { targetId, sessionId } = popup
    void this.#chromium.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId)
    void this.#chromium.send('Runtime.runIfWaitingForDebugger', {}, sessionId)
    void this.#chromium.send('Target.closeTarget', { targetId })
  }

  /** Gives a message to the preload's world of a frame; false where there is none. */
  async tell(frameId: string, message: Params): Promise<boolean> {
    if (
      !(await this.ready.then(
        () => true,
        () => false,
      ))
    )
      return false
    const context = [...this.#worlds].find(([, frame]) => frame === frameId)?.[0]
    if (context === undefined) return false
    const expression = `__standInReceive(${JSON.stringify(message)})`
    return await this.#now('Runtime.evaluate', { expression, contextId: context }).then(
      () => true,
      () => false,
    )
  }

  #now(method: string, params: Params): Promise<Params> {
    return this.#chromium.send(method, params, this.sessionId ?? undefined)
  }

  async #open(preload: string | null, popup?: { targetId: string; sessionId: string }): Promise<void> {
    if (popup === undefined) {
      const created = await this.#chromium.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
      })
      this.targetId = String(created.targetId)
      const attached = await this.#chromium.send('Target.attachToTarget', {
        targetId: this.targetId,
        flatten: true,
      })
      this.sessionId = String(attached.sessionId)
    } else {
      this.targetId = popup.targetId
      this.sessionId = popup.sessionId
    }
    await Promise.all([
      this.#now('Page.enable', {}),
      this.#now('Runtime.enable', {}),
      this.#now('Inspector.enable', {}),
      this.#now('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      ...(preload === null ? [] : this.#install(preload)),
    ])
    const tree = await this.#now('Page.getFrameTree', {})
    // Chromium's own answer: the tree has a root with a frame.
    this.mainFrameId = (tree.frameTree as { frame: { id: string } }).frame.id
    if (popup !== undefined) await this.#now('Runtime.runIfWaitingForDebugger', {})
  }

  #install(preload: string): Promise<Params>[] {
    const { main, isolated } = pageScripts(preload, `standin-${randomBytes(8).toString('hex')}-`)
    return [
      this.#now('Runtime.addBinding', { name: sendBinding, executionContextName: isolatedWorld }),
      this.#now('Page.addScriptToEvaluateOnNewDocument', { source: main }),
      this.#now('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: isolatedWorld }),
    ]
  }

  #listen(): void {
    const events = this.#chromium.events
    const on = (method: string, fn: (params: Params) => void) => {
      events.on(method, (params, sessionId) => {
        if (sessionId !== undefined && sessionId === this.sessionId) fn(params)
      })
    }
    on('Runtime.executionContextCreated', (params) => {
      const context = params.context as { id: number; name: string; auxData?: { frameId?: string } }
      const frameId = context.auxData?.frameId
      if (context.name === isolatedWorld && frameId !== undefined) this.#worlds.set(context.id, frameId)
    })
    on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#worldGone(Number(executionContextId)),
    )
    on('Runtime.executionContextsCleared', () => {
      for (const id of [...this.#worlds.keys()]) this.#worldGone(id)
    })
    on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      const frameId = this.#worlds.get(Number(executionContextId))
      // What the isolated world wrote; the page cannot reach its binding.
      if (frameId !== undefined) this.emit('saying', JSON.parse(String(payload)) as Saying, frameId)
    })
    on('Page.frameRequestedNavigation', ({ frameId }) => this.#askedByPage.add(String(frameId)))
    on('Page.frameNavigated', ({ frame }) => {
      const { id, parentId, url, urlFragment } = frame as Record<string, string | undefined>
      this.#askedByPage.delete(id ?? '')
      this.emit('navigated', { id: id ?? '', parentId: parentId ?? null, url: `${url}${urlFragment ?? ''}` })
    })
    on('Page.navigatedWithinDocument', ({ frameId, url }) =>
      this.emit('navigatedWithin', String(frameId), String(url)),
    )
    on('Page.frameDetached', ({ frameId }) => this.emit('frameDetached', String(frameId)))
    on('Page.domContentEventFired', () => this.emit('domReady'))
    on('Page.loadEventFired', () => this.emit('loaded'))
    on('Inspector.targetCrashed', () => {
      for (const id of [...this.#worlds.keys()]) this.#worldGone(id)
      this.emit('crashed')
    })
    on('Inspector.detached', () => this.emit('gone'))
    on('Fetch.requestPaused', (params) => this.#paused(params))
    on('Page.windowOpen', ({ url }) => {
      this.#wanted.push(String(url))
      this.#pair()
    })
    events.on('Target.attachedToTarget', (params, root) => {
      const { type, targetId, openerId } = params.targetInfo as Record<string, string | undefined>
      if (root !== undefined || type !== 'page' || openerId !== this.targetId || openerId === undefined)
        return
      this.#opened.push({ targetId: targetId ?? '', sessionId: String(params.sessionId) })
      this.#pair()
    })
    events.on('Target.detachedFromTarget', ({ sessionId }) => {
      if (sessionId === this.sessionId) this.emit('gone')
    })
  }

  /** What the page asked for, and the window that Chromium has made of it, come by different ways. */
  #pair(): void {
    const [url, window] = [this.#wanted[0], this.#opened[0]]
    if (url === undefined || window === undefined) return
    this.#wanted.shift()
    this.#opened.shift()
    this.emit('popup', { ...window, url })
  }

  #worldGone(contextId: number): void {
    const frameId = this.#worlds.get(contextId)
    this.#worlds.delete(contextId)
    if (frameId !== undefined) this.emit('worldGone', frameId)
  }

  #paused(params: Params): void {
    const request = params.request as { url: string; urlFragment?: string; method: string }
    const frameId = String(params.frameId)
    this.emit('paused', {
      requestId: String(params.requestId),
      url: `${request.url}${request.urlFragment ?? ''}`,
      method: request.method,
      frameId,
      document: params.resourceType === 'Document',
      redirected: params.redirectedRequestId !== undefined,
      byPage: this.#askedByPage.has(frameId),
    })
  }
}
