import { app } from 'electron'
import type { Installation } from '../hosting/installation.ts'
import type { OpenedApp } from '../hosting/open-app.ts'
import type { SettingsFile } from './settings.ts'
import { openUpdates } from './updates/open-updates.ts'
import type { Updates } from './updates/updates.ts'

export interface AppUpdatesConfig {
  opened: Pick<OpenedApp, 'app' | 'clock' | 'log'>
  settings: Pick<SettingsFile, 'read' | 'write'>
  installation: Pick<Installation, 'resources'>
  /** Stops the app in order, then calls `install` as its last act; where that answers false it starts anew. */
  quit(install: () => boolean): void
}

/** The updates of the running app, not started yet. */
export function appUpdates({ opened, settings, installation, quit }: AppUpdatesConfig): Updates {
  return openUpdates(
    {
      isPackaged: app.isPackaged,
      resourcesPath: process.resourcesPath,
      resources: installation.resources,
      platform: process.platform,
      arch: process.arch,
      env: process.env,
    },
    {
      settings: {
        read: () => ({ channel: settings.read().updateChannel, automatic: settings.read().updateAutomatic }),
        write: ({ channel, automatic }) =>
          settings.write({ updateChannel: channel, updateAutomatic: automatic }),
      },
      isBusy: () => opened.app.shops.opened().some((shop) => shop.isAnswering),
      quit,
      clock: opened.clock,
      log: opened.log,
    },
  )
}
