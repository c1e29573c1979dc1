import { setTimeout as schedule, clearTimeout as unschedule } from 'node:timers'
import { z } from 'zod'
import type { EngineEvent, EngineRequest, FinishedStep, ServedBy, ToolSpec } from '../engines/engine.ts'
import { EngineError } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { JsonValue } from '../json.ts'
import { isOff } from '../mutants.ts'
import type { Tx } from '../storage/storage.ts'
import type { JournaledAnswer, JournaledStep, Usage } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import { AwayReply } from './away-reply.ts'
import { CallRunner, refreshStepName, withRefreshedResults } from './calls.ts'
import { ContextReader, type ConversationContext, type TurnInput } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import { type Draft, ReplyWriter } from './reply.ts'

/** Steps of a turn in which tools may run; then the answer is made from what is known. */
const maxToolSteps = 8
/** Drafts that newer messages or changed data may throw away in one turn. */
const maxDroppedDrafts = 2
const stepTimeoutMs = 60_000

/**
 * Runs one turn: asks the engine step by step, journals each answer before its calls run and each call with its
 * effect, and commits the reply with everything that belongs to it. Whatever is journaled is not done again, so a
 * turn that died goes on where it was.
 */
export class Agent {
  readonly #deps: AgentDependencies
  readonly #context: ContextReader
  readonly #calls: CallRunner
  readonly #replies: ReplyWriter
  readonly #away: AwayReply
  readonly #specs: ToolSpec[]

