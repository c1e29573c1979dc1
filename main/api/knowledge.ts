import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.knowledge

export const knowledge = {
  list: os.list.handler(({ context, input }) =>
    shopOf(context, input).knowledge.entries({ topic: input.topic }),
  ),
  add: os.add.handler(({ context, input }) => {
    const { storage, knowledge } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => knowledge.add(tx, input.entry))
  }),
  update: os.update.handler(({ context, input }) => {
    const { storage, knowledge } = shopOf(context, input)
    return storage.write(actorOf(context), (tx) => knowledge.update(tx, input.knowledgeId, input.changes))
  }),
  remove: os.remove.handler(({ context, input }) => {
    const { storage, knowledge } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => knowledge.remove(tx, input.knowledgeId))
    return isDone
  }),
}
