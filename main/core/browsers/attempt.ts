import { fileURLToPath } from 'node:url'
import type { Clock, Log, Processes } from '../host.ts'
import type { DownloadFailure } from './browser.ts'
import { type DownloadOrder, type FromDownload, readFromDownload } from './download-protocol.ts'

/** A connection that gives nothing for this long is dead, ms. */
export const STALLED_MS = 30_000
/** Unpacking is silent, and slow disks are slow; ms. */
const UNPACKING_MS = 10 * 60_000

/** One try did not bring a browser. */
export class AttemptError extends Error {
  readonly reason: DownloadFailure
  /** Worth another try. */
  readonly passing: boolean

  constructor(reason: DownloadFailure, passing: boolean, detail = '') {
    super(`browser download: ${reason} ${detail}`)
    this.name = 'AttemptError'
    this.reason = reason
    this.passing = passing
  }
}

export interface AttemptDeps {
  processes: Processes
  clock: Clock
  log: Log
  /** Ends it at once. */
  signal: AbortSignal
  onFetching: (bytes: number, total: number | null) => void
  onUnpacking: () => void
}

/**
 * One try in a process of its own, which is gone when this settles.
 * @throws AttemptError, or the signal's reason
 */
export async function attemptDownload(
  order: DownloadOrder,
  { processes, clock, log, signal, onFetching, onUnpacking }: AttemptDeps,
): Promise<{ build: string; executable: string }> {
  signal.throwIfAborted()
  const outcome = Promise.withResolvers<{ build: string; executable: string }>()
  const exited = Promise.withResolvers<void>()
  const entry = new URL('./download-process.ts', import.meta.url)
  const child = processes.fork(fileURLToPath(entry), [JSON.stringify(order)])
  // Nobody reads it, but a full pipe would stop it.
  child.stdout.resume()
  let unpacking = false
  let cancelStall = () => {}
  const alive = () => {
    cancelStall()
    cancelStall = clock.after(unpacking ? UNPACKING_MS : STALLED_MS, () =>
      outcome.reject(new AttemptError('stalled', !unpacking)),
    )
  }
  const hear = (message: FromDownload) => {
    if (message.type === 'done') return outcome.resolve(message)
    if (message.type === 'failed') {
      log.info('browsers.download_broke', { reason: message.reason, detail: message.detail.slice(0, 500) })
      return outcome.reject(new AttemptError(message.reason, message.passing, message.detail))
    }
    if (message.type === 'unpacking') {
      unpacking = true
      onUnpacking()
    } else onFetching(message.bytes, message.total)
    alive()
  }
  child.onMessage((raw) => {
    const message = readFromDownload(raw)
    if (message === null) log.warn('browsers.unreadable_message')
    else hear(message)
  })
  child.onExit((code) => {
    // Does nothing when it has said its outcome before.
    outcome.reject(
      unpacking
        ? new AttemptError('damaged', false, `ended with ${code}`)
        : new AttemptError('connection', true, `ended with ${code}`),
    )
    exited.resolve()
  })
  const onAbort = () => outcome.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  alive()
  try {
    return await outcome.promise
  } finally {
    cancelStall()
    signal.removeEventListener('abort', onAbort)
    child.kill()
    await exited.promise
  }
}
