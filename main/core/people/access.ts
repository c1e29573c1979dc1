import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'
import {
  deleteOldTries,
  deletePassword,
  findPassword,
  findTries,
  noteAudit,
  peopleWithPassword,
  writePassword,
  writeTries,
} from './access-repository.ts'
import { type Device, deviceKey, isKnownTo, readDevice, rememberedAt } from './devices.ts'
import type { PasswordHash, PasswordHasher } from './password-hash.ts'
import { weaknessOf } from './password-strength.ts'
import type { Person } from './person.ts'
import { allPeople, findPerson } from './repository.ts'
import type { Session, Sessions } from './sessions.ts'
import {
  addressKey,
  addressLimits,
  afterFailure,
  afterSuccess,
  asOf,
  forgottenAfterMs,
  nameKey,
  nameLimits,
  remainingWait,
  signInName,
  type TryLimits,
} from './tries.ts'

const minute = 60_000

export interface SignIn {
  /** As it was typed. The owner may leave it out. */
  name: string
  password: string
  /** Address of the network that it comes from. */
  address: string
  /** What the browser calls itself. */
  browser: string
  /** What an earlier sign-in had it keep (`devices.ts`). */
  device?: string | null | undefined
}

export interface SignedIn {
  /** The session's; it is kept nowhere. */
  token: string
  session: Session
  /** For the browser to keep beyond the session. */
  device: string
}

export interface NewPassword {
  personId: string
  password: string
  /** What a password must not be made of, beside the person's name. */
  shopNames: readonly string[]
  /** The password so far, where a person changes their own and has one. */
  current?: string | undefined
  /** Whether `current` is needed; the owner sets the others' without it. */
  needsCurrent: boolean
  /** The session that goes on. */
  keep?: string | undefined
}

interface Limited {
  key: string
  limits: TryLimits
}

/** Passwords: setting them, and signing in with them from another computer. */
export class Access {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #hasher: PasswordHasher
  readonly sessions: Sessions

  constructor(storage: Storage, clock: Clock, hasher: PasswordHasher, sessions: Sessions) {
    this.#storage = storage
    this.#clock = clock
    this.#hasher = hasher
    this.sessions = sessions
  }

