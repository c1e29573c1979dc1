import { randomBytes, timingSafeEqual } from 'node:crypto'
import { DomainError, isDomainError } from '../errors.ts'
import type { SecretWrapper } from '../host.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { SecretsRepository, type WrappedKey } from './repository.ts'
import { keyLength, seal, unseal } from './sealing.ts'

export { keyFileWrapper } from './key-file.ts'
export { passphraseWrapper } from './passphrase.ts'

/**
 * A shop's secrets (bot tokens, keys of remote models). Each is sealed with AES-256-GCM under the shop's own random
 * key, bound to its id; the host wraps that key in its own way. What is opened here must never reach a log or the desk.
 */
export class Secrets {
  readonly #storage: Storage
  readonly #wrapper: SecretWrapper
  readonly #repository: SecretsRepository
  #key: Promise<Uint8Array> | undefined
  #openKey: Uint8Array | undefined

  constructor(storage: Storage, wrapper: SecretWrapper) {
    this.#storage = storage
    this.#wrapper = wrapper
    this.#repository = new SecretsRepository(storage)
  }

  /**
   * Opens the shop's key, or makes one for a shop that has none. Await it once before a unit of work that calls `put`.
   * @throws DomainError `host.secrets_locked` when this host cannot open the key; the stored key is left as it is.
   */
  async unlock(): Promise<void> {
    this.#key ??= this.#loadKey()
    try {
      this.#openKey = await this.#key
    } catch (error) {
      this.#key = undefined
      throw error
    }
  }

  /**
   * As `unlock`, for whoever brings a secret anew: where the key cannot be opened on this computer, the shop gets another
   * one. The former is kept wrapped: what it sealed opens again where that key does.
   * @throws DomainError `host.secrets_locked` where the owner can mend it (a passphrase, a file's permissions)
   */
  async unlockToKeep(): Promise<void> {
    try {
      await this.unlock()
    } catch (error) {
      if (!isLost(error)) throw error
      this.#key = this.#startAnew()
      await this.unlock()
    }
  }

  /** Wraps the key anew at once where this host has a better method than the stored one; else at its first use. */
  async renewWrapping(): Promise<void> {
    const stored = this.#repository.wrappedKey()
    if (stored === null || stored.method === this.#wrapper.method) return
    // One that cannot be opened here is told of by whoever needs it.
    await this.unlock().catch(() => undefined)
  }

  /** Seals a new secret in the caller's unit of work; gives its id. `unlock` must have succeeded. */
  put(tx: Tx, plain: string): string {
    const id = newId()
    this.#repository.insert(tx, id, seal(this.#unlocked(), Buffer.from(plain, 'utf8'), id))
    return id
  }

  /** Replaces a secret; its id stays. `unlock` must have succeeded. Throws `not_found`. */
  replace(tx: Tx, id: string, plain: string): void {
    this.#repository.update(tx, id, seal(this.#unlocked(), Buffer.from(plain, 'utf8'), id))
  }

  /**
   * Opens a secret.
   * @throws DomainError `not_found`; `host.secrets_locked` when the key or the blob cannot be opened.
   */
  async open(id: string): Promise<string> {
    await this.unlock()
    const sealed = this.#repository.find(id)
    if (sealed === null) throw new DomainError('not_found', { entity: 'secrets', id })
    const plain = unsealed(this.#unlocked(), sealed, id) ?? (await this.#openFormer(sealed, id))
    if (plain === null) throw new DomainError('host.secrets_locked', { reason: 'damaged', id })
    return Buffer.from(plain).toString('utf8')
  }

  /** Deletes a secret for good. Rows that point to it must let go of it first. */
  remove(tx: Tx, id: string): void {
    this.#repository.remove(tx, id)
  }

  #unlocked(): Uint8Array {
    if (this.#openKey === undefined) throw new DomainError('host.secrets_locked', { reason: 'not_unlocked' })
    return this.#openKey
  }

  async #loadKey(): Promise<Uint8Array> {
    const stored = this.#repository.wrappedKey()
    if (stored !== null) return this.#openKeyOf(stored)
    const { key, wrapped } = await this.#newKey()
    this.#storage.write('system', (tx) =>
      this.#repository.setWrappedKey(tx, wrapped.key, this.#wrapper.method),
    )
    return key
  }

