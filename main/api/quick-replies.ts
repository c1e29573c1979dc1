import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.quickReplies

export const quickReplies = {
  list: os.list.handler(({ context, input }) => shopOf(context, input).quickReplies.list()),
  save: os.save.handler(({ context, input }) => {
    const { storage, quickReplies: replies } = shopOf(context, input)
    const { id, title, text } = input
    return storage.write(actorOf(context), (tx) =>
      replies.save(tx, { title, text, ...(id === undefined ? {} : { id }) }),
    )
  }),
  remove: os.remove.handler(({ context, input }) => {
    const { storage, quickReplies: replies } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => replies.remove(tx, input.id))
    return isDone
  }),
  restore: os.restore.handler(({ context, input }) => {
    const { storage, quickReplies: replies } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => replies.restore(tx, input.id))
  }),
  order: os.order.handler(({ context, input }) => {
    const { storage, quickReplies: replies } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => replies.order(tx, input.ids))
    return isDone
  }),
}
