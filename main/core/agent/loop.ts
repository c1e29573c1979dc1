import type { ToolSpec } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { isOff } from '../mutants.ts'
import { nextSlice } from '../slice-queue.ts'
import type { Tx } from '../storage/storage.ts'
import type { JournaledStep } from '../turns/journal.ts'
import type { Turn } from '../turns/service.ts'
import { classify } from '../understanding/service.ts'
import { AwayReply } from './away-reply.ts'
import { CallRunner } from './calls.ts'
import { ContextReader, type ConversationContext, type TurnInput } from './conversation-context.ts'
import type { AgentDependencies } from './dependencies.ts'
import { EngineSteps, stepsLeft } from './engine-steps.ts'
import { isPrompted, maxRewrites, modelsAreDone, retrievalStepName } from './finished-steps.ts'
import { OldMessages } from './old-messages.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import { type Draft, ReplyWriter } from './reply.ts'
import { requestFor } from './request.ts'
import { retrievalCalls } from './retrieval.ts'
import { toolSpecs } from './tools/tool-specs.ts'
import type { GateFinding } from './trace.ts'
import { VoiceNotes } from './voice-notes.ts'

/** Drafts that newer messages or changed data may throw away in one turn. */
const maxDroppedDrafts = 2
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
  readonly #old: OldMessages
  readonly #voice: VoiceNotes
  readonly #steps: EngineSteps
  readonly #specs: ToolSpec[]

  constructor(deps: AgentDependencies) {
    this.#deps = deps
    this.#context = new ContextReader(deps.storage)
    this.#calls = new CallRunner(deps)
    this.#replies = new ReplyWriter(deps, this.#context)
    this.#away = new AwayReply(deps, this.#context, this.#replies)
    this.#old = new OldMessages(deps, this.#context, this.#replies)
    this.#voice = new VoiceNotes(deps, this.#context, this.#replies)
    this.#specs = toolSpecs(deps.tools)
    this.#steps = new EngineSteps(deps, this.#context, this.#specs)
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
    await this.#voice.ready(turn, signal)
    const ends = [this.#old, this.#away, this.#voice]
    if (ends.some((rule) => rule.end(turn, conversation))) return
    this.#deps.typing(conversation, true)
    const seen = this.#deps.journal.seenIds(conversation.id)
    for (;;) {
      await nextSlice()
      const steps = this.#deps.journal.steps(turn.id)
      const last = steps.at(-1)
      if (last !== undefined && last.calls.length < last.answer.calls.length) {
        await this.#calls.runStep(turn, conversation, steps, seen, signal)
        continue
      }
      const input = this.#context.input(conversation.id, turn.firstMessageSeq)
      if (input.length === 0) {
        this.#deps.storage.write('system', (tx) => this.#deps.turns.end(tx, turn, 'cancelled', 'removed'))
        return
      }
      if (last === undefined && this.#lookUp(turn, conversation, input)) continue
      const step = await this.#steps.ask({ turn, conversation, input, steps }, signal)
      if (this.#mayCall(steps, step)) {
        this.#journalAnswer(turn, conversation, input, step)
        this.#deps.probe('answer.journaled')
        continue
      }
      await nextSlice()
      if (this.#finish(turn, conversation, input, steps, step)) return
    }
  }

  /** Whether the calls of an answer are run: there are steps left, and a model does not go in circles. */
  #mayCall(steps: readonly JournaledStep[], step: JournaledStep): boolean {
    if (step.answer.calls.length === 0 || stepsLeft(steps, isPrompted(step)) <= 0) return false
    if (isOff('agent.repeated_calls')) return true
    return !(isPrompted(step) && new RepeatedCalls(steps).isCircle(step.answer.calls))
  }

  /**
   * Before a model is asked: journals the look-ups that the customer's words call for, so that a plain question needs one
   * step. False where nothing is to be looked up.
   */
  #lookUp(turn: Turn, conversation: ConversationContext, input: TurnInput[]): boolean {
    const lead = this.#steps.lead(turn, [])
    if (lead?.capabilities.prompted !== true) return false
    const texts = input.map(({ text }) => text)
    const tools = new Set(this.#specs.map(({ name }) => name))
    const calls = retrievalCalls(texts, conversation.state, tools)
    if (calls.length === 0) return false
    const { language } = conversation
    this.#journalAnswer(turn, conversation, input, {
      step: 0,
      engine: retrievalStepName,
      model: null,
      answer: {
        text: '',
        calls,
        state: {},
        language: language ?? classify(texts.join('\n'), {}).language,
        formOfAddress: null,
        notes: null,
      },
      usage: { inputTokens: null, outputTokens: null },
      sawMessageSeq: input.at(-1)?.seq ?? turn.lastMessageSeq,
      dropped: false,
      refused: null,
      served: null,
      durationMs: 0,
      calls: [],
    })
    return true
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
    given: JournaledStep,
  ): boolean {
    // Calls that are no longer run: what is known is told instead.
    const speechless = given.answer.calls.length > 0
    const step = speechless ? { ...given, answer: { ...given.answer, text: '', calls: [] } } : given
    const dropped = this.#deps.turns.get(turn.id)?.draftsDropped ?? 0
    const mayDrop = dropped < maxDroppedDrafts
    const newest = this.#context.latestCustomerSeq(conversation.id)
    if (mayDrop && newest > (input.at(-1)?.seq ?? 0)) {
      this.#drop(turn, input, step)
      return false
    }
    const draft: Draft = { turn, conversation, input, steps, step, answerFromFacts: false }
    if (!speechless && this.#rewrites(draft)) return false
    const outcome = this.#replies.commit(draft)
    if (outcome === 'committed') {
      this.#remember(turn, conversation)
      return true
    }
    if (mayDrop) {
      this.#drop(turn, input, step)
      this.#calls.journalRefresh(turn, steps, step)
      return false
    }
    // Data keeps changing under the reply: read once more and answer from exactly that.
    this.#replies.commit({ ...draft, answerFromFacts: true })
    this.#remember(turn, conversation)
    return true
  }

  /**
   * True when the gate refused a model's draft: the model is asked once more, with the reasons; after that the rules
   * answer, which read the customer's words themselves.
   */
  #rewrites(draft: Draft): boolean {
    const { steps, step } = draft
    if (draft.answerFromFacts || !isPrompted(step)) return false
    const before = steps.filter(({ refused }) => refused !== null).length
    const last = before >= maxRewrites && !this.#mayAskRules(steps)
    if (last && !isOff('agent.retry_once')) return false
    const findings = this.#replies.findings(draft)
    if (findings === null) return false
    this.#refuse(draft, findings)
    return true
  }

  /** Whether the built-in engine can answer in place of a model; once it was asked for, nobody else is waited for. */
  #mayAskRules(steps: readonly JournaledStep[]): boolean {
    return this.#deps.lead !== undefined && !modelsAreDone(steps)
  }

  #refuse({ turn, input, step }: Draft, findings: readonly GateFinding[]): void {
    this.#deps.storage.write('agent', (tx) => {
      this.#requireEpoch(turn)
      this.#record(tx, turn, input, step)
      this.#deps.journal.refuseStep(tx, turn.id, step.step, findings)
    })
    this.#deps.probe('answer.journaled')
  }

  /** What falls out of the history is summed up, while nobody waits. */
  #remember(turn: Turn, conversation: ConversationContext): void {
    const { memory, prompts } = this.#deps
    if (memory === undefined || prompts === undefined) return
    if (this.#deps.lead !== undefined && this.#deps.lead(turn.id) === null) return
    const request = requestFor(this.#deps, { turn, conversation, input: [], steps: [], tools: [], step: 0 })
    if (request.prompt !== null) memory.after({ ...request, prompt: request.prompt })
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
    const write = (tx: Tx) => {
      this.#requireEpoch(turn)
      this.#record(tx, turn, input, step)
    }
    // Rules say the same again at no cost, and whatever leaves or has an effect is durable, with all before it.
    this.#deps.storage.write('agent', write, { durable: isPrompted(step) })
  }

  #record(tx: Tx, turn: Turn, input: TurnInput[], step: JournaledStep): void {
    this.#deps.journal.addStep(tx, turn.id, step)
    this.#deps.turns.takeIn(turn.id, step.sawMessageSeq)
    this.#replies.recordUnderstanding(tx, input)
  }

  #requireEpoch(turn: Turn): void {
    if (isOff('epoch.effect')) return
    const now = this.#context.conversation(turn.conversationId)
    if (now?.epoch !== turn.epoch) throw new DomainError('turn.epoch_changed', { turnId: turn.id })
  }
}
