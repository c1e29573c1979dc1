import { relaunchWith } from './restart-policy.ts'
import type { RunNote } from './run-note.ts'

/** Time that a quit gives what is under way, ms. */
const quitMs = 10_000
/** Time that a Mac has to take a release, ms. */
const installMs = 60_000

type LeavingApp = Pick<Electron.App, 'quit' | 'exit' | 'relaunch' | 'releaseSingleInstanceLock'> & {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
}

/** What runs, once it does. */
type Started = Promise<{ stop(): Promise<void> }>

/**
 * How the app ends: a quit waits until everything is written down, but not for ever; then comes its last act. One in the
 * middle of a start lets that come to its end first.
 */
export class Leaving {
  readonly #app: LeavingApp
  readonly #run: Pick<RunNote, 'ended'>
  readonly #started = Promise.withResolvers<Awaited<Started>>()
  #install: (() => boolean) | null = null
  #again: readonly string[] | null = null
  #isOn = false
  #hasStopped = false

  constructor(app: LeavingApp, run: Pick<RunNote, 'ended'>) {
    this.#app = app
    this.#run = run
    this.#started.promise.catch(() => undefined)
    app.on('will-quit', (event) => {
      // The quit of a Mac that installs a release.
      if (this.#hasStopped) return
      event.preventDefault()
      if (!this.#isOn) void this.#leave()
    })
  }

  /** Nothing keeps the app any more: it ends, whatever happens. */
  get isOn(): boolean {
    return this.#isOn
  }

  /** What is stopped at a quit. */
  follow(started: Started): void {
    this.#started.resolve(started)
  }

  /** Quits, and puts a release in its place as the last act; where `install` answers false, the app starts anew. */
  quitAndInstall(install: () => boolean): void {
    this.#install = install
    this.#app.quit()
  }

  /** The owner stays. */
  stay(): void {
    this.#install = null
  }

  /** Whoever starts the app while it is still ending gets it when it has ended. @param args those of that start */
  startAgain(args: readonly string[]): void {
    this.#again = args
  }

  async #leave(): Promise<void> {
    this.#isOn = true
    const late = new Promise<void>((done) => setTimeout(done, quitMs))
    try {
      await Promise.race([this.#started.promise.then((started) => started.stop()), late])
      this.#run.ended()
    } catch (error) {
      // The log is closed by now: the next start writes down that this one did not end as it should.
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    }
    this.#hasStopped = true
    this.#lastAct()
  }

  #lastAct(): void {
    const app = this.#app
    const appImage = process.env.APPIMAGE
    if (this.#install !== null) {
      app.releaseSingleInstanceLock()
      const isInstalling = this.#install()
      // A Mac's system takes the release first, and quits the app itself.
      if (isInstalling && process.platform === 'darwin') return void setTimeout(() => app.exit(0), installMs)
      if (!isInstalling) app.relaunch(relaunchWith(process.argv.slice(1), { hidden: false, appImage }))
    } else if (this.#again !== null)
      app.relaunch({ args: [...this.#again], ...(appImage ? { execPath: appImage } : {}) })
    app.exit(0)
  }
}
