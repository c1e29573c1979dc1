import { setTimeout as schedule, clearTimeout as unschedule } from 'node:timers'
import type { Engine, EngineEvent, EngineRequest, ServedBy, ToolSpec } from '../engines/engine.ts'
import { EngineError } from '../engines/engine.ts'
import type { Clock } from '../host.ts'
import type { JournaledAnswer, JournaledStep, Usage } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import type { ContextReader, ConversationContext, TurnInput } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import { modelsAreDone, toolSteps } from './finished-steps.ts'
import { requestFor } from './request.ts'

/** Steps of a turn in which tools may run, by rules or for a model; then the answer is made from what is known. */
const maxToolSteps = { rules: 8, model: 6 }
/** More than all engines of a chain together may take for a step. */
const stepTimeoutMs = 180_000

/** Asks an engine for one step at a time. */
export class EngineSteps {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #specs: ToolSpec[]

  constructor(deps: AgentDependencies, context: ContextReader, specs: ToolSpec[]) {
    this.#deps = deps
    this.#context = context
    this.#specs = specs
  }

  /** The engine that would be asked first; null when it is the built-in one. */
  lead(turn: Pick<Turn, 'id'>, steps: readonly JournaledStep[]): Engine | null {
    if (this.#deps.lead === undefined) return this.#deps.engine
    return modelsAreDone(steps) ? null : this.#deps.lead(turn.id)
  }

  /** Asks the engine for one step and collects its stream. */
  async ask(
    {
      turn,
      conversation,
      input,
      steps,
    }: { turn: Turn; conversation: ConversationContext; input: TurnInput[]; steps: JournaledStep[] },
    signal: AbortSignal,
  ): Promise<JournaledStep> {
    const number = (steps.at(-1)?.step ?? -1) + 1
    const stop = new AbortController()
    const timer = schedule(() => stop.abort(new EngineError('timeout')), stepTimeoutMs)
    const engine = this.lead(turn, steps)
    const prompted = engine?.capabilities.prompted === true
    const request: EngineRequest = {
      ...requestFor(this.#deps, {
        turn,
        conversation,
        input,
        steps,
        tools: stepsLeft(steps, prompted) > 0 ? this.#specs : [],
        step: number,
        ...(prompted ? {} : { withoutPrompt: true }),
      }),
      ...(prompted && this.#deps.memory !== undefined
        ? {}
        : { history: this.#context.history(conversation.id, turn.firstMessageSeq) }),
      signal: AbortSignal.any([signal, stop.signal]),
    }
    try {
      const step = await collectStep(this.#deps.engine, request, this.#deps.clock)
      if (signal.aborted) throw signal.reason
      return { ...step, sawMessageSeq: input.at(-1)?.seq ?? turn.lastMessageSeq }
    } finally {
      unschedule(timer)
    }
  }
}

/** One step of an engine, whole. Which messages it saw is for the caller to say. */
export async function collectStep(
  engine: Engine,
  request: EngineRequest,
  clock: Pick<Clock, 'monotonic'>,
): Promise<JournaledStep> {
  const started = clock.monotonic()
  const { answer, usage, served: told } = await collect(engine.step(request))
  const served = told ?? servedBy(engine)
  return {
    step: request.step,
    engine: served?.engine ?? engine.id,
    model: served === null ? engine.model : served.model,
    answer,
    usage,
    sawMessageSeq: 0,
    dropped: false,
    refused: null,
    served,
    durationMs: Math.round(clock.monotonic() - started),
    calls: [],
  }
}

/** For an engine that does not say itself who answered; null for one that works by rules. */
function servedBy(engine: Engine): ServedBy | null {
  if (!engine.capabilities.prompted) return null
  return {
    engine: engine.id,
    kind: engine.kind,
    model: engine.model,
    promptVersion: null,
    costMicros: null,
    firstTokenMs: null,
    requestId: null,
    redactions: 0,
    skipped: [],
  }
}

/** Steps with tools that engines of one sort may still take. */
export function stepsLeft(steps: readonly JournaledStep[], prompted: boolean): number {
  return maxToolSteps[prompted ? 'model' : 'rules'] - toolSteps(steps, prompted)
}

async function collect(
  events: AsyncIterable<EngineEvent>,
): Promise<{ answer: JournaledAnswer; usage: Usage; served: ServedBy | null }> {
  const answer: JournaledAnswer = {
    text: '',
    calls: [],
    state: {},
    language: 'es',
    formOfAddress: null,
    notes: null,
  }
  let usage: Usage = { inputTokens: null, outputTokens: null }
  let served: ServedBy | null = null
  let ended = false
  for await (const event of events) {
    if (event.type === 'text') answer.text += event.delta
    else if (event.type === 'call') answer.calls.push(event.call)
    else if (event.type === 'usage')
      usage = {
        inputTokens: event.inputTokens,
        outputTokens: event.outputTokens,
        cachedTokens: event.cachedTokens ?? null,
      }
    else if (event.type === 'served') served = event.by
    else {
      ended = true
      answer.state = event.state
      answer.language = event.language
      answer.formOfAddress = event.formOfAddress
      answer.notes = event.notes ?? null
    }
  }
  if (!ended) throw new EngineError('invalid_answer')
  return { answer, usage, served }
}
