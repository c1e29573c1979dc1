import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { ChildProcess, Clock, Host, Log, Notifier } from '../core/host.ts'
import { keyFileWrapper } from '../core/secrets/key-file.ts'
import { passphraseWrapper } from '../core/secrets/passphrase.ts'

/** The computer's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export interface HeadlessHostOptions {
  dataFolder: string
  resourcesFolder: string
  log: Log
  /** Opens the shops' secrets; without one a key file beside the data does. */
  passphrase?: string
  kind?: 'headless' | 'cli'
}

/** What a host without Electron gives the core. */
export function createHeadlessHost(options: HeadlessHostOptions): Host {
  const { log, passphrase } = options
  return {
    kind: options.kind ?? 'headless',
    paths: { data: options.dataFolder, resources: options.resourcesFolder },
    clock: systemClock,
    log,
    secrets:
      passphrase === undefined || passphrase === ''
        ? keyFileWrapper(join(options.dataFolder, 'secret.key'))
        : passphraseWrapper(passphrase),
    notifier: logNotifier(log),
    processes: { fork: forkProcess },
  }
}

/** Without a window the desk shows notices itself, from the shop's events; here they are only noted. */
function logNotifier(log: Log): Notifier {
  return {
    notify: ({ kind, shop, conversationId }) => log.info('host.notice', { kind, shop, conversationId }),
  }
}

function forkProcess(modulePath: string, args: readonly string[]): ChildProcess {
  const child = fork(modulePath, [...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  if (child.stdout === null) throw new Error('a forked process has a stdout pipe')
  return {
    stdout: child.stdout,
    send: (message) => {
      // Anything that IPC can carry; the type asks for a serialisable one, which the receiver checks anyway.
      child.send(message as object)
    },
    onMessage: (fn) => child.on('message', fn),
    onExit: (fn) => child.on('exit', fn),
    kill: () => child.kill('SIGKILL'),
  }
}
