import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { BrowserWindow, onAllClosed, onWindowEvent, prepareBrowser } from './browser-window.ts'
import { listenForControl } from './control.ts'
import { takeInstanceLock } from './instance-lock.ts'
import { note, onAct, onView } from './journal.ts'
import { preventable } from './preventable.ts'
import { noMorePrivileges } from './protocol.ts'
import { standInSettings } from './settings.ts'
import { onWebContents } from './web-contents.ts'

class App extends EventEmitter {
  name = 'Mostrador'
  readonly isPackaged = standInSettings.packaged
  badgeCount = 0
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => note('app.switch', { name, value }),
    appendArgument: () => undefined,
    hasSwitch: (name: string) =>
      process.argv.some((each) => each === `--${name}` || each.startsWith(`--${name}=`)),
    getSwitchValue: (name: string) =>
      process.argv.find((each) => each.startsWith(`--${name}=`))?.split('=')[1] ?? '',
    removeSwitch: () => undefined,
  }
  readonly #paths = new Map<string, string>()
  readonly #protocols = new Set<string>()
  readonly #ready = Promise.withResolvers<void>()
  #state: 'new' | 'starting' | 'ready' = 'new'
  #quitting = false
  #exited = false
  #relaunch: string[] | null = null
  #freeLock: (() => void) | null = null
  #loginItem: Electron.Settings = {}

  /** Electron waits with `ready` until the main module has run; here it waits until somebody asks for it. */
  whenReady(): Promise<void> {
    this.#start()
    return this.#ready.promise
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    if (event === 'ready') this.#start()
    // Node's listeners take `any[]`.
    return super.on(event, listener as (...args: unknown[]) => void)
  }

  override once(event: string, listener: (...args: never[]) => void): this {
    if (event === 'ready') this.#start()
    return super.once(event, listener as (...args: unknown[]) => void)
  }

  isReady(): boolean {
    return this.#state === 'ready'
  }

  quit(): void {
    if (this.#quitting) return
    note('app.quit')
    this.#quitting = true
    const before = preventable()
    this.emit('before-quit', before)
    for (const window of before.defaultPrevented ? [] : BrowserWindow.getAllWindows()) window.close()
    const stays = before.defaultPrevented || BrowserWindow.getAllWindows().length > 0
    if (stays) {
      note('app.quitPrevented')
      this.#quitting = false
      return
    }
    const will = preventable()
    this.emit('will-quit', will)
    this.#quitting = false
    if (will.defaultPrevented) note('app.quitPrevented')
    else this.#end(0)
  }

  exit(code = 0): void {
    this.#end(code)
  }

  relaunch(options: { args?: string[]; execPath?: string } = {}): void {
    const args = options.args ?? process.argv.slice(1)
    this.#relaunch = args
    note('app.relaunch', { args })
  }

  requestSingleInstanceLock(data: unknown = null): boolean {
    if (this.#freeLock !== null) return true
    const letter = { argv: process.argv, cwd: process.cwd(), data }
    this.#freeLock = takeInstanceLock(this.getPath('userData'), letter, (second) => {
      note('app.secondInstance', { argv: second.argv })
      this.emit('second-instance', preventable(), second.argv, second.cwd, second.data)
    })
    note('app.lock', { taken: this.#freeLock !== null })
    return this.#freeLock !== null
  }

  hasSingleInstanceLock(): boolean {
    return this.#freeLock !== null
  }

  releaseSingleInstanceLock(): void {
    this.#freeLock?.()
    this.#freeLock = null
  }

  getPath(name: string): string {
    const set = this.#paths.get(name)
    if (set !== undefined) return set
    if (name === 'home') return homedir()
    if (name === 'temp') return tmpdir()
    if (name === 'exe') return process.execPath
    const appData = join(standInSettings.folder, 'appData')
    if (name === 'appData') return appData
    const userData = join(appData, this.name)
    const path =
      name === 'userData' || name === 'sessionData'
        ? userData
        : name === 'logs'
          ? join(userData, 'logs')
          : join(standInSettings.folder, name)
    mkdirSync(path, { recursive: true })
    return path
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error('Failed to set path')
    this.#paths.set(name, path)
  }

  getAppPath(): string {
    return process.env.STANDIN_APP_PATH ?? dirname(process.argv[1] ?? '.')
  }

  getVersion(): string {
    return standInSettings.version
  }
  getName(): string {
    return this.name
  }
  setName(name: string): void {
    this.name = name
  }
  getLocale(): string {
    return standInSettings.locale
  }
  getSystemLocale(): string {
    return standInSettings.locale
  }
  getPreferredSystemLanguages(): string[] {
    return [standInSettings.locale]
  }
  getLocaleCountryCode(): string {
    return standInSettings.locale.split('-')[1] ?? ''
  }
  getAppMetrics(): Electron.ProcessMetric[] {
    return []
  }
  getGPUFeatureStatus(): Record<string, string> {
    return {}
  }
  disableHardwareAcceleration(): void {}
  enableSandbox(): void {
    note('app.enableSandbox')
  }
  setAppUserModelId(id: string): void {
    note('app.userModelId', { id })
  }
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {
    note('app.aboutPanel')
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count
    note('app.badge', { count })
    return true
  }
  getBadgeCount(): number {
    return this.badgeCount
  }
  focus(): void {
    note('app.focus')
  }
  show(): void {}
  hide(): void {}
  isHidden(): boolean {
    return false
  }
  readonly dock = {
    hide: () => undefined,
    show: () => Promise.resolve(),
    setMenu: () => undefined,
    setBadge: () => undefined,
    setIcon: () => undefined,
    bounce: () => 0,
  }
  isInApplicationsFolder(): boolean {
    return true
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem = settings
    note('app.loginItem', { ...settings })
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const { openAtLogin = false } = this.#loginItem
    return {
      openAtLogin,
      wasOpenedAtLogin: process.env.STANDIN_AT_LOGIN === '1',
      status: 'enabled',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    }
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.#protocols.add(scheme)
    note('app.defaultProtocolClient', { scheme })
    return true
  }
  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.delete(scheme)
  }
  isDefaultProtocolClient(scheme: string): boolean {
    return this.#protocols.has(scheme)
  }

  #start(): void {
    if (this.#state !== 'new') return
    this.#state = 'starting'
    setImmediate(async () => {
      await prepareBrowser()
      listenForControl()
      noMorePrivileges()
      this.#state = 'ready'
      note('app.ready')
      this.#ready.resolve()
      this.emit('ready', preventable(), {})
    })
  }

  #end(code: number): void {
    if (this.#exited) return
    this.#exited = true
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    this.emit('quit', preventable(), code)
    note('app.exit', { code })
    this.releaseSingleInstanceLock()
    const args = this.#relaunch
    if (args !== null && standInSettings.relaunches) {
      const script = standInSettings.packaged ? [process.env.STANDIN_MAIN ?? ''] : []
      const env = { ...process.env, STANDIN_LOCK_WAIT: '5000' }
      const child = spawn(process.execPath, [...process.execArgv, ...script, ...args], {
        stdio: 'inherit',
        detached: true,
        env,
      })
      child.unref()
      note('app.relaunched', { pid: child.pid, args })
    }
    process.exit(code)
  }
}

export const app = new App()

onWebContents((contents) => {
  contents.on('render-process-gone', (event, details) =>
    app.emit('render-process-gone', event, contents, details),
  )
  app.emit('web-contents-created', preventable(), contents)
})
onWindowEvent((kind, window) => app.emit(`browser-window-${kind}`, preventable(), window))
onAllClosed(() => {
  if (app.listenerCount('window-all-closed') === 0) app.quit()
  else app.emit('window-all-closed')
})
// Electron quits for these where nobody listens.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => process.listenerCount(signal) === 1 && app.quit())

onAct('app.quit', () => {
  setImmediate(() => app.quit())
})
onAct('app.emit', ({ event, args }) => {
  const prevented = preventable()
  const list: unknown[] = Array.isArray(args) ? args : []
  app.emit(String(event), prevented, ...list)
  return { prevented: prevented.defaultPrevented }
})
onView('app', () => ({
  pid: process.pid,
  ready: app.isReady(),
  loginItem: app.getLoginItemSettings(),
  badge: app.badgeCount,
}))
