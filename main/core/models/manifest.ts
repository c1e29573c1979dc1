import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const common = {
  /** Stays the same for ever: downloads and settings name it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  name: z.string().min(1),
  /** `owner/name` on Hugging Face. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** A commit where it is known, so that the file cannot change under its hash; else a branch. */
  revision: z.string().regex(/^[\w.-]+$/),
  file: z.string().regex(/^[\w.-]+\.gguf$/),
  /** Path of the file on the endpoint. */
  path: z.string().startsWith('/'),
  /** Bytes; null where no reliable source for it was found. */
  size: z.int().positive().nullable(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Whether size and hash are known. Without, what the server says of the file is trusted at the first download. */
  verified: z.boolean(),
  license: z.string().min(1),
  licenseUrl: z.url({ protocol: /^https$/ }),
  /** Bytes of memory that a computer should have for it. */
  memory: z.int().positive(),
  /** For people, as "4B". */
  parameters: z.string().min(1),
  languages: z.array(z.enum(['es', 'en'])).min(1),
  contextTokens: z.int().positive(),
}

const chatModel = z.object({
  ...common,
  kind: z.literal('chat'),
  /** Billions of parameters that work on each token: what its speed depends on. */
  activeParameters: z.number().positive(),
})

const embeddingModel = z.object({
  ...common,
  kind: z.literal('embedding'),
  dimensions: z.int().positive(),
  /** What the model wants to see before a text, by its model card. */
  prefixes: z.object({ query: z.string(), document: z.string() }),
})

const manifestSchema = z
  .object({
    version: z.literal(1),
    /** Where `path` is fetched from unless somebody names a mirror. */
    endpoint: z.url({ protocol: /^https$/ }),
    models: z.array(z.discriminatedUnion('kind', [chatModel, embeddingModel])).min(1),
  })
  .refine(({ models }) => distinct(models.map(({ id }) => id)), 'ids are distinct')
  .refine(({ models }) => distinct(models.map(({ file }) => file)), 'file names are distinct')
  .refine(
    ({ models }) =>
      models.every(
        ({ path, repository, revision, file }) => path === `/${repository}/resolve/${revision}/${file}`,
      ),
    'a path is that of its file',
  )
  .refine(
    ({ models }) =>
      models.every(({ verified, size, sha256 }) => verified === (size !== null && sha256 !== null)),
    'verified says that size and hash are known',
  )

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestModel = Manifest['models'][number]

/**
 * The shipped list of recommended models, which lies beside the resources.
 * @param resources absolute folder of the shipped resources
 * Throws when the list does not have the documented shape.
 */
export function readManifest(resources: string): Manifest {
  const file = join(resources, '..', 'models', 'manifest.json')
  return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}
