import { DomainError } from '../core/errors.ts'
import { type ApiContext, actorOf, requireOwner, signedIn } from './context.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.access

export const access = {
  state: os.state.handler(({ context }) => {
    const caller = signedIn(context)
    const { people, lan } = context.serving
    const isOwner = caller.person.role === 'owner'
    const passwords = people.access.withPassword()
    // A clerk sees themself alone.
    const shown = people.list().filter(({ id }) => isOwner || id === caller.person.id)
    const sessions = people.access.sessions.list(isOwner ? undefined : caller.person.id)
    return {
      lan: {
        on: lan !== undefined,
        addresses: [...(lan?.addresses ?? [])],
        fingerprint: lan?.fingerprint ?? null,
      },
      people: shown.map(({ id, name, role }) => ({ id, name, role, hasPassword: passwords.has(id) })),
      sessions: sessions.map((session) => ({ ...session, own: session.id === ownSession(context) })),
    }
  }),
  setPassword: os.setPassword.handler(async ({ context, input }) => {
    const caller = signedIn(context)
    const { personId, password, current } = input
    const isOwn = personId === caller.person.id
    if (!isOwn) requireOwner(context)
    const ended = await context.serving.people.access.setPassword(actorOf(context), {
      personId,
      password,
      current,
      shopNames: shopNames(context),
      // Whoever has the data folder has everything already: the command line needs no password to set one.
      needsCurrent: isOwn && caller.via === 'desk',
      keep: ownSession(context),
    })
    endAll(context, ended)
    return isDone
  }),
  removePassword: os.removePassword.handler(({ context, input }) => {
    endAll(context, context.serving.people.access.removePassword(actorOf(context), input.personId))
    return isDone
  }),
  endSession: os.endSession.handler(({ context, input }) => {
    const caller = signedIn(context)
    const { sessions } = context.serving.people.access
    const session = sessions.byId(input.id)
    if (session?.person.id !== caller.person.id) requireOwner(context)
    if (session === null) throw new DomainError('not_found', { entity: 'sessions', id: input.id })
    sessions.end(session)
    endAll(context, [session.id])
    return isDone
  }),
}

function ownSession(context: ApiContext): string | undefined {
  const caller = signedIn(context)
  return caller.via === 'desk' ? caller.sessionId : undefined
}

/** Ends what hangs on sessions that are over: their connections still tell what happens in the shops. */
export function endAll(context: ApiContext, sessionIds: readonly string[]): void {
  for (const id of sessionIds) context.serving.endSession(id)
}

function shopNames(context: ApiContext): string[] {
  const { shops } = context.app
  return [...shops.folders(), ...shops.opened().map((shop) => shop.brief().name)]
}
