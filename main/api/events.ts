import type { EventStreamItem } from '../../preload/contract/index.ts'
import { eventsAfter, lastEventSeq } from '../core/event-log.ts'
import type { ShopEvent } from '../core/events.ts'
import type { Shop } from '../core/shops/shop.ts'
import { implementer, shopOf } from './procedure.ts'

/** More missed events than this are not replayed: asking for everything again costs the desk less. */
const longestReplay = 500
/** A listener that falls this far behind is told of a gap instead of holding more and more of them. */
const longestQueue = 2_000

export const events = {
  stream: implementer.events.stream.handler(({ context, input, signal }) =>
    streamEvents(shopOf(context, input), input.afterSeq, signal),
  ),
}

/** Replays what was missed after `afterSeq`, then goes on live until the signal ends it. */
async function* streamEvents(
  shop: Shop,
  afterSeq: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<EventStreamItem> {
  let queue: ShopEvent[] = []
  let overrun = false
  let wake = Promise.withResolvers<void>()
  const unsubscribe = shop.bus.subscribe((event) => {
    if (queue.length >= longestQueue) {
      queue = []
      overrun = true
    }
    queue.push(event)
    wake.resolve()
  })
  const onAbort = () => wake.resolve()
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    let sent = lastEventSeq(shop.storage)
    const missed = afterSeq === undefined ? [] : eventsAfter(shop.storage, afterSeq, longestReplay + 1)
    const gap = afterSeq !== undefined && (afterSeq > sent || missed.length > longestReplay)
    yield { kind: 'ready', seq: gap || afterSeq === undefined ? sent : afterSeq, gap }
    if (!gap) for (const event of missed) yield { kind: 'event', event }
    while (signal?.aborted !== true) {
      if (queue.length === 0) await wake.promise
      wake = Promise.withResolvers<void>()
      const events = queue
      queue = []
      if (overrun) {
        overrun = false
        sent = lastEventSeq(shop.storage)
        yield { kind: 'ready', seq: sent, gap: true }
        continue
      }
      for (const event of events) {
        if (event.seq !== null && event.seq <= sent) continue
        sent = event.seq ?? sent
        yield { kind: 'event', event }
      }
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', onAbort)
  }
}
