import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import type { ModelSettingsStore } from '../spending/settings.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { EngineAccount } from './account.ts'
import { currentOrder, readOrder, withFirst } from './order.ts'
import { EngineRepository } from './repository.ts'

/** The engines that the owner has added, and the order in which they are asked; read from the database when they change. */
export class EngineAccounts {
  readonly #storage: Storage
  readonly #settings: ModelSettingsStore
  readonly #repository: EngineRepository
  #known: EngineAccount[] | null = null

  constructor(storage: Storage, settings: ModelSettingsStore) {
    this.#storage = storage
    this.#settings = settings
    this.#repository = new EngineRepository(storage)
  }

  /** The oldest first. */
  all(): EngineAccount[] {
    this.#known ??= this.#repository.list()
    return this.#known
  }

  /** @throws DomainError `engine.not_found` */
  get(id: string): EngineAccount {
    const account = this.all().find((one) => one.id === id)
    if (account === undefined) throw new DomainError('engine.not_found', { id })
    return account
  }

  /** Ids in the order in which they are asked; the built-in engine closes it. */
  order(): string[] {
    return currentOrder(this.#settings.get().order, this.all())
  }

  /** Those that are asked, in order, without the built-in one. */
  asked(): EngineAccount[] {
    const enabled = this.all().filter((account) => account.enabled)
    return this.order().flatMap((id) => enabled.filter((account) => account.id === id))
  }

  /** @throws DomainError `engine.already_added {id, name}` */
  requireNew(same: (account: EngineAccount) => boolean): void {
    const known = this.all().find(same)
    if (known !== undefined) throw new DomainError('engine.already_added', { id: known.id, name: known.name })
  }

  /** Keeps a new one, to be asked first; its id. */
  add(actor: Actor, make: (tx: Tx) => Omit<EngineAccount, 'revision'>): string {
    const id = this.#storage.write(actor, (tx) => {
      const account = make(tx)
      this.#repository.insert(tx, account)
      this.#settings.set(tx, { order: withFirst(account.id, this.order()) })
      tx.emit('engine.changed', { engineId: account.id })
      return account.id
    })
    this.#known = null
    return id
  }

  update(actor: Actor, id: string, changes: (tx: Tx) => Parameters<EngineRepository['update']>[2]): void {
    this.#storage.write(actor, (tx) => {
      this.#repository.update(tx, id, changes(tx))
      tx.emit('engine.changed', { engineId: id })
    })
    this.#known = null
  }

  /** Puts it away. `forget` lets go of what belongs to it. */
  remove(actor: Actor, id: string, forget: (tx: Tx) => void): void {
    this.#storage.write(actor, (tx) => {
      this.#repository.update(tx, id, { secretId: null, enabled: false })
      forget(tx)
      this.#repository.remove(tx, id)
      this.#settings.set(tx, { order: this.#settings.get().order.filter((other) => other !== id) })
      tx.emit('engine.changed', { engineId: id })
    })
    this.#known = null
  }

  /** Ids or kinds. @throws DomainError `engine.not_found {id}` */
  setOrder(actor: Actor, wanted: readonly string[]): void {
    const order = readOrder(wanted, this.all(), this.#settings.get().order)
    this.#storage.write(actor, (tx) => this.#settings.set(tx, { order }))
  }
}
