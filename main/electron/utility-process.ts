import { basename } from 'node:path'
import { PassThrough } from 'node:stream'
import type { UtilityProcess, utilityProcess } from 'electron'
import type { ChildProcess, Clock, Log, Processes } from '../core/host.ts'
import { confirmationOf } from '../core/parent-port.ts'

export interface UtilityDeps {
  /** Electron's own function; it may be called after `ready` only. */
  fork: typeof utilityProcess.fork
  /** Ends a process at once; `process.kill` but for tests. */
  kill?: (pid: number, signal: 'SIGKILL') => void
  clock: Clock
  log: Log
}

/** Electron says nothing of a process that it could not start: after so long it is taken for that, ms. */
const SPAWN_MS = 60_000

/** What the system's list of processes calls them. */
const serviceNames: Readonly<Record<string, string>> = {
  'model-process': 'Mostrador · models',
  'whatsapp-process': 'Mostrador · WhatsApp',
  'download-process': 'Mostrador · download',
}

/** The core's processes as Electron's utility processes: they need neither `ELECTRON_RUN_AS_NODE` nor a Node beside the app. */
export function utilityProcesses(deps: UtilityDeps): Processes {
  return { fork: (modulePath, args) => new Utility(deps, modulePath, args) }
}

class Utility implements ChildProcess {
  readonly stdout = new PassThrough()
  readonly #child: UtilityProcess
  /** Electron forgets its own end of the pipe when the process has gone. */
  readonly #printed: UtilityProcess['stdout']
  readonly #kill: NonNullable<UtilityDeps['kill']>
  readonly #onExit: ((code: number | null) => void)[] = []
  readonly #onMessage: ((message: unknown) => void)[] = []
  #alive = true
  #killed = false

  constructor(
    { fork, kill = (pid, signal) => process.kill(pid, signal), clock, log }: UtilityDeps,
    modulePath: string,
    args: readonly string[],
  ) {
    this.#kill = kill
    const name = basename(modulePath).replace(/[.][jt]s$/, '')
    this.#child = fork(modulePath, [...args], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'inherit'],
      serviceName: serviceNames[name] ?? 'Mostrador',
    })
    this.#printed = this.#child.stdout
    this.#printed?.pipe(this.stdout)
    const cancelSpawn = clock.after(SPAWN_MS, () => {
      log.error('process.not_started', { name })
      this.#ended(null)
    })
    this.#child.on('spawn', () => {
      cancelSpawn()
      // Before it has an id it cannot be ended.
      if (this.#killed || !this.#alive) this.#end()
    })
    this.#child.on('error', (type, location) => log.error('process.fatal', { name, type, location }))
    this.#child.on('message', (message) => this.#hear(message))
    this.#child.on('exit', (code) => {
      cancelSpawn()
      this.#ended(this.#killed ? null : code)
    })
  }

  /** Nothing happens when it has gone. */
  send(message: unknown): void {
    // In the very moment of its exit Electron's own call would end this process.
    if (this.#alive) this.#child.postMessage(message)
  }

  onMessage(listen: (message: unknown) => void): void {
    this.#onMessage.push(listen)
  }

  onExit(listen: (code: number | null) => void): void {
    this.#onExit.push(listen)
  }

  kill(): void {
    if (!this.#alive) return
    this.#killed = true
    this.#end()
  }

  #hear(message: unknown): void {
    if (!this.#alive) return
    const confirmation = confirmationOf(message)
    if (confirmation !== null) this.send(confirmation)
    else for (const listen of this.#onMessage) listen(message)
  }

  /** Electron only asks it to end, and waits two seconds before it insists. */
  #end(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      this.#kill(pid, 'SIGKILL')
    } catch {
      this.#child.kill()
    }
  }

  #ended(code: number | null): void {
    if (!this.#alive) return
    this.#alive = false
    this.#printed?.unpipe(this.stdout)
    this.stdout.end()
    for (const listen of this.#onExit) listen(code)
  }
}
