import type { JsonValue } from '../../json.ts'
import type { EngineRequest, FinishedCall, InputMessage, ToolCallRequest } from '../engine.ts'
import type { CallResult } from './tool-data.ts'

/** Steps with calls that one turn may take; then it answers with what it has. */
const maxSteps = 8

/** The fields of a state, none when it is something else. */
export function asObject(state: JsonValue): { [key: string]: JsonValue } {
  return state !== null && typeof state === 'object' && !Array.isArray(state) ? state : {}
}

/** Messages in the groups in which they were seen: those that came while the turn ran are a group of their own. */
export function phases(request: EngineRequest): InputMessage[][] {
  const seen = request.steps.flatMap((step) => {
    const { inputs } = asObject(step.state)
    return typeof inputs === 'number' ? [inputs] : []
  })
  const ends = [...new Set([...seen, request.input.length])]
    .filter((end) => end > 0 && end <= request.input.length)
    .sort((a, b) => a - b)
  return ends.map((end, index) => request.input.slice(ends[index - 1] ?? 0, end))
}

/** What changes something, or sends a file: when another engine had it done in this turn, it is not done again. */
const effects: ReadonlySet<string> = new Set([
  'set_cart_line',
  'remove_cart_line',
  'clear_cart',
  'set_delivery',
  'set_contact',
  'set_payment_method',
  'apply_discount',
  'summarize_order',
  'place_order',
  'cancel_order',
  'quote_service',
  'ask_owner',
  'remember_contact',
  'remember_preference',
  'forget',
  'hand_over',
  'send_product_photo',
  'send_document',
])

/** Effects of which the customer must hear. */
const toldEffects: ReadonlySet<string> = new Set([
  'set_cart_line',
  'remove_cart_line',
  'clear_cart',
  'summarize_order',
  'place_order',
  'cancel_order',
  'ask_owner',
  'hand_over',
])

export function isEffect({ name }: ToolCallRequest): boolean {
  return effects.has(name)
}

/**
 * Results by call: the n-th time the turn makes a call, it gets the n-th result of it. Of what another engine asked in
 * this turn only its effects count, each as it was done last; what that one read is read anew, as it may have changed.
 */
export class Journal {
  readonly #results = new Map<string, CallResult[]>()
  readonly #taken = new Map<string, number>()
  readonly #foreign = new Map<string, FinishedCall>()
  readonly stepsLeft: number

  constructor(request: EngineRequest) {
    const own = request.steps.filter(({ by }) => by === undefined || by === 'builtin')
    for (const call of own.flatMap((step) => step.calls)) {
      const key = keyOf(call)
      this.#results.set(key, [...(this.#results.get(key) ?? []), call.result])
    }
    const foreign = request.steps.filter((step) => !own.includes(step))
    for (const call of foreign.flatMap((step) => step.calls)) {
      if (!isEffect(call) || !call.result.ok) continue
      // A summary is only as good as what was noted after it.
      if (call.name !== 'summarize_order') this.#foreign.delete('summarize_order []')
      this.#foreign.delete(keyOf(call))
      this.#foreign.set(keyOf(call), call)
    }
    this.#renew()
    const over = request.tools.length === 0 && request.steps.length > 0 && foreign.length === 0
    this.stepsLeft = over ? 0 : maxSteps - own.length
  }

  /** Each of the other engine's results tells of cart and checkout as its last one left them, in whatever order they are taken. */
  #renew(): void {
    const newest: { [field: string]: JsonValue } = {}
    for (const { result } of this.#foreign.values()) {
      const { cart, checkout } = asObject(result.data)
      if (cart !== undefined) newest.cart = cart
      if (checkout !== undefined) newest.checkout = checkout
    }
    for (const [key, call] of this.#foreign) {
      const data = asObject(call.result.data)
      const renewed = Object.entries(newest).filter(([field]) => field in data)
      if (renewed.length > 0 && call.result.ok)
        this.#foreign.set(key, {
          ...call,
          result: { ok: true, data: { ...data, ...Object.fromEntries(renewed) } },
        })
    }
  }

  take(call: ToolCallRequest): CallResult | null {
    const key = keyOf(call)
    const foreign = this.#foreign.get(key)
    if (foreign !== undefined) {
      this.#foreign.delete(key)
      return foreign.result
    }
    const count = this.#taken.get(key) ?? 0
    const result = this.#results.get(key)?.[count] ?? null
    if (result !== null) this.#taken.set(key, count + 1)
    return result
  }

  /** What another engine did in this turn and the answer so far does not tell, in the order in which it was done. */
  untold(): FinishedCall[] {
    return [...this.#foreign.values()].filter(({ name }) => toldEffects.has(name))
  }
}

/** What they note is told by the messages: the n-th call of a turn is the n-th, whatever a replay comes to. */
const callsByName: ReadonlySet<string> = new Set([
  'hand_over',
  'set_delivery',
  'set_contact',
  'set_payment_method',
])

/**
 * What makes two calls the same one. The loop may refresh what read calls gave, so a replay can compute another
 * quantity than was journaled: a line that was set stays set, whatever amount the replay comes to.
 */
function keyOf(call: ToolCallRequest): string {
  const given = asObject(call.arguments)
  if (call.name === 'set_cart_line' || call.name === 'remove_cart_line')
    return `${call.name} ${String(given.variantId)}`
  if (callsByName.has(call.name)) return call.name
  const sorted = Object.entries(asObject(call.arguments))
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => a.localeCompare(b))
  return `${call.name} ${JSON.stringify(sorted)}`
}
