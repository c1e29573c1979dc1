import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.engines

export const engines = {
  list: os.list.handler(({ context, input }) => shopOf(context, input).engines.list()),
  addRemote: os.addRemote.handler(({ context, input }) => {
    const { shop, ...engine } = input
    return shopOf(context, input).engines.addRemote(actorOf(context), engine)
  }),
  remoteModels: os.remoteModels.handler(({ context, input }) =>
    shopOf(context, input).engines.remoteModels(input),
  ),
  addLocal: os.addLocal.handler(async ({ context, input }) => {
    const { engines: service } = shopOf(context, input)
    const engine = await service.addLocal(actorOf(context), { file: input.file, name: input.name })
    // A process that lives for one command does not wait for it; the first test measures too.
    if (context.app.host.kind !== 'cli') void service.measure(engine.id)
    return engine
  }),
  change: os.change.handler(({ context, input }) => {
    const { shop, engineId, ...changes } = input
    return shopOf(context, input).engines.change(actorOf(context), engineId, changes)
  }),
  remove: os.remove.handler(({ context, input }) => {
    shopOf(context, input).engines.remove(actorOf(context), input.engineId)
    return isDone
  }),
  order: os.order.handler(({ context, input }) =>
    shopOf(context, input).engines.order(actorOf(context), input.order),
  ),
  test: os.test.handler(({ context, input }) => shopOf(context, input).engines.test(input.engineId)),
  spending: os.spending.handler(({ context, input }) => shopOf(context, input).spending.spending()),
  setSpending: os.setSpending.handler(({ context, input }) => {
    const { shop, ...changes } = input
    return shopOf(context, input).spending.setSpending(actorOf(context), changes)
  }),
  privacy: os.privacy.handler(({ context, input }) => shopOf(context, input).spending.privacy()),
  setPrivacy: os.setPrivacy.handler(({ context, input }) => {
    const { shop, ...changes } = input
    return shopOf(context, input).spending.setPrivacy(actorOf(context), changes)
  }),
  requests: os.requests.handler(({ context, input }) => {
    const { shop, ...filter } = input
    return shopOf(context, input).spending.requests(filter)
  }),
  request: os.request.handler(({ context, input }) =>
    shopOf(context, input).spending.request(input.requestId),
  ),
}
