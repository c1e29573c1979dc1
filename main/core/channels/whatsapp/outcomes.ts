import type { z } from 'zod'
import { isOff } from '../../mutants.ts'
import { describeError } from './failure.ts'
import type { outcomeSchema } from './protocol.ts'

export type Outcome = z.output<typeof outcomeSchema>

/** What the library's own promise came to. */
export type Call = { message: unknown } | { error: unknown }
/** What the site's client said of a message that it had. */
export type Finished = { result: string } | { error: string }

const RETRY_MS = 5000

/** The library has ended, and as far as is known nothing was handed to the site's client. */
export function withoutHandOver(done: Call): Outcome {
  // It returns nothing at all when there is no such chat.
  if ('message' in done) return { state: 'failed', reason: 'no_chat' }
  const words = String(done.error)
  if (words.includes('mostrador: called back')) return later('aborted')
  if (/No LID for user|wid error|invalid wid/i.test(words)) return { state: 'failed', reason: 'no_chat' }
  // The page has just been loaded, and the library is not in it yet.
  if (/WWebJS|reading 'getChat'/.test(words)) return later('page_loading')
  // Perhaps it had just left.
  if (isPageGone(done.error)) return { state: 'unknown', reason: describeError(done.error) }
  return { state: 'failed', reason: describeError(done.error) }
}

/** Something that the site's client had is never said to be worth another try. */
export function afterHandOver(id: string, finished: Finished): Outcome {
  const isRefusal =
    'result' in finished
      ? !/^OK$|NETWORK|EXPIRED/.test(finished.result)
      : // The platform's own no; anything else may have happened after the platform took it.
        /ServerStatusCodeError/.test(finished.error)
  const reason = 'result' in finished ? finished.result : describeError(finished.error)
  if (isRefusal) return { state: 'failed', reason }
  if (reason === 'OK') return { state: 'sent', externalId: id, sentAt: Date.now() }
  return isOff('whatsapp.handed_is_not_repeated') ? later(reason) : { state: 'unknown', reason }
}

/** The page was left, closed or did not answer: nobody knows how far it was. */
export function isPageGone(error: unknown): boolean {
  return /context|Target closed|Session closed|detached|timed out/i.test(String(error))
}

export function later(reason: string): Outcome {
  return { state: 'later', afterMs: RETRY_MS, reason }
}
