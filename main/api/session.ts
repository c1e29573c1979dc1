import { DomainError } from '../core/errors.ts'
import { actorOf, signedIn } from './context.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.session

/** Being built. */
function notYet(): never {
  throw new DomainError('person.not_found')
}

export const session = {
  me: os.me.handler(({ context }) => {
    const caller = context.caller()
    return {
      person: caller.via === 'none' ? null : caller.person,
      via: caller.via,
      instanceId: context.serving.instanceId,
    }
  }),
  update: os.update.handler(({ context, input }) =>
    context.serving.people.updatePerson(actorOf(context), signedIn(context).person.id, input),
  ),
  people: os.people.handler(({ context }) => [signedIn(context).person]),
  addPerson: os.addPerson.handler(notYet),
  removePerson: os.removePerson.handler(notYet),
  logout: os.logout.handler(({ context }) => {
    const caller = signedIn(context)
    if (caller.via === 'desk') context.serving.endSession(caller.sessionId)
    return isDone
  }),
  launchUrl: os.launchUrl.handler(({ context }) => context.serving.launchUrl()),
}
