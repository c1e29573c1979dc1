import type { SendOutcome } from '../channel.ts'
import { describe, type Failure } from './failure.ts'

/** When to try again after the network refused a connection or a token, in ms. */
const unreachableDelay = 5_000
const tokenDelay = 60_000

/** What a failed send means: whether the customer may have it already decides everything. */
export function toOutcome(failure: Failure): SendOutcome {
  const reason = describe(failure)
  if (failure.kind === 'rate_limited') return { state: 'later', afterMs: failure.retryAfterMs, reason }
  // The token's refusal says nothing about this message; polling tells the owner.
  if (failure.kind === 'refused' && failure.code === 401)
    return { state: 'later', afterMs: tokenDelay, reason }
  if (failure.kind === 'refused') return { state: 'failed', reason }
  if (failure.kind === 'server') return { state: 'unknown', reason }
  if (failure.kind === 'internal') return { state: 'failed', reason }
  return failure.sent ? { state: 'unknown', reason } : { state: 'later', afterMs: unreachableDelay, reason }
}
