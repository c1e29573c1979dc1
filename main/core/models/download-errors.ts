import { DomainError, isDomainError } from '../errors.ts'
import { type Lock, takeLock } from '../storage/lock.ts'
import { SourceError } from './remote-file.ts'

/** Null for what is no trouble of the way: the disk's errors and our own. */
export function asSourceError(error: unknown): SourceError | null {
  if (error instanceof SourceError) return error
  if (error instanceof DomainError || diskCodeOf(error) !== null) return null
  // A connection that could not be made or broke.
  return new SourceError('again', { cause: error })
}

/** What a failed download is called. */
export function toDownloadError(error: unknown, folder: string): DomainError {
  if (error instanceof DomainError) return error
  const code = diskCodeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DomainError('model.no_space', { needed: null, free: 0 }, { cause: error })
  if (code !== null) return new DomainError('shop.no_rights', { path: folder }, { cause: error })
  const status = error instanceof SourceError ? error.status : null
  return new DomainError('model.unreachable', { status }, { cause: error })
}

const diskCodes = 'ENOSPC EDQUOT EACCES EPERM EROFS EIO EISDIR ENOTDIR ENOENT EFBIG EMFILE EBUSY'
const DISK_CODES: ReadonlySet<string> = new Set(diskCodes.split(' '))

function diskCodeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return DISK_CODES.has(code) ? code : null
}

/** For the log: what broke a connection. */
export function causeOf({ cause }: SourceError): string | null {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  return inner === undefined ? null : String(inner)
}

/** @throws DomainError `model.download_running` when another process holds it */
export function takeDownloadLock(file: string): Lock {
  try {
    return takeLock(file)
  } catch (error) {
    throw isDomainError(error, 'shop.locked') ? new DomainError('model.download_running') : error
  }
}
