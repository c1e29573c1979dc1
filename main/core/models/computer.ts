import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { arch, availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { ModelHostStatus } from '../engines/local/model-host.ts'
import type { ManifestModel } from './manifest.ts'

export type Fit = 'good' | 'tight' | 'too_large'

/** What matters of this computer for models. Bytes. */
export interface Computer {
  memory: number
  freeMemory: number
  /** Physical ones; those that only look like cores do not make a model faster. */
  cores: number
  gpu: ModelHostStatus['gpu']
  gpuMemory: number | null
  /** On the disk of the models folder. */
  freeDisk: number
  advice: 'local' | 'small_local' | 'remote'
}

/** Reads this computer. Tests put another one in its place. */
export interface ComputerReader {
  memory(): { total: number; free: number }
  cores(): number
  /** Bytes that this user may still write; the nearest folder that exists counts. */
  freeDisk(folder: string): Promise<number>
}

export const thisComputer: ComputerReader = {
  memory: () => ({ total: totalmem(), free: freemem() }),
  cores: physicalCores,
  freeDisk: async (folder) => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
}

const GIB = 1024 ** 3
/** Below this many physical cores and without a GPU a chat model answers too slowly for customers. */
const ENOUGH_CORES = 4
const SMALL_MODELS_FROM = 8 * GIB
const LARGER_MODELS_FROM = 16 * GIB
/** Firmware and graphics keep some of what is built in. */
const NOMINAL = 1.08
/** Billions of active parameters that a processor alone generates at reading speed. */
const MOST_WITHOUT_GPU = 5

export function adviceFor(computer: Pick<Computer, 'memory' | 'cores' | 'gpu'>): Computer['advice'] {
  const memory = computer.memory * NOMINAL
  if (computer.gpu === null && computer.cores < ENOUGH_CORES) return 'remote'
  if (memory < SMALL_MODELS_FROM) return 'remote'
  return memory < LARGER_MODELS_FROM ? 'small_local' : 'local'
}

export function fitOf(model: ManifestModel, computer: Pick<Computer, 'memory'>): Fit {
  if (computer.memory * NOMINAL >= model.memory) return 'good'
  const least = (model.size ?? model.memory / 2) * 1.4 + 1.5 * GIB
  return computer.memory >= least ? 'tight' : 'too_large'
}

/** Ids of the models to begin with: at most one to chat and one for search. */
export function recommendedFor(models: readonly ManifestModel[], computer: Computer): ReadonlySet<string> {
  const fitting = models.filter((model) => fitOf(model, computer) === 'good')
  const chats = fitting.filter(
    (model) =>
      model.kind === 'chat' &&
      computer.advice !== 'remote' &&
      (computer.gpu !== null || model.activeParameters <= MOST_WITHOUT_GPU),
  )
  // Search must answer at once: the small one where the processor is slow.
  const embeddings = fitting.filter(({ kind, verified }) => kind === 'embedding' && verified)
  const quick = computer.advice === 'local'
  const chosen = [
    chats.sort((a, b) => b.memory - a.memory)[0],
    embeddings.sort((a, b) => (quick ? b.memory - a.memory : a.memory - b.memory))[0],
  ]
  return new Set(chosen.flatMap((model) => (model === undefined ? [] : [model.id])))
}

function physicalCores(): number {
  const logical = cpus().length
  const counted =
    process.platform === 'linux' ? countInCpuinfo() : arch() === 'x64' ? Math.ceil(logical / 2) : logical
  return Math.max(1, Math.min(counted ?? logical, availableParallelism()))
}

/** Distinct pairs of package and core. Null where the kernel does not tell (as on ARM, which has no such twins). */
function countInCpuinfo(): number | null {
  try {
    const found = new Set<string>()
    for (const block of readFileSync('/proc/cpuinfo', 'utf8').split('\n\n')) {
      const core = /^core id\s*:\s*(\d+)/m.exec(block)?.[1]
      const pack = /^physical id\s*:\s*(\d+)/m.exec(block)?.[1]
      if (core !== undefined && pack !== undefined) found.add(`${pack}/${core}`)
    }
    return found.size === 0 ? null : found.size
  } catch {
    return null
  }
}
