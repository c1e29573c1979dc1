import { endAll } from './access.ts'
import { actorOf, signedIn } from './context.ts'
import { implementer, isDone } from './procedure.ts'

const os = implementer.session

export const session = {
  me: os.me.handler(({ context }) => {
    const caller = context.caller()
    return {
      person: caller.via === 'none' ? null : caller.person,
      via: caller.via,
      instanceId: context.serving.instanceId,
    }
  }),
  update: os.update.handler(({ context, input }) => {
    const person = context.serving.people.updatePerson(actorOf(context), signedIn(context).person.id, input)
    context.serving.shell?.personChanged()
    return person
  }),
  people: os.people.handler(({ context }) => {
    signedIn(context)
    return context.serving.people.list()
  }),
  addPerson: os.addPerson.handler(({ context, input }) => {
    return context.serving.people.addPerson(actorOf(context), input.name)
  }),
  removePerson: os.removePerson.handler(({ context, input }) => {
    endAll(context, context.serving.people.removePerson(actorOf(context), input.id))
    for (const shop of context.app.shops.opened()) shop.conversations.unassignAll(actorOf(context), input.id)
    return isDone
  }),
  logout: os.logout.handler(({ context }) => {
    const caller = signedIn(context)
    if (caller.via === 'desk') context.serving.endSession(caller.sessionId)
    return isDone
  }),
  launchUrl: os.launchUrl.handler(({ context }) => context.serving.launchUrl()),
}
