import { DomainError } from '../../core/errors.ts'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Where releases are: `MOSTRADOR_UPDATE_FEED` (a mirror, a test), else what the package's `app-update.yml` says.
 * @throws DomainError `update.failed` for an address over which anybody on the way could answer
 */
export function feedAddress(override: string | undefined, packaged: string): string {
  const address = override || (/^url:\s*['"]?([^'"\s]+)['"]?\s*$/m.exec(packaged)?.[1] ?? '')
  const url = URL.canParse(address) ? new URL(address) : null
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
  if (url === null || !isSafe || url.username !== '')
    throw new DomainError('update.failed', { reason: 'address' })
  return url.href
}
