import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CudaBuildPort, CudaChoice } from '../../engines/local/model-host.ts'
import { DomainError } from '../../errors.ts'
import type { Clock, Log } from '../../host.ts'
import { type ComputerReader, thisComputer } from '../computer.ts'
import { takeDownloadLock } from '../download-errors.ts'
import { type CudaBuilds, type CudaTarget, readCudaBuilds, shortName } from './builds.ts'
import { type CudaEvidence, findCuda } from './evidence.ts'
import { CudaFolder } from './folder.ts'
import { Installation } from './installation.ts'
import type { CudaProgress, CudaStatus } from './status.ts'

export interface CudaBuildDeps {
  dataFolder: string
  /** Absolute folder of the shipped resources. */
  resources: string
  clock: Clock
  log: Log
  /** Ends the process that runs models as soon as it has nothing to do; the next one starts with what is here then. */
  restartModels: () => Promise<void>
  /** Whether the process that runs models works with CUDA now. */
  inUse: () => boolean
  /** A mirror of the registry with the same paths; the registry when absent. */
  endpoint?: string | undefined
  /** This computer when absent. */
  target?: string
  evidence?: () => CudaEvidence
  freeDisk?: ComputerReader['freeDisk']
  builds?: CudaBuilds
}

/**
 * The CUDA build of the model library, which is fetched for who wants it. It belongs to the computer and not to a shop;
 * models work without it.
 */
export class CudaBuild implements CudaBuildPort {
  readonly #deps: CudaBuildDeps
  readonly #builds: CudaBuilds
  readonly #target: CudaTarget | null
  readonly #folder: CudaFolder
  readonly #listeners = new Set<(status: CudaStatus) => void>()
  #evidence: CudaEvidence | null = null
  #installation: Installation | null = null
  #running: Promise<void> = Promise.resolve()
  #tidied: Promise<void> = Promise.resolve()
  /** Of this start of the app: a driver that was just renewed works after a restart. */
  #notLoaded = false
  #removing = false
  #closed = false

  constructor(deps: CudaBuildDeps) {
    this.#deps = deps
    this.#builds = deps.builds ?? listOf(deps)
    this.#target = this.#builds.targets[deps.target ?? `${process.platform}-${process.arch}`] ?? null
    this.#folder = new CudaFolder(deps.dataFolder, this.#builds.version)
  }

  /** Deletes what a cut-off installation or an earlier version left. Everything else waits for it. */
  tidy(): Promise<void> {
    this.#tidied = this.#tidy()
    return this.#tidied
  }

