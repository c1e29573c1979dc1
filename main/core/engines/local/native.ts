import type { Llama, LlamaModel, LlamaOptions } from 'node-llama-cpp'
import { answerCudaImports } from './cuda-resolution.ts'
import { Failure } from './failure.ts'
import type { CudaChoice } from './model-host.ts'

/** The library, loaded when it is first needed: only the model process comes here. */
export type Library = typeof import('node-llama-cpp')

let library: Promise<Library> | null = null

export function loadLibrary(): Promise<Library> {
  // On a failed assertion llama.cpp would start a debugger to print where it was.
  process.env.GGML_NO_BACKTRACE = '1'
  library ??= import('node-llama-cpp')
  return library
}

/** There is no binary of the library for this computer, or it does not run here. */
export class NoBinary extends Error {
  constructor(cause: unknown) {
    super('no_binary', { cause })
    this.name = 'NoBinary'
  }
}

type Say = (level: 'warn' | 'error', text: string) => void

/**
 * Finds the best binary: with a GPU where there is one, else for the processor alone. Nothing is ever built here.
 * @param cuda the fetched CUDA build, which goes first
 * @throws NoBinary
 */
export async function startLlama(log: Say, cuda: CudaChoice | null): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await loadLibrary()
  const options: LlamaOptions = {
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    logger: (_level, text) => log('error', text),
  }
  const withCuda =
    cuda === null ? null : await startCuda(() => getLlama({ ...options, gpu: 'cuda' }), cuda, log)
  if (withCuda !== null) return withCuda
  try {
    return await getLlama({ ...options, gpu: { type: 'auto', exclude: ['cuda'] } })
  } catch (error) {
    throw new NoBinary(error)
  }
}

/**
 * Null where the build does not work here. By name, because "auto" looks for CUDA's runtime in fewer places than the
 * system's loader does; what does not load fails in a process of its own.
 */
async function startCuda(start: () => Promise<Llama>, cuda: CudaChoice, log: Say): Promise<Llama | null> {
  answerCudaImports(cuda)
  try {
    const llama = await start()
    if (llama.gpu === 'cuda') return llama
    await llama.dispose()
    log('warn', 'the CUDA build found no card')
  } catch (error) {
    log('warn', `the CUDA build does not load: ${String(error)}`)
  }
  return null
}

/** Threads for a model that was not measured yet. By default the library takes more than there are cores. */
export function cautiousThreads(llama: Llama): number {
  return Math.max(1, llama.cpuMathCores - 1)
}

/**
 * Loads a model. Memory mapping costs half as much again on x86, where weights are laid out anew beside the mapped
 * ones; it pays where memory is short.
 */
export async function loadModel(
  llama: Llama,
  file: string,
  size: number,
  signal: AbortSignal,
): Promise<LlamaModel> {
  const { free, total } = await llama.getRamState()
  if (llama.gpu === false && size > total)
    throw new Failure('service_failed', 'the model is larger than the memory of this computer')
  const roomy = size * 1.5 < free
  return llama.loadModel({
    modelPath: file,
    useMmap: llama.gpu === false && roomy ? false : 'auto',
    loadSignal: signal,
  })
}
