import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { Clock, Host, Log } from '../core/host.ts'
import { keyFileWrapper } from '../core/secrets/key-file.ts'
import type { Installation } from '../hosting/installation.ts'
import { utilityProcesses } from './utility-process.ts'

export interface DesktopHostOptions {
  dataFolder: string
  installation: Installation
  log: Log
  clock: Clock
}

/** What the desktop app gives the core. */
export function createDesktopHost({ dataFolder, installation, log, clock }: DesktopHostOptions): Host {
  return {
    kind: 'electron',
    paths: { data: dataFolder, resources: installation.resources },
    clock,
    log,
    secrets: keyFileWrapper(join(dataFolder, 'secret.key')),
    notifier: { notify: ({ kind, shop }) => log.info('host.notice', { kind, shop }) },
    processes: utilityProcesses({ fork: utilityProcess.fork, clock, log }),
  }
}
