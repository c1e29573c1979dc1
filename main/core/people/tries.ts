import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { fold } from '../understanding/normalise.ts'

const minute = 60_000

/** Failed tries to sign in under one key: an address of the network, a name, a person, a browser that is known. */
export interface Tries {
  failures: number
  /** ms since the epoch. */
  lastAt: number
  blockedUntil: number
}

export interface TryLimits {
  /** Failures that cost no wait. */
  free: number
  /** No wait is longer, ms. */
  longestMs: number
}

/** Somebody who floods a name must not keep its person out for long, where they are not known (`devices.ts`). */
export const nameLimits: TryLimits = { free: 5, longestMs: 15 * minute }
/** A shop's people may share an address. */
export const addressLimits: TryLimits = { free: 10, longestMs: 60 * minute }
/** Failures are forgotten when none was added for this long. */
export const forgottenAfterMs = 12 * 60 * minute

/** The wait after so many failures, ms: a minute, then twice as long each time. */
export function waitAfter(failures: number, limits: TryLimits): number {
  if (failures < limits.free) return 0
  return Math.min(limits.longestMs, minute * 2 ** Math.min(failures - limits.free, 20))
}

/** How long a key has to wait, ms; 0 when it may try. */
export function remainingWait(tries: Tries | null, now: number): number {
  return tries === null ? 0 : Math.max(0, tries.blockedUntil - now)
}

/** What is known of a key now. A clock that was set back must keep nobody out longer than the wait itself. */
export function asOf(tries: Tries | null, now: number, limits: TryLimits): Tries | null {
  if (tries === null || now - tries.lastAt >= forgottenAfterMs) return null
  if (now >= tries.lastAt) return tries
  return { ...tries, lastAt: now, blockedUntil: now + waitAfter(tries.failures, limits) }
}

/** One more failure. */
export function afterFailure(tries: Tries | null, now: number, limits: TryLimits): Tries {
  const failures = (tries?.failures ?? 0) + 1
  return { failures, lastAt: now, blockedUntil: now + waitAfter(failures, limits) }
}

/** A try that turned out right, or that nobody looked at: it was no failure. */
export function afterSuccess(tries: Tries | null): Tries | null {
  if (tries === null || tries.failures <= 1) return null
  return { ...tries, failures: tries.failures - 1, blockedUntil: 0 }
}

/** A key of the address that a try came from. Who has one IPv6 address has its whole network of 64 bits. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return `address:${plain}`
  const [head = '', tail = ''] = plain.toLowerCase().split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = plain.includes('::') ? [...left, ...gap, ...right] : left
  return `address:${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** A key of a typed name, known or not. Not the name itself: people type passwords into the wrong field. */
export function nameKey(name: string): string {
  return `name:${createHash('sha256').update(signInName(name)).digest('hex').slice(0, 16)}`
}

/** A name as it is compared at the sign-in: without capitals, accents and stray spaces. */
export function signInName(name: string): string {
  return fold(name.normalize('NFKC')).trim().replace(/\s+/gu, ' ')
}
