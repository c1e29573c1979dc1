import { join } from 'node:path'
import type { Host, Log, Notifier } from '../core/host.ts'
import { keyFileWrapper } from '../core/secrets/key-file.ts'
import { passphraseWrapper } from '../core/secrets/passphrase.ts'
import { forkProcess } from '../hosting/fork-process.ts'
import { systemClock } from '../hosting/system-clock.ts'

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
