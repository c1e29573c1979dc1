import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { ModelFacts, ModelHost } from '../engines/local/model-host.ts'
import { DomainError } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import {
  adviceFor,
  type Computer,
  type ComputerReader,
  fitOf,
  recommendedFor,
  thisComputer,
} from './computer.ts'
import { Download } from './download.ts'
import { describe, type FoundFile, ModelFolders } from './folders.ts'
import { type Manifest, type ManifestModel, readManifest } from './manifest.ts'
import type { Catalog, LibraryChange, ModelDownload, ModelFile, ModelUse } from './model.ts'
import { PartFile } from './part-file.ts'
import { mayFetch } from './remote-file.ts'

export interface ModelLibraryDeps {
  dataFolder: string
  /** Absolute folder of the shipped resources; the list of models lies beside it. */
  resources: string
  host: ModelHost
  clock: Clock
  log: Log
  /** What works with which file, over all shops. */
  uses: () => ModelUse[]
  /** Another place that has the same files under the same paths; the list's own when absent. */
  endpoint?: string | undefined
  computer?: ComputerReader
  manifest?: Manifest
}

/** The models of this computer: what could run here, what is here, and how it gets here. All shops share them. */
export class ModelLibrary {
  readonly #deps: ModelLibraryDeps
  readonly #computer: ComputerReader
  readonly #folders: ModelFolders
  readonly #downloads = new Map<string, Download>()
  readonly #running = new Set<Promise<void>>()
  readonly #listeners = new Set<(change: LibraryChange) => void>()
  readonly #kinds = new Map<string, { stamp: string; kind: ModelFacts['kind'] }>()
  readonly #stopHost: () => void
  #manifest: Manifest | null = null
  #closed = false

  constructor(deps: ModelLibraryDeps) {
    this.#deps = deps
    this.#computer = deps.computer ?? thisComputer
    this.#folders = new ModelFolders(deps.dataFolder)
    this.#stopHost = deps.host.onChange(() => this.#tell({ kind: 'host', host: deps.host.status() }))
  }

  /** Recommended models, judged for this computer. */
  async catalog(): Promise<Catalog> {
    const computer = await this.computer()
    const { models } = this.#list()
    const recommended = recommendedFor(models, computer)
    return {
      computer,
      folder: this.#folders.current,
      models: await Promise.all(
        models.map(async (model) => ({
          model,
          fit: fitOf(model, computer),
          recommended: recommended.has(model.id),
          file: await this.#fileOf(model),
          download: await this.#downloadOf(model),
        })),
      ),
    }
  }

