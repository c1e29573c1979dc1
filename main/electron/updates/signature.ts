import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '../../core/errors.ts'
import { isOff } from '../../core/mutants.ts'
import { feedSchema, type Release, signedText } from './release.ts'

const keysSchema = z.object({
  keys: z.array(z.object({ name: z.string(), publicKey: z.base64() })).max(10),
})

/**
 * The public keys of `resources/update-keys.json` (ed25519, SPKI in base64). Several while one replaces another; none in
 * a build that nobody signs for, which then follows no release.
 * @throws when the file is not one of ours
 */
export function readUpdateKeys(json: string): KeyObject[] {
  return keysSchema.parse(JSON.parse(json)).keys.map(({ name, publicKey }) => {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`update key ${name} is no ed25519 key`)
    return key
  })
}

/**
 * What a feed file says, once one of our keys stands for it.
 * @throws DomainError `update.failed` when it is no feed file, `update.signature {version}` when nobody of ours signed it
 */
export function verifiedRelease(feed: unknown, keys: readonly KeyObject[]): Release {
  const parsed = feedSchema.safeParse(feed)
  if (!parsed.success) throw new DomainError('update.failed', { reason: 'feed' })
  const { version, files, signature } = parsed.data
  const release = { version, files: files.map(({ url, size, sha512 }) => ({ url, size, sha512 })) }
  const signatures = typeof signature === 'string' ? [signature] : (signature ?? [])
  const text = Buffer.from(signedText(release))
  const isSigned = signatures.some((one) =>
    keys.some((key) => verify(null, text, key, Buffer.from(one, 'base64'))),
  )
  if (!isSigned && !isOff('updates.signature')) throw new DomainError('update.signature', { version })
  return release
}
