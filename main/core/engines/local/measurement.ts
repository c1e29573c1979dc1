import type { Llama, LlamaModel } from 'node-llama-cpp'
import { Failure } from './failure.ts'
import type { Measured } from './model-host.ts'
import { cautiousThreads } from './native.ts'

/** All attempts together, ms. */
const budgetMs = 5_000
const prefillTokens = 96
const decodeTokens = 12
/** What a customer waits for once a chat is going: some new words to read, a reply of some sixty tokens. */
const usualTurn = { prefill: 150, decode: 60 }

/** Seconds for a usual turn. */
const fast = 4
const fair = 12

/**
 * Finds the number of threads that answers fastest here: more than there are free cores can be a hundred times
 * slower. Tries at most three numbers and stops when the time is over.
 */
export async function measureModel(
  llama: Llama,
  model: LlamaModel,
  signal: AbortSignal,
): Promise<Omit<Measured, 'measuredAt'>> {
  const begun = performance.now()
  const speeds: Speed[] = []
  for (const threads of candidates(llama)) {
    signal.throwIfAborted()
    if (speeds.length > 0 && performance.now() - begun > budgetMs) break
    speeds.push(await attempt(llama, model, threads, begun + budgetMs, signal))
  }
  const [best] = speeds.sort((a, b) => asWeighed(a) - asWeighed(b))
  if (best === undefined) throw new Failure('service_failed', 'nothing was measured')
  const seconds = turnSeconds(best)
  const { cautious: _cautious, ...speed } = best
  return {
    ...speed,
    gpu: llama.gpu === false ? null : llama.gpu,
    tier: seconds <= fast ? 'fast' : seconds <= fair ? 'fair' : 'slow',
  }
}

interface Speed {
  threads: number
  /** The number that is right where nothing was measured. */
  cautious: number
  prefillPerSecond: number
  decodePerSecond: number
}

/** The cautious number first: it is never a catastrophe. */
function candidates(llama: Llama): number[] {
  const cautious = cautiousThreads(llama)
  return [...new Set([cautious, llama.cpuMathCores, Math.ceil(llama.cpuMathCores / 2)])]
}

function turnSeconds({ prefillPerSecond, decodePerSecond }: Speed): number {
  return usualTurn.prefill / prefillPerSecond + usualTurn.decode / decodePerSecond
}

/** All cores must be clearly better than all but one: the rest of the computer wants to work as well. */
function asWeighed(speed: Speed): number {
  return turnSeconds(speed) * (speed.threads > speed.cautious ? 1.2 : 1)
}

async function attempt(
  llama: Llama,
  model: LlamaModel,
  threads: number,
  deadline: number,
  signal: AbortSignal,
): Promise<Speed> {
  const ceiling = llama.maxThreads
  llama.maxThreads = threads
  const context = await model.createContext({ contextSize: 512, threads: { ideal: threads, min: threads } })
  try {
    const sequence = context.getSequence()
    const words = model.tokenize(
      '¿Cuánto cuesta la tarta de manzana y cuándo se puede recoger? '.repeat(prefillTokens),
    )
    await sequence.evaluateWithoutGeneratingNewTokens(words.slice(0, 8))
    const prefillBegun = performance.now()
    await sequence.evaluateWithoutGeneratingNewTokens(words.slice(8, 8 + prefillTokens))
    const prefillMs = performance.now() - prefillBegun
    const decodeBegun = performance.now()
    let decoded = 0
    for await (const _token of sequence.evaluate(words.slice(8 + prefillTokens, 9 + prefillTokens), {
      temperature: 0,
      yieldEogToken: true,
    })) {
      decoded++
      signal.throwIfAborted()
      if (decoded >= decodeTokens || (decoded >= 2 && performance.now() > deadline)) break
    }
    const decodeMs = performance.now() - decodeBegun
    return {
      threads,
      cautious: cautiousThreads(llama),
      prefillPerSecond: perSecond(prefillTokens, prefillMs),
      decodePerSecond: perSecond(decoded, decodeMs),
    }
  } finally {
    await context.dispose()
    llama.maxThreads = ceiling
  }
}

function perSecond(tokens: number, ms: number): number {
  return Number(((tokens * 1_000) / Math.max(ms, 0.001)).toFixed(2))
}
