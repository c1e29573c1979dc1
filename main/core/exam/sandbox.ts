import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { copyFile, link, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Engine } from '../engines/engine.ts'
import { isDomainError } from '../errors.ts'
import { EventBus } from '../events.ts'
import type { Clock, Host } from '../host.ts'
import { newId } from '../ids.ts'
import { ShopRegistry } from '../shops/registry.ts'
import type { Shop } from '../shops/shop.ts'
import { takeLock } from '../storage/lock.ts'
import { openStorage } from '../storage/open.ts'
import { emptyOfPeople } from './copy-tables.ts'
import type { Stage } from './exam.ts'
import { fixedClock, openClock } from './exam-clock.ts'

const prefix = 'exam-'
/** How long the examined shop waits for its search index, ms; text search serves until then. */
const longestIndexMs = 60_000

export interface SandboxOptions {
  host: Host
  /** The shop of the owner; it is read and never written. */
  shop: Shop
  engine: Engine
}

/**
 * Shops to examine an engine in, in a folder of their own under `<data>/tmp`: a copy of the owner's without anything
 * that a customer said or did, and the shipped demo shop. Each is opened when the first case needs it.
 */
export class Sandbox {
  readonly #options: SandboxOptions
  readonly #dir: string
  readonly #lock: { release(): void }
  readonly #shops = new Map<Stage, Promise<Shop>>()
  readonly #registries: ShopRegistry[] = []

  constructor(options: SandboxOptions) {
    this.#options = options
    this.#dir = join(temporaryFolder(options.host.paths.data), `${prefix}${newId()}`)
    // What is copied is the owner's alone.
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    this.#lock = takeLock(join(this.#dir, 'lock.db'))
  }

  get dir(): string {
    return this.#dir
  }

  /** The shop of that stage, opened once. */
  shop(stage: Stage): Promise<Shop> {
    const known = this.#shops.get(stage)
    if (known !== undefined) return known
    const opened = stage === 'own' ? this.#copy() : this.#demo(stage)
    this.#shops.set(stage, opened)
    return opened
  }

  /** Closes the shops and removes the folder. */
  async remove(): Promise<void> {
    await Promise.allSettled(this.#shops.values())
    for (const registry of this.#registries) await registry.stop()
    this.#lock.release()
    rmSync(this.#dir, { recursive: true, force: true })
  }

  async #copy(): Promise<Shop> {
    const { shop } = this.#options
    const dir = join(this.#dir, 'own', 'shops', 'own')
    mkdirSync(dir, { recursive: true })
    const file = join(dir, 'shop.db')
    await shop.storage.sql.backup(file)
    const { clock } = this.#options.host
    const copy = openStorage(file, { clock, bus: new EventBus(() => undefined) })
    try {
      emptyOfPeople(copy)
    } finally {
      copy.sql.close()
    }
    await this.#takePictures(shop, join(dir, 'media'))
    const own = openClock(clock, (now) => shop.knowledge.hours(now).closedNow)
    const opened = await this.#registry('own', own).startOne('own')
    await withinTime(opened.search.caughtUp(), clock)
    return opened
  }

  async #demo(stage: Exclude<Stage, 'own'>): Promise<Shop> {
    const locale = stage === 'demo-es' ? 'es-ES' : 'en-IE'
    const registry = this.#registry(stage, fixedClock(this.#options.host.clock))
    return await registry.create({ name: stage, currency: 'EUR', locale, demo: true })
  }

  #registry(folder: string, clock: Clock): ShopRegistry {
    const { host, engine } = this.#options
    const { probe: _, ...quiet } = host
    const sandboxed: Host = {
      ...quiet,
      clock,
      paths: { ...host.paths, data: join(this.#dir, folder) },
      notifier: { notify: () => undefined },
    }
    const registry = new ShopRegistry(sandboxed, {
      quietWindowMs: 0,
      longestWaitMs: 0,
      serve: false,
      engine,
    })
    this.#registries.push(registry)
    return registry
  }

  /** Pictures of products, so that they can be sent; as links where the disk can, as they never change. */
  async #takePictures(shop: Shop, media: string): Promise<void> {
    const hashes = shop.storage
      .prepare<[], { hash: string }>(
        'SELECT DISTINCT media_hash AS hash FROM product_images WHERE media_hash IS NOT NULL AND deleted_at IS NULL',
      )
      .all()
    for (const { hash } of hashes) {
      const from = shop.media.path(hash)
      if (from === null) continue
      const to = join(media, from.slice(join(shop.dir, 'media').length))
      await mkdir(dirname(to), { recursive: true })
      await link(from, to).catch(() => copyFile(from, to))
    }
  }
}

/** Removes what exams left that died with their process. Those of living processes stay. */
export function removeAbandoned(dataFolder: string): void {
  const root = temporaryFolder(dataFolder)
  if (!existsSync(root)) return
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(prefix)) continue
    const dir = join(root, entry.name)
    try {
      takeLock(join(dir, 'lock.db')).release()
    } catch (error) {
      if (isDomainError(error)) continue
      throw error
    }
    rmSync(dir, { recursive: true, force: true })
  }
}

function temporaryFolder(dataFolder: string): string {
  return join(dataFolder, 'tmp')
}

async function withinTime(work: Promise<void>, clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(longestIndexMs, resolve)
  work.then(resolve, resolve)
  await promise
  cancel()
}
