import type { ModelFacts, ModelHostStatus } from '../engines/local/model-host.ts'
import type { ErrorCode } from '../errors.ts'
import type { Computer, Fit } from './computer.ts'
import type { ManifestModel } from './manifest.ts'

/** What is fetched: a model of the list, or an archive whose hash is known as npm's registry writes it. */
export interface DownloadItem {
  id: string
  /** Path on the endpoint. */
  path: string
  /** Bytes, where they are known. */
  size: number | null
  sha256: string | null
  /** `sha512-…`. Without it the file has to be a model. */
  integrity?: string
}

/** A download as people see it. */
export interface ModelDownload {
  modelId: string
  /** `waiting`: the connection broke, and it is tried again by itself. */
  state: 'running' | 'waiting' | 'paused' | 'checking' | 'failed' | 'done'
  bytes: number
  /** Null until the server has said it. */
  total: number | null
  /** Bytes a second, of the last seconds; null when it does not run. */
  speed: number | null
  error: ErrorCode | null
}

export interface CatalogModel {
  model: ManifestModel
  fit: Fit
  recommended: boolean
  /** Absolute path once it is here and checked. */
  file: string | null
  download: ModelDownload | null
}

export interface Catalog {
  computer: Computer
  /** Where downloads go. */
  folder: string
  models: CatalogModel[]
}

export interface ModelFile {
  /** Absolute path. */
  file: string
  name: string
  size: number
  kind: ModelFacts['kind']
  modelId: string | null
  usedBy: { shop: string; name: string }[]
}

/** Something that works with a model file. */
export interface ModelUse {
  /** Absolute path. */
  file: string
  /** Slug of the shop. */
  shop: string
  /** What the owner calls it. */
  name: string
}

export type LibraryChange =
  | { kind: 'host'; host: ModelHostStatus }
  | { kind: 'download'; download: ModelDownload }