  async #openKeyOf(stored: WrappedKey): Promise<Uint8Array> {
    const key = await this.#unwrap(stored)
    if (stored.method !== this.#wrapper.method) await this.#wrapAnew(key, stored)
    return key
  }

  /** What fails here fails again at the next start: the key opens as it did. */
  async #wrapAnew(key: Uint8Array, stored: WrappedKey): Promise<void> {
    try {
      const wrapped = await this.#wrapped(key)
      this.#storage.write('system', (tx) => this.#repository.replaceWrappedKey(tx, stored, wrapped))
    } catch {
      // Nothing was changed.
    }
  }

  async #startAnew(): Promise<Uint8Array> {
    const stored = this.#repository.wrappedKey()
    if (stored === null) return this.#loadKey()
    const { key, wrapped } = await this.#newKey()
    this.#storage.write('system', (tx) => {
      if (!this.#repository.replaceWrappedKey(tx, stored, wrapped))
        throw new DomainError('conflict', { entity: 'shop', field: 'wrapped_key' })
      this.#repository.keepFormerKey(tx, stored)
    })
    return key
  }

  /** A secret that a key of before sealed, where that one opens now; it is sealed anew then. */
  async #openFormer(sealed: Uint8Array, id: string): Promise<Uint8Array | null> {
    for (const former of this.#repository.formerKeys()) {
      const key = await this.#unwrap(former).catch(() => null)
      const plain = key === null ? null : unsealed(key, sealed, id)
      if (plain === null) continue
      const again = seal(this.#unlocked(), plain, id)
      this.#storage.write('system', (tx) => {
        if (this.#repository.find(id)?.every((byte, index) => byte === sealed[index]) === true)
          this.#repository.update(tx, id, again)
      })
      return plain
    }
    return null
  }

  async #newKey(): Promise<{ key: Uint8Array; wrapped: WrappedKey }> {
    const key = randomBytes(keyLength)
    return { key, wrapped: await this.#wrapped(key) }
  }

  /** Nothing is kept under a wrapping that does not open. */
  async #wrapped(key: Uint8Array): Promise<WrappedKey> {
    const wrapped = await this.#wrapper.wrap(key)
    const opened = await this.#wrapper.unwrap(wrapped)
    if (opened.length !== key.length || !timingSafeEqual(opened, key))
      throw new DomainError('host.secrets_locked', { method: this.#wrapper.method, reason: 'damaged' })
    return { key: wrapped, method: this.#wrapper.method }
  }

  async #unwrap(stored: WrappedKey): Promise<Uint8Array> {
    const ways = [this.#wrapper, ...(this.#wrapper.former ?? [])]
    const way = ways.find(({ method }) => method === stored.method)
    if (way === undefined) {
      throw new DomainError('host.secrets_locked', {
        reason: 'method',
        stored: stored.method,
        offered: this.#wrapper.method,
      })
    }
    const key = await way.unwrap(stored.key)
    if (key.length !== keyLength) throw new DomainError('host.secrets_locked', { reason: 'damaged' })
    return key
  }
}

/**
 * Whether a key cannot be had on this computer, whatever its owner does. A passphrase can be given, and a file's
 * permissions can be mended.
 */
function isLost(error: unknown): boolean {
  if (!isDomainError(error, 'host.secrets_locked')) return false
  const { reason, method, stored } = error.data
  if (reason === 'method') return stored !== 'passphrase'
  return method !== 'passphrase' && (reason === 'missing' || reason === 'damaged' || reason === 'keyring')
}

function unsealed(key: Uint8Array, sealed: Uint8Array, id: string): Uint8Array | null {
  try {
    return unseal(key, sealed, id)
  } catch {
    return null
  }
}
