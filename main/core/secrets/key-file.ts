import { createHash, randomBytes } from 'node:crypto'
import { link, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DomainError } from '../errors.ts'
import type { SecretWrapper } from '../host.ts'
import { keyLength, seal, unseal } from './sealing.ts'

const context = 'mostrador shop key'
const label = 'mostrador-key-1'

/**
 * Wraps shop keys with a key kept in a file of its own (0600), for a host without a keychain. Whoever has the file and
 * the data has the secrets: it belongs beside the data, not inside a shop's folder, so that a shop that is copied does
 * not carry it along.
 *
 * The file is made on the first `wrap`, never on `unwrap`. On POSIX systems a file that others can read, a link or a
 * damaged file is refused with `host.secrets_locked` (`reason`: `missing`, `permissions`, `not_a_file`, `damaged`).
 */
export function keyFileWrapper(path: string): SecretWrapper {
  return {
    method: 'keyfile',
    async wrap(key) {
      return seal(await readOrCreate(path), key, context)
    },
    async unwrap(wrapped) {
      const master = await read(path)
      if (master === null) throw locked('missing')
      try {
        return unseal(master, wrapped, context)
      } catch {
        throw locked('damaged')
      }
    },
  }
}

async function readOrCreate(path: string): Promise<Uint8Array> {
  const existing = await read(path)
  if (existing !== null) return existing
  await create(path)
  const created = await read(path)
  if (created === null) throw locked('missing')
  return created
}

async function read(path: string): Promise<Uint8Array | null> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null
    throw locked('unreadable')
  })
  if (stats === null) return null
  if (!stats.isFile()) throw locked('not_a_file')
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) throw locked('permissions')
  const text = await readFile(path, 'utf8').catch(() => {
    throw locked('unreadable')
  })
  return parse(text)
}

/** Writes a temporary file and gives it its name only when it is whole; whoever was first wins. */
async function create(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(format(randomBytes(keyLength)))
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(temporary, path)
  } catch (error) {
    if (isCode(error, 'EEXIST')) return
    // A file system without hard links (exFAT): the short race that is left costs nothing but a second wrap.
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
  await syncFolder(dirname(path))
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function format(key: Uint8Array): string {
  return `${label} ${Buffer.from(key).toString('base64')} ${checksum(key)}\n`
}

function parse(text: string): Uint8Array {
  const [name, encoded, sum, ...rest] = text.trim().split(' ')
  const key = Buffer.from(encoded ?? '', 'base64')
  if (name !== label || key.length !== keyLength || rest.length > 0 || sum !== checksum(key)) {
    throw locked('damaged')
  }
  return key
}

/** Tells a damaged file from a wrong one; eight hex digits of a hash say nothing useful about 256 random bits. */
function checksum(key: Uint8Array): string {
  return createHash('sha256').update(label).update(key).digest('hex').slice(0, 8)
}

function locked(reason: string): DomainError {
  return new DomainError('host.secrets_locked', { method: 'keyfile', reason })
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
