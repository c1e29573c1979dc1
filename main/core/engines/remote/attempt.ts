import type { Clock } from '../../host.ts'
import type { JsonValue } from '../../json.ts'
import type { RequestLedger } from '../../spending/spending.ts'
import { openClient } from './client.ts'
import { AnswerCollector, type RemoteAnswer, type RemoteUsage } from './collect.ts'
import { failureOf, type RemoteFailure } from './errors.ts'
import type { ChatBody } from './request.ts'
import type { Watch } from './time-limits.ts'

export interface Attempt {
  baseUrl: string
  key: string
  body: ChatBody
  ledger: RequestLedger
  reservation: Omit<Parameters<RequestLedger['begin']>[0], 'body'>
  clock: Clock
  watch: Watch
}

export type Outcome =
  | {
      answer: RemoteAnswer
      usage: RemoteUsage | null
      requestId: string
      costMicros: number | null
      firstTokenMs: number | null
    }
  | { failure: RemoteFailure }

/**
 * Sends one request and joins its answer. It is reserved before anything leaves and settled however it ends.
 * @throws what `begin` throws, and the caller's reason when the caller leaves.
 */
export async function attempt(given: Attempt): Promise<Outcome> {
  const { ledger, clock, watch, body } = given
  watch.signal.throwIfAborted()
  // Nothing but JSON is in it.
  const { id } = ledger.begin({ ...given.reservation, body: body as unknown as JsonValue })
  const started = clock.monotonic()
  const collector = new AnswerCollector()
  let firstTokenMs: number | null = null
  let answer: RemoteAnswer | null = null
  let failure: RemoteFailure | null = null
  try {
    watch.asked()
    const client = openClient(given.baseUrl, given.key, 'stream')
    for await (const chunk of await client.chat.completions.create(body, { signal: watch.signal })) {
      if (collector.add(chunk)) firstTokenMs ??= clock.monotonic() - started
      watch.heard()
    }
    // The client ends a stopped stream in silence.
    watch.signal.throwIfAborted()
    answer = collector.finish()
  } catch (error) {
    failure = failureOf(watch.signal.aborted ? watch.signal.reason : error, clock.now())
  }
  const { costUsdMicros, ...tokens } = collector.usage ?? unbilled(failure) ?? { costUsdMicros: null }
  const costMicros = ledger.end(id, {
    usage: 'inputTokens' in tokens ? tokens : null,
    ...(costUsdMicros === null ? {} : { costUsdMicros }),
    error: watch.leftByCaller ? null : (failure?.code ?? null),
    sent: failure?.sent ?? true,
    firstTokenMs,
    durationMs: clock.monotonic() - started,
  })
  if (watch.leftByCaller) throw watch.signal.reason
  if (answer === null) return { failure: failure ?? failureOf(null, clock.now()) }
  return { answer, usage: collector.usage, requestId: id, costMicros, firstTokenMs }
}

/** A request that was refused with a status, or that never left, made the service write nothing. */
function unbilled(failure: RemoteFailure | null): RemoteUsage | null {
  if (failure === null || (failure.status === null && failure.sent)) return null
  return { inputTokens: 0, cachedTokens: 0, outputTokens: 0, costUsdMicros: null }
}
