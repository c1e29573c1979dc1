import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.demand

export const demand = {
  missed: os.missed.handler(({ context, input }) => shopOf(context, input).demand.missed(input)),
  dismiss: os.dismiss.handler(({ context, input }) => {
    const { storage, demand } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => demand.dismiss(tx, input.kind, input.key))
    return isDone
  }),
}
