import { availableParallelism } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { GenerateRequest } from '../../main/core/engines/local/model-host.ts'
import { writeRandomModel } from '../fixtures/gguf/random-model.ts'
import { asking, ModelBench } from '../fixtures/model-host.ts'
import { DirectModel, type Timed } from './models-direct.ts'
import { percentile, round } from './statistics.ts'

export interface ModelsReport {
  model: { megabytes: number; layers: number; width: number }
  promptTokens: number
  threads: number
  /** Tokens a second after the first one; the best round. */
  decodePerSecond: { mostrador: number; direct: number; ratio: number; aim: '≥ 0.95' }
  /** Time to the first token of a prompt that is wholly new, ms, the best round: what chunks cost. */
  chunkedPrefill: { mostrador: number; direct: number; ratio: number; aim: '≤ 1.15' }
  /** Time to the first token, ms, from the request on; medians. */
  firstToken: {
    cold: number
    sameChat: number
    otherChatSavedPrefix: number
    coldToSavedPrefix: number
    aim: '≥ 5'
  }
  /** From the abort until the process is free for the next request, ms. */
  abort: { prefill: { p50: number; max: number }; decode: { p50: number; max: number } }
  /** Of the core, while a model answers, ms. */
  eventLoopDelayMs: { p50: number; p99: number; max: number }
}

const contextTokens = 4096
const promptTokens = 1_500
const answerTokens = 96

/**
 * A local model through the host, beside the same library used directly in this process: one random-shaped model, one
 * prompt of the usual length, one after the other in turns.
 */
export async function benchModels(quick: boolean): Promise<ModelsReport> {
  const shape = { layers: quick ? 6 : 12, width: 896, feedForward: 2_432, heads: 14, keyValueHeads: 2 }
  const rounds = quick ? 4 : 8
  const bench = new ModelBench()
  try {
    const file = bench.path('random.gguf')
    const bytes = writeRandomModel(file, { ...shape, vocabulary: 8_192 })
    // As many as the host takes for a model that was not measured: a measurement beside other programs says little.
    const threads = Math.max(1, availableParallelism() - 1)
    const local = new LocalRuns(bench, file)
    // The first answer loads the model.
    await local.answer('warm-up')
    const beside = await compare(local, file, threads, rounds)
    const loop = monitorEventLoopDelay({ resolution: 1 })
    loop.enable()
    await local.answer('event loop')
    loop.disable()
    const firstToken = await firstTokens(local, quick ? 3 : 8)
    const abort = {
      prefill: await aborts(local, 'prefill'),
      decode: await aborts(local, 'decode'),
    }
    return {
      model: { megabytes: round(bytes / 1e6, 0), layers: shape.layers, width: shape.width },
      promptTokens,
      threads,
      ...beside,
      firstToken,
      abort,
      eventLoopDelayMs: {
        p50: round(loop.percentile(50) / 1e6),
        p99: round(loop.percentile(99) / 1e6),
        max: round(loop.max / 1e6),
      },
    }
  } finally {
    await bench.close()
  }
}

/** Requests to the host, each timed as its caller sees it. */
class LocalRuns {
  readonly bench: ModelBench
  readonly #file: string
  #chats = 0

  constructor(bench: ModelBench, file: string) {
    this.bench = bench
    this.#file = file
  }

