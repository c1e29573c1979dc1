import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { DomainError } from '../errors.ts'
import type { Clock, Log, Processes } from '../host.ts'
import { KeptFile } from '../kept-file.ts'
import { type Lock, takeLock } from '../storage/lock.ts'
import type { BrowserChange, BrowserDownload, FoundBrowser, VerifiedBrowser } from './browser.ts'
import { type Candidate, candidates, insideApp, nameOf } from './candidates.ts'
import { Download } from './download.ts'
import type { DownloadPlatform } from './download-protocol.ts'
import { DownloadedBrowser } from './downloaded.ts'
import { Verifier } from './verifier.ts'

export interface BrowserLibraryDeps {
  dataFolder: string
  processes: Processes
  clock: Clock
  log: Log
  /** A mirror of Chrome for Testing with the same paths; where the builds are published when absent. */
  endpoint?: string | undefined
  /** This computer when absent. */
  computer?: { platform: NodeJS.Platform; arch: string }
  /** Where installed ones may lie; the usual places when absent. */
  installed?: readonly Candidate[]
  freeDisk?: () => Promise<number>
}

/** A stable build that is known to be there, for when the newest cannot be found out. */
export const PINNED_BUILD = '146.0.7680.31'

const NO_DOWNLOAD: BrowserDownload = { state: 'none', step: null, bytes: 0, totalBytes: null, error: null }

/**
 * Which browser of this computer drives web pages for the shops: the owner's, an installed one, or one that is
 * downloaded. It belongs to the computer and not to a shop.
 */
export class BrowserLibrary {
  readonly #deps: BrowserLibraryDeps
  readonly #root: string
  readonly #computer: { platform: NodeJS.Platform; arch: string }
  readonly #verifier: Verifier
  readonly #choice: KeptFile<{ path: string }>
  readonly #downloaded: DownloadedBrowser
  readonly #listeners = new Set<(change: BrowserChange) => void>()
  #download: Download | null = null
  #tidied: Promise<void> = Promise.resolve()
  #running: Promise<void> = Promise.resolve()
  #closed = false

  constructor(deps: BrowserLibraryDeps) {
    this.#deps = deps
    this.#root = join(deps.dataFolder, 'browsers')
    this.#computer = deps.computer ?? { platform: process.platform, arch: process.arch }
    this.#verifier = new Verifier(deps.clock)
    this.#choice = new KeptFile(join(this.#root, 'chosen.json'), z.object({ path: z.string().min(1) }))
    this.#downloaded = new DownloadedBrowser(this.#root)
  }

  /** Deletes what a download that was cut off by the program's end has left. */
  tidy(): Promise<void> {
    this.#tidied = this.#tidy()
    return this.#tidied
  }

