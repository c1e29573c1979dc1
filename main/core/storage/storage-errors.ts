import { DomainError } from '../errors.ts'

/** Turns what SQLite says into a domain error; anything else comes back unchanged. */
export function toStorageError(error: unknown): unknown {
  const code = sqliteCode(error)
  if (code === undefined) return error
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR'))
    return new DomainError('storage.full', { code }, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM'))
    return new DomainError('storage.read_only', { code }, { cause: error })
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new DomainError('shop.damaged', { code }, { cause: error })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new DomainError('shop.locked', { code }, { cause: error })
  if (code.startsWith('SQLITE_CONSTRAINT')) return error
  return new DomainError('storage.failed', { code }, { cause: error })
}

/**
 * Turns what the file system refuses into a domain error: `shop.no_rights {path}` or `storage.full`; anything else
 * comes back unchanged.
 */
export function toFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof DomainError || typeof code !== 'string') return error
  if (noRights.has(code)) return new DomainError('shop.no_rights', { path }, { cause: error })
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DomainError('storage.full', { code }, { cause: error })
  return error
}

const noRights: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error.code.startsWith('SQLITE_') ? error.code : undefined
}
