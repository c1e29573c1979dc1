import { createHash, randomBytes } from 'node:crypto'
import { DomainError, isDomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Person } from './person.ts'
import {
  deleteOldSessions,
  endSession,
  findPerson,
  findSession,
  findSessionById,
  insertSession,
  liveSessions,
  noteUse,
  type SessionRow,
} from './repository.ts'

const day = 24 * 60 * 60 * 1000
/** A session that is not used for this long is over. */
export const sessionIdleMs = 30 * day
/** No session lives longer than this, however much it is used. */
export const sessionLifetimeMs = 180 * day
/** The last use of a session is written down at most this often. */
const noteUseAfterMs = 10 * 60 * 1000
const longestBrowserName = 60

export interface Session {
  id: string
  person: Person
}

export interface SessionInfo {
  id: string
  personId: string
  /** UTC ISO 8601. */
  startedAt: string
  usedAt: string
  /** What the browser called itself, shortened; empty when unknown. */
  browser: string
}

/** Who is signed in at a browser. A token is in its cookie alone; here is its hash. */
export class Sessions {
  readonly #storage: Storage
  readonly #clock: Clock

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage
    this.#clock = clock
  }

  /** The token is returned once and kept nowhere. @throws DomainError `not_found`. */
  start(personId: string, browser: string): { token: string; session: Session } {
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
        usedAt: iso(now),
        expiresAt: iso(now + sessionIdleMs),
        browser: browser.replace(/\p{C}/gu, '').slice(0, longestBrowserName),
      })
    })
    return { token, session: { id, person } }
  }

  /** The live session of a token, or null. Using a session keeps it alive. */
  byToken(token: string): Session | null {
    const row = findSession(this.#storage, hashToken(token))
    return row === null ? null : this.#live(row)
  }

  byId(id: string): Session | null {
    const row = findSessionById(this.#storage, id)
    return row === null ? null : this.#live(row)
  }

  /** Everybody's or one person's, the one used last first. */
  list(personId?: string): SessionInfo[] {
    const rows = liveSessions(this.#storage, iso(this.#clock.now()))
    return rows
      .filter((row) => personId === undefined || row.personId === personId)
      .map(({ id, personId, createdAt, usedAt, browser }) => ({
        id,
        personId,
        startedAt: createdAt,
        usedAt,
        browser,
      }))
  }

  /** Ends those of a person but one, and answers their ids. */
  endOf(tx: Tx, personId: string, except?: string): string[] {
    const ended = this.list(personId).filter(({ id }) => id !== except)
    for (const { id } of ended) endSession(tx, id)
    return ended.map(({ id }) => id)
  }

  end(session: Session): void {
    this.#storage.write(`person:${session.person.id}`, (tx) => endSession(tx, session.id))
  }

  #live(row: SessionRow): Session | null {
    const now = this.#clock.now()
    if (Date.parse(row.expiresAt) <= now) return null
    const person = findPerson(this.#storage, row.personId)
    if (person === null) return null
    if (Math.abs(now - Date.parse(row.usedAt)) >= noteUseAfterMs) {
      const expires = Math.min(now + sessionIdleMs, Date.parse(row.createdAt) + sessionLifetimeMs)
      this.#noteUse(row, iso(now), iso(expires))
    }
    return { id: row.id, person }
  }

  /** On a full disk the session stands as long as it did before: nobody is to lose the desk just then. */
  #noteUse(row: SessionRow, usedAt: string, expiresAt: string): void {
    try {
      this.#storage.write(`person:${row.personId}`, (tx) => noteUse(tx, row.id, usedAt, expiresAt))
    } catch (error) {
      if (!isDomainError(error)) throw error
    }
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
