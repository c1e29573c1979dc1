import { isIPv4, isIPv6 } from 'node:net'
import { DomainError } from '../../errors.ts'
import type { RemoteProvider } from '../account.ts'

const known: Record<Exclude<RemoteProvider, 'custom'>, string> = {
  deepseek: 'https://api.deepseek.com',
  openrouter: 'https://openrouter.ai/api/v1',
}

/**
 * Where a provider is asked, without a slash at the end. Plain http carries key and conversation in the clear: it is
 * taken for this computer and private networks only. Whoever wants more has tunnels for it.
 * @throws DomainError `engine.address`, `engine.address_insecure`
 */
export function serviceAddress(provider: RemoteProvider, baseUrl: string | null | undefined): string {
  const text = (baseUrl ?? '').trim() === '' ? defaultAddress(provider) : (baseUrl ?? '').trim()
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw new DomainError('engine.address')
  // They would be sent along or dropped in silence.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new DomainError('engine.address')
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname))
    throw new DomainError('engine.address_insecure')
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')
  return url.origin + path
}

function defaultAddress(provider: RemoteProvider): string {
  if (provider === 'custom') throw new DomainError('engine.address')
  return known[provider]
}

/** This computer, the network it stands in, and names that only such networks have. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  if (isIPv4(host)) return isPrivateIPv4(host)
  if (isIPv6(host)) {
    const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host)
    if (mapped !== null) return isPrivateIPv4(dotted(mapped[1] ?? '', mapped[2] ?? ''))
    return host === '::1' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host)
  }
  return (
    host === 'localhost' ||
    host === 'host.docker.internal' ||
    !host.includes('.') ||
    /[.](?:localhost|local|lan|internal|home[.]arpa)$/.test(host)
  )
}

function isPrivateIPv4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number)
  return (
    a === 127 ||
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    // Carrier networks and overlay networks such as Tailscale's.
    (a === 100 && b >= 64 && b <= 127)
  )
}

function dotted(high: string, low: string): string {
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}
