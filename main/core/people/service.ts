import { createHash, randomBytes } from 'node:crypto'
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
import { appMigrations } from './migrations.ts'
import type { Person } from './person.ts'
import {
  allPeople,
  deleteOldSessions,
  endSession,
  endSessionsOf,
  extendSession,
  findPerson,
  findSession,
  findSessionById,
  firstOwner,
  insertSession,
  readSetting,
  type SessionRow,
  writeSetting,
} from './repository.ts'
import { people } from './tables.ts'

const day = 24 * 60 * 60 * 1000
/** A session that is not used for this long is over. */
export const sessionIdleMs = 30 * day
/** No session lives longer than this, however much it is used. */
export const sessionLifetimeMs = 180 * day
/** A used session is written down again at most once a day. */
const renewAfterMs = day

export interface Session {
  id: string
  person: Person
}

/** Opens `<data>/app.db`: people, roles, sessions, settings. Throws as `openStorage` does. */
export function openPeople(dataFolder: string, deps: { clock: Clock; log: Log }): PeopleService {
  const bus = new EventBus((error) => deps.log.error('people.listener_failed', { error: String(error) }))
  const storage = openStorage(join(dataFolder, 'app.db'), {
    clock: deps.clock,
    bus,
    migrations: appMigrations,
  })
  return new PeopleService(storage, deps.clock)
}

/** What is above shops: who works here, their sessions and the settings of this installation. */
export class PeopleService {
  readonly #storage: Storage
  readonly #clock: Clock

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage
    this.#clock = clock
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

  /** A clerk, without a sign-in of their own. */
  addPerson(actor: Actor, name: string): Person {
    const person: Person = { id: newId(), name: name.trim(), role: 'staff', language: null }
    this.#storage.write(actor, (tx) => insertRow(tx, people, { ...person }))
    return person
  }

  /**
   * Their sessions end. What they did keeps their id.
   * @throws DomainError `person.not_found`, `conflict` for the owner.
   */
  removePerson(actor: Actor, id: string): void {
    const person = findPerson(this.#storage, id)
    if (person === null) throw new DomainError('person.not_found', { id })
    if (person.role === 'owner') throw new DomainError('conflict', { entity: 'people', role: person.role })
    this.#storage.write(actor, (tx) => {
      softDeleteRow(tx, people, id)
      endSessionsOf(tx, id)
    })
  }

  /** @throws DomainError `not_found`. */
  updatePerson(actor: Actor, id: string, changes: { name?: string; language?: 'es' | 'en' | null }): Person {
    this.#storage.write(actor, (tx) => updateRow(tx, people, id, changes))
    const person = findPerson(this.#storage, id)
    if (person === null) throw new DomainError('not_found', { entity: 'people', id })
    return person
  }

  /** Starts a session. The token is returned once and kept nowhere: only its hash is stored. */
  startSession(personId: string): { token: string; session: Session } {
    const person = findPerson(this.#storage, personId)
    if (person === null) throw new DomainError('not_found', { entity: 'people', id: personId })
    const token = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const id = newId()
    this.#storage.write(`person:${personId}`, (tx) => {
      deleteOldSessions(tx, iso(now - sessionIdleMs))
      insertSession(tx, {
        id,
        personId,
        tokenHash: hashToken(token),
        createdAt: iso(now),
        expiresAt: iso(now + sessionIdleMs),
      })
    })
    return { token, session: { id, person } }
  }

  /** The live session of a token, or null. Using a session keeps it alive. */
  session(token: string): Session | null {
    const row = findSession(this.#storage, hashToken(token))
    return row === null ? null : this.#live(row)
  }

  /** Whether a session that was found before still stands. */
  sessionById(id: string): Session | null {
    const row = findSessionById(this.#storage, id)
    return row === null ? null : this.#live(row)
  }

  endSession(session: Session): void {
    this.#storage.write(`person:${session.person.id}`, (tx) => endSession(tx, session.id))
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

  #live(row: SessionRow): Session | null {
    const now = this.#clock.now()
    if (Date.parse(row.expiresAt) <= now) return null
    const person = findPerson(this.#storage, row.personId)
    if (person === null) return null
    const expires = Math.min(now + sessionIdleMs, Date.parse(row.createdAt) + sessionLifetimeMs)
    if (expires - Date.parse(row.expiresAt) >= renewAfterMs) {
      this.#storage.write(`person:${person.id}`, (tx) => extendSession(tx, row.id, iso(expires)))
    }
    return { id: row.id, person }
  }

  #addOwner(): Person {
    const person: Person = { id: newId(), name: '', role: 'owner', language: null }
    this.#storage.write('system', (tx) => insertRow(tx, people, { ...person }))
    return person
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
