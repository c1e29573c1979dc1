import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM: one byte of version, 12 of nonce, 16 of tag, then the ciphertext. */
const version = 1
const nonceLength = 12
const tagLength = 16
const headerLength = 1 + nonceLength + tagLength

/** Bytes of every key in this folder. */
export const keyLength = 32

/**
 * Seals `plain` under a 32-byte key. `context` is authenticated, not stored: a blob that was moved to another
 * place does not open there.
 */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(context, 'utf8'))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body])
}

/** Opens what `seal` made. Throws a plain Error when key, context or a single bit differs. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  if (sealed.length < headerLength || sealed[0] !== version) throw new Error('not a sealed blob')
  const nonce = sealed.subarray(1, 1 + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(sealed.subarray(1 + nonceLength, headerLength))
  return Buffer.concat([decipher.update(sealed.subarray(headerLength)), decipher.final()])
}
