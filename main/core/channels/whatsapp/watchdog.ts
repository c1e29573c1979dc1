import type { PageState } from './page-state.ts'
import type { FromProcess } from './protocol.ts'

export type EndReason = Extract<FromProcess, { type: 'ended' }>['reason']

/** How often the page is looked at, ms. */
export const PROBE_EVERY_MS = 5000
/** A look that takes longer is no answer, ms. */
export const PROBE_LIMIT_MS = 5000
const SILENT_LOOKS = 3
/** Connected and synced, and the library has not noticed, ms. */
const STUCK_MS = 10_000
/** Connected and still not synced, ms. First pairings of full phones take minutes. */
const SYNC_MS = 10 * 60_000
const RESCUES = 3
const UNREACHABLE_MS = 3 * 60_000
/** Before the first connection it is only slow until then, ms. */
const SLOW_START_MS = 15_000
const TAKE_OVERS = 3
/** Looks at which a page that was ready shows a code before its session counts as gone. */
const UNPAIRED_LOOKS = 2

const AWAY = new Set(['LOADING', 'OPENING', 'TIMEOUT', 'UNLAUNCHED', 'PAIRING'])
const BLOCKED = new Set(['DEPRECATED_VERSION', 'TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK'])

export interface Watch {
  /** Some document has answered. */
  answered: boolean
  silent: number
  rescues: number
  takeOvers: number
  unpaired: number
  /** Since when it is connected without being ready; null when it is not. Ms of a monotonic clock, as all times here. */
  stuckSince: number | null
  syncingSince: number | null
  awaySince: number | null
  wasReady: boolean
  saidOffline: boolean
}

export const firstWatch: Watch = {
  answered: false,
  silent: 0,
  rescues: 0,
  takeOvers: 0,
  unpaired: 0,
  stuckSince: null,
  syncingSince: null,
  awaySince: null,
  wasReady: false,
  saidOffline: false,
}

export type Deed =
  /** Asks the library to look again whether the account is synced. */
  | { do: 'look_again' | 'reload' | 'refresh_code' | 'take_over' }
  /** Says how things are: the line is away, it is back, it is back and shows a code. */
  | { do: 'say_offline' | 'say_ready' | 'say_code' }
  | { do: 'end'; reason: EndReason; detail?: string }

export interface Look {
  /** Null when the page did not answer. */
  page: PageState | null
  now: number
  /** The owner wants the connection back from where else it was opened. */
  useHere: boolean
}

/** What to do after a look at the page. Silence of the customers is no sign of death; silence of the page is. */
export function watch(before: Watch, { page, now, useHere }: Look): { watch: Watch; deeds: Deed[] } {
  if (page === null) {
    const silent = before.silent + 1
    // Before any document was there, it is the site that does not answer.
    const reason = before.answered ? 'page_hung' : 'unreachable'
    const deeds: Deed[] = silent >= SILENT_LOOKS ? [end(reason)] : []
    return { watch: { ...before, silent }, deeds }
  }
  const answered = { ...before, answered: true, silent: 0 }
  if (AWAY.has(page.state)) return away(answered, now)
  const here = { ...answered, awaySince: null }
  if (page.state === 'CONNECTED') return connected(here, page, now)
  const idle = { ...here, stuckSince: null, syncingSince: null }
  if (page.state === 'CONFLICT') return conflict(idle, useHere)
  if (BLOCKED.has(page.state)) return { watch: idle, deeds: [end('failed', page.state)] }
  return unpaired(idle, page)
}

function away(before: Watch, now: number): { watch: Watch; deeds: Deed[] } {
  const awaySince = before.awaySince ?? now
  const after = { ...before, awaySince, stuckSince: null, syncingSince: null }
  if (now - awaySince >= UNREACHABLE_MS) return { watch: after, deeds: [end('unreachable')] }
  const isLong = before.wasReady || now - awaySince >= SLOW_START_MS
  if (!isLong || before.saidOffline) return { watch: after, deeds: [] }
  return { watch: { ...after, saidOffline: true }, deeds: [{ do: 'say_offline' }] }
}

function connected(before: Watch, page: PageState, now: number): { watch: Watch; deeds: Deed[] } {
  if (page.listening) {
    const deeds: Deed[] = before.saidOffline ? [{ do: 'say_ready' }] : []
    return { watch: { ...firstWatch, answered: true, wasReady: true }, deeds }
  }
  if (!page.hasSynced) {
    const syncingSince = before.syncingSince ?? now
    if (now - syncingSince < SYNC_MS)
      return { watch: { ...before, syncingSince, stuckSince: null }, deeds: [] }
    return rescue({ ...before, syncingSince: now }, 'reload')
  }
  const stuckSince = before.stuckSince ?? now
  const after = { ...before, stuckSince, syncingSince: null }
  if (now - stuckSince < STUCK_MS) return { watch: after, deeds: [] }
  return rescue({ ...after, stuckSince: now }, !page.injected && page.hooked ? 'look_again' : 'reload')
}

function rescue(before: Watch, deed: 'look_again' | 'reload'): { watch: Watch; deeds: Deed[] } {
  if (before.rescues >= RESCUES) return { watch: before, deeds: [end('not_ready')] }
  return { watch: { ...before, rescues: before.rescues + 1 }, deeds: [{ do: deed }] }
}

function conflict(before: Watch, useHere: boolean): { watch: Watch; deeds: Deed[] } {
  if (!useHere || before.takeOvers >= TAKE_OVERS) return { watch: before, deeds: [end('conflict')] }
  return { watch: { ...before, takeOvers: before.takeOvers + 1 }, deeds: [{ do: 'take_over' }] }
}

function unpaired(before: Watch, page: PageState): { watch: Watch; deeds: Deed[] } {
  const looks = before.unpaired + 1
  const after = { ...before, unpaired: looks, saidOffline: false }
  if (before.wasReady && looks >= UNPAIRED_LOOKS) return { watch: after, deeds: [end('logged_out')] }
  const back: Deed[] = before.saidOffline ? [{ do: 'say_code' }] : []
  const idle: Deed[] = page.state === 'UNPAIRED_IDLE' ? [{ do: 'refresh_code' }] : []
  return { watch: after, deeds: [...back, ...idle] }
}

function end(reason: EndReason, detail?: string): Deed {
  return { do: 'end', reason, ...(detail === undefined ? {} : { detail }) }
}
