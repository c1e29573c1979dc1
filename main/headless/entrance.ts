import { isIP } from 'node:net'
import { isOff } from '../core/mutants.ts'
import { isOwnHost, isOwnOrigin, plainCookie } from '../hosting/request-checks.ts'

/** One of the ways in: plain HTTP on loopback, or HTTPS for the network. They differ in whom they believe. */
export interface Entrance {
  readonly kind: 'loopback' | 'network'
  /** Refuses names that point here from outside (DNS rebinding) and other ports. */
  isOwnHost(host: string | undefined): boolean
  /** Whether a request comes from a page of ours: scheme, host and port as the request itself names them. */
  isOwnOrigin(origin: string | undefined, host: string | undefined): boolean
  /** Where the desk's WebSocket goes, for the content policy; null where the policy cannot name it. */
  socketOrigin(host: string): string | null
  /** Name of the session's cookie, and the beginning of every other one's. */
  readonly cookie: string
  /** A header `Set-Cookie`. */
  setCookie(name: string, value: string, maxAgeSeconds: number): string
}

/** The way in for this computer's own browser. */
export function loopbackEntrance(port: number, cookie: string): Entrance {
  return {
    kind: 'loopback',
    cookie,
    isOwnHost: (host) => isOwnHost(host, port),
    isOwnOrigin: (origin) => isOwnOrigin(origin, port),
    socketOrigin: () => `ws://127.0.0.1:${port}`,
    setCookie: plainCookie,
  }
}

/**
 * The way in for the network. The cookie's prefix has browsers refuse it from anybody else: over plain HTTP, from a
 * sister host, for another path.
 */
export function networkEntrance(isOwnName: (host: string) => boolean, instanceId: string): Entrance {
  const cookie = `__Host-mostrador_${instanceId}`
  return {
    kind: 'network',
    cookie,
    isOwnHost: (host) => host !== undefined && (isOff('access.host_name') || isOwnName(host)),
    isOwnOrigin: (origin, host) => origin !== undefined && host !== undefined && origin === `https://${host}`,
    // An IPv6 address is no source of a content policy; 'self' is what browsers then go by.
    socketOrigin: (host) => (host.startsWith('[') ? null : `wss://${host}`),
    setCookie: (name, value, maxAge) =>
      `${name}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=Strict`,
  }
}

export interface OwnNames {
  /** Addresses of this computer. */
  addresses: readonly string[]
  /** What the computer calls itself. */
  hostName: string
  /** Names that the owner gave, with a port of their own or without. */
  names: readonly string[]
  port: number
}

/**
 * Whether a `Host` header means this computer: one of its addresses, its name, that name in `.local`, `localhost` or a
 * name that the owner gave; on the port that it listens on, which browsers leave out where it is 443.
 */
export function isOwnName(header: string, own: OwnNames): boolean {
  const parsed = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(header)
  const [, name = '', portText] = parsed ?? []
  if (parsed === null) return false
  const port = portText === undefined ? 443 : Number(portText)
  const given = own.names.some((each) => {
    const [eachName, eachPort] = each.split(':')
    return eachName === name.toLowerCase() && (eachPort === undefined ? own.port : Number(eachPort)) === port
  })
  if (given) return true
  if (port !== own.port) return false
  if (name.startsWith('[')) return own.addresses.some((address) => sameAddress(address, name.slice(1, -1)))
  if (isIP(name) !== 0) return own.addresses.includes(name)
  return ownHostNames(own.hostName).includes(name.toLowerCase())
}

/** What the computer is called in its network. */
export function ownHostNames(hostName: string): string[] {
  const name = hostName.toLowerCase()
  const [short = name] = name.split('.')
  return [...new Set(['localhost', name, short, `${short}.local`])].filter((each) => each !== '')
}

function sameAddress(one: string, other: string): boolean {
  return isIP(other) === 6 && isIP(one) === 6 && canonical(one) === canonical(other)
}

function canonical(address: string): string {
  return URL.parse(`http://[${address}]/`)?.hostname ?? address
}
