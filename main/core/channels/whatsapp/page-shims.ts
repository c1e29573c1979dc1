import type { PageWindow } from './page-window.ts'

/**
 * Functions that run in WhatsApp's page. Each is sent there as its own source text: it may use nothing of this module.
 */

/**
 * Sites since July 2026 call a message key's whole text `$1`; the library knows it as `_serialized`, and without it a
 * message that was sent looks as if it were not. Gives keys that name back. Safe to run twice, and before the site is there.
 */
export function shimMessageKeys(): void {
  // The page is WhatsApp's.
  const page = globalThis as unknown as PageWindow
  const until = Date.now() + 120_000
  let asking = false
  const attempt = (): void => {
    try {
      const { prototype } = page.require('WAWebMsgKey')
      if ('_serialized' in prototype) return
      Object.defineProperty(prototype, '_serialized', {
        configurable: true,
        get(this: { $1?: unknown }) {
          if (typeof this.$1 === 'string') return this.$1
          // A site whose own text is made of this name would ask for ever.
          if (asking) return undefined
          asking = true
          try {
            return String(this)
          } finally {
            asking = false
          }
        },
        // Where the site still sets it itself, its own value holds.
        set(value: unknown) {
          Object.defineProperty(this, '_serialized', {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          })
        },
      })
    } catch {
      if (Date.now() < until) setTimeout(attempt, 100)
    }
  }
  const start = (): void => {
    if (page.Debug?.VERSION !== undefined) attempt()
    else if (Date.now() < until) setTimeout(start, 20)
  }
  start()
}

/** Whether a function of that name is in the page. */
export function isExposed(name: string): boolean {
  return name in globalThis
}

/** True for the first who asks in this document: its scripts are put in once. */
export function claimDocument(): boolean {
  const page = globalThis as unknown as PageWindow
  if (page.mostradorDocument?.claimed === true) return false
  page.mostradorDocument = { claimed: true, listening: page.mostradorDocument?.listening ?? false }
  return true
}

export function releaseDocument(): void {
  const page = globalThis as unknown as PageWindow
  if (page.mostradorDocument !== undefined) page.mostradorDocument.claimed = false
}

export function isListening(): boolean {
  const page = globalThis as unknown as PageWindow
  return page.mostradorDocument?.listening === true
}

export function markListening(): void {
  const page = globalThis as unknown as PageWindow
  page.mostradorDocument = { claimed: true, listening: true }
}

/**
 * Stands before the one function through which everything leaves: says when a send is with the site's own client (until
 * then it can be called back) and what came of it. False where the site does not let it.
 */
export function watchSends(): boolean {
  const page = globalThis as unknown as PageWindow
  if (page.mostradorSends !== undefined) return true
  const handed = new Set<string>()
  const cancelled = new Set<string>()
  try {
    const action = page.require('WAWebSendMsgChatAction')
    const original = action.addAndSendMsgToChat
    const watched = (chat: unknown, message: Record<string, unknown>): unknown => {
      const token = message.mostradorSend
      if (typeof token !== 'string') return original.call(action, chat, message)
      delete message.mostradorSend
      if (cancelled.has(token)) throw new Error('mostrador: called back')
      handed.add(token)
      const key = message.id as { _serialized?: string; $1?: string }
      page.mostradorSend?.({ token, stage: 'handed', id: String(key._serialized ?? key.$1 ?? key) })
      const parts = original.call(action, chat, message)
      const result: unknown = Array.isArray(parts) ? parts[1] : undefined
      Promise.resolve(result).then(
        (value: unknown) => {
          const named = typeof value === 'object' && value !== null && 'messageSendResult' in value
          page.mostradorSend?.({
            token,
            stage: 'result',
            result: named ? String(value.messageSendResult) : 'OK',
          })
        },
        (error: unknown) =>
          page.mostradorSend?.({ token, stage: 'threw', error: String(error).slice(0, 200) }),
      )
      return parts
    }
    action.addAndSendMsgToChat = watched
    if (page.require('WAWebSendMsgChatAction').addAndSendMsgToChat !== watched) return false
    page.mostradorSends = { handed, cancelled }
    return true
  } catch {
    return false
  }
}

/** Calls a send back. False when it is with the site's client already. */
export function callBackSend(token: string): boolean {
  const page = globalThis as unknown as PageWindow
  if (page.mostradorSends === undefined || page.mostradorSends.handed.has(token)) return false
  page.mostradorSends.cancelled.add(token)
  return true
}