  /** Browsers that are there, in the order in which they are tried. None of them is started for this. */
  async find(): Promise<FoundBrowser[]> {
    const { chosen } = this
    const downloaded = this.#downloaded.path
    const ours = 'Chrome for Testing'
    const all: Omit<FoundBrowser, 'version'>[] = this.#installed().map((each) => ({
      ...each,
      source: 'installed',
    }))
    if (chosen !== null)
      all.unshift({ path: chosen, name: chosen === downloaded ? ours : nameOf(chosen), source: 'chosen' })
    if (downloaded !== null) all.push({ path: downloaded, name: ours, source: 'downloaded' })
    const seen = new Set<string>()
    return all.flatMap((each) => {
      const identity = identityOf(each.path)
      if (identity === null || seen.has(identity)) return []
      seen.add(identity)
      return [{ ...each, version: this.#verifier.versionOf(each.path) }]
    })
  }

  /** The owner's own path, whether something is there or not. */
  get chosen(): string | null {
    return this.#choice.read()?.path ?? null
  }

  /**
   * Starts a browser and asks it what it is; once for as long as the file stays the same.
   * @throws DomainError `browser.not_usable {path, reason}`
   */
  verify(path: string): Promise<VerifiedBrowser> {
    return this.#verifier.verify(path)
  }

  /**
   * Remembers the owner's choice once it has been started; null forgets it.
   * @throws DomainError `input.invalid {field}` for a relative path, `browser.not_usable {path, reason}`, `shop.no_rights {path}`
   */
  async choose(path: string | null): Promise<VerifiedBrowser | null> {
    const verified = path === null ? null : await this.verify(this.#programAt(path))
    try {
      this.#choice.write(verified === null ? null : { path: verified.path })
    } catch (error) {
      throw new DomainError('shop.no_rights', { path: this.#root }, { cause: error })
    }
    this.#tell({ kind: 'browsers' })
    return verified
  }

  /** The first of those found that works. @throws DomainError `browser.not_found` */
  async resolve(): Promise<VerifiedBrowser> {
    for (const { path } of await this.find()) {
      try {
        return await this.verify(path)
      } catch (error) {
        if (this.#closed || !(error instanceof DomainError)) throw error
        this.#deps.log.warn('browsers.not_usable', { path, reason: error.data.reason })
      }
    }
    throw new DomainError('browser.not_found')
  }

  /** Whether there is a build for this computer. */
  get canDownload(): boolean {
    return this.#platform !== null
  }

  download(): BrowserDownload {
    return this.#download?.view ?? NO_DOWNLOAD
  }

  /**
   * Begins to fetch Chrome for Testing; `onChange` tells how it goes on.
   * @throws DomainError `browser.no_download`, `browser.download_running`
   */
  startDownload(): BrowserDownload {
    if (this.#closed) throw new DomainError('cancelled')
    const platform = this.#platform
    if (platform === null)
      throw new DomainError('browser.no_download', {
        platform: `${this.#computer.platform} ${this.#computer.arch}`,
      })
    if (this.download().state === 'running') throw new DomainError('browser.download_running')
    const endpoint = endpointOf(this.#deps.endpoint)
    const { processes, clock, log } = this.#deps
    const download = new Download({
      root: this.#root,
      order: { platform, endpoint, build: PINNED_BUILD, latest: endpoint === null },
      downloaded: this.#downloaded,
      freeDisk: this.#deps.freeDisk ?? (() => this.#downloaded.freeDisk()),
      processes,
      clock,
      log,
      verify: (path) => this.verify(path),
      onChange: () => this.#tell({ kind: 'download', download: download.view }),
    })
    this.#download = download
    this.#running = this.#tidied
      .then(() => download.run())
      .then(() => {
        if (download.view.state === 'done') this.#tell({ kind: 'browsers' })
      })
    this.#tell({ kind: 'download', download: download.view })
    return download.view
  }

  /** Resolves when nothing of it is left. */
  async cancelDownload(): Promise<void> {
    this.#download?.cancel()
    await this.#running
  }

  /** Every change, from now on. */
  onChange(listener: (change: BrowserChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#verifier.close()
    await this.cancelDownload()
    await this.#tidied
    this.#listeners.clear()
  }

  get #platform(): DownloadPlatform | null {
    return downloadPlatform(this.#computer.platform, this.#computer.arch)
  }

  #installed(): readonly Candidate[] {
    const { platform } = this.#computer
    return this.#deps.installed ?? candidates({ platform, env: process.env, home: homedir() })
  }

  async #tidy(): Promise<void> {
    if (!existsSync(this.#root)) return
    const file = join(this.#root, 'download.lock')
    let lock: Lock
    try {
      lock = takeLock(file)
    } catch {
      // Another process is at it.
      return
    }
    try {
      await this.#downloaded.tidy()
    } finally {
      lock.release()
      await rm(file, { force: true })
    }
  }

  #programAt(path: string): string {
    if (!isAbsolute(path)) throw new DomainError('input.invalid', { field: 'path' })
    const whole = resolve(path)
    return this.#computer.platform === 'darwin' && whole.endsWith('.app') ? insideApp(whole) : whole
  }

  #tell(change: BrowserChange): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}

/** Chrome for Testing is built for these. */
export function downloadPlatform(platform: NodeJS.Platform, arch: string): DownloadPlatform | null {
  if (platform === 'darwin') return arch === 'arm64' ? 'mac_arm' : 'mac'
  // Windows on ARM runs programs for x64.
  if (platform === 'win32') return arch === 'ia32' ? 'win32' : 'win64'
  return platform === 'linux' && arch === 'x64' ? 'linux' : null
}

/** Null for the usual place. @throws DomainError `browser.download_failed {reason: refused}` for one that anybody could read along */
function endpointOf(endpoint: string | undefined): string | null {
  if (!endpoint) return null
  const url = URL.parse(endpoint)
  const loopback = url !== null && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback))
    throw new DomainError('browser.download_failed', { reason: 'refused' })
  return endpoint.replace(/\/+$/, '')
}

/** The same for two names of one file; null when nothing is there. */
function identityOf(path: string): string | null {
  try {
    const real = realpathSync(path)
    // All snaps are names of one program, which looks at how it was called.
    return real.endsWith('/snap') ? path : real
  } catch {
    return existsSync(path) ? path : null
  }
}
