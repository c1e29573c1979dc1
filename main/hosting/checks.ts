import { constants, existsSync } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../preload/contract/index.ts'

/** Less free disk than this is worth a warning, bytes. */
const littleSpace = 500 * 1024 * 1024

/** The host's own checks for `doctor`. */
export async function checkHost(dataFolder: string, deskFolder: string): Promise<Check[]> {
  return [
    checkNode(),
    await checkFolder(dataFolder),
    await checkSpace(dataFolder),
    result('desk', existsSync(join(deskFolder, 'index.html')) ? 'ok' : 'failed', 'desk.not_built'),
  ]
}

function checkNode(): Check {
  const major = Number(process.versions.node.split('.')[0])
  return result('node', major >= 24 ? 'ok' : 'failed', 'node.too_old', { version: process.versions.node })
}

async function checkFolder(dataFolder: string): Promise<Check> {
  const allowed = await access(dataFolder, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  return result('data_folder', allowed ? 'ok' : 'failed', 'shop.no_rights', { path: dataFolder })
}

async function checkSpace(dataFolder: string): Promise<Check> {
  const found = await statfs(dataFolder).catch(() => null)
  if (found === null) return result('disk_space', 'warning', 'disk.unknown')
  const free = found.bavail * found.bsize
  return result('disk_space', free < littleSpace ? 'warning' : 'ok', 'storage.full', { free })
}

function result(id: string, state: Check['state'], code: string, data: Check['data'] = {}): Check {
  return { id, shop: null, state, code: state === 'ok' ? null : code, data }
}
