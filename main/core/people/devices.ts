import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { PasswordHash } from './password-hash.ts'

/**
 * A browser in which people have signed in before, as its cookie says: a random name and a proof for each of them. Whoever
 * shows a person's proof has tries of their own, so that a stranger who guesses at a name keeps nobody out of it (OWASP's
 * device cookies).
 */
export interface Device {
  id: string
  proofs: readonly string[]
}

/** People of one browser that are remembered: a tablet behind the counter is everybody's. */
const mostPeople = 8
const idPattern = /^[\w-]{22}$/
const proofPattern = /^[\w-]{43}$/

/** What a cookie says; null for none and for what is none of ours. Whether it is true, `isKnownTo` tells. */
export function readDevice(cookie: string | null | undefined): Device | null {
  const [id = '', ...proofs] = (cookie ?? '').split('.')
  const isOurs = proofs.length > 0 && proofs.length <= mostPeople && idPattern.test(id)
  return isOurs && proofs.every((proof) => proofPattern.test(proof)) ? { id, proofs } : null
}

/** Whether that person has signed in there with the password that they have now. */
export function isKnownTo(device: Device, personId: string, password: PasswordHash): boolean {
  return device.proofs.includes(proof(device.id, personId, password))
}

/** The cookie after that person has signed in there; whoever did so before is remembered as well. */
export function rememberedAt(device: Device | null, personId: string, password: PasswordHash): string {
  const { id, proofs } = device ?? { id: randomBytes(16).toString('base64url'), proofs: [] }
  const own = proof(id, personId, password)
  return [id, own, ...proofs.filter((other) => other !== own).slice(0, mostPeople - 1)].join('.')
}

/** Under which a person's tries there are counted. */
export function deviceKey(device: Device, personId: string): string {
  return `device:${createHash('sha256').update(`${device.id} ${personId}`).digest('hex').slice(0, 32)}`
}

/** Keyed with what is kept of the password, which never leaves: nobody else can make one, and a new password ends it. */
function proof(id: string, personId: string, password: PasswordHash): string {
  return createHmac('sha256', password.hash).update(`device ${id} ${personId}`).digest('base64url')
}
