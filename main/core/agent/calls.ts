import { DomainError, isDomainError } from '../errors.ts'
import type { JsonValue } from '../json.ts'
import { isOff } from '../mutants.ts'
import { nextSlice } from '../slice-queue.ts'
import type { Tx } from '../storage/storage.ts'
import type { JournaledCall, JournaledResult, JournaledStep } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import type { ConversationContext } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import type { Tool, ToolContext, ToolOutcome } from './tools/tool.ts'

/** Name under which the loop itself journals calls that it repeats because their rows changed. */
export const refreshStepName = 'refresh'

/** Calls of one step that a model may make; what it asks for beyond is refused. */
const mostModelCalls = 8

/** Products that one call reads at most (`get_products`). */
const mostProducts = 5

/** Runs the calls of a journaled answer, each committed together with its result. */
export class CallRunner {
  readonly #deps: AgentDependencies
  readonly #tools: Map<string, Tool>

  constructor(deps: AgentDependencies) {
    this.#deps = deps
    this.#tools = new Map(deps.tools.map((tool) => [tool.name, tool]))
  }

  /**
   * Runs the calls of the last step that have no result yet, in order. What a model asks again without anything having
   * changed gets the result that is there, and too many calls at once are refused.
   */
  async runStep(
    turn: Turn,
    conversation: ConversationContext,
    steps: readonly JournaledStep[],
    seen: Set<string>,
    signal: AbortSignal,
  ): Promise<void> {
    const step = steps.at(-1)
    if (step === undefined) return
    const model = step.served !== null && step.served.kind !== 'builtin'
    const repeated = new RepeatedCalls(steps)
    for (const [index, request] of step.answer.calls.entries()) {
      if (step.calls.some((call) => call.call === index)) continue
      await nextSlice()
      if (signal.aborted) throw signal.reason
      const context = this.#contextOf(turn, conversation, step, seen, signal)
      const { name, arguments: input } = request
      const known = !model
        ? null
        : index >= mostModelCalls && !isOff('agent.model_calls')
          ? failed(
              new DomainError('tool.invalid_arguments', { tool: name, path: '', atMost: mostModelCalls }),
            )
          : repeated.resultOf(name, input)
      const result =
        known === null
          ? await this.#runOne(turn, step.step, index, name, input, context)
          : this.#journalKnown(turn, step.step, index, request, known)
      repeated.add({ tool: name, arguments: input, result, effect: this.#tools.get(name)?.effect === true })
      for (const [id] of JSON.stringify(result.data ?? null).matchAll(uuid)) seen.add(id)
      this.#deps.probe('call.committed')
    }
  }

  /** Journals a step that repeats the reads of this turn, so that the next draft is made from fresh rows. */
  journalRefresh(turn: Turn, steps: readonly JournaledStep[], draft: JournaledStep): void {
    const calls = steps
      .filter((step) => step.engine !== refreshStepName)
      .flatMap((step) => step.calls)
      .filter((call) => !call.effect && call.result.ok)
      .map((call) => ({ name: call.tool, arguments: call.arguments }))
    const effects = steps.flatMap((step) => step.calls).filter((call) => call.effect)
    // An effect is not repeated: how what it told of stands now is read instead.
    const changed = [
      ...(effects.length > 0 ? ['view_cart'] : []),
      ...(effects.some((call) => call.result.cites.some(({ table }) => table === 'checkouts'))
        ? ['view_checkout']
        : []),
    ].map((name) => ({ name, arguments: {} }))
    const again = [...changed, ...productReads(effects)].filter(({ name }) => this.#tools.has(name))
    if (calls.length + again.length === 0) return
    this.#deps.storage.write('agent', (tx) => {
      this.#deps.journal.addStep(tx, turn.id, {
        step: draft.step + 1,
        engine: refreshStepName,
        model: null,
        answer: { ...draft.answer, text: '', calls: [...calls, ...again] },
        usage: { inputTokens: null, outputTokens: null },
        served: null,
        sawMessageSeq: draft.sawMessageSeq,
        durationMs: 0,
      })
    })
  }

  /** The calls of a step with their index; used where a guard is switched off. */
  describe(step: JournaledStep): { step: number; index: number; name: string; arguments: JsonValue }[] {
    return step.answer.calls.map((call, index) => ({
      step: step.step,
      index,
      name: call.name,
      arguments: call.arguments,
    }))
  }

  /** Runs an effect outside the journal: only ever reached with the guard `journal.answer` switched off. */
  runUnjournaled(
    turn: Turn,
    conversation: ConversationContext,
    call: { name: string; arguments: JsonValue },
  ): void {
    const tool = this.#tools.get(call.name)
    if (tool === undefined || !tool.effect) return
    const parsed = tool.input.safeParse(call.arguments)
    if (!parsed.success) return
    const seen = this.#deps.journal.seenIds(conversation.id)
    const context = this.#contextOf(turn, conversation, null, seen, AbortSignal.timeout(60_000))
    this.#deps.storage.write('agent', (tx) => tool.run(context, tx, parsed.data))
    this.#deps.probe('answer.journaled')
  }

  async #runOne(
    turn: Turn,
    step: number,
    index: number,
    name: string,
    input: JsonValue,
    context: ToolContext,
  ): Promise<JournaledResult> {
    const started = this.#deps.clock.monotonic()
    const tool = this.#tools.get(name)
    const record = (tx: Tx, result: JournaledResult) =>
      this.#deps.journal.addCall(tx, turn.id, step, {
        call: index,
        tool: name,
        arguments: input,
        result,
        effect: tool?.effect === true,
        durationMs: Math.round(this.#deps.clock.monotonic() - started),
      })
    try {
      if (tool === undefined) throw new DomainError('tool.unknown', { tool: name })
      const parsed = tool.input.safeParse(input ?? {})
      if (!parsed.success || isUnreadable(input)) {
        throw new DomainError('tool.invalid_arguments', {
          tool: name,
          path: parsed.error?.issues[0]?.path.join('.') ?? '',
        })
      }
      if (!tool.effect) {
        const result = succeeded(await tool.run(context, parsed.data))
        // Read again where a power cut takes it; the reply that tells it is durable.
        this.#deps.storage.write('agent', (tx) => record(tx, result), { durable: false })
        return result
      }
      if (isOff('journal.call')) {
        const result = succeeded(
          this.#deps.storage.write('agent', (tx) => tool.run(context, tx, parsed.data)),
        )
        this.#deps.probe('call.committed')
        this.#deps.storage.write('agent', (tx) => record(tx, result))
        return result
      }
      return this.#deps.storage.write('agent', (tx) => {
        this.#requireEpoch(turn)
        const result = succeeded(tool.run(context, tx, parsed.data))
        record(tx, result)
        this.#deps.probe('call.before_commit')
        return result
      })
    } catch (error) {
      if (!isRefusal(error)) throw error
      const result = failed(error)
      this.#deps.storage.write('agent', (tx) => record(tx, result))
      return result
    }
  }

  /** Journals a call that is not run: its result is known already. */
  #journalKnown(
    turn: Turn,
    step: number,
    index: number,
    { name, arguments: input }: { name: string; arguments: JsonValue },
    result: JournaledResult,
  ): JournaledResult {
    this.#deps.storage.write('agent', (tx) =>
      this.#deps.journal.addCall(tx, turn.id, step, {
        call: index,
        tool: name,
        arguments: input,
        result,
        effect: this.#tools.get(name)?.effect === true,
        durationMs: 0,
      }),
    )
    return result
  }

  #contextOf(
    turn: Turn,
    conversation: ConversationContext,
    step: JournaledStep | null,
    seen: ReadonlySet<string>,
    signal: AbortSignal,
  ): ToolContext {
    return {
      conversationId: conversation.id,
      customerId: this.#customerOf(conversation),
      turnId: turn.id,
      locale: this.#deps.shop().locale,
      language: step?.answer.language ?? conversation.language ?? 'es',
      seen,
      signal,
    }
  }

  /** Whose conversation it is now: records may have been merged since the turn began. */
  #customerOf(conversation: ConversationContext): string {
    const id = this.#deps.storage
      .prepare<[string], string>('SELECT customer_id FROM conversations WHERE id = ?')
      .pluck()
      .get(conversation.id)
    return typeof id === 'string' ? id : conversation.customerId
  }

  #requireEpoch(turn: Turn): void {
    if (isOff('epoch.effect')) return
    const epoch = this.#deps.storage
      .prepare<[string], number>('SELECT epoch FROM conversations WHERE id = ?')
      .pluck()
      .get(turn.conversationId)
    if (epoch !== turn.epoch) throw new DomainError('turn.epoch_changed', { turnId: turn.id })
  }
}

