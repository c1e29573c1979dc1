/**
 * What runs in a page before anything else does. Two worlds that share the document: the page's own, and the preload's.
 * They speak by events on the window whose name only they know; events are told at once, so calls answer at once.
 */

export interface Scripts {
  main: string
  isolated: string
}

export const isolatedWorld = 'Electron Isolated Context'
export const sendBinding = '__standInSend'

/** `preload`: CommonJS, as a sandboxed preload is. */
export function pageScripts(preload: string, token: string): Scripts {
  return {
    main: `(${mainWorld})(${JSON.stringify(token)})`,
    isolated: `(${isolated})(${JSON.stringify(token)}, ${JSON.stringify(sendBinding)}, function (require, module, exports, process) {${preload}\n})`,
  }
}

/** In the page's own world: shows what `contextBridge` exposes. */
const mainWorld = `function (token) {
  if (window.top !== window) return
  const dispatch = EventTarget.prototype.dispatchEvent.bind(window)
  const listen = EventTarget.prototype.addEventListener.bind(window)
  const { parse, stringify } = JSON
  const build = (node) => {
    if (node.f !== undefined) return (...args) => call(node.f, args)
    if (node.o !== undefined) return Object.freeze(Object.fromEntries(node.o.map(([key, value]) => [key, build(value)])))
    return node.v
  }
  let answer
  listen(token + 'answer', (event) => { answer = parse(event.detail) })
  const call = (id, args) => {
    answer = undefined
    dispatch(new CustomEvent(token + 'call', { detail: stringify({ id, args }) }))
    if (answer === undefined) throw new Error('the preload is gone')
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.value
  }
  listen(token + 'expose', (event) => {
    const { name, api } = parse(event.detail)
    Object.defineProperty(window, name, { value: build(api), enumerable: true })
  })
}`

/** In the preload's world: \`electron\` for the preload, and its messages and ports to the main process. */
const isolated = `function (token, bindingName, preload) {
  if (window.top !== window) return
  const binding = globalThis[bindingName]
  const send = (message) => binding(JSON.stringify({ url: location.href, ...message }))
  const bytes = (data) => {
    const view = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    let text = ''
    for (const byte of view) text += String.fromCharCode(byte)
    return btoa(text)
  }
  const encode = (data) =>
    typeof data === 'string' ? ['s', data]
    : data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? ['b', bytes(data)]
    : ['j', data === undefined ? null : data]
  const decode = ([kind, value]) => kind === 'b' ? Uint8Array.from(atob(value), (each) => each.charCodeAt(0)).buffer : value

  const ports = new Map()
  const keep = (id, port) => {
    ports.set(id, port)
    port.onmessage = (event) => send({ kind: 'port', id, data: encode(event.data) })
    port.onclose = () => { if (ports.delete(id)) send({ kind: 'portClosed', id }) }
  }
  let lastId = 0
  const transfer = (list) => (list ?? []).map((port) => {
    const id = 'page' + ++lastId
    keep(id, port)
    return id
  })

  const listeners = new Map()
  const invoked = new Map()
  const of = (channel) => listeners.get(channel) ?? listeners.set(channel, []).get(channel)
  const ipcRenderer = {
    on: (channel, fn) => { of(channel).push({ fn }); return ipcRenderer },
    once: (channel, fn) => { of(channel).push({ fn, once: true }); return ipcRenderer },
    off: (channel, fn) => { listeners.set(channel, of(channel).filter((each) => each.fn !== fn)); return ipcRenderer },
    removeAllListeners: (channel) => { channel === undefined ? listeners.clear() : listeners.delete(channel); return ipcRenderer },
    send: (channel, ...args) => send({ kind: 'send', channel, args }),
    postMessage: (channel, message, list) => send({ kind: 'send', channel, args: [message], ports: transfer(list) }),
    invoke: (channel, ...args) => new Promise((resolve, reject) => {
      const id = ++lastId
      invoked.set(id, { resolve, reject })
      send({ kind: 'invoke', id, channel, args })
    }),
  }
  ipcRenderer.addListener = ipcRenderer.on
  ipcRenderer.removeListener = ipcRenderer.off

  globalThis.__standInReceive = (message) => {
    if (message.kind === 'port') return ports.get(message.id)?.postMessage(decode(message.data))
    if (message.kind === 'portClosed') {
      const port = ports.get(message.id)
      ports.delete(message.id)
      return port?.close()
    }
    if (message.kind === 'answer') {
      const waiting = invoked.get(message.id)
      invoked.delete(message.id)
      if (message.error === undefined) waiting?.resolve(message.value)
      else waiting?.reject(new Error(message.error))
      return
    }
    const given = message.ports.map((id) => {
      const { port1, port2 } = new MessageChannel()
      keep(id, port2)
      return port1
    })
    const event = { sender: ipcRenderer, senderId: 0, ports: given, preventDefault: () => undefined }
    const current = of(message.channel)
    listeners.set(message.channel, current.filter((each) => !each.once))
    for (const { fn } of current) fn(event, ...message.args)
  }

  const exposed = []
  const describe = (value) => {
    if (typeof value === 'function') return { f: exposed.push(value) - 1 }
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { o: Object.entries(value).map(([key, each]) => [key, describe(each)]) }
    return { v: value }
  }
  const dispatch = (name, detail) => window.dispatchEvent(new CustomEvent(token + name, { detail: JSON.stringify(detail) }))
  window.addEventListener(token + 'call', (event) => {
    const { id, args } = JSON.parse(event.detail)
    try {
      dispatch('answer', { value: exposed[id](...args) })
    } catch (error) {
      dispatch('answer', { error: String(error?.message ?? error) })
    }
  })
  const contextBridge = { exposeInMainWorld: (name, api) => { dispatch('expose', { name, api: describe(api) }) } }
  const webFrame = { setZoomFactor: () => undefined, getZoomFactor: () => 1, setVisualZoomLevelLimits: () => undefined }
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer, webFrame }
    throw new Error('module not found: ' + name)
  }
  const userAgent = navigator.userAgent
  const platform = /Windows/.test(userAgent) ? 'win32' : /Mac/.test(userAgent) ? 'darwin' : 'linux'
  const module = { exports: {} }
  preload(require, module, module.exports, { platform, argv: [], env: {}, versions: {}, sandboxed: true, contextIsolated: true, type: 'renderer' })
}`
