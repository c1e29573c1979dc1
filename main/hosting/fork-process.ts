import { fork } from 'node:child_process'
import type { ChildProcess } from '../core/host.ts'

/**
 * Starts a module in a process of its own, with messages both ways. It inherits none of this process's Node options:
 * a debugger's port or a loader would be in its way, and in the way of what it starts itself.
 */
export function forkProcess(modulePath: string, args: readonly string[]): ChildProcess {
  const child = fork(modulePath, [...args], { execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  if (child.stdout === null) throw new Error('a forked process has a stdout pipe')
  // Else a message to a process that is just ending would end this one.
  child.on('error', () => undefined)
  return {
    stdout: child.stdout,
    send: (message) => {
      // Anything that IPC can carry; the type asks for a serialisable one, which the receiver checks anyway.
      if (child.connected) child.send(message as object)
    },
    onMessage: (fn) => child.on('message', fn),
    onExit: (fn) => {
      child.on('exit', fn)
      // A process that could not be started never exits.
      child.on('error', () => child.pid === undefined && fn(null))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
