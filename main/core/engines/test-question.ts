import type { Clock } from '../host.ts'
import type { EngineTest } from './account.ts'
import {
  type Engine,
  EngineError,
  type EngineRequest,
  type FinishedStep,
  type ServedBy,
  type ShopBrief,
  type ToolCallRequest,
} from './engine.ts'

/** Longest wait for an engine on trial, ms: a model may have to be loaded first. */
const limitMs = 120_000

const tool = {
  name: 'shop_status',
  description: 'Tells whether the shop is open now. Call this tool to answer whether the shop is open.',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
}

const questions = {
  es: { tool: '¿Está abierta la tienda ahora mismo?', greeting: 'Hola' },
  en: { tool: 'Is the shop open right now?', greeting: 'Hello' },
}

interface Answer {
  text: string
  calls: ToolCallRequest[]
  state: FinishedStep['state']
  outputTokens: number
  served: ServedBy | null
}

/** Asks an engine something small that it should look up with a tool, then lets it say the answer. */
export async function testEngine(
  engine: Engine,
  deps: { shop: ShopBrief; clock: Clock },
): Promise<{ test: EngineTest; failure: EngineError | null }> {
  const { clock } = deps
  const started = clock.monotonic()
  const stop = new AbortController()
  const cancel = clock.after(limitMs, () => stop.abort(new EngineError('timeout')))
  const answers: Answer[] = []
  let failure: EngineError | null = null
  try {
    const first = await ask(engine, request(engine, deps, [], stop.signal))
    answers.push(first)
    if (first.calls.length > 0)
      answers.push(await ask(engine, request(engine, deps, [finished(first)], stop.signal)))
  } catch (error) {
    failure = error instanceof EngineError ? error : new EngineError('crashed', { cause: error })
  } finally {
    cancel()
  }
  const text = answers.at(-1)?.text.trim() ?? ''
  const tokens = answers.reduce((sum, answer) => sum + answer.outputTokens, 0)
  const durationMs = Math.round(clock.monotonic() - started)
  const waited = answers.reduce((sum, answer) => sum + (answer.served?.firstTokenMs ?? 0), 0)
  return {
    failure,
    test: {
      ok: failure === null && text !== '',
      text,
      // Rules know the shop's own tools only, and use them.
      tools:
        !engine.capabilities.prompted ||
        answers.some(({ calls }) => calls.some(({ name }) => name === tool.name)),
      firstTokenMs: answers[0]?.served?.firstTokenMs ?? null,
      durationMs,
      tokensPerSecond: tokens > 0 && durationMs > waited ? (tokens * 1_000) / (durationMs - waited) : null,
      costMicros: engine.kind === 'builtin' ? 0 : costOf(answers),
      error: failure?.code ?? (text === '' ? 'invalid_answer' : null),
    },
  }
}

function costOf(answers: readonly Answer[]): number | null {
  const costs = answers.map(({ served }) => served?.costMicros ?? null)
  return costs.length === 0 || costs.includes(null)
    ? null
    : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0)
}

async function ask(engine: Engine, asked: EngineRequest): Promise<Answer> {
  const answer: Answer = { text: '', calls: [], state: {}, outputTokens: 0, served: null }
  for await (const event of engine.step(asked)) {
    if (event.type === 'text') answer.text += event.delta
    else if (event.type === 'call') answer.calls.push(event.call)
    else if (event.type === 'usage') answer.outputTokens = event.outputTokens
    else if (event.type === 'served') answer.served = event.by
    else answer.state = event.state
  }
  return answer
}

function finished(answer: Answer): FinishedStep {
  const calls = answer.calls.map((call) => ({ ...call, result: { ok: true as const, data: { open: true } } }))
  return { text: answer.text, calls, state: answer.state }
}

function request(
  engine: Engine,
  deps: { shop: ShopBrief; clock: Clock },
  steps: FinishedStep[],
  signal: AbortSignal,
): EngineRequest {
  const { shop } = deps
  const { prompted } = engine.capabilities
  const now = new Date(deps.clock.now()).toISOString()
  const language = shop.locale.startsWith('es') ? 'es' : 'en'
  return {
    turnId: 'test',
    step: steps.length,
    shop,
    customer: { name: '', language, formOfAddress: null, returning: false, preferences: [], lastOrders: [] },
    state: {},
    history: [],
    input: [
      { id: 'test', text: questions[language][prompted ? 'tool' : 'greeting'], at: now, attachments: [] },
    ],
    steps,
    tools: prompted ? [tool] : [],
    prompt: {
      conversationId: 'test',
      purpose: 'test',
      shopSummary: shop.name,
      personality: {
        assistantName: '',
        tone: 'neutral',
        formOfAddress: 'auto',
        emoji: 'none',
        length: 'short',
        language: 'customer',
        rules: [],
      },
      earlier: null,
      refusal: null,
      personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
    },
    now,
    signal,
  }
}
