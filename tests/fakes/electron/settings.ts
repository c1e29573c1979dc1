import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a test says to the stand-in, by environment: it must hold for the next start too. */
export interface StandInSettings {
  /** Journal, control address, keyring and browser profiles lie here. */
  folder: string
  /** `chromium`: windows are real. `none`: windows load nothing and say that they have, for tests that look at none. */
  browser: 'chromium' | 'none'
  packaged: boolean
  /** Electron's `process.resourcesPath`. */
  resourcesPath: string
  version: string
  locale: string
  /** What keeps `safeStorage`'s key. `basic_text` is what Electron calls a key that is none. */
  keyring: 'os' | 'basic_text' | 'none'
  /** Whether `app.relaunch` starts anything; it is written down in any case. */
  relaunches: boolean
  tray: boolean
  notifications: boolean
}

function read(env: NodeJS.ProcessEnv): StandInSettings {
  const folder = env.STANDIN_DIR ?? mkdtempSync(join(tmpdir(), 'electron-standin-'))
  mkdirSync(folder, { recursive: true })
  const keyring = env.STANDIN_KEYRING
  return {
    folder,
    browser: env.STANDIN_BROWSER === 'none' ? 'none' : 'chromium',
    packaged: env.STANDIN_PACKAGED === '1',
    resourcesPath: env.STANDIN_RESOURCES ?? join(folder, 'resources'),
    version: env.STANDIN_VERSION ?? '0.1.0',
    locale: env.STANDIN_LOCALE ?? 'es-ES',
    keyring: keyring === 'none' || keyring === 'basic_text' ? keyring : 'os',
    relaunches: env.STANDIN_RELAUNCH === '1',
    tray: env.STANDIN_TRAY !== 'none',
    notifications: env.STANDIN_NOTIFICATIONS !== 'none',
  }
}

export const standInSettings = read(process.env)
