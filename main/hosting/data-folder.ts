import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * What this process writes from now on is its user's alone, also in a folder that others may look into. Windows knows no such
 * thing: there the folder's own rights count.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}

/** Where the shops are unless somebody says otherwise: `MOSTRADOR_DATA`, or the system's place for a program's data. */
export function defaultDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.MOSTRADOR_DATA) return resolve(env.MOSTRADOR_DATA)
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Mostrador')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Mostrador')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'mostrador')
}
