import { stat } from 'node:fs/promises'
import type { GgufFileInfo, GgufInsights, Llama } from 'node-llama-cpp'
import { Failure, shortly } from './failure.ts'
import type { ModelFacts } from './model-host.ts'
import { loadLibrary } from './native.ts'
import { contextSizeFor, tokenBytes } from './sequences.ts'

/** Architectures that only turn text into vectors. */
const embedders = new Set([
  'bert',
  'nomic-bert',
  'nomic-bert-moe',
  'jina-bert-v2',
  'jina-bert-v3',
  'modern-bert',
  'neo-bert',
  'gemma-embedding',
])
/** Share of the memory beyond which the computer has little left for anything else. */
const comfortable = 0.6
const atMost = 0.9
const networkMs = 30_000

/**
 * Reads what a model file is and whether it fits this computer, from its header alone.
 * @param startLlama called once the header could be read
 * @throws Failure `model.not_found`, `model.not_gguf`, `model.damaged`, `model.unreachable`
 */
export async function inspectModel(
  startLlama: () => Promise<Llama>,
  fileOrUrl: string,
  signal: AbortSignal,
): Promise<ModelFacts> {
  const { GgufInsights, GgufFileType } = await loadLibrary()
  const remote = /^https?:/.test(fileOrUrl)
  const fileBytes = remote ? null : await sizeOf(fileOrUrl)
  const info = await readHeader(fileOrUrl, remote, signal)
  const llama = await startLlama()
  const insights = await readInsights(() => GgufInsights.from(info, llama))
  const size = fileBytes ?? insights.modelSize + info.totalMetadataSize
  if (fileBytes !== null && fileBytes < wholeSize(info, insights))
    throw new Failure('model.damaged', 'the file is shorter than its header says')
  const { general, tokenizer } = info.metadata
  const template = tokenizer?.chat_template ?? ''
  const architecture = String(general.architecture)
  const kind = kindOf(info, architecture, template)
  return {
    name: general.name ?? '',
    architecture,
    kind,
    size,
    contextTokens: insights.trainContextSize ?? 0,
    parameters: insights.totalParameters || null,
    // `MOSTLY_Q4_K_M`, but for the first two.
    quantization: GgufFileType[general.file_type ?? -1]?.replace(/^MOSTLY_/, '') ?? null,
    chatTemplate: template !== '',
    // Where a template has no place for tools, the library's own wrapper describes them in words.
    tools: kind === 'chat' && /tool/i.test(template),
    fit: await estimateFit(llama, info, insights, kind),
    embeddingDimensions: kind === 'chat' ? null : (insights.embeddingVectorSize ?? null),
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error) => {
    throw new Failure('model.not_found', shortly(error), error)
  })
  if (!found.isFile()) throw new Failure('model.not_gguf', 'not a file')
  return found.size
}

async function readHeader(fileOrUrl: string, remote: boolean, signal: AbortSignal): Promise<GgufFileInfo> {
  const { readGgufFileInfo } = await loadLibrary()
  try {
    return await readGgufFileInfo(fileOrUrl, {
      sourceType: remote ? 'network' : 'filesystem',
      logWarnings: false,
      fetchRetryOptions: { retries: 1, maxTimeout: 2_000 },
      signal: remote ? AbortSignal.any([signal, AbortSignal.timeout(networkMs)]) : signal,
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && /GGUF magic/.test(error.message))
      throw new Failure('model.not_gguf', shortly(error), error)
    throw new Failure(remote ? 'model.unreachable' : 'model.damaged', shortly(error), error)
  }
}

async function readInsights(read: () => Promise<GgufInsights>): Promise<GgufInsights> {
  try {
    return await read()
  } catch (error) {
    throw new Failure('model.damaged', shortly(error), error)
  }
}

function wholeSize(info: GgufFileInfo, insights: GgufInsights): number {
  return info.totalMetadataSize + (info.totalTensorInfoSize ?? 0) + insights.modelSize
}

function kindOf(info: GgufFileInfo, architecture: string, template: string): ModelFacts['kind'] {
  const pooling = info.architectureMetadata.pooling_type
  if (embedders.has(architecture) || (pooling !== undefined && pooling > 0)) return 'embedding'
  if (template !== '') return 'chat'
  return 'other'
}

async function estimateFit(
  llama: Llama,
  info: GgufFileInfo,
  insights: GgufInsights,
  kind: ModelFacts['kind'],
): Promise<ModelFacts['fit']> {
  const ram = await llama.getRamState()
  const trained = insights.trainContextSize ?? 0
  const wanted = contextSizeFor(ram.total, trained || 4096, kind === 'chat' ? null : 1024, tokenBytes(info))
  try {
    const gpuLayers = await layersOnGpu(llama, insights, wanted.contextTokens)
    const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers, useMmap: false })
    const context = await insights.estimateContextResourceRequirementsV2({
      contextSize: wanted.contextTokens,
      sequences: kind === 'chat' ? wanted.sequences : 1,
      modelGpuLayers: gpuLayers,
      isEmbeddingContext: kind === 'embedding',
    })
    const inRam = weights.cpuRam + context.cpuRam
    const memory = Math.ceil(inRam + weights.gpuVram + context.gpuVram)
    const verdict =
      inRam < ram.total * comfortable ? 'good' : inRam < ram.total * atMost ? 'tight' : 'too_large'
    return { verdict, memory, contextTokens: wanted.contextTokens, gpuLayers }
  } catch (error) {
    throw new Failure('model.damaged', shortly(error), error)
  }
}

async function layersOnGpu(llama: Llama, insights: GgufInsights, contextSize: number): Promise<number> {
  if (llama.gpu === false) return 0
  const { gpuLayers } = await insights.configurationResolver.resolveModelGpuLayersV2(
    { fitContext: { contextSize } },
    { ignoreMemorySafetyChecks: true },
  )
  return gpuLayers
}
