import { DomainError, type ErrorCode } from '../errors.ts'
import { EngineError, type EngineErrorCode } from './engine.ts'

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

/** What whoever asked an engine directly is told of its failure; any other error as it is. */
export function withoutEngine(error: unknown): unknown {
  return error instanceof EngineError ? new DomainError(errorCodes[error.code]) : error
}