  /** Looks again whether there is a card: a driver may have come. */
  status(): CudaStatus {
    const { outdated, died } = this.#folder.note
    const installed = this.#target !== null && this.#folder.isWhole()
    const { card, runtime } = this.#found()
    const packages = this.#target?.packages ?? []
    return {
      offered: this.#target !== null && (card || installed || outdated),
      card,
      runtime,
      version: this.#builds.version,
      size: packages.reduce((sum, { size }) => sum + size, 0),
      diskSize: packages.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0),
      installed,
      outdated: outdated && !installed,
      inUse: installed && this.#deps.inUse(),
      trouble: !installed
        ? null
        : died === this.#builds.version
          ? 'died'
          : this.#notLoaded
            ? 'not_loaded'
            : null,
      progress: this.#progress(installed),
    }
  }

  /**
   * Starts or goes on; resolves when it is installed or paused. Whoever stops waiting does not stop it.
   * @throws DomainError `cuda.not_offered`, `model.download_running`, `model.no_space`, `model.unreachable`,
   * `model.checksum`, `shop.no_rights`
   */
  async install(): Promise<CudaStatus> {
    if (this.#closed) throw new DomainError('cancelled')
    const target = this.#target
    if (target === null || !this.status().offered) throw new DomainError('cuda.not_offered')
    if (this.#installation?.active === true || this.#removing) throw new DomainError('model.download_running')
    if (this.#folder.isWhole()) return this.status()
    const { clock, log, dataFolder } = this.#deps
    const installation = new Installation(target, this.#folder, {
      clock,
      log,
      version: this.#builds.version,
      endpoint: (this.#deps.endpoint || this.#builds.registry).replace(/\/+$/, ''),
      freeDisk: (folder) => this.#freeDisk(folder),
      lockFile: (name) => join(dataFolder, `download-${name}.lock`),
      onChange: () => this.#tell(),
    })
    this.#installation = installation
    const running = this.#tidied.then(() => this.#locked(() => installation.run()))
    const settled = running.catch(() => undefined)
    this.#running = settled
    try {
      await running
    } catch (error) {
      installation.fail(error)
      throw error
    }
    if (this.#folder.isWhole()) {
      this.#installation = null
      this.#notLoaded = false
      this.#tell()
      await this.#deps.restartModels()
    }
    return this.status()
  }

  /** What is here already stays for later. */
  async pause(): Promise<void> {
    this.#installation?.pause()
    await this.#running
  }

  /** What was fetched goes; a build that is installed stays. */
  async cancel(): Promise<void> {
    await this.pause()
    await this.#tidied
    if (this.#target === null) return
    await this.#locked(async () => {
      for (const each of this.#target?.packages ?? []) {
        const archive = join(this.#folder.root, `${shortName(each)}-${this.#builds.version}.tgz`)
        for (const file of [archive, `${archive}.part`, `${archive}.part.json`])
          await rm(file, { force: true })
      }
      await rm(this.#folder.making, { recursive: true, force: true })
    })
    this.#installation = null
    this.#tell()
  }

  /** Deletes the build. What runs with it ends first, and models go on without it. @throws DomainError `model.download_running` */
  async remove(): Promise<void> {
    if (this.#installation?.active === true) throw new DomainError('model.download_running')
    this.#removing = true
    try {
      await this.#tidied
      await this.#deps.restartModels()
      await this.#locked(() => this.#folder.remove())
      this.#installation = null
      this.#notLoaded = false
    } finally {
      this.#removing = false
      this.#tell()
    }
  }

  /** Gives a build that did not work another chance. */
  async retry(): Promise<void> {
    this.#notLoaded = false
    if (this.#folder.note.died !== null) this.#folder.change({ died: null })
    this.#tell()
    await this.#deps.restartModels()
  }

  /** Every change from now on. */
  onChange(listener: (status: CudaStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  choice(): CudaChoice | null {
    if (this.#target === null || this.#removing || this.#notLoaded) return null
    if (this.#folder.note.died === this.#builds.version || !this.#folder.isWhole()) return null
    const [main, older] = this.#target.packages
    const bins = (name: string) => join(this.#folder.current, name, 'bins')
    return {
      version: this.#builds.version,
      folders: { [main.name]: bins(shortName(main)), [older.name]: bins(shortName(older)) },
    }
  }

  tried(works: boolean): void {
    if (!works && !this.#notLoaded) {
      this.#notLoaded = true
      this.#deps.log.warn('cuda.not_loaded', { version: this.#builds.version })
    }
    this.#tell()
  }

  gaveUp(): void {
    this.#deps.log.warn('cuda.died', { version: this.#builds.version })
    try {
      this.#folder.change({ died: this.#builds.version })
    } catch (error) {
      // A full disk must not bring the crashes back.
      this.#notLoaded = true
      this.#deps.log.warn('cuda.not_noted', { reason: String(error) })
    }
    this.#tell()
  }

  /** Pauses what runs. */
  async close(): Promise<void> {
    this.#closed = true
    await this.pause()
    await this.#tidied
    this.#listeners.clear()
  }

  async #tidy(): Promise<void> {
    if (!existsSync(this.#folder.root)) return
    const archives = this.#target?.packages.map((each) => `${shortName(each)}-${this.#builds.version}.tgz`)
    try {
      await this.#locked(() => this.#folder.tidy(archives ?? []))
    } catch (error) {
      // Another process is at it, or a file is still open: next time.
      this.#deps.log.info('cuda.not_tidied', { reason: String(error) })
    }
  }

  #found(): CudaEvidence {
    // A progress comes four times a second; folders are looked through for whoever asks.
    if (this.#evidence === null || this.#installation?.active !== true)
      this.#evidence = (this.#deps.evidence ?? (() => findCuda(process.platform, process.env)))()
    return this.#evidence
  }

  #progress(installed: boolean): CudaProgress {
    const known = this.#installation?.progress
    if (known !== undefined) return known
    const bytes = installed ? 0 : this.#bytesHere()
    return { step: bytes > 0 ? 'paused' : 'none', bytes, speed: null, error: null }
  }

  /** Of what an earlier run fetched. */
  #bytesHere(): number {
    const sizes = (this.#target?.packages ?? []).map((each) => {
      const archive = join(this.#folder.root, `${shortName(each)}-${this.#builds.version}.tgz`)
      const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size
      return size(archive) ?? size(`${archive}.part`) ?? 0
    })
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const file = join(this.#deps.dataFolder, 'download-cuda.lock')
    const lock = takeDownloadLock(file)
    try {
      return await work()
    } finally {
      lock.release()
      await rm(file, { force: true })
    }
  }

  #freeDisk(folder: string): Promise<number> {
    const freeDisk = this.#deps.freeDisk ?? thisComputer.freeDisk
    return freeDisk(folder).catch(() => freeDisk(this.#deps.dataFolder))
  }

  #tell(): void {
    const status = this.status()
    for (const listener of [...this.#listeners]) listener(status)
  }
}

/** Without the list there is nothing to offer, and everything else works. */
function listOf({ resources, log }: CudaBuildDeps): CudaBuilds {
  try {
    return readCudaBuilds(resources)
  } catch (error) {
    log.warn('cuda.no_list', { reason: String(error) })
    return { version: '0.0.0', registry: '', targets: {} }
  }
}
