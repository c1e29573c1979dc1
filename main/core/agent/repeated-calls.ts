import type { ToolCallRequest } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { JournaledCall, JournaledResult, JournaledStep } from '../turns/journal.ts'

/** Calls of a turn so far, by what they asked. A model may ask the same again; nothing new comes of it. */
export class RepeatedCalls {
  readonly #known = new Map<string, { result: JournaledResult; effect: boolean; times: number }>()

  constructor(steps: readonly JournaledStep[]) {
    for (const step of steps) for (const call of step.calls) this.add(call)
  }

  add(call: Pick<JournaledCall, 'tool' | 'arguments' | 'result' | 'effect'>): void {
    const key = keyOf(call.tool, call.arguments)
    const before = this.#known.get(key)
    if (before !== undefined) {
      before.times += 1
      return
    }
    // What was done may change what the same question gives.
    if (call.effect && call.result.ok) this.#known.clear()
    this.#known.set(key, { result: call.result, effect: call.effect, times: 1 })
  }

  /** What the same call gave before, when nothing was changed since. Its files are there already, and what was done was done once. */
  resultOf(tool: string, input: JsonValue): JournaledResult | null {
    const before = this.#known.get(keyOf(tool, input))
    if (before === undefined) return null
    const once = { ...before.result, attachments: [], handOver: null }
    return before.effect ? { ...once, facts: [], cites: [] } : once
  }

  /** Whether an answer asks for the third time what it was told twice. */
  isCircle(calls: readonly ToolCallRequest[]): boolean {
    return calls.some((call) => (this.#known.get(keyOf(call.name, call.arguments))?.times ?? 0) >= 2)
  }
}

function keyOf(tool: string, input: JsonValue): string {
  return `${tool} ${JSON.stringify(sorted(input ?? {}))}`
}

/** The same fields in one order, whatever order a model wrote them in; nulls say nothing. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
