import { EventEmitter } from 'node:events'
import { originOf, toPage } from './addresses.ts'
import { note } from './journal.ts'
import type { Page } from './page.ts'
import { type Protocol, protocol } from './protocol.ts'

type Check = (
  contents: unknown,
  permission: string,
  origin: string,
  details: Record<string, unknown>,
) => boolean
type Ask = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: Record<string, unknown>,
) => void
interface RequestDetails {
  url: string
  method: string
  resourceType: string
  webContentsId: number
}
interface RequestAnswer {
  cancel?: boolean
  redirectURL?: string
}
type BeforeRequest = (details: RequestDetails, callback: (answer: RequestAnswer) => void) => void

/** Electron's name of a permission, and what Chromium calls it. */
const permissions: readonly (readonly [electron: string, chromium: string])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
]

class WebRequest {
  #before: BeforeRequest | null = null

  onBeforeRequest(...args: [BeforeRequest | null] | [unknown, BeforeRequest | null]): void {
    const listener = args.length === 1 ? args[0] : args[1]
    this.#before = listener
  }

  onBeforeSendHeaders(): void {}
  onHeadersReceived(): void {}
  onCompleted(): void {}
  onErrorOccurred(): void {}

  /** The stand-in's own. */
  async before(details: RequestDetails): Promise<RequestAnswer> {
    const listener = this.#before
    if (listener === null) return {}
    return await new Promise((resolve) => listener(details, resolve))
  }
}

export class Session extends EventEmitter {
  readonly protocol: Protocol = protocol
  readonly webRequest = new WebRequest()
  #check: Check | null = null
  #ask: Ask | null = null
  readonly #decided = new Set<string>()

  static readonly defaultSession = new Session()
  static readonly #partitions = new Map<string, Session>()

  static fromPartition(partition: string): Session {
    const known = Session.#partitions.get(partition) ?? new Session()
    Session.#partitions.set(partition, known)
    return known
  }

  setPermissionCheckHandler(handler: Check | null): void {
    this.#check = handler
    this.#decided.clear()
  }

  setPermissionRequestHandler(handler: Ask | null): void {
    this.#ask = handler
    this.#decided.clear()
  }

  setDevicePermissionHandler(handler: ((details: unknown) => boolean) | null): void {
    note('session.devicePermissionHandler', {
      set: handler !== null,
      allows: handler?.({ deviceType: 'usb', origin: 'app://desk' }) === true,
    })
  }

  setDisplayMediaRequestHandler(): void {}
  setUSBProtectedClassesHandler(
    handler: ((details: { protectedClasses: string[] }) => string[]) | null,
  ): void {
    const protectedClasses = ['hid', 'mass-storage', 'smart-card']
    note('session.usbProtectedClasses', { left: handler?.({ protectedClasses }) ?? protectedClasses })
  }
  setBluetoothPairingHandler(): void {}
  setCertificateVerifyProc(): void {}
  setSpellCheckerEnabled(on: boolean): void {
    note('session.spellChecker', { on })
  }
  setSpellCheckerLanguages(): void {}
  setSpellCheckerDictionaryDownloadURL(): void {}
  setUserAgent(): void {}
  setPreloads(): void {}
  setDownloadPath(): void {}
  getUserAgent(): string {
    return 'Electron/45.4.1'
  }
  clearCache(): Promise<void> {
    return Promise.resolve()
  }
  clearStorageData(): Promise<void> {
    return Promise.resolve()
  }
  closeAllConnections(): Promise<void> {
    return Promise.resolve()
  }
  setProxy(): Promise<void> {
    return Promise.resolve()
  }
  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT')
  }
  flushStorageData(): void {}

  /**
   * The stand-in's own. Chromium tells nobody by CDP when a page asks, so the product's handlers are asked before an
   * origin is shown, and what they say is what the page finds. Without handlers Electron grants.
   */
  async decidePermissions(url: string, contents: unknown, page: Page): Promise<void> {
    const origin = originOf(url)
    if (origin === 'null' || this.#decided.has(origin)) return
    this.#decided.add(origin)
    for (const [permission, name] of permissions) {
      const details = {
        requestingUrl: url,
        isMainFrame: true,
        securityOrigin: origin,
        mediaTypes: [],
        mediaType: 'unknown',
      }
      const checked = this.#check?.(contents, permission, origin, details) ?? true
      const ask = this.#ask
      const granted =
        ask === null || (await new Promise<boolean>((resolve) => ask(contents, permission, resolve, details)))
      const setting = checked && granted ? 'granted' : 'denied'
      await page
        .send('Browser.setPermission', { permission: { name }, setting, origin: originOf(toPage(url)) })
        .catch((error: unknown) => note('permission.failed', { name, error: String(error) }))
      note('permission', { permission, origin, setting })
    }
  }
}