  async computer(): Promise<Computer> {
    const { total, free } = this.#computer.memory()
    const known = { memory: total, cores: this.#computer.cores(), gpu: this.#deps.host.status().gpu }
    const freeDisk = await this.#freeDisk(this.#folders.current).catch(() => 0)
    return { ...known, freeMemory: free, gpuMemory: null, freeDisk, advice: adviceFor(known) }
  }

  /** Models that are here: those of the folders, and the owner's own wherever something works with them. */
  async files(): Promise<ModelFile[]> {
    const uses = this.#deps.uses()
    const found = new Map((await this.#folders.files()).map((each) => [each.file, each]))
    for (const { file } of uses) {
      const own = found.has(file) ? null : await describe(file)
      if (own !== null) found.set(file, own)
    }
    return await Promise.all(
      [...found.values()].map(async (each) => {
        const model = this.#list().models.find(({ file }) => file === basename(each.file))
        return {
          file: each.file,
          name: model?.name ?? basename(each.file).replace(/\.gguf$/i, ''),
          size: each.size,
          kind: model?.kind ?? (await this.#kindOf(each)),
          modelId: model?.id ?? null,
          usedBy: uses.filter(({ file }) => file === each.file).map(({ shop, name }) => ({ shop, name })),
        }
      }),
    )
  }

  /**
   * Reads what a model file, or a model at an address, is. Only files that are named as models are looked at, and
   * nothing but what their head says of them is given back.
   * @throws DomainError `model.not_gguf`, `model.not_found`, `model.damaged`, `model.no_binary`, `model.unreachable`
   */
  async inspect(fileOrAddress: string): Promise<ModelFacts> {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(fileOrAddress)) {
      const address = URL.parse(fileOrAddress)
      if (address === null || !mayFetch(address)) throw new DomainError('model.unreachable', { status: null })
      return this.#deps.host.inspect(address.href)
    }
    if (!/\.gguf$/i.test(fileOrAddress)) throw new DomainError('model.not_gguf')
    const file = resolve(fileOrAddress)
    if ((await describe(file)) === null) throw new DomainError('model.not_found', { file })
    return this.#deps.host.inspect(file)
  }

  /**
   * Starts or goes on with a download; resolves when it is done or paused. Whoever stops waiting does not stop it.
   * @throws DomainError `not_found`, `model.download_running`, `model.no_space`, `model.unreachable`, `model.checksum`
   */
  async download(
    modelId: string,
    onChange: (download: ModelDownload) => void = () => {},
  ): Promise<ModelDownload> {
    const model = this.#model(modelId)
    if (this.#closed) throw new DomainError('cancelled')
    if (this.#downloads.get(modelId)?.active === true) throw new DomainError('model.download_running')
    const target = this.#targetOf(model)
    const download = new Download(model, target, {
      clock: this.#deps.clock,
      log: this.#deps.log,
      endpoint: this.#endpoint(),
      freeDisk: (folder) => this.#freeDisk(folder),
      lockFile: join(this.#deps.dataFolder, `download-${model.id}.lock`),
      onChange: () => {
        onChange(download.view)
        this.#tell({ kind: 'download', download: download.view })
      },
    })
    // Before anything is waited for: two calls at once are one download and one refusal.
    this.#downloads.set(modelId, download)
    const here = await this.#fileOf(model)
    if (here !== null) {
      this.#downloads.delete(modelId)
      const size = (await describe(here))?.size ?? 0
      const done: ModelDownload = {
        modelId,
        state: 'done',
        bytes: size,
        total: size,
        speed: null,
        error: null,
      }
      this.#tell({ kind: 'download', download: done })
      return done
    }
    const running = download.run()
    const settled = running.catch(() => undefined)
    this.#running.add(settled)
    try {
      await running
      return download.view
    } finally {
      this.#running.delete(settled)
      if (download.view.state === 'done') this.#downloads.delete(modelId)
    }
  }

  /** What is here already stays for later. @throws DomainError `not_found` */
  pause(modelId: string): void {
    this.#downloads.get(this.#model(modelId).id)?.pause()
  }

  /** What is here already goes. @throws DomainError `not_found` */
  async cancel(modelId: string): Promise<void> {
    const model = this.#model(modelId)
    this.#downloads.get(modelId)?.pause()
    while (this.#downloads.get(modelId)?.active === true) await this.#nextChange()
    this.#downloads.delete(modelId)
    for (const folder of this.#folders.all) await new PartFile(join(folder, model.file)).remove()
    const gone: ModelDownload = {
      modelId,
      state: 'paused',
      bytes: 0,
      total: model.size,
      speed: null,
      error: null,
    }
    this.#tell({ kind: 'download', download: gone })
  }

  /**
   * Deletes a model from one of the folders. The owner's files elsewhere are not ours to delete.
   * @throws DomainError `model.in_use {shop, name}`, `model.not_found`
   */
  async remove(file: string): Promise<void> {
    const path = resolve(file)
    const known =
      /\.gguf$/i.test(path) && (await this.#folders.holds(path)) && (await describe(path)) !== null
    if (!known) throw new DomainError('model.not_found', { file })
    const use = this.#deps.uses().find((each) => resolve(each.file) === path)
    if (use !== undefined) throw new DomainError('model.in_use', { shop: use.shop, name: use.name })
    await rm(path)
  }

  /** Downloads go there from now on; what lies in other folders is still found. @throws DomainError `input.invalid`, `shop.no_rights` */
  setFolder(folder: string): Promise<void> {
    return this.#folders.use(folder)
  }

  /** Every change of downloads and of the models' process, from now on. */
  onChange(listener: (change: LibraryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What a search model of this name wants to see before a text. */
  prefixesOf(file: string): { query: string; document: string } {
    const model = this.#list().models.find((each) => each.file === basename(file))
    return model?.kind === 'embedding' ? model.prefixes : { query: '', document: '' }
  }

  /** Pauses what runs. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stopHost()
    for (const download of this.#downloads.values()) download.pause()
    await Promise.all(this.#running)
    this.#listeners.clear()
  }

  #list(): Manifest {
    this.#manifest ??= this.#deps.manifest ?? readManifest(this.#deps.resources)
    return this.#manifest
  }

  #endpoint(): string {
    // Set to nothing is not set.
    return (this.#deps.endpoint || this.#list().endpoint).replace(/\/+$/, '')
  }

  #model(modelId: string): ManifestModel {
    const model = this.#list().models.find(({ id }) => id === modelId)
    if (model === undefined) throw new DomainError('not_found', { entity: 'models', id: modelId })
    return model
  }

  /** A file of that name counts when it has the model's size: downloads get their name only once they are checked. */
  async #fileOf(model: ManifestModel): Promise<string | null> {
    const file = this.#folders.find(model.file)
    if (file === null) return null
    const found = await describe(file)
    return found !== null && (model.size === null || found.size === model.size) ? file : null
  }

  /** What was begun is finished where it was begun, also after another folder was chosen. */
  #targetOf({ file }: ManifestModel): string {
    const begun = this.#folders.find(`${file}.part`)
    return begun === null ? join(this.#folders.current, file) : begun.slice(0, -'.part'.length)
  }

  async #downloadOf(model: ManifestModel): Promise<ModelDownload | null> {
    const known = this.#downloads.get(model.id)
    return known?.view ?? (await Download.resumable(model, this.#targetOf(model)))
  }

  async #kindOf({ file, stamp }: FoundFile): Promise<ModelFacts['kind']> {
    const known = this.#kinds.get(file)
    if (known?.stamp === stamp) return known.kind
    try {
      const { kind } = await this.#deps.host.inspect(file)
      this.#kinds.set(file, { stamp, kind })
      return kind
    } catch {
      return 'other'
    }
  }

  /** A folder that is yet to be made will most likely lie where the data do. */
  #freeDisk(folder: string): Promise<number> {
    const { freeDisk } = this.#computer
    return freeDisk(folder).catch(() => freeDisk(this.#deps.dataFolder))
  }

  #nextChange(): Promise<void> {
    const { promise, resolve: changed } = Promise.withResolvers<void>()
    const stop = this.onChange(() => {
      stop()
      changed()
    })
    return promise
  }

  #tell(change: LibraryChange): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}
