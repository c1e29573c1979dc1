import type { PageWindow } from './page-window.ts'

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
  const users = page.require('WAWebUserPrefsMeUser')
  const phone = users.getMaybeMePnUser()
  const lid = users.getMaybeMeLidUser()
  return {
    name: String(page.require('WAWebConnModel').Conn.pushname ?? ''),
    phoneId: phone === undefined || phone === null ? null : String(phone),
    lid: lid === undefined || lid === null ? null : String(lid),
  }
}
