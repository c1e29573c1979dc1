import { type ChildProcess, fork, type IOType } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'
import { app } from './app.ts'
import { note, onAct, onView } from './journal.ts'
import { preventable } from './preventable.ts'

const running = new Map<number, UtilityProcess>()
const prelude = new URL('./utility-prelude.ts', import.meta.url).href

/** A real process, so that it can be killed for real. */
class UtilityProcess extends EventEmitter {
  pid: number | undefined
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  readonly name: string
  readonly module: string
  readonly #child: ChildProcess

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super()
    const { stdio } = options
    const [, out = 'inherit', err = 'inherit'] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio]
    this.#child = fork(modulePath, [...args], {
      execArgv: [...(options.execArgv ?? []), '--import', prelude],
      serialization: 'advanced',
      // Electron takes the same words as Node.
      stdio: ['ignore', out as IOType, err as IOType, 'ipc'],
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      cwd: options.cwd,
    })
    this.name = options.serviceName ?? 'Node Utility Process'
    this.module = modulePath
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#follow()
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send({ message })
  }

  kill(): boolean {
    if (this.pid === undefined) return false
    note('utility.kill', { pid: this.pid, name: this.name })
    return this.#child.kill('SIGTERM')
  }

  #follow(): void {
    const child = this.#child
    child.on('error', () => undefined)
    child.once('spawn', () => {
      this.pid = child.pid
      if (child.pid !== undefined) running.set(child.pid, this)
      note('utility.spawn', { pid: child.pid, name: this.name, module: this.module })
      this.emit('spawn')
    })
    child.on('message', ({ message }: { message: unknown }) => this.emit('message', message))
    // What it wrote last is read before its end is told.
    child.once('close', (code, signal) => {
      const pid = this.pid
      if (pid !== undefined) running.delete(pid)
      this.pid = undefined
      note('utility.exit', { pid, name: this.name, code, signal })
      if (signal !== null && signal !== 'SIGTERM') {
        const reason = signal === 'SIGKILL' ? 'killed' : 'crashed'
        app.emit('child-process-gone', preventable(), {
          type: 'Utility',
          reason,
          exitCode: 9,
          serviceName: 'node.mojom.NodeService',
          name: this.name,
        })
      }
      this.emit('exit', code ?? (signal === 'SIGTERM' ? 15 : 9))
    })
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) => {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.')
    return new UtilityProcess(modulePath, args, options)
  },
}

onView('utilityProcesses', () => [...running].map(([pid, { name, module }]) => ({ pid, name, module })))
onAct('utility.sigkill', ({ pid }) => process.kill(Number(pid), 'SIGKILL'))
