import type { ServedBy } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { JournaledStep } from '../turns/journal.ts'
import type { Citation } from './facts.ts'

export interface GateFinding {
  kind: string
  text: string
  reason: string
}

/** What the money gate said of a draft. */
export interface GateRecord {
  ok: boolean
  findings: GateFinding[]
  /** The engine's text when an answer made from the tools' results left in its place. */
  refusedText: string | null
}

export interface TraceStep {
  step: number
  engine: string
  model: string | null
  text: string
  calls: {
    tool: string
    arguments: JsonValue
    ok: boolean
    /** Data of the result, or the error's code and data. */
    result: JsonValue
    effect: boolean
    durationMs: number
  }[]
  usage: { inputTokens: number | null; outputTokens: number | null; cachedTokens?: number | null }
  durationMs: number
  dropped: boolean
  /** Why the gate refused this draft. */
  refused: GateFinding[] | null
  served: ServedBy | null
  notes: JsonValue
}

/** How one reply came about, for "why did it say that?". Times in ms. */
export interface ReplyTrace {
  turnId: string
  messageId: string
  engine: string
  model: string | null
  language: string | null
  steps: TraceStep[]
  /** Of the model that wrote the reply; null where none did. */
  promptVersion: string | null
  /** Of all steps together. Null where nobody knows: tokens of rules, or a model without a price. */
  usage: { inputTokens: number | null; outputTokens: number | null; cachedTokens: number | null }
  /** Millionths of the shop's currency unit. */
  costMicros: number | null
  gate: GateRecord | null
  /** Rows the reply stands on, with the revision that was read. */
  cites: Citation[]
  attempts: number
  endReason: string
  /** From taking the turn up to the committed reply. */
  durationMs: number
}

export function traceStep(step: JournaledStep): TraceStep {
  return {
    step: step.step,
    engine: step.engine,
    model: step.model,
    text: step.answer.text,
    calls: step.calls.map((call) => ({
      tool: call.tool,
      arguments: call.arguments,
      ok: call.result.ok,
      result: call.result.ok ? call.result.data : { code: call.result.code, data: call.result.data },
      effect: call.effect,
      durationMs: call.durationMs,
    })),
    usage: step.usage,
    durationMs: step.durationMs,
    dropped: step.dropped,
    refused: step.refused,
    served: step.served,
    notes: step.answer.notes,
  }
}

/** What all steps of a reply came to, those of refused and dropped drafts included. */
export function replyCost(
  steps: readonly JournaledStep[],
): Pick<ReplyTrace, 'promptVersion' | 'usage' | 'costMicros'> {
  const served = steps.flatMap((step) => step.served ?? [])
  return {
    promptVersion: served.at(-1)?.promptVersion ?? null,
    usage: {
      inputTokens: sum(steps.map(({ usage }) => usage.inputTokens)),
      outputTokens: sum(steps.map(({ usage }) => usage.outputTokens)),
      cachedTokens: sum(steps.map(({ usage }) => usage.cachedTokens ?? null)),
    },
    costMicros: served.some(({ costMicros }) => costMicros === null)
      ? null
      : sum(served.map(({ costMicros }) => costMicros)),
  }
}

/** Of what is known; null where nothing is. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}
