import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { getAppCacheDir } from 'electron-updater/out/AppAdapter.js'
import type { Log } from '../../core/host.ts'
import { feedAddress } from './feed-address.ts'
import { ElectronReleases, type Releases } from './releases.ts'
import { freeDisk } from './room.ts'
import { readUpdateKeys } from './signature.ts'
import { installationKind } from './support.ts'
import { Updates, type UpdatesConfig } from './updates.ts'

export interface ThisInstallation {
  isPackaged: boolean
  /** `process.resourcesPath`, where the package's `app-update.yml` is. */
  resourcesPath: string
  /** The folder of the shipped resources, where `update-keys.json` is. */
  resources: string
  platform: string
  arch: string
  env: Readonly<Record<string, string | undefined>>
  freeDisk?: (folder: string) => Promise<number>
}

/** The updates of this installation, not started yet. `MOSTRADOR_UPDATE_FEED` names a mirror. */
export function openUpdates(
  installation: ThisInstallation,
  config: Omit<UpdatesConfig, 'releases'>,
): Updates {
  return new Updates({ ...config, releases: releasesFor(installation, config) })
}

function releasesFor(
  installation: ThisInstallation,
  { clock, log }: Pick<UpdatesConfig, 'clock' | 'log'>,
): Releases | null {
  const { platform, isPackaged, env, arch, resourcesPath, resources } = installation
  const appImage = env.APPIMAGE
  const packaged = readOrNull(join(resourcesPath, 'app-update.yml'))
  const keys = readKeys(join(resources, 'update-keys.json'), log)
  const kind = installationKind({
    platform,
    isPackaged,
    env,
    isAppImageFolderWritable: appImage !== undefined && isWritable(dirname(appImage)),
    hasFeed: packaged !== null,
    keys: keys.length,
  })
  if (kind === null || packaged === null) return null
  const target = kind === 'appimage' && appImage !== undefined ? dirname(appImage) : null
  return new ElectronReleases({
    kind,
    arch,
    address: () => feedAddress(env.MOSTRADOR_UPDATE_FEED, packaged),
    keys,
    folders: target === null ? [getAppCacheDir()] : [getAppCacheDir(), target],
    freeDisk: installation.freeDisk ?? freeDisk,
    clock,
    log,
  })
}

/** No key is believed of a file that is not ours. */
function readKeys(file: string, log: Log): ReturnType<typeof readUpdateKeys> {
  const json = readOrNull(file)
  try {
    return json === null ? [] : readUpdateKeys(json)
  } catch (error) {
    log.error('update.keys_unreadable', { error: error instanceof Error ? error.name : 'unknown' })
    return []
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
