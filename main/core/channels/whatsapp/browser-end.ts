import type { Browser } from './client.ts'
import { within } from './failure.ts'

/** How long a browser may take to close, ms. It writes its profile meanwhile: killed too early, it forgets the session. */
const CLOSE_MS = 7000

/** Closes a browser properly, and ends it with all that it has started where it does not close. */
export async function closeBrowser(browser: Browser): Promise<void> {
  const child = browser.process()
  await within(CLOSE_MS, browser.close()).catch(() => undefined)
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  // Elsewhere it leads a group of its own.
  const targets = process.platform === 'win32' ? [child.pid] : [-child.pid, child.pid]
  for (const target of targets) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}
