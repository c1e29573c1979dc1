import { type Dirent, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError, isDomainError } from '../errors.ts'
import { EventBus } from '../events.ts'
import type { Host } from '../host.ts'
import { newId } from '../ids.ts'
import { openStorage } from '../storage/open.ts'
import { toFileError } from '../storage/storage-errors.ts'
import { briefOf, type NewShop, slugOf } from './new-shop.ts'
import { Shop, type ShopConfig } from './shop.ts'

export interface ShopEntry {
  slug: string
  /** Why it could not be opened; null when it is open. */
  error: string | null
}

/** The shops of this installation: every folder under `<data>/shops`. */
export class ShopRegistry {
  readonly #host: Host
  readonly #config: ShopConfig
  readonly #open = new Map<string, Shop>()
  readonly #errors = new Map<string, DomainError>()
  readonly #followers = new Set<(shop: Shop) => void>()

  constructor(host: Host, config: ShopConfig) {
    this.#host = host
    this.#config = config
  }

  /** Opens and starts every shop. One that cannot be opened is listed with its error and leaves the others alone. */
  async start(): Promise<void> {
    for (const slug of this.folders()) {
      try {
        await this.#openFolder(slug)
      } catch (error) {
        const known = isDomainError(error) ? error : unknownError(error)
        this.#host.log.error('shop.not_opened', { ...known.data, shop: slug, code: known.code })
        this.#errors.set(slug, known)
      }
    }
  }

  /** Opens and starts one shop only. @throws DomainError `shop.not_found` and what opening throws */
  async startOne(slug: string): Promise<Shop> {
    if (!this.folders().includes(slug)) throw new DomainError('shop.not_found', { slug })
    return this.#openFolder(slug)
  }

  list(): ShopEntry[] {
    return this.folders().map((slug) => ({
      slug,
      error: this.#open.has(slug) ? null : (this.#errors.get(slug)?.code ?? 'shop.not_found'),
    }))
  }

  /** Slugs of the shop folders, in order, open or not. @throws DomainError `shop.no_rights {path}` */
  folders(): string[] {
    const root = this.#root()
    return entriesOf(root)
      .filter((entry) => entry.isDirectory() && /^[a-z0-9][a-z0-9-]*$/.test(entry.name))
      .filter((entry) => mayBeShop(join(root, entry.name, 'shop.db')))
      .map((entry) => entry.name)
      .sort()
  }

  /** The shops that are open. */
  opened(): Shop[] {
    return [...this.#open.values()]
  }

  /** Tells of each shop that is opened from now on. */
  follow(listener: (shop: Shop) => void): () => void {
    this.#followers.add(listener)
    return () => this.#followers.delete(listener)
  }

  /** The open shop. @throws DomainError `shop.not_found`, or why it could not be opened */
  open(slug: string): Shop {
    const shop = this.#open.get(slug)
    if (shop !== undefined) return shop
    throw this.#errors.get(slug) ?? new DomainError('shop.not_found', { slug })
  }

  /**
   * Makes a shop's folder and database, fills it with the demo shop when asked, and starts it. A shop that could not
   * be made whole leaves nothing behind.
   * @throws DomainError `shop.invalid`, `shop.no_rights`, `storage.full`
   */
  async create(input: NewShop): Promise<Shop> {
    const brief = briefOf(input)
    const slug = this.#freeSlug(slugOf(brief.name))
    const dir = join(this.#root(), slug)
    try {
      mkdirSync(dir, { recursive: true })
    } catch (error) {
      throw new DomainError('shop.no_rights', { path: this.#root() }, { cause: error })
    }
    try {
      const storage = openStorage(join(dir, 'shop.db'), {
        clock: this.#host.clock,
        bus: new EventBus(() => undefined),
      })
      storage.write('system', (tx) => {
        tx.sql
          .prepare(
            `INSERT INTO shop (id, name, currency, locale, country, time_zone, prices_include_tax, database_id, created_at, updated_at, created_by, updated_by)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            newId(),
            brief.name,
            brief.currency,
            brief.locale,
            brief.country,
            brief.timeZone,
            brief.pricesIncludeTax ? 1 : 0,
            newId(),
            tx.now,
            tx.now,
            tx.actor,
            tx.actor,
          )
      })
      storage.sql.close()
      const shop = await this.#openFolder(slug)
      if (input.demo === true) await this.#fillDemo(shop)
      return shop
    } catch (error) {
      await this.#open.get(slug)?.close()
      this.#open.delete(slug)
      rmSync(dir, { recursive: true, force: true })
      throw error
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open.values()].map((shop) => shop.close()))
    this.#open.clear()
  }

  async #openFolder(slug: string): Promise<Shop> {
    const shop = new Shop(slug, join(this.#root(), slug), this.#host, this.#config)
    this.#errors.delete(slug)
    try {
      await shop.start()
    } catch (error) {
      await shop.close()
      throw error
    }
    this.#open.set(slug, shop)
    for (const listener of [...this.#followers]) listener(shop)
    return shop
  }

  async #fillDemo(shop: Shop): Promise<void> {
    // Loaded only when asked for: nobody else needs it at start.
    const { loadDemoShop } = await import('../demo/service.ts')
    const { locale, currency } = shop.brief()
    await loadDemoShop(shop, { locale, currency, resources: this.#host.paths.resources })
    await shop.search.caughtUp()
  }

  #freeSlug(slug: string): string {
    const taken = (name: string) => existsSync(join(this.#root(), name))
    if (!taken(slug)) return slug
    for (let number = 2; ; number++) if (!taken(`${slug}-${number}`)) return `${slug}-${number}`
  }

  #root(): string {
    return join(this.#host.paths.data, 'shops')
  }
}

function entriesOf(root: string): Dirent[] {
  try {
    return existsSync(root) ? readdirSync(root, { withFileTypes: true }) : []
  } catch (error) {
    throw toFileError(error, root)
  }
}

/** A folder that may not be looked into counts: opening it says why it cannot be used. */
function mayBeShop(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

/** One shop's trouble, whatever it is, is not the others'. */
function unknownError(error: unknown): DomainError {
  const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : typeof error
  return new DomainError('storage.failed', { code: 'unexpected', detail }, { cause: error })
}