  /** A new chat, unless one is named. */
  request(head: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
    const conversation = {
      version: 'bench',
      head: headOf(head),
      messages: [{ role: 'user' as const, text: question }],
    }
    const affinity = `chat ${++this.#chats}`
    return asking(this.#file, '', { conversation, affinity, contextTokens, maxTokens: answerTokens, ...more })
  }

  async answer(head: string, more: Partial<GenerateRequest> = {}): Promise<Timed> {
    const begun = performance.now()
    let first = begun
    let tokens = 0
    for await (const event of this.bench.host.generate(this.request(head, more))) {
      if (first === begun) first = performance.now()
      if (event.type === 'end') tokens = event.outputTokens
    }
    return { firstTokenMs: first - begun, decodeMs: performance.now() - first, tokens }
  }
}

const question = '¿Tenéis tarta de manzana para mañana por la tarde?'

/** Heads of one length that differ from their first letter on; a letter is a token. */
function headOf(name: string): string {
  return `${name} `.repeat(promptTokens).slice(0, promptTokens - 80)
}

async function compare(
  local: LocalRuns,
  file: string,
  threads: number,
  rounds: number,
): Promise<Pick<ModelsReport, 'decodePerSecond' | 'chunkedPrefill'>> {
  const direct = await DirectModel.load(file, { threads, contextTokens })
  const spoken = { ours: [] as Timed[], theirs: [] as Timed[] }
  const read = { ours: [] as Timed[], theirs: [] as Timed[] }
  const known = { affinity: 'known', maxTokens: answerTokens }
  await direct.answer(headOf('known'), question, 8)
  await local.answer('known', known)
  for (let nth = 0; nth < rounds; nth++) {
    // Of a prompt that is known only the answer takes time.
    for (let times = 0; times < 3; times++) {
      spoken.theirs.push(await direct.answer(headOf('known'), question, answerTokens))
      spoken.ours.push(await local.answer('known', known))
    }
    read.theirs.push(await direct.answer(headOf(`compare ${nth}`), question, 4))
    read.ours.push(await local.answer(`compare ${nth}`, { maxTokens: 4 }))
  }
  await direct.dispose()
  // The best of all rounds: other programs only ever make it slower.
  // Random words may be held back until they make a whole letter; what came in one piece tells no speed.
  const streamed = ({ tokens, decodeMs }: Timed) => decodeMs > tokens / 2
  const speeds = (all: Timed[]) =>
    Math.max(...all.filter(streamed).map(({ tokens, decodeMs }) => ((tokens - 1) * 1_000) / decodeMs))
  const firsts = (all: Timed[]) => Math.min(...all.map(({ firstTokenMs }) => firstTokenMs))
  return {
    decodePerSecond: { ...pair(speeds(spoken.ours), speeds(spoken.theirs)), aim: '≥ 0.95' },
    chunkedPrefill: { ...pair(firsts(read.ours), firsts(read.theirs)), aim: '≤ 1.15' },
  }
}

function pair(mostrador: number, direct: number) {
  return { mostrador: round(mostrador), direct: round(direct), ratio: round(mostrador / direct, 3) }
}

async function firstTokens(local: LocalRuns, rounds: number): Promise<ModelsReport['firstToken']> {
  const cold: number[] = []
  const same: number[] = []
  const other: number[] = []
  const brief = { maxTokens: 4 }
  for (let nth = 0; nth < rounds; nth++) {
    const head = `shop ${nth}`
    const affinity = `customer ${nth}`
    cold.push((await local.answer(head, { ...brief, affinity })).firstTokenMs)
    same.push((await local.answer(head, { ...brief, affinity })).firstTokenMs)
    // Other shops take all that is at hand in memory; what is left of this one is its file.
    for (const shop of ['one', 'two', 'three']) await local.answer(`another ${shop}`, brief)
    other.push((await local.answer(head, brief)).firstTokenMs)
  }
  return {
    cold: round(median(cold)),
    sameChat: round(median(same)),
    otherChatSavedPrefix: round(median(other)),
    coldToSavedPrefix: round(median(cold) / median(other)),
    aim: '≥ 5',
  }
}

async function aborts(local: LocalRuns, phase: 'prefill' | 'decode') {
  const times: number[] = []
  for (let nth = 0; nth < 12; nth++) {
    const abort = new AbortController()
    const there = local.bench.next((message) => message.phase === phase)
    const stopped = local.bench.next(({ type }) => type === 'failed')
    // For decoding the prompt may be known already.
    const head = phase === 'prefill' ? `abort ${nth}` : 'abort'
    const request = local.request(head, { signal: abort.signal, maxTokens: 1_000 })
    const ended = drain(local.bench.host.generate(request))
    await there
    const begun = performance.now()
    abort.abort(new Error('bench'))
    await Promise.all([ended, stopped])
    times.push(performance.now() - begun)
  }
  return { p50: round(median(times)), max: round(Math.max(...times)) }
}

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _event of events) void _event
  } catch {
    // Aborted, as meant.
  }
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
