import { randomBytes, scrypt } from 'node:crypto'
import { DomainError } from '../errors.ts'
import type { SecretWrapper } from '../host.ts'
import { keyLength, seal, unseal } from './sealing.ts'

const context = 'mostrador shop key'
const saltLength = 16
/** OWASP's password storage cheat sheet (scrypt): N = 2^17, r = 8, p = 1; about 128 MiB and a third of a second. */
const defaultCostLog2 = 17
const blockSize = 8
/** A tampered blob must not be able to ask for more memory than this (2^20 · 8 · 128 bytes = 1 GiB). */
const maximumCostLog2 = 20

/**
 * Wraps shop keys with a key made from a passphrase (scrypt). Blob: one byte log2(N), 16 of salt, then the sealed key.
 * A wrong passphrase gives `host.secrets_locked` with `reason: 'passphrase'`.
 */
export function passphraseWrapper(passphrase: string, costLog2 = defaultCostLog2): SecretWrapper {
  if (passphrase === '')
    throw new DomainError('host.secrets_locked', { method: 'passphrase', reason: 'empty' })
  return {
    method: 'passphrase',
    async wrap(key) {
      const salt = randomBytes(saltLength)
      const master = await derive(passphrase, salt, costLog2)
      return Buffer.concat([Uint8Array.of(costLog2), salt, seal(master, key, context)])
    },
    async unwrap(wrapped) {
      const cost = wrapped[0] ?? 0
      if (cost < 1 || cost > maximumCostLog2 || wrapped.length <= 1 + saltLength) {
        throw new DomainError('host.secrets_locked', { method: 'passphrase', reason: 'damaged' })
      }
      const master = await derive(passphrase, wrapped.subarray(1, 1 + saltLength), cost)
      try {
        return unseal(master, wrapped.subarray(1 + saltLength), context)
      } catch {
        throw new DomainError('host.secrets_locked', { method: 'passphrase', reason: 'passphrase' })
      }
    },
  }
}

function derive(passphrase: string, salt: Uint8Array, costLog2: number): Promise<Uint8Array> {
  const N = 2 ** costLog2
  const options = { N, r: blockSize, p: 1, maxmem: 256 * N * blockSize }
  return new Promise((resolve, reject) => {
    // NFKC: the same passphrase typed on two keyboards is the same passphrase.
    scrypt(passphrase.normalize('NFKC'), salt, keyLength, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
