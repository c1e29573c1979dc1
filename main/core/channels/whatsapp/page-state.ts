import type { PageWid, PageWindow } from './page-window.ts'

/** Functions that run in WhatsApp's page, each sent there as its own source text. */

/** What a look at the page says. */
export interface PageState {
  /** The socket's state as the site names it; `LOADING` before there is one. */
  state: string
  hasSynced: boolean
  /** The library's functions are in the page. */
  injected: boolean
  /** The library can be asked to look again. */
  hooked: boolean
  /** The library listens to messages. */
  listening: boolean
}

export function probePage(): PageState {
  const page = globalThis as unknown as PageWindow
  let state = 'LOADING'
  let hasSynced = false
  try {
    const { Socket } = page.require('WAWebSocketModel')
    state = String(Socket.state ?? 'LOADING')
    hasSynced = Socket.hasSynced === true
  } catch {
    // The site's scripts are not there yet.
  }
  return {
    state,
    hasSynced,
    injected: page.WWebJS !== undefined,
    hooked: typeof page.onAppStateHasSyncedEvent === 'function',
    listening: page.mostradorDocument?.listening === true,
  }
}

export function refreshCode(): void {
  const page = globalThis as unknown as PageWindow
  page.require('WAWebCmd').Cmd.refreshQR()
}

export function takeOver(): void {
  const page = globalThis as unknown as PageWindow
  page.require('WAWebSocketModel').Socket.takeover()
}

/** Not awaited: the library's answer may never come. */
export function lookAgain(): void {
  const page = globalThis as unknown as PageWindow
  void page.onAppStateHasSyncedEvent?.()
}

/**
 * A restored account may be synced before the library listens: then it would wait for ever. Asks it to look, when it has
 * had the time to notice by itself.
 */
export function noticeSync(): void {
  const page = globalThis as unknown as PageWindow
  setTimeout(() => {
    const { Socket } = page.require('WAWebSocketModel')
    if (Socket.state === 'CONNECTED' && Socket.hasSynced === true && page.WWebJS === undefined) {
      void page.onAppStateHasSyncedEvent?.()
    }
  }, 1500)
}

export async function showTyping(order: { chatId: string; on: boolean }): Promise<void> {
  const page = globalThis as unknown as PageWindow
  await page.WWebJS?.sendChatstate(order.on ? 'typing' : 'stop', order.chatId)
}

export async function logOut(): Promise<void> {
  const page = globalThis as unknown as PageWindow
  await page.require('WAWebSocketModel').Socket.logout()
}

/** The account itself: ids as the site writes them. */
export interface PageMe {
  name: string
  phoneId: string | null
  lid: string | null
}

export function readMe(): PageMe {
  const page = globalThis as unknown as PageWindow
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read()
    } catch {
      return undefined
    }
  }
  const idOf = (wid: PageWid | null | undefined): string | null =>
    wid === null || wid === undefined ? null : (wid._serialized ?? String(wid))
  return {
    name: String(attempt(() => page.require('WAWebConnModel').Conn.pushname) ?? ''),
    phoneId: idOf(attempt(() => page.require('WAWebUserPrefsMeUser').getMaybeMePnUser())),
    lid: idOf(attempt(() => page.require('WAWebUserPrefsMeUser').getMaybeMeLidUser())),
  }
}
