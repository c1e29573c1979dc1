import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import { newId } from '../ids.ts'
import type { JsonValue } from '../json.ts'
import { openStorage } from '../storage/open.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage } from '../storage/storage.ts'
import { Access } from './access.ts'
import { deletePassword } from './access-repository.ts'
import { appMigrations } from './migrations.ts'
import { PasswordHasher } from './password-hash.ts'
import type { Person } from './person.ts'
import { allPeople, findPerson, firstOwner, readSetting, writeSetting } from './repository.ts'
import { type Session, Sessions } from './sessions.ts'
import { people } from './tables.ts'

export { type Session, sessionIdleMs, sessionLifetimeMs } from './sessions.ts'

export interface PeopleDependencies {
  clock: Clock
  log: Log
  /** Cost of a password's hash, log2(N); the usual one when absent. */
  passwordCostLog2?: number
}

/** Opens `<data>/app.db`: people, roles, sessions, settings. Throws as `openStorage` does. */
export function openPeople(dataFolder: string, deps: PeopleDependencies): PeopleService {
  const bus = new EventBus((error) => deps.log.error('people.listener_failed', { error: String(error) }))
  const storage = openStorage(join(dataFolder, 'app.db'), {
    clock: deps.clock,
    bus,
    migrations: appMigrations,
  })
  return new PeopleService(storage, deps.clock, new PasswordHasher(deps.passwordCostLog2))
}

/** What is above shops: who works here, their sessions and the settings of this installation. */
export class PeopleService {
  readonly #storage: Storage
  readonly #sessions: Sessions
  /** Passwords and who is signed in. */
  readonly access: Access

  constructor(storage: Storage, clock: Clock, hasher: PasswordHasher) {
    this.#storage = storage
    this.#sessions = new Sessions(storage, clock)
    this.access = new Access(storage, clock, hasher, this.#sessions)
  }

  /** Names this installation for ever: cookies of two installations on one computer must not meet. */
  instanceId(): string {
    const found = this.setting('instance_id')
    if (typeof found === 'string') return found
    const made = randomBytes(8).toString('hex')
    this.setSetting('system', 'instance_id', made)
    return made
  }

  /** The person that this computer's owner acts as; made at first use. */
  owner(): Person {
    return firstOwner(this.#storage) ?? this.#addOwner()
  }

  person(id: string): Person | null {
    return findPerson(this.#storage, id)
  }

  /** Everybody who works here, the owner first. */
  list(): Person[] {
    this.owner()
    return allPeople(this.#storage)
  }

  /** A clerk; they sign in by themselves once they have a password. */
  addPerson(actor: Actor, name: string): Person {
    const person: Person = { id: newId(), name: name.trim(), role: 'staff', language: null }
    this.#storage.write(actor, (tx) => insertRow(tx, people, { ...person }))
    return person
  }

  /**
   * Their sessions end, and their password is gone; answers the ids of those sessions. What they did keeps their id.
   * @throws DomainError `person.not_found`, `conflict` for the owner.
   */
  removePerson(actor: Actor, id: string): string[] {
    const person = findPerson(this.#storage, id)
    if (person === null) throw new DomainError('person.not_found', { id })
    if (person.role === 'owner') throw new DomainError('conflict', { entity: 'people', role: person.role })
    return this.#storage.write(actor, (tx) => {
      softDeleteRow(tx, people, id)
      deletePassword(tx, id)
      return this.#sessions.endOf(tx, id)
    })
  }

  /** @throws DomainError `not_found`, `conflict {field: 'name'}` where somebody else signs in by that name. */
  updatePerson(actor: Actor, id: string, changes: { name?: string; language?: 'es' | 'en' | null }): Person {
    if (changes.name !== undefined) this.access.requireFreeName(id, changes.name)
    this.#storage.write(actor, (tx) => updateRow(tx, people, id, changes))
    const person = findPerson(this.#storage, id)
    if (person === null) throw new DomainError('not_found', { entity: 'people', id })
    return person
  }

  /** Starts a session. The token is returned once and kept nowhere: only its hash is stored. */
  startSession(personId: string, browser = ''): { token: string; session: Session } {
    return this.#sessions.start(personId, browser)
  }

  /** The live session of a token, or null. Using a session keeps it alive. */
  session(token: string): Session | null {
    return this.#sessions.byToken(token)
  }

  /** Whether a session that was found before still stands. */
  sessionById(id: string): Session | null {
    return this.#sessions.byId(id)
  }

  endSession(session: Session): void {
    this.#sessions.end(session)
  }

  setting(key: string): JsonValue {
    const value = readSetting(this.#storage, key)
    return value === null ? null : JSON.parse(value)
  }

  setSetting(actor: Actor, key: string, value: JsonValue): void {
    this.#storage.write(actor, (tx) => writeSetting(tx, key, JSON.stringify(value ?? null)))
  }

  close(): void {
    this.#storage.sql.close()
  }

  #addOwner(): Person {
    const person: Person = { id: newId(), name: '', role: 'owner', language: null }
    this.#storage.write('system', (tx) => insertRow(tx, people, { ...person }))
    return person
  }
}
