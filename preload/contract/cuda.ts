import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { done, ownerCall } from './base.ts'

export const cudaStatusSchema = z.object({
  /** Whether there is a build for this system, and a card or a build of before that speaks for it. */
  offered: z.boolean(),
  /** NVIDIA's driver is here. */
  card: z.boolean(),
  /** NVIDIA's CUDA runtime 12 or 13 was found: without it the build does not load. */
  runtime: z.boolean(),
  version: z.string(),
  /** Bytes to fetch, and on the disk afterwards. */
  size: z.number(),
  diskSize: z.number(),
  installed: z.boolean(),
  /** A build was here for an earlier version of the app. */
  outdated: z.boolean(),
  /** Models run with it at this moment. */
  inUse: z.boolean(),
  /** Why it is here and not used: it did not load, or the models' program died twice with it. */
  trouble: z.enum(['not_loaded', 'died']).nullable(),
  progress: z.object({
    /** `waiting`: the connection broke, and it is tried again by itself. `paused`: some of it is here. */
    step: z.enum(['none', 'running', 'waiting', 'checking', 'unpacking', 'paused', 'failed']),
    /** Of what is fetched. */
    bytes: z.number(),
    /** Bytes a second, of the last seconds. */
    speed: z.number().nullable(),
    /** Code of a failure (`model.no_space`, `model.unreachable`, `model.checksum`). */
    error: z.string().nullable(),
  }),
})
export type CudaStatus = z.output<typeof cudaStatusSchema>

/** The CUDA build of the library that runs models: fetched on demand, for NVIDIA cards. */
export const cuda = {
  status: ownerCall.input(z.object({})).output(cudaStatusSchema),
  /**
   * Starts or goes on; ends when it is installed or paused. Throws `cuda.not_offered`, `model.download_running`,
   * `model.no_space`, `model.unreachable`, `model.checksum`, `shop.no_rights`.
   */
  install: ownerCall.input(z.object({})).output(eventIterator(cudaStatusSchema)),
  /** What is there already stays for later. */
  pause: ownerCall.input(z.object({})).output(done),
  /** What was fetched goes. */
  cancel: ownerCall.input(z.object({})).output(done),
  /** Deletes the build; models go on without it. Throws `model.download_running`. */
  remove: ownerCall.input(z.object({})).output(done),
  /** Another chance for a build that did not work. */
  retry: ownerCall.input(z.object({})).output(done),
  /** How it is, and every change from then on. */
  watch: ownerCall.input(z.object({})).output(eventIterator(cudaStatusSchema)),
}
