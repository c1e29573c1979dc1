import { app, type WebContents } from 'electron'
import type { Trouble } from '../../preload/contract/shell.ts'
import type { Clock, Log } from '../core/host.ts'
import { afterChildGone, afterWindowGone, HUNG_MS, relaunchWith, together } from './restart-policy.ts'
import type { RunNote } from './run-note.ts'

/** How the app ends after an error that nobody caught: `EX_SOFTWARE`. */
const CRASHED = 70
/** Chromium's word for a load in whose place another one came: `ERR_ABORTED`. */
const ABORTED = -3

/** Where troubles are written down for the desk. */
export interface TroubleBook {
  note(trouble: Pick<Trouble, 'part' | 'reason'>): void
  /** The part runs again. */
  healed(part: Trouble['part']): void
}

/**
 * From now on an error that nobody caught, which leaves the app in a state that nobody knows, ends it and starts it
 * again: what it was doing is in the journal. Whoever holds the log writes the error down (`uncaughtExceptionMonitor`).
 * @param isHidden whether the window is unseen, and is to stay so
 * @param isLeaving whether the app ends already: then it is not started again
 */
export function restartOnErrors({
  run,
  isHidden,
  isLeaving,
}: {
  run: RunNote
  isHidden: () => boolean
  isLeaving: () => boolean
}): void {
  let isEnding = false
  process.on('uncaughtException', (error) => {
    if (isEnding) return
    isEnding = true
    // The log may not be open yet.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    run.crashed()
    const next = { hidden: isHidden(), appImage: process.env.APPIMAGE }
    if (!isLeaving()) app.relaunch(relaunchWith(process.argv.slice(1), next))
    app.exit(CRASHED)
  })
  process.on('unhandledRejection', (reason) => {
    throw reason
  })
  // Whoever started the app from a terminal may close it: that is no error of the app.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

export interface WatchDeps {
  run: RunNote
  clock: Clock
  log: Log
  troubles: TroubleBook
  /** The page of the window; null while there is none. */
  desk(): WebContents | null
}

/**
 * Loads the window anew when its page has died, hangs or did not come, and notes what dies beside it. Call it before the
 * window is made.
 */
export function watchParts(deps: WatchDeps): void {
  const { clock, log, run, troubles } = deps
  let windowDeaths: number[] = []
  let graphicsDeaths: number[] = []
  const loadAgain = (contents: WebContents, reason: string) => {
    windowDeaths = together(windowDeaths, clock.monotonic())
    const next = afterWindowGone(reason, windowDeaths)
    log.warn('window.gone', { reason, next: next.go })
    if (next.go === 'nothing') return
    troubles.note({ part: 'window', reason: next.reason })
    clock.after(next.afterMs, () => {
      if (contents.isDestroyed()) return
      contents.once('did-finish-load', () => troubles.healed('window'))
      contents.reload()
    })
  }
  app.on('render-process-gone', (_event, contents, { reason }) => {
    if (contents === deps.desk()) loadAgain(contents, ended.has(contents) ? 'hung' : reason)
  })
  app.on('web-contents-created', (_event, contents) => {
    contents.on('did-fail-load', (_failed, code, _description, _address, isMainFrame) => {
      if (contents === deps.desk() && isMainFrame && code !== ABORTED) loadAgain(contents, 'launch-failed')
    })
  })
  const ended = endWhatHangs(deps)
  app.on('child-process-gone', (_event, { type, reason, name }) => {
    if (type === 'GPU') graphicsDeaths = together(graphicsDeaths, clock.monotonic())
    const next = afterChildGone(type, reason, graphicsDeaths)
    log.info('process.gone', { type, reason, name, next: next.go })
    if (next.go === 'nothing') return
    if (next.go === 'without_graphics') run.drawWithoutGraphics()
    troubles.note({ part: 'other', reason: next.reason })
    // Chromium has started another one by now, or draws without it.
    troubles.healed('other')
  })
}

/** Ends a page of the desk that does not answer for long; gives those that it ended. */
function endWhatHangs({ clock, log, desk }: WatchDeps): WeakSet<WebContents> {
  const ended = new WeakSet<WebContents>()
  app.on('web-contents-created', (_event, contents) => {
    let cancel = () => {}
    contents.on('unresponsive', () => {
      if (contents !== desk()) return
      log.warn('window.unresponsive')
      cancel()
      cancel = clock.after(HUNG_MS, () => {
        if (contents.isDestroyed()) return
        ended.add(contents)
        contents.forcefullyCrashRenderer()
      })
    })
    contents.on('responsive', () => cancel())
    contents.on('render-process-gone', () => cancel())
    contents.on('did-finish-load', () => ended.delete(contents))
  })
  return ended
}
