import type { Actor } from '../core/actor.ts'
import type { App } from '../core/app.ts'
import { DomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import type { Person } from '../core/people/person.ts'
import type { ServingHost } from './serving.ts'

/** Who is at the other end of a connection. */
export type Caller =
  | { via: 'none' }
  | { via: 'desk'; sessionId: string; person: Person }
  /** A process on this computer that could read the door's token; it acts as the owner. */
  | { via: 'door'; person: Person }

export interface ApiContext {
  app: App
  serving: ServingHost
  log: Log
  /** Asked anew for each call: a session that has ended in the meantime is none. */
  caller(): Caller
}

/** The signed-in caller. Throws `session.required`. */
export function signedIn(context: ApiContext): Exclude<Caller, { via: 'none' }> {
  const caller = context.caller()
  if (caller.via === 'none') throw new DomainError('session.required')
  return caller
}

/** Where a call is the owner's alone only for some of its input. @throws DomainError `session.forbidden` */
export function requireOwner(context: ApiContext): void {
  if (signedIn(context).person.role !== 'owner') throw new DomainError('session.forbidden')
}

export function actorOf(context: ApiContext): Actor {
  return `person:${signedIn(context).person.id}`
}
