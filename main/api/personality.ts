import { actorOf } from './context.ts'
import { withoutEngine } from './engine-errors.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.personality

export const personality = {
  get: os.get.handler(({ context, input }) => shopOf(context, input).personality.get()),
  set: os.set.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return shop.storage.write(actorOf(context), (tx) => shop.personality.set(tx, input.personality))
  }),
  preview: os.preview.handler(async ({ context, input, signal }) => {
    const shop = shopOf(context, input)
    const { personality: wanted, message, engineId } = input
    const engine = engineId === undefined ? shop.engines.chain : shop.engines.engine(engineId)
    try {
      return await shop.preview.answer(
        { personality: wanted, message, engine },
        signal ?? new AbortController().signal,
      )
    } catch (error) {
      throw withoutEngine(error)
    }
  }),
}
