import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const packageSchema = z.object({
  name: z.string().regex(/^@node-llama-cpp\/[a-z0-9-]+$/),
  /** Of the archive on the registry. */
  path: z.string().startsWith('/'),
  /** Bytes of the archive, and of the tar inside it. */
  size: z.int().positive(),
  unpackedSize: z.int().positive(),
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/),
})
export type CudaPackage = z.infer<typeof packageSchema>

const targetSchema = z.object({
  /** As the library names the folder inside `bins`. */
  folder: z.string().regex(/^[a-z0-9-]+$/),
  /** The build for CUDA 13, and what it needs to run on CUDA 12. */
  packages: z.tuple([packageSchema, packageSchema]),
})
export type CudaTarget = z.infer<typeof targetSchema>

const buildsSchema = z.object({
  /** That of node-llama-cpp: it takes no other. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  registry: z.url({ protocol: /^https$/ }),
  /** By `<platform>-<arch>` in Node's names. */
  targets: z.record(z.string(), targetSchema),
})
export type CudaBuilds = z.infer<typeof buildsSchema>

/**
 * The shipped list of CUDA builds (`npm run cuda:pin`).
 * @param resources absolute folder of the shipped resources
 * Throws when the list does not have its shape.
 */
export function readCudaBuilds(resources: string): CudaBuilds {
  return buildsSchema.parse(JSON.parse(readFileSync(join(resources, 'cuda.json'), 'utf8')))
}

/** `linux-x64-cuda` of `@node-llama-cpp/linux-x64-cuda`: also the name of its folder and of its archive. */
export function shortName({ name }: CudaPackage): string {
  return name.slice(name.indexOf('/') + 1)
}
