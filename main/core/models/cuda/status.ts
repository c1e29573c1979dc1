import type { ErrorCode } from '../../errors.ts'

/** `waiting`: the connection broke, and it is tried again by itself. `paused`: some of it is here. */
export type CudaStep = 'none' | 'running' | 'waiting' | 'checking' | 'unpacking' | 'paused' | 'failed'

export interface CudaProgress {
  step: CudaStep
  /** Of what is fetched. */
  bytes: number
  /** Bytes a second, of the last seconds; null when nothing is fetched. */
  speed: number | null
  error: ErrorCode | null
}

export interface CudaStatus {
  /** Whether there is a build for this system, and a card or a build of before that speaks for it. */
  offered: boolean
  card: boolean
  /** Without NVIDIA's CUDA runtime the build does not load. */
  runtime: boolean
  version: string
  /** Bytes to fetch, and on the disk afterwards. */
  size: number
  diskSize: number
  installed: boolean
  /** A build was here for an earlier version of the app. */
  outdated: boolean
  inUse: boolean
  /** Why it is here and not used: it did not load, or processes died under it. */
  trouble: 'not_loaded' | 'died' | null
  progress: CudaProgress
}
