import type { InstallationKind } from './release.ts'

export interface Installation {
  platform: string
  /** False in a checkout. */
  isPackaged: boolean
  env: Readonly<Record<string, string | undefined>>
  /** Whether files can be replaced in the folder of the running AppImage. */
  isAppImageFolderWritable: boolean
  /** Whether the package says where its releases are. */
  hasFeed: boolean
  /** How many keys it believes. */
  keys: number
}

/** How this installation replaces itself; null where something else does (a system's package, a shop of apps, a person). */
export function installationKind(installation: Installation): InstallationKind | null {
  const { platform, isPackaged, env, hasFeed, keys } = installation
  if (!isPackaged || !hasFeed || keys === 0) return null
  if (platform === 'darwin') return 'mac'
  // A copy on a stick is not installed anywhere.
  if (platform === 'win32') return env.PORTABLE_EXECUTABLE_DIR === undefined ? 'nsis' : null
  const isAppImage = platform === 'linux' && env.APPIMAGE !== undefined && env.SNAP === undefined
  return isAppImage && installation.isAppImageFolderWritable ? 'appimage' : null
}
