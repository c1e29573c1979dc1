import { fileURLToPath } from 'node:url'
import type { ChildProcess, Processes } from '../../host.ts'
import type { FromProcess, ToProcess } from './protocol.ts'

type AboutTrial = Extract<FromProcess, { type: 'trial_start' | 'trial_say' | 'trial_end' }>

/** The processes in which a model process has binaries tried; they end with it. */
export class Trials {
  readonly #processes: Processes
  readonly #answer: (message: ToProcess) => void
  readonly #running = new Map<number, ChildProcess>()

  constructor(processes: Processes, answer: (message: ToProcess) => void) {
    this.#processes = processes
    this.#answer = answer
  }

  hear(message: AboutTrial): void {
    if (message.type === 'trial_start') this.#start(message.trial)
    else if (message.type === 'trial_say') this.#running.get(message.trial)?.send(message.message)
    else this.#running.get(message.trial)?.kill()
  }

  end(): void {
    for (const child of this.#running.values()) child.kill()
  }

  #start(trial: number): void {
    const entry = new URL('./binary-trial-process.ts', import.meta.url)
    const child = this.#processes.fork(fileURLToPath(entry), [])
    this.#running.set(trial, child)
    child.stdout.resume()
    child.onMessage((message) => this.#answer({ type: 'trial_said', trial, message: asJson(message) }))
    child.onExit((code) => {
      this.#running.delete(trial)
      this.#answer({ type: 'trial_over', trial, code })
    })
  }
}

type Json = Extract<ToProcess, { type: 'trial_said' }>['message']

/** What came from another process is JSON, or nothing. */
function asJson(message: unknown): Json {
  return JSON.parse(JSON.stringify(message) ?? 'null')
}

export function isAboutTrial(message: FromProcess): message is AboutTrial {
  return message.type === 'trial_start' || message.type === 'trial_say' || message.type === 'trial_end'
}
