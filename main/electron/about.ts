import { join } from 'node:path'
import { app } from 'electron'
import type { Installation } from '../hosting/installation.ts'

/** Under this name Windows shows notifications and the taskbar's entry; the installer's shortcut has it too. */
const windowsId = 'app.mostrador.desktop'

/** What the system knows of the app. */
export function introduceApp({ version, resources }: Installation): void {
  if (process.platform === 'win32') app.setAppUserModelId(windowsId)
  app.setAboutPanelOptions({
    applicationName: 'Mostrador',
    applicationVersion: version,
    copyright: '© 2026 The Mostrador authors. MIT',
    iconPath: join(resources, 'icons', 'icon.png'),
  })
}
