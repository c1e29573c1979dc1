import { setImmediate } from 'node:timers/promises'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { Acquaintance } from './acquaintance.ts'
import { Addresses } from './addresses.ts'
import type {
  Customer,
  CustomerAddress,
  CustomerBrief,
  CustomerDetail,
  CustomerFilter,
  CustomerInput,
  CustomerMemory,
  CustomerPreference,
  MergeSuggestion,
  NewAddress,
  PreferenceTopic,
  Sender,
} from './customer.ts'
import { checkedFields, toCustomer } from './customer-fields.ts'
import { phoneKey } from './keys.ts'
import { Merges } from './merges.ts'
import { personalDataOf } from './personal-data.ts'
import { Preferences } from './preferences.ts'
import { CustomerReader } from './reader.ts'
import { CustomerRepository, type CustomerRow } from './repository.ts'

/**
 * The shop's customers: one record for each person, whatever channels they write on. Whoever gives an id of a record
 * that was merged gets the record it was merged into.
 */
export class CustomerService {
  readonly #storage: Storage
  readonly #rows: CustomerRepository
  readonly #addresses: Addresses
  readonly #preferences: Preferences
  readonly #reader: CustomerReader
  readonly #merges: Merges
  readonly #acquaintance: Acquaintance
  readonly #country: () => string

  constructor(storage: Storage) {
    this.#storage = storage
    const country = () =>
      (storage.prepare<[], string>('SELECT country FROM shop').pluck().get() ?? '') as string
    this.#country = country
    this.#rows = new CustomerRepository(storage, country)
    this.#addresses = new Addresses(storage)
    this.#preferences = new Preferences(storage)
    this.#reader = new CustomerReader(storage)
    this.#merges = new Merges(storage, this.#rows)
    this.#acquaintance = new Acquaintance(storage, this.#rows, this.#merges, country)
  }

