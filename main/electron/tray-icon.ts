import { join } from 'node:path'
import { nativeImage } from 'electron'
import type { TrayModel } from './tray-model.ts'

/** The file of a tray icon: macOS colours a template by itself, panels on Linux take one of their own size. */
export function trayIconFile(resources: string, icon: TrayModel['icon'], platform: NodeJS.Platform): string {
  const ending = platform === 'darwin' ? 'Template' : platform === 'linux' ? '-linux' : ''
  return join(resources, 'icons', `${icon}${ending}.png`)
}

export function trayIcon(resources: string, icon: TrayModel['icon']): Electron.NativeImage {
  const image = nativeImage.createFromPath(trayIconFile(resources, icon, process.platform))
  if (process.platform === 'darwin') image.setTemplateImage(true)
  return image
}
