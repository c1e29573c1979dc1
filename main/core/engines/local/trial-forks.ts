import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import type { FromProcess, ToProcess } from './protocol.ts'

/**
 * Before it loads a binary the library tries it in a process of its own. Under Electron it cannot start one: a utility
 * process may not, and a fork would need Electron to run as Node, which the shipped app refuses. So the host starts it,
 * and both ends are connected through this process.
 */
export class TrialForks {
  readonly #say: (message: FromProcess) => void
  readonly #trials = new Map<number, Trial>()
  #last = 0

  constructor(say: (message: FromProcess) => void) {
    this.#say = say
  }

  /** From now on the library's forks are the host's. */
  install(): void {
    const { fork } = childProcess
    const ours = (modulePath: string | URL, ...rest: unknown[]): unknown =>
      basename(String(modulePath)) === 'testBindingBinary.js'
        ? this.#begin()
        : Reflect.apply(fork, childProcess, [modulePath, ...rest])
    // Of what a child process is the library uses only what `Trial` has.
    childProcess.fork = ours as typeof fork
    syncBuiltinESMExports()
  }

  hear(message: Extract<ToProcess, { type: 'trial_said' | 'trial_over' }>): void {
    const trial = this.#trials.get(message.trial)
    if (trial === undefined) return
    if (message.type === 'trial_said') trial.emit('message', message.message)
    else {
      this.#trials.delete(message.trial)
      trial.over(message.code)
    }
  }

  #begin(): Trial {
    const number = ++this.#last
    const trial = new Trial(
      (message) => this.#say({ type: 'trial_say', trial: number, message }),
      () => this.#say({ type: 'trial_end', trial: number }),
    )
    this.#trials.set(number, trial)
    this.#say({ type: 'trial_start', trial: number })
    return trial
  }
}

/** The host's process, as the library sees it. */
class Trial extends EventEmitter {
  killed = false
  exitCode: number | null = null
  readonly stdout = null
  readonly stderr = null
  readonly #say: (message: JsonLike) => void
  readonly #end: () => void

  constructor(say: (message: JsonLike) => void, end: () => void) {
    super()
    this.#say = say
    this.#end = end
  }

  send(message: JsonLike): boolean {
    this.#say(message)
    return true
  }

  kill(): boolean {
    this.killed = true
    this.#end()
    return true
  }

  over(code: number | null): void {
    this.exitCode = code ?? 1
    this.emit('exit', this.exitCode, null)
  }
}

type JsonLike = Extract<FromProcess, { type: 'trial_say' }>['message']
