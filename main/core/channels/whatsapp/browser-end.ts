import { once } from 'node:events'
import type { Browser } from './client.ts'
import { within } from './failure.ts'

/** How long a browser may take to close, ms. It writes its profile meanwhile: killed too early, it forgets the session. */
const CLOSE_MS = 7000
/** How long one that was killed may take to go, ms. */
const GONE_MS = 2000

/** Closes a browser properly, and ends it with all that it has started where it does not close. */
export async function closeBrowser(
  browser: Pick<Browser, 'process' | 'close'>,
  closeMs = CLOSE_MS,
): Promise<void> {
  const child = browser.process()
  await within(closeMs, browser.close()).catch(() => undefined)
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  // Elsewhere it leads a group of its own.
  const targets = process.platform === 'win32' ? [child.pid] : [-child.pid, child.pid]
  for (const target of targets) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  await within(GONE_MS, gone).catch(() => undefined)
}
