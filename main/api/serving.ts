import type { Check } from '../../preload/contract/index.ts'
import type { Actor } from '../core/actor.ts'
import type { Person } from '../core/people/person.ts'

/** What the host that serves the contract adds to the app. */
export interface ServingHost {
  readonly version: string
  /** UTC ISO 8601. */
  readonly startedAt: string
  readonly instanceId: string
  readonly people: {
    /** Null for somebody who is not known here. */
    person(id: string): Person | null
    /** Everybody who works here, the owner first. */
    list(): Person[]
    addPerson(actor: Actor, name: string): Person
    /** @throws DomainError `person.not_found`, `conflict` for the owner. */
    removePerson(actor: Actor, id: string): void
    updatePerson(actor: Actor, id: string, changes: { name?: string; language?: 'es' | 'en' | null }): Person
  }
  /** A fresh link that signs one browser in. */
  launchUrl(): { url: string; launchUrl: string }
  /** Ends the session and its connections. */
  endSession(sessionId: string): void
  /** An upload of that session, or null. It stays until `release`. */
  upload(uploadId: string, sessionId: string): Upload | null
  /** A shop was made: the host puts its door beside it. */
  shopCreated(slug: string): void
  /** The host's own checks, for `doctor`. */
  checks(): Promise<Check[]>
}

export interface Upload {
  path: string
  fileName: string
  release(): void
}