  /** Ids of the people who can sign in with a password. */
  withPassword(): ReadonlySet<string> {
    return new Set(peopleWithPassword(this.#storage))
  }

  /**
   * Sets a person's password and ends their sessions but the one to keep; answers the ids of those ended.
   * @throws DomainError `person.not_found`, `access.password_weak {reason}`, `access.wrong_password`,
   * `access.too_many_tries {minutes}`, `conflict {field: 'name'}` where somebody of that name has one.
   */
  async setPassword(actor: Actor, given: NewPassword): Promise<string[]> {
    const { personId, password, keep } = given
    const person = this.#person(personId)
    if (given.needsCurrent && this.withPassword().has(personId)) {
      await this.#limited([{ key: `person:${personId}`, limits: nameLimits }], () =>
        this.#hasher.matches(given.current ?? '', findPassword(this.#storage, personId)),
      )
    }
    const reason = weaknessOf(password, [person.name, ...given.shopNames])
    if (reason !== null) throw new DomainError('access.password_weak', { reason })
    this.#requireOwnName(person)
    const made = await this.#hasher.hash(password)
    return this.#storage.write(actor, (tx) => {
      // Whoever was let go while the hash was made stays out.
      if (findPerson(tx, personId) === null) throw new DomainError('person.not_found', { id: personId })
      writePassword(tx, personId, made)
      noteAudit(tx, personId, 'set')
      return isOff('access.sessions_end') ? [] : this.sessions.endOf(tx, personId, keep)
    })
  }

  /** They can no longer sign in with a password; answers the ids of their sessions, which have ended. @throws DomainError `person.not_found`. */
  removePassword(actor: Actor, personId: string): string[] {
    this.#person(personId)
    return this.#storage.write(actor, (tx) => {
      if (deletePassword(tx, personId)) noteAudit(tx, personId, 'removed')
      return this.sessions.endOf(tx, personId)
    })
  }

  /**
   * Starts a session for who knows the password. Nothing tells a name that is not known here from a wrong password. A browser
   * in which that person has signed in before has tries of its own: neither the name's waits nor the address's are its.
   * @throws DomainError `access.wrong_password`, `access.too_many_tries {minutes}`.
   */
  async signIn(given: SignIn): Promise<SignedIn> {
    const person = this.#byName(given.name)
    const kept = person === null ? null : findPassword(this.#storage, person.id)
    const device = readDevice(given.device)
    const known = person !== null && kept !== null && isKnown(device, person.id, kept) ? device : null
    await this.#limited(
      person !== null && known !== null
        ? [{ key: deviceKey(known, person.id), limits: nameLimits }]
        : [
            { key: addressKey(given.address), limits: addressLimits },
            { key: nameKey(given.name), limits: nameLimits },
          ],
      () => this.#hasher.matches(given.password, kept, known !== null),
    )
    // Only a known person's password matches; the password may have been changed or removed meanwhile.
    const now = person === null ? null : findPassword(this.#storage, person.id)
    if (person === null || kept === null || now === null || !sameHash(now.hash, kept.hash))
      throw new DomainError('access.wrong_password')
    const proven = this.#hasher.isOutdated(kept) ? await this.#renew(person, given.password) : kept
    const started = this.sessions.start(person.id, given.browser)
    return { ...started, device: rememberedAt(device, person.id, proven) }
  }

  /** Whether a person of that name may have it: nobody else with a password is called so. @throws DomainError `conflict {field: 'name'}`. */
  requireFreeName(personId: string, name: string): void {
    const others = this.withPassword()
    const same = allPeople(this.#storage).some(
      (other) => other.id !== personId && others.has(other.id) && signInName(other.name) === signInName(name),
    )
    if (same) throw new DomainError('conflict', { entity: 'people', field: 'name' })
  }

  /**
   * Counts the try as failed before the work begins, so that many at once are many, and takes that back where it was right.
   */
  async #limited(keys: readonly Limited[], work: () => Promise<boolean>): Promise<void> {
    const counts = !isOff('access.tries')
    if (counts) this.#count(keys)
    let isRight: boolean
    try {
      isRight = await work()
    } catch (error) {
      // Nobody looked at it: there was no time for it.
      if (counts) this.#takeBack(keys)
      throw error
    }
    if (!isRight) throw new DomainError('access.wrong_password')
    if (!counts) return
    // Under an address others may have failed; a name, a browser or a person is who came in.
    const isAddress = ({ key }: Limited) => key.startsWith('address:')
    this.#takeBack(keys.filter(isAddress))
    this.#forget(keys.filter((each) => !isAddress(each)))
  }

  #takeBack(keys: readonly Limited[]): void {
    this.#storage.write('system', (tx) => {
      for (const { key } of keys) writeTries(tx, key, afterSuccess(findTries(this.#storage, key)))
    })
  }

  #forget(keys: readonly Limited[]): void {
    this.#storage.write('system', (tx) => {
      for (const { key } of keys) writeTries(tx, key, null)
    })
  }

  async #renew(person: Person, password: string): Promise<PasswordHash> {
    const renewed = await this.#hasher.hash(password)
    this.#storage.write(`person:${person.id}`, (tx) => writePassword(tx, person.id, renewed))
    return renewed
  }

  #count(keys: readonly Limited[]): void {
    const now = this.#clock.now()
    const wait = this.#storage.write('system', (tx) => {
      deleteOldTries(tx, now - forgottenAfterMs)
      const found = keys.map(({ key, limits }) => ({
        key,
        limits,
        tries: asOf(findTries(this.#storage, key), now, limits),
      }))
      const longest = Math.max(...found.map(({ tries }) => remainingWait(tries, now)))
      for (const { key, limits, tries } of found)
        writeTries(tx, key, longest > 0 ? tries : afterFailure(tries, now, limits))
      return longest
    })
    if (wait > 0) throw new DomainError('access.too_many_tries', { minutes: Math.ceil(wait / minute) })
  }

  #person(id: string): Person {
    const person = findPerson(this.#storage, id)
    if (person === null) throw new DomainError('person.not_found', { id })
    return person
  }

  /** The owner of a name goes before others of the same name, and is meant where there is none. */
  #byName(name: string): Person | null {
    const wanted = signInName(name)
    const everybody = allPeople(this.#storage)
    const passwords = this.withPassword()
    const owner = everybody.find(({ role }) => role === 'owner') ?? null
    if (wanted === '') return owner
    const same = everybody.filter((person) => signInName(person.name) === wanted)
    return same.find(({ id }) => passwords.has(id)) ?? same[0] ?? null
  }

  #requireOwnName(person: Person): void {
    this.requireFreeName(person.id, person.name)
    if (person.role !== 'owner' && signInName(person.name) === '')
      throw new DomainError('input.invalid', { field: 'name' })
  }
}

function isKnown(device: Device | null, personId: string, password: PasswordHash): boolean {
  return device !== null && !isOff('access.known_device') && isKnownTo(device, personId, password)
}

function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one).equals(other)
}
