import { toContractError } from '../api/errors.ts'
import { isDomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'

/** What a request for a file, or with one, is answered when it fails: the contract's error as JSON. */
export function failedRequest(error: unknown, log: Log, what: string): { status: number; data: unknown } {
  return { status: statusOf(error), data: toContractError(error, log, what).data }
}

function statusOf(error: unknown): number {
  if (isDomainError(error, 'session.required')) return 401
  if (isDomainError(error, 'session.origin_refused')) return 403
  if (isDomainError(error, 'upload.too_large')) return 413
  if (isDomainError(error, 'storage.full')) return 507
  return isDomainError(error) ? 400 : 500
}

/** A file's name as a header carries it: percent-encoded. */
export function decodeFileName(header: string | string[] | null | undefined): string {
  const text = Array.isArray(header) ? (header[0] ?? '') : (header ?? '')
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