  constructor(deps: AgentDependencies) {
    this.#deps = deps
    this.#context = new ContextReader(deps.storage)
    this.#calls = new CallRunner(deps)
    this.#replies = new ReplyWriter(deps, this.#context)
    this.#away = new AwayReply(deps, this.#context, this.#replies)
    this.#specs = deps.tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      parameters: z.toJSONSchema(tool.input, { io: 'input' }) as JsonValue,
    }))
  }

  /**
   * @throws DomainError `turn.epoch_changed` when somebody took over: nothing more of the turn is done.
   */
  async run(turn: Turn, signal: AbortSignal): Promise<void> {
    const conversation = this.#context.conversation(turn.conversationId)
    if (conversation === null || conversation.epoch !== turn.epoch || conversation.mode !== 'bot') {
      this.#deps.storage.write('system', (tx) => this.#deps.turns.end(tx, turn, 'cancelled', 'epoch'))
      return
    }
    if (this.#away.end(turn, conversation)) return
    this.#deps.typing(conversation, true)
    const seen = this.#deps.journal.seenIds(conversation.id)
    for (;;) {
      const steps = this.#deps.journal.steps(turn.id)
      const last = steps.at(-1)
      if (last !== undefined && last.calls.length < last.answer.calls.length) {
        await this.#calls.runStep(turn, conversation, last, seen, signal)
        continue
      }
      const input = this.#context.input(conversation.id, turn.firstMessageSeq)
      if (input.length === 0) {
        this.#deps.storage.write('system', (tx) => this.#deps.turns.end(tx, turn, 'cancelled', 'removed'))
        return
      }
      const toolSteps = steps.filter(
        (step) => step.calls.length > 0 && step.engine !== refreshStepName,
      ).length
      const step = await this.#ask(turn, conversation, input, steps, signal, toolSteps >= maxToolSteps)
      if (step.answer.calls.length > 0 && toolSteps < maxToolSteps) {
        this.#journalAnswer(turn, conversation, input, step)
        this.#deps.probe('answer.journaled')
        continue
      }
      if (this.#finish(turn, conversation, input, steps, step)) return
    }
  }

  /** Ends a turn that killed the process too often: a safe reply, and a person. */
  giveUp(turn: Turn): void {
    const conversation = this.#context.conversation(turn.conversationId)
    if (conversation === null) return
    this.#replies.giveUp(turn, conversation)
  }

  /** Commits the reply. False when the draft was dropped and the turn goes on. */
  #finish(
    turn: Turn,
    conversation: ConversationContext,
    input: TurnInput[],
    steps: JournaledStep[],
    step: JournaledStep,
  ): boolean {
    const dropped = this.#deps.turns.get(turn.id)?.draftsDropped ?? 0
    const mayDrop = dropped < maxDroppedDrafts
    const newest = this.#context.latestCustomerSeq(conversation.id)
    if (mayDrop && newest > (input.at(-1)?.seq ?? 0)) {
      this.#drop(turn, input, step)
      return false
    }
    const draft: Draft = { turn, conversation, input, steps, step, answerFromFacts: false }
    const outcome = this.#replies.commit(draft)
    if (outcome === 'committed') return true
    if (mayDrop) {
      this.#drop(turn, input, step)
      this.#calls.journalRefresh(turn, steps, step)
      return false
    }
    // Data keeps changing under the reply: read once more and answer from exactly that.
    this.#replies.commit({ ...draft, answerFromFacts: true })
    return true
  }

  #drop(turn: Turn, input: TurnInput[], step: JournaledStep): void {
    this.#deps.storage.write('agent', (tx) => {
      this.#requireEpoch(turn)
      this.#record(tx, turn, input, step)
      this.#deps.journal.dropStep(tx, turn.id, step.step)
    })
  }

  #journalAnswer(
    turn: Turn,
    conversation: ConversationContext,
    input: TurnInput[],
    step: JournaledStep,
  ): void {
    if (isOff('journal.answer')) {
      // Without this guard the calls run before anything is written down.
      for (const call of this.#calls.describe(step)) this.#calls.runUnjournaled(turn, conversation, call)
    }
    this.#deps.storage.write('agent', (tx) => {
      this.#requireEpoch(turn)
      this.#record(tx, turn, input, step)
    })
  }

  #record(tx: Tx, turn: Turn, input: TurnInput[], step: JournaledStep): void {
    this.#deps.journal.addStep(tx, turn.id, step)
    this.#deps.turns.takeIn(turn.id, step.sawMessageSeq)
    this.#replies.recordUnderstanding(tx, input)
  }

  /** Asks the engine for one step and collects its stream. */
  async #ask(
    turn: Turn,
    conversation: ConversationContext,
    input: TurnInput[],
    steps: JournaledStep[],
    signal: AbortSignal,
    withoutTools: boolean,
  ): Promise<JournaledStep> {
    const started = this.#deps.clock.monotonic()
    const number = (steps.at(-1)?.step ?? -1) + 1
    const stop = new AbortController()
    const timer = schedule(() => stop.abort(new EngineError('timeout')), stepTimeoutMs)
    const request: EngineRequest = {
      turnId: turn.id,
      step: number,
      shop: this.#deps.shop(),
      customer: {
        name: conversation.customerName,
        language: conversation.language,
        formOfAddress: conversation.formOfAddress,
        returning: conversation.returning,
        ...this.#deps.customers.memory(conversation.customerId),
      },
      state: conversation.state,
      history: this.#context.history(conversation.id, turn.firstMessageSeq),
      input: input.map(({ seq, classified, ...message }) => message),
      steps: finishedSteps(steps),
      tools: withoutTools ? [] : this.#specs,
      prompt: null,
      now: new Date(this.#deps.clock.now()).toISOString(),
      signal: AbortSignal.any([signal, stop.signal]),
    }
    try {
      const { answer, usage, served } = await collect(this.#deps.engine.step(request))
      if (signal.aborted) throw signal.reason
      return {
        step: number,
        engine: served?.engine ?? this.#deps.engine.id,
        model: served === null ? this.#deps.engine.model : served.model,
        answer,
        usage,
        sawMessageSeq: input.at(-1)?.seq ?? turn.lastMessageSeq,
        dropped: false,
        refused: null,
        served,
        durationMs: Math.round(this.#deps.clock.monotonic() - started),
        calls: [],
      }
    } finally {
      unschedule(timer)
    }
  }

  #requireEpoch(turn: Turn): void {
    if (isOff('epoch.effect')) return
    const now = this.#context.conversation(turn.conversationId)
    if (now?.epoch !== turn.epoch) throw new DomainError('turn.epoch_changed', { turnId: turn.id })
  }
}

/** Journaled steps as the engine sees them: dropped drafts left out, results of read calls as fresh as they are known. */
function finishedSteps(steps: readonly JournaledStep[]): FinishedStep[] {
  return withRefreshedResults(steps)
    .filter((step) => step.answer.calls.length > 0)
    .map((step) => ({
      text: step.answer.text,
      state: step.answer.state,
      calls: step.calls.map((call) => ({
        name: call.tool,
        arguments: call.arguments,
        result: call.result.ok
          ? { ok: true, data: call.result.data }
          : { ok: false, code: call.result.code ?? 'engine.failed', data: call.result.data },
      })),
    }))
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
