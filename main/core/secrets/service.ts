import { randomBytes } from 'node:crypto'
import { DomainError } from '../errors.ts'
import type { SecretWrapper } from '../host.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { SecretsRepository } from './repository.ts'
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
    try {
      return Buffer.from(unseal(this.#unlocked(), sealed, id)).toString('utf8')
    } catch {
      throw new DomainError('host.secrets_locked', { reason: 'damaged', id })
    }
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
    if (stored !== null) return this.#unwrap(stored)
    const key = randomBytes(keyLength)
    const wrapped = await this.#wrapper.wrap(key)
    this.#storage.write('system', (tx) => this.#repository.setWrappedKey(tx, wrapped, this.#wrapper.method))
    return key
  }

  async #unwrap(stored: { key: Uint8Array; method: string }): Promise<Uint8Array> {
    if (stored.method !== this.#wrapper.method) {
      throw new DomainError('host.secrets_locked', {
        reason: 'method',
        stored: stored.method,
        offered: this.#wrapper.method,
      })
    }
    const key = await this.#wrapper.unwrap(stored.key)
    if (key.length !== keyLength) throw new DomainError('host.secrets_locked', { reason: 'damaged' })
    return key
  }
}
