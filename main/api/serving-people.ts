import { DomainError } from '../core/errors.ts'
import { actorOf } from './context.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.serving

/** Being built. */
function notYet(): never {
  throw new DomainError('not_found')
}

export const serving = {
  settings: os.settings.handler(({ context, input }) => shopOf(context, input).serving.get()),
  set: os.set.handler(({ context, input }) => {
    const { storage, serving: settings } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => settings.set(tx, input.settings))
  }),
  state: os.state.handler(() => ({ paused: false, since: null, by: null })),
  pause: os.pause.handler(notYet),
  resume: os.resume.handler(notYet),
  absences: os.absences.handler(() => []),
  seen: os.seen.handler(notYet),
}

export const drafts = {
  list: implementer.drafts.list.handler(() => []),
  get: implementer.drafts.get.handler(notYet),
  send: implementer.drafts.send.handler(notYet),
  dismiss: implementer.drafts.dismiss.handler(notYet),
}

export const quickReplies = {
  list: implementer.quickReplies.list.handler(() => []),
  save: implementer.quickReplies.save.handler(notYet),
  remove: implementer.quickReplies.remove.handler(notYet),
  restore: implementer.quickReplies.restore.handler(notYet),
  order: implementer.quickReplies.order.handler(notYet),
}