/**
 * Steps in which a read call's result is the newest one journaled for the same tool and arguments; the loop's own
 * refresh steps are folded into them, except for a cart that only a refresh looked at.
 */
export function withRefreshedResults(steps: readonly JournaledStep[]): JournaledStep[] {
  const newest = new Map<string, JournaledResult>()
  for (const step of steps) {
    for (const call of step.calls) if (!call.effect && call.result.ok) newest.set(keyOf(call), call.result)
  }
  return steps
    .filter((step) => !step.dropped && step.engine !== refreshStepName)
    .map((step) => ({
      ...step,
      calls: step.calls.map((call) =>
        call.effect ? call : { ...call, result: newest.get(keyOf(call)) ?? call.result },
      ),
    }))
}

/** Reads of the products that effects told of; a line that was taken out is in no cart any more. */
function productReads(effects: readonly JournaledCall[]): { name: string; arguments: JsonValue }[] {
  const facts = effects.flatMap((call) => call.result.facts)
  const ids = [...new Set(facts.flatMap((fact) => (fact.kind === 'product' ? fact.productId : [])))]
  const reads = Math.ceil(ids.length / mostProducts)
  return Array.from({ length: reads }, (_, at) => ({
    name: 'get_products',
    arguments: { productIds: ids.slice(at * mostProducts, (at + 1) * mostProducts) },
  }))
}

/** Arguments that a model wrote and that are no JSON: a tool without fields of its own would take them for none. */
function isUnreadable(input: JsonValue): boolean {
  return input !== null && typeof input === 'object' && '$invalid' in input
}

function keyOf(call: JournaledCall): string {
  return `${call.tool} ${JSON.stringify(call.arguments ?? {})}`
}

/** Errors that tell the engine "not like this"; anything else ends the attempt. */
function isRefusal(error: unknown): error is DomainError {
  return (
    isDomainError(error) &&
    !error.code.startsWith('storage.') &&
    !error.code.startsWith('shop.') &&
    error.code !== 'turn.epoch_changed' &&
    error.code !== 'cancelled'
  )
}

function succeeded(outcome: ToolOutcome): JournaledResult {
  return {
    ok: true,
    code: null,
    data: outcome.data,
    facts: outcome.facts,
    cites: outcome.cites,
    attachments: outcome.attachments ?? [],
    handOver: outcome.handOver ?? null,
  }
}

function failed(error: DomainError): JournaledResult {
  return {
    ok: false,
    code: error.code,
    data: error.data,
    facts: [],
    cites: [],
    attachments: [],
    handOver: null,
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
