import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { deskCall, done, ownerCall } from './base.ts'

const fitSchema = z.object({
  verdict: z.enum(['good', 'tight', 'too_large']),
  /** Bytes that model and context are expected to take. */
  memory: z.int(),
  contextTokens: z.int(),
  /** 0 where no GPU helps. */
  gpuLayers: z.int(),
})

export const modelFactsSchema = z.object({
  name: z.string(),
  architecture: z.string(),
  kind: z.enum(['chat', 'embedding', 'other']),
  size: z.int(),
  contextTokens: z.int(),
  parameters: z.number().nullable(),
  quantization: z.string().nullable(),
  chatTemplate: z.boolean(),
  tools: z.boolean(),
  fit: fitSchema,
  embeddingDimensions: z.int().nullable(),
})
export type ModelFacts = z.output<typeof modelFactsSchema>

export const downloadSchema = z.object({
  modelId: z.string(),
  /** `waiting`: the connection broke, and it is tried again by itself. */
  state: z.enum(['running', 'waiting', 'paused', 'checking', 'failed', 'done']),
  bytes: z.number(),
  /** Null until the server has said it. */
  total: z.number().nullable(),
  /** Bytes a second, of the last seconds; null when it does not run. */
  speed: z.number().nullable(),
  /** Code of a failure (`model.no_space`, `model.unreachable`, `model.checksum`). */
  error: z.string().nullable(),
})
export type ModelDownload = z.output<typeof downloadSchema>

export const catalogModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['chat', 'embedding']),
  /** Hugging Face repository. */
  repository: z.string(),
  fileName: z.string(),
  /** Bytes; null where nobody could say it beforehand: the server's own figure is used then. */
  size: z.number().nullable(),
  sha256: z.string().nullable(),
  /** False: size or hash were not known when the list was made, and what the server says of them is trusted at the first download. */
  verified: z.boolean(),
  license: z.string(),
  licenseUrl: z.string(),
  /** Bytes of memory that a computer should have. */
  memory: z.number(),
  parameters: z.string(),
  languages: z.array(z.string()),
  /** Judged for this computer. */
  fit: z.enum(['good', 'tight', 'too_large']),
  recommended: z.boolean(),
  /** Absolute path once it is here and checked. */
  file: z.string().nullable(),
  download: downloadSchema.nullable(),
})
export type CatalogModel = z.output<typeof catalogModelSchema>

export const computerSchema = z.object({
  memory: z.number(),
  freeMemory: z.number(),
  cores: z.int(),
  gpu: z.enum(['cuda', 'vulkan', 'metal']).nullable(),
  gpuMemory: z.number().nullable(),
  freeDisk: z.number(),
  /** What suits this computer: a model of its own, or rather a remote key or the built-in engine. */
  advice: z.enum(['local', 'small_local', 'remote']),
})

export const modelFileSchema = z.object({
  file: z.string(),
  name: z.string(),
  size: z.number(),
  kind: z.enum(['chat', 'embedding', 'other']),
  /** Id in the catalog; null for the owner's own file. */
  modelId: z.string().nullable(),
  /** Engines of any shop that use it. */
  usedBy: z.array(z.object({ shop: z.string(), name: z.string() })),
})
export type ModelFile = z.output<typeof modelFileSchema>

export const hostStatusSchema = z.object({
  state: z.enum(['stopped', 'starting', 'idle', 'loading', 'busy', 'off']),
  reason: z.string().nullable(),
  chatFile: z.string().nullable(),
  embeddingFile: z.string().nullable(),
  queued: z.int(),
  gpu: z.enum(['cuda', 'vulkan', 'metal']).nullable(),
  memory: z.number().nullable(),
  deaths: z.int(),
})
export type ModelHostStatus = z.output<typeof hostStatusSchema>

/** Models of this computer; all shops share them. */
export const models = {
  /** Recommended models, judged for this computer. */
  catalog: deskCall
    .input(z.object({}))
    .output(z.object({ computer: computerSchema, folder: z.string(), models: z.array(catalogModelSchema) })),
  files: ownerCall.input(z.object({})).output(z.array(modelFileSchema)),
  /** Reads a file or an http(s) address of a GGUF without loading it. Throws `model.*`. */
  inspect: ownerCall.input(z.object({ file: z.string().min(1).max(4096) })).output(modelFactsSchema),
  /** Starts or goes on; ends when it is done, paused or failed. Throws `model.no_space`, `model.unreachable`, `model.checksum`, `model.download_running`. */
  download: ownerCall.input(z.object({ modelId: z.string() })).output(eventIterator(downloadSchema)),
  /** What is there already stays for later. */
  pause: ownerCall.input(z.object({ modelId: z.string() })).output(done),
  /** What is there already goes. */
  cancel: ownerCall.input(z.object({ modelId: z.string() })).output(done),
  /** Deletes a file from the models folder. Throws `model.in_use`. */
  remove: ownerCall.input(z.object({ file: z.string() })).output(done),
  /** Another folder for models; files stay where they are and are found in both. Throws `shop.no_rights`. */
  setFolder: ownerCall.input(z.object({ folder: z.string().min(1).max(4096) })).output(done),
  host: deskCall.input(z.object({})).output(hostStatusSchema),
  /** Every change of host status and downloads, from now on. */
  watch: deskCall
    .input(z.object({}))
    .output(
      eventIterator(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('host'), host: hostStatusSchema }),
          z.object({ kind: z.literal('download'), download: downloadSchema }),
        ]),
      ),
    ),
  /** On again after it died twice in ten minutes. */
  turnOn: ownerCall.input(z.object({})).output(done),
  unload: ownerCall.input(z.object({})).output(done),
}
