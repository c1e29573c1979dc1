/** The module that the product gets as `electron`, in its main process. */
import './page-acts.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc.ts'
export { Menu, MenuItem, Tray } from './menus.ts'
export { autoUpdater, net } from './net.ts'
export { dialog, Notification } from './notices.ts'
export { MessageChannelMain } from './ports.ts'
export { protocol } from './protocol.ts'
export { safeStorage } from './safe-storage.ts'
export { Session as session } from './session.ts'
export {
  clipboard,
  crashReporter,
  globalShortcut,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
  systemPreferences,
} from './system.ts'
export { utilityProcess } from './utility-process.ts'
export { WebContents as webContents } from './web-contents.ts'