  /** Fills what rows of a version before lack, some at a time; when a shop is opened. */
  async backfill(): Promise<void> {
    const batch = 200
    while (this.#storage.write('system', () => this.#rows.backfill(batch)) === batch) await setImmediate()
  }

  /** The customer behind a channel's sender; makes one at the first message and follows a changed display name. */
  resolve(tx: Tx, accountId: string, sender: Sender): string {
    return this.#acquaintance.resolve(tx, accountId, sender)
  }

  /** Digits of a phone with its country's code, the same however it was typed; null when it is too short to be one. */
  phoneKey(phone: string): string | null {
    return phoneKey(phone, this.#country())
  }

  /** The living record that an id stands for; null when there is none. */
  get(id: string): Customer | null {
    const row = this.#rows.find(this.livingId(id))
    return row === null ? null : toCustomer(row)
  }

  /** The record that an id stands for now: what it was merged into, or itself. */
  livingId(id: string): string {
    return this.#rows.livingId(id)
  }

  /** One record by its own id, merged or not. */
  record(id: string): Customer | null {
    const row = this.#rows.find(id)
    return row === null ? null : toCustomer(row)
  }

  /** Everything that is kept of a person, as one JSON text and a name for its file. @throws DomainError `not_found` */
  personalData(customerId: string): { name: string; json: string } {
    return personalDataOf(this.#storage, this, customerId)
  }

  /** The living record and every one that was merged into it. */
  recordsOf(customerId: string): string[] {
    return this.#rows.line(this.livingId(customerId))
  }

  /**
   * The customer told how they are called. It is taken when the record has no better name: none, a channel's nickname,
   * or a part of this one. An order's recipient is somebody else's business. Returns whether it was taken.
   */
  setName(tx: Tx, customerId: string, told: string): boolean {
    return this.#acquaintance.setName(tx, customerId, told)
  }

  /** The customer told a phone. A phone that the channel or a person of the shop gave stays. Returns whether it was taken. */
  setPhone(tx: Tx, customerId: string, told: string): boolean {
    return this.#acquaintance.setPhone(tx, customerId, told)
  }

  /** The customer told an e-mail; one that is there stays. Returns whether it was taken. */
  setEmail(tx: Tx, customerId: string, told: string): boolean {
    return this.#acquaintance.setEmail(tx, customerId, told)
  }

  /** Newest activity first. */
  list(filter: CustomerFilter): { items: CustomerBrief[]; total: number } {
    return this.#reader.list(filter)
  }

  /** Everything that a person of the shop sees of a customer but their orders. @throws DomainError `not_found` */
  detail(customerId: string): CustomerDetail {
    const id = this.livingId(customerId)
    const row = this.#rows.require(id)
    const brief = this.#reader.brief(id)
    if (brief === null) throw new DomainError('not_found', { entity: 'customers', id })
    return {
      ...brief,
      language: row.language,
      formOfAddress: row.formOfAddress,
      notes: row.notes,
      revision: row.revision,
      erasedAt: row.erasedAt,
      identities: this.#reader.identities(id),
      conversations: this.#reader.conversations(id),
      addresses: this.#addresses.of(id),
      preferences: this.#preferences.of(id),
      merges: this.#merges
        .doneOf(id)
        .map((merge) => ({ ...merge, name: this.#reader.nameOf(merge.mergedId) }))
        .map(({ id, name, reason, at }) => ({ id, name, reason, at })),
    }
  }

  /**
   * A person of the shop writes a customer down. Returns the record's id: that of a known one when it is certainly the
   * same person. @throws DomainError `input.invalid {field}`
   */
  create(tx: Tx, input: Partial<CustomerInput>): string {
    const fields = checkedFields(input)
    if (!fields.name && !fields.phone && !fields.email && !fields.nationalId)
      throw new DomainError('input.invalid', { field: 'name' })
    const id = newId()
    this.#rows.create(tx, id, fields)
    this.#changed(tx, id)
    return this.#merges.lookForTwins(tx, id)
  }

  /**
   * Changes a record. Returns its id, or that of the record it was found to be the same person as.
   * @throws DomainError `not_found`, `conflict {revision}`, `customer.erased`, `input.invalid {field}`
   */
  update(tx: Tx, customerId: string, changes: Partial<CustomerInput>, expectedRevision?: number): string {
    const row = this.#living(customerId)
    if (expectedRevision !== undefined && expectedRevision !== row.revision)
      throw new DomainError('conflict', { entity: 'customers', id: row.id, revision: row.revision })
    const { phone, ...others } = changes
    // A form that gives the phone back unchanged does not make the person vouch for it.
    const given = phone === undefined || (phone?.trim() || null) === row.phone ? others : changes
    this.#rows.update(tx, row, checkedFields(given))
    this.#changed(tx, row.id)
    return this.#merges.lookForTwins(tx, row.id)
  }

  /** A person of the shop writes an address down. Returns its id. */
  addAddress(tx: Tx, customerId: string, address: NewAddress): string {
    const { id } = this.#living(customerId)
    this.#changed(tx, id)
    return this.#addresses.save(tx, id, address, false)
  }

  removeAddress(tx: Tx, customerId: string, addressId: string): void {
    const { id } = this.#living(customerId)
    this.#addresses.remove(tx, id, addressId)
    this.#changed(tx, id)
  }

  /**
   * Keeps what a customer said of themselves (`sourceMessageId`), or what a person of the shop knows. At most 50 of 300
   * characters each; one that is there is not doubled. @throws DomainError `input.invalid {field}`
   */
  addPreference(
    tx: Tx,
    customerId: string,
    preference: { topic: PreferenceTopic; text: string; sourceMessageId?: string | null },
  ): { id: string; added: boolean } {
    const { id } = this.#living(customerId)
    const kept = this.#preferences.add(tx, id, preference)
    if (kept.added) this.#changed(tx, id)
    return kept
  }

  /**
   * The agent heard something about the customer in a turn. @throws DomainError `tool.invalid_arguments {tool, path}` when
   * no message of that turn says so, `input.invalid {field}`
   */
  rememberHeard(
    tx: Tx,
    customerId: string,
    heard: { topic: PreferenceTopic; text: string; turnId: string },
  ): { id: string; added: boolean } {
    const sourceMessageId = this.#preferences.saidIn(heard.turnId, heard.text)
    if (sourceMessageId === null)
      throw new DomainError('tool.invalid_arguments', { tool: 'remember_preference', path: 'text' })
    return this.addPreference(tx, customerId, { topic: heard.topic, text: heard.text, sourceMessageId })
  }

  /**
   * The customer told how they can be reached, in a turn. Returns whether the record took it. @throws DomainError
   * `tool.invalid_arguments {tool, path}` when no message of that turn says so
   */
  contactHeard(
    tx: Tx,
    customerId: string,
    heard: { email?: string; phone?: string; turnId: string },
  ): boolean {
    const { email, phone, turnId } = heard
    for (const [path, told] of [
      ['email', email],
      ['phone', phone],
    ] as const)
      if (told !== undefined && this.#preferences.saidIn(turnId, told) === null)
        throw new DomainError('tool.invalid_arguments', { tool: 'remember_contact', path })
    const byEmail = email !== undefined && this.setEmail(tx, customerId, email)
    const byPhone = phone !== undefined && this.setPhone(tx, customerId, phone)
    return byEmail || byPhone
  }

  /** Forgets what is of a topic or has one of the words in it; everything when neither is given. */
  forget(
    tx: Tx,
    customerId: string,
    about: { topic?: PreferenceTopic; text?: string },
  ): { topic: PreferenceTopic; text: string }[] {
    const { id } = this.#living(customerId)
    const gone = this.#preferences.forget(tx, id, about)
    if (gone.length > 0) this.#changed(tx, id)
    return gone
  }

  /** What an engine is told of a customer: the newest 20 preferences and the last orders. */
  memory(customerId: string): CustomerMemory {
    const id = this.livingId(customerId)
    return {
      preferences: this.#preferences
        .of(id)
        .slice(-20)
        .map(({ topic, text }) => ({ topic, text })),
      lastOrders: this.#reader.lastOrders(id),
    }
  }

  removePreference(tx: Tx, customerId: string, preferenceId: string): void {
    const { id } = this.#living(customerId)
    this.#preferences.remove(tx, id, preferenceId)
    this.#changed(tx, id)
  }

  /** Records that may be one person, the newest suggestion first. */
  suggestions(): MergeSuggestion[] {
    return this.#merges.suggestions().flatMap(({ id, reason, keptId, mergedId }) => {
      const [kept, merged] = [this.#reader.brief(keptId), this.#reader.brief(mergedId)]
      return kept === null || merged === null ? [] : [{ id, reason, kept, merged }]
    })
  }

  /** `otherId` goes into `customerId`. @throws DomainError `customer.same`, `customer.erased`, `not_found` */
  merge(tx: Tx, customerId: string, otherId: string): void {
    this.#merges.merge(tx, customerId, otherId, 'manual')
  }

  /** Splits a merged record off again. Returns the id of the record that was kept. */
  undoMerge(tx: Tx, mergeId: string): string {
    return this.#merges.undo(tx, mergeId)
  }

  dismissSuggestion(tx: Tx, suggestionId: string): void {
    this.#merges.dismiss(tx, suggestionId)
  }

  /** The last used first. */
  addresses(customerId: string): CustomerAddress[] {
    return this.#addresses.of(this.livingId(customerId))
  }

  /** Keeps the address of an order that was placed, or notes that a known one was used again. Returns its id. */
  saveAddress(tx: Tx, customerId: string, address: NewAddress): string {
    return this.#addresses.save(tx, this.#living(customerId).id, address, true)
  }

  /** The newest last. */
  preferences(customerId: string): CustomerPreference[] {
    return this.#preferences.of(this.livingId(customerId))
  }

  /** @throws DomainError `not_found`, `customer.erased` */
  #living(customerId: string): CustomerRow {
    const row = this.#rows.require(this.livingId(customerId))
    if (row.erasedAt !== null) throw new DomainError('customer.erased', { id: row.id })
    return row
  }

  #changed(tx: Tx, customerId: string): void {
    tx.emit('customer.changed', { customerId })
  }
}
