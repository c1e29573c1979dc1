import type { Engine, EngineRequest, Refusal, ShopBrief } from '../engines/engine.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import type { JsonValue } from '../json.ts'
import { nextSlice } from '../slice-queue.ts'
import type { JournaledResult, JournaledStep } from '../turns/journal.ts'
import { answerFromFacts } from './answer-from-facts.ts'
import { currentEvidence } from './current-facts.ts'
import { collectStep, stepsLeft } from './engine-steps.ts'
import { isPrompted, retrievalStepName } from './finished-steps.ts'
import { checkReply } from './gate.ts'
import { RepeatedCalls } from './repeated-calls.ts'
import { retrievalCalls } from './retrieval.ts'
import type { Tool, ToolContext } from './tools/tool.ts'
import { type GateRecord, replyCost, type TraceStep, traceStep } from './trace.ts'

export interface RehearsalDependencies {
  tools: readonly Tool[]
  shop: () => ShopBrief
  clock: Clock
  mentions(text: string): { productId: string; name: string }[]
}

/** What is answered: a message of nobody, or what a customer has written. */
export interface Part {
  conversation: { id: string; customerId: string }
  engine: Engine
  /** The customer's words, oldest first. */
  texts: string[]
  /** What an engine kept of the conversation. */
  state: JsonValue
  /** Ids that tools may take. */
  seen: Set<string>
  request(steps: readonly JournaledStep[], refusal: Refusal | null): Omit<EngineRequest, 'signal'>
}

export interface Rehearsed {
  text: string
  engine: string
  model: string | null
  promptVersion: string | null
  gate: GateRecord
  steps: TraceStep[]
  durationMs: number
  /** Millionths of the shop's currency unit; null where a price is not known. */
  costMicros: number | null
}

/** Reads that make something all the same. */
const refusedTools: ReadonlySet<string> = new Set(['send_document'])

/**
 * Answers as a turn would: the same tools, gate and one rewrite. Nothing is written: no journal, no message, and tools
 * that do something are refused with `tool.not_in_preview`.
 */
export class Rehearsal {
  readonly #deps: RehearsalDependencies
  readonly #tools: Map<string, Tool>

  constructor(deps: RehearsalDependencies) {
    this.#deps = deps
    this.#tools = new Map(deps.tools.map((tool) => [tool.name, tool]))
  }

  /** @throws EngineError when the engine does not answer. */
  async answer(part: Part, signal: AbortSignal): Promise<Rehearsed> {
    const started = this.#deps.clock.monotonic()
    const prompted = part.engine.capabilities.prompted
    const steps: JournaledStep[] = []
    const run = (step: JournaledStep) => this.#run(step, steps, part.conversation, part.seen, signal)
    if (prompted) {
      const calls = retrievalCalls(part.texts, part.state, new Set(this.#tools.keys()))
      if (calls.length > 0) steps.push(await run(lookUp(calls)))
    }
    let refusal: Refusal | null = null
    for (;;) {
      await nextSlice()
      signal.throwIfAborted()
      const request = { ...part.request(steps, refusal), signal }
      const step = await collectStep(part.engine, request, this.#deps.clock)
      const circles = prompted && new RepeatedCalls(steps).isCircle(step.answer.calls)
      if (step.answer.calls.length > 0 && stepsLeft(steps, isPrompted(step)) > 0 && !circles) {
        steps.push(await run(step))
        continue
      }
      const draft = { ...step, answer: { ...step.answer, calls: [] } }
      await nextSlice()
      signal.throwIfAborted()
      const { text, gate } = this.#checked(draft, steps, part.texts)
      if (!gate.ok && refusal === null && isPrompted(step) && draft.answer.text !== '') {
        refusal = { text: draft.answer.text, findings: gate.findings }
        steps.push({ ...draft, dropped: true, refused: gate.findings })
        continue
      }
      const all = [...steps, draft]
      const { promptVersion, costMicros } = replyCost(all)
      return {
        text,
        engine: step.engine,
        model: step.model,
        promptVersion,
        gate,
        steps: all.map(traceStep),
        durationMs: Math.round(this.#deps.clock.monotonic() - started),
        costMicros,
      }
    }
  }

  async #run(
    step: JournaledStep,
    before: readonly JournaledStep[],
    conversation: { id: string; customerId: string },
    seen: Set<string>,
    signal: AbortSignal,
  ): Promise<JournaledStep> {
    const repeated = new RepeatedCalls(before)
    const calls: JournaledStep['calls'] = []
    const context: ToolContext = {
      conversationId: conversation.id,
      customerId: conversation.customerId,
      turnId: conversation.id,
      locale: this.#deps.shop().locale,
      language: step.answer.language,
      seen,
      signal,
    }
    for (const [index, { name, arguments: given }] of step.answer.calls.slice(0, 8).entries()) {
      const started = this.#deps.clock.monotonic()
      const result = repeated.resultOf(name, given) ?? (await this.#result(name, given, context))
      for (const [id] of JSON.stringify(result.data ?? null).matchAll(uuid)) seen.add(id)
      const call = { call: index, tool: name, arguments: given, result, effect: false }
      repeated.add(call)
      calls.push({ ...call, durationMs: Math.round(this.#deps.clock.monotonic() - started) })
    }
    return { ...step, calls }
  }

  async #result(
    name: string,
    given: JournaledStep['calls'][number]['arguments'],
    context: ToolContext,
  ): Promise<JournaledResult> {
    const tool = this.#tools.get(name)
    try {
      if (tool === undefined) throw new DomainError('tool.unknown', { tool: name })
      const parsed = tool.input.safeParse(given ?? {})
      if (!parsed.success) throw new DomainError('tool.invalid_arguments', { tool: name, path: '' })
      if (tool.effect || refusedTools.has(name)) throw new DomainError('tool.not_in_preview', { tool: name })
      const { data, facts, cites, attachments } = await tool.run(context, parsed.data)
      return { ok: true, code: null, data, facts, cites, attachments: attachments ?? [], handOver: null }
    } catch (error) {
      if (!isDomainError(error)) throw error
      const { code, data } = error
      return { ok: false, code, data, facts: [], cites: [], attachments: [], handOver: null }
    }
  }

  #checked(
    draft: JournaledStep,
    steps: readonly JournaledStep[],
    texts: string[],
  ): { text: string; gate: GateRecord } {
    const { text: drafted, language, formOfAddress } = draft.answer
    const shop = this.#deps.shop()
    const { facts } = currentEvidence(steps)
    const mentions = (text: string) => this.#deps.mentions(text)
    const verdict = checkReply({ text: drafted, language, facts, customerTexts: texts, shop, mentions })
    if (drafted !== '' && verdict.ok)
      return { text: drafted, gate: { ok: true, findings: [], refusedText: null } }
    const text = answerFromFacts({ facts, language, formOfAddress, shop })
    return { text, gate: { ok: false, findings: verdict.findings, refusedText: drafted } }
  }
}

function lookUp(calls: JournaledStep['answer']['calls']): JournaledStep {
  return {
    step: 0,
    engine: retrievalStepName,
    model: null,
    answer: { text: '', calls, state: {}, language: 'es', formOfAddress: null, notes: null },
    usage: { inputTokens: null, outputTokens: null },
    sawMessageSeq: 0,
    dropped: false,
    refused: null,
    served: null,
    durationMs: 0,
    calls: [],
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
