import { utilityProcess } from 'electron'
import type { Clock, Host, Log, Notifier, SecretWrapper } from '../core/host.ts'
import type { Installation } from '../hosting/installation.ts'
import { utilityProcesses } from './utility-process.ts'

export interface DesktopHostOptions {
  dataFolder: string
  installation: Installation
  log: Log
  clock: Clock
  secrets: SecretWrapper
  notifier: Notifier
}

/** What the desktop app gives the core. */
export function createDesktopHost(options: DesktopHostOptions): Host {
  const { dataFolder, installation, log, clock, secrets, notifier } = options
  return {
    kind: 'electron',
    paths: { data: dataFolder, resources: installation.resources },
    clock,
    log,
    secrets,
    notifier,
    processes: utilityProcesses({ fork: utilityProcess.fork, clock, log }),
  }
}
