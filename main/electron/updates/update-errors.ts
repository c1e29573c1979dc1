import { DomainError } from '../../core/errors.ts'

const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])
const disk: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOENT',
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
])
/** What electron-updater says of a feed file it cannot use; of one that is no list at all it says a TypeError. */
const unusable = /^ERR_UPDATER_(?!CHANNEL_FILE_NOT_FOUND)/

/** What went wrong with a release, as a code for people. What is none of the known ones is trouble of the way. */
export function toUpdateError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const because = { cause: error }
  if (code === 'ERR_CHECKSUM_MISMATCH') return new DomainError('update.checksum', {}, because)
  if (full.has(code)) return new DomainError('update.no_space', {}, because)
  if (disk.has(code)) return new DomainError('update.failed', { reason: code }, because)
  const isRubbish = unusable.test(code) || error instanceof TypeError
  if (isRubbish) return new DomainError('update.failed', { reason: 'feed' }, because)
  return new DomainError('update.unreachable', {}, because)
}
