import { app, BrowserWindow, type Session, shell, type WebContents } from 'electron'
import type { Log } from '../core/host.ts'
import { mayOpenOutside } from './external-links.ts'
import { deskAddress, isShownFile, isViewerAddress } from './origin.ts'

/** What no page in this app may ever do, whichever window it is in. Called once, before any window is made. */
export function lockDownEverything(log: Pick<Log, 'warn'>): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents, log))
}

/** Camera, microphone, place, notifications, devices, …: the desk asks for none, and what it shows gets none. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
}

function lockDown(contents: WebContents, log: Pick<Log, 'warn'>): void {
  const refuse = (event: Electron.Event, what: string) => {
    event.preventDefault()
    log.warn('window.refused', { what })
  }
  // A reload of the desk is no navigation; everything else leads away from it.
  contents.on('will-navigate', (event) => {
    if (event.url.replace(/#.*$/, '') !== deskAddress) refuse(event, 'navigation')
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !isViewerAddress(event.url)) refuse(event, 'frame')
  })
  contents.on('will-redirect', (event) => refuse(event, 'redirect'))
  contents.on('will-attach-webview', (event) => refuse(event, 'webview'))
  contents.setWindowOpenHandler(({ url }) => {
    if (isShownFile(url)) showFile(url)
    else if (mayOpenOutside(url))
      shell.openExternal(url).catch(() => log.warn('window.refused', { what: 'browser' }))
    else log.warn('window.refused', { what: 'window' })
    return { action: 'deny' }
  })
}

/** A window for one file: no preload, no bridge, no way on. */
function showFile(address: string): void {
  const window = new BrowserWindow({
    width: 900,
    height: 1000,
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      // The viewer for PDFs is one.
      plugins: true,
    },
  })
  void window.loadURL(address).catch(() => window.destroy())
}
