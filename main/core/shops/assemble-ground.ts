import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ShopBrief } from '../engines/engine.ts'
import { EventBus } from '../events.ts'
import type { Clock, Host, Log, Notifier, ProbePoint } from '../host.ts'
import { MediaStore } from '../media/service.ts'
import { Secrets } from '../secrets/service.ts'
import { Checkpoints } from '../storage/checkpoints.ts'
import { type Lock, takeLock } from '../storage/lock.ts'
import { openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/storage.ts'
import { toFileError } from '../storage/storage-errors.ts'
import { briefReader } from './brief.ts'

/** What everything in a shop stands on: its folder, its database, and what the host gives. */
export interface Ground {
  slug: string
  /** The shop's folder. */
  dir: string
  /** Where the app's own data are. */
  resources: string
  clock: Clock
  log: Log
  notifier: Notifier
  probe(point: ProbePoint): void
  lock: Lock
  storage: Storage
  checkpoints: Checkpoints
  bus: EventBus
  shop: () => ShopBrief
  media: MediaStore
  secrets: Secrets
}

/**
 * Opens a shop's folder and takes its lock.
 * @throws DomainError `shop.locked`, `shop.damaged`, `shop.newer_version`, `shop.no_rights`; nothing is touched then.
 */
export function openGround(slug: string, dir: string, host: Host): Ground {
  const { clock, notifier } = host
  const log = host.log.child({ shop: slug })
  makeFolder(join(dir, 'media'))
  const lock = takeLock(join(dir, 'lock.db'))
  const { storage, bus } = openDatabase(dir, clock, log, lock)
  const checkpoints = new Checkpoints({ file: join(dir, 'shop.db'), clock, log })
  storage.whenCommitted(() => checkpoints.committed())
  return {
    slug,
    dir,
    resources: host.paths.resources,
    clock,
    log,
    notifier,
    probe: host.probe ?? (() => undefined),
    lock,
    storage,
    checkpoints,
    bus,
    shop: briefReader(storage),
    media: new MediaStore(join(dir, 'media')),
    secrets: new Secrets(storage, host.secrets),
  }
}

function openDatabase(dir: string, clock: Clock, log: Log, lock: Lock): { storage: Storage; bus: EventBus } {
  try {
    const bus = new EventBus((error) => log.error('events.listener_failed', { error: String(error) }))
    return { bus, storage: openStorage(join(dir, 'shop.db'), { clock, bus }) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw toFileError(error, path)
  }
}
