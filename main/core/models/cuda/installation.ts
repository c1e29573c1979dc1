import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '../../errors.ts'
import type { Clock, Log } from '../../host.ts'
import { isOff } from '../../mutants.ts'
import { hasDigest } from '../checksum.ts'
import { Download } from '../download.ts'
import { toDownloadError } from '../download-errors.ts'
import { type CudaPackage, type CudaTarget, shortName } from './builds.ts'
import type { CudaFolder } from './folder.ts'
import type { CudaProgress, CudaStep } from './status.ts'
import { type UnpackedFile, unpack } from './unpack.ts'

export interface InstallationDeps {
  clock: Clock
  log: Log
  version: string
  endpoint: string
  freeDisk: (folder: string) => Promise<number>
  /** Held while an archive is fetched. */
  lockFile: (name: string) => string
  onChange: () => void
}

/** Left free for everything else on that disk, bytes. */
const SPARE_DISK = 512 * 1024 * 1024

/** One try: fetches both archives, unpacks them beside their place, and names the result. What was fetched outlives it. */
export class Installation {
  readonly #target: CudaTarget
  readonly #folder: CudaFolder
  readonly #deps: InstallationDeps
  readonly #abort = new AbortController()
  #download: Download | null = null
  #step: CudaStep = 'running'
  /** Of archives that are whole. */
  #whole = 0
  #error: CudaProgress['error'] = null

  constructor(target: CudaTarget, folder: CudaFolder, deps: InstallationDeps) {
    this.#target = target
    this.#folder = folder
    this.#deps = deps
  }

  get active(): boolean {
    return this.#step !== 'paused' && this.#step !== 'failed'
  }

  get progress(): CudaProgress {
    const view = this.#download?.view
    return {
      step: this.#step,
      bytes: this.#whole + (view?.bytes ?? 0),
      speed: view?.speed ?? null,
      error: this.#error,
    }
  }

  /** Ends it where it is, unless it is being named already. */
  pause(): void {
    this.#abort.abort()
    this.#download?.pause()
  }

  /** Shows an error that ended it. */
  fail(error: unknown): void {
    this.#error = toDownloadError(error, this.#folder.root).code
    this.#become('failed')
  }

  /** Resolves when the build is in its place, or it was paused. @throws DomainError, as `CudaBuild.install` says */
  async run(): Promise<void> {
    try {
      await this.#requireDisk()
      for (const each of this.#target.packages) await this.#fetch(each)
      await this.#unpack()
    } catch (error) {
      if (this.#abort.signal.aborted) return this.#become('paused')
      throw await this.#cleanedUp(toDownloadError(error, this.#folder.root))
    }
  }

  /** What cannot become the build is deleted; archives that may are kept. */
  async #cleanedUp(failure: DomainError): Promise<DomainError> {
    this.#deps.log.warn('cuda.install_failed', { code: failure.code })
    await rm(this.#folder.making, { recursive: true, force: true }).catch(() => undefined)
    if (failure.code === 'model.checksum')
      for (const each of this.#target.packages) await rm(this.#archive(each), { force: true })
    return failure
  }

  async #fetch(each: CudaPackage): Promise<void> {
    this.#abort.signal.throwIfAborted()
    const archive = this.#archive(each)
    if (statSync(archive, { throwIfNoEntry: false })?.size === each.size) {
      this.#whole += each.size
      return
    }
    await rm(archive, { force: true })
    const { clock, log, endpoint, freeDisk } = this.#deps
    const item = { ...each, id: shortName(each), sha256: null }
    const download = new Download(item, archive, {
      clock,
      log,
      endpoint,
      freeDisk,
      lockFile: this.#deps.lockFile(item.id),
      onChange: () => this.#follow(download),
    })
    this.#download = download
    await download.run()
    this.#download = null
    this.#abort.signal.throwIfAborted()
    this.#whole += each.size
  }

  #follow({ view }: Download): void {
    if (view.state === 'running' || view.state === 'waiting' || view.state === 'checking')
      this.#step = view.state
    this.#deps.onChange()
  }

  async #unpack(): Promise<void> {
    this.#become('unpacking')
    const { version } = this.#deps
    await this.#folder.begin()
    const files: UnpackedFile[] = []
    for (const each of this.#target.packages) {
      this.#abort.signal.throwIfAborted()
      const archive = this.#archive(each)
      const name = shortName(each)
      // It may have lain here since an earlier run.
      await this.#require(each, archive)
      const unpacked = await unpack({
        archive,
        target: join(this.#folder.making, name),
        folder: this.#target.folder,
        name: each.name,
        version,
        most: each.unpackedSize,
      })
      files.push(...unpacked.map(({ path, size }) => ({ path: `${name}/${path}`, size })))
    }
    this.#abort.signal.throwIfAborted()
    await this.#folder.finish(files)
    for (const each of this.#target.packages) await rm(this.#archive(each), { force: true })
  }

  async #require({ name, integrity }: CudaPackage, archive: string): Promise<void> {
    const { signal } = this.#abort
    if (isOff('models.checksum') || (await hasDigest(archive, { sha256: null, integrity }, { signal })))
      return
    throw new DomainError('model.checksum', { model: name })
  }

  async #requireDisk(): Promise<void> {
    const here = (each: CudaPackage) => {
      const archive = this.#archive(each)
      const file = existsSync(archive) ? archive : `${archive}.part`
      return statSync(file, { throwIfNoEntry: false })?.size ?? 0
    }
    const needed = this.#target.packages.reduce(
      (sum, each) => sum + each.size - here(each) + each.unpackedSize,
      SPARE_DISK,
    )
    const free = await this.#deps.freeDisk(this.#folder.root)
    if (needed > free) throw new DomainError('model.no_space', { needed, free })
  }

  #archive(each: CudaPackage): string {
    return join(this.#folder.root, `${shortName(each)}-${this.#deps.version}.tgz`)
  }

  #become(step: CudaStep): void {
    this.#step = step
    this.#deps.onChange()
  }
}
