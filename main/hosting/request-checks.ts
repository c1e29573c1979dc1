import { createHash, timingSafeEqual } from 'node:crypto'

/** Pure checks of what a request claims. The host listens on 127.0.0.1 alone and knows itself under that name alone. */

export function hostNames(port: number): readonly string[] {
  // Browsers leave the port out where it is the scheme's own.
  return port === 80 ? ['127.0.0.1:80', '127.0.0.1'] : [`127.0.0.1:${port}`]
}

/** Refuses names that point here from outside (DNS rebinding) and other ports. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && hostNames(port).includes(host)
}

/** True for a page of ours: scheme, host and port exactly. A request without an Origin is not from a page of ours. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin !== undefined && hostNames(port).some((name) => origin === `http://${name}`)
}

export function cookieName(instanceId: string): string {
  // Cookies ignore ports: without the instance two hosts on one computer would sign each other out.
  return `mostrador_${instanceId}`
}

export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

export function plainCookie(name: string, value: string, maxAgeSeconds: number): string {
  // No `Secure`: the desk is served over plain HTTP on loopback, where nobody else listens in.
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict`
}

/** Compares a Bearer token in time that does not depend on where it differs. */
export function isBearer(header: string | undefined, token: string): boolean {
  const match = /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(header ?? '')
  if (match?.[1] === undefined) return false
  return timingSafeEqual(digest(match[1]), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
