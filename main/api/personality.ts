import { EngineError, type EngineErrorCode } from '../core/engines/engine.ts'
import { DomainError, type ErrorCode } from '../core/errors.ts'
import { actorOf } from './context.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.personality

const errorCodes: Record<EngineErrorCode, ErrorCode> = {
  offline: 'engine.unreachable',
  refused_key: 'engine.refused_key',
  out_of_credit: 'engine.out_of_credit',
  rate_limit: 'engine.rate_limit',
  context_too_long: 'engine.invalid_answer',
  busy: 'engine.busy',
  crashed: 'engine.crashed',
  timeout: 'engine.timeout',
  invalid_answer: 'engine.invalid_answer',
  service_failed: 'engine.unreachable',
  model_missing: 'engine.model_unknown',
  capped: 'engine.capped',
  no_price: 'cap.rate_missing',
  resting: 'engine.not_available',
  off: 'engine.not_available',
}

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
      if (error instanceof EngineError) throw new DomainError(errorCodes[error.code])
      throw error
    }
  }),
}
