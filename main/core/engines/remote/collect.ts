import type { JsonValue } from '../../json.ts'
import { EngineError } from '../engine.ts'

/** What a service told of the tokens of one request. */
export interface RemoteUsage {
  inputTokens: number
  cachedTokens: number
  outputTokens: number
  /** OpenRouter's own bill, millionths of a US dollar; null where the service sends none. */
  costUsdMicros: number | null
}

/** An answer of a model, whole. */
export interface RemoteAnswer {
  text: string
  calls: { name: string; arguments: string }[]
  thoughts: Thoughts | null
  finish: string
}

/** What a model thought, in the form in which its service wants it back with the next steps of the turn. */
export interface Thoughts {
  /** DeepSeek and servers like it. */
  reasoning_content?: string
  /** OpenRouter and newer vLLM, where that is all they send. */
  reasoning?: string
  /** OpenRouter: opaque, signed. */
  reasoning_details?: JsonValue[]
}

/** More than any answer that makes sense. */
const limits = { text: 40_000, calls: 32, arguments: 40_000, thoughts: 400_000 }

/** Joins the pieces of a streamed answer. Whatever the service sends is taken for what it is, never for what it should be. */
export class AnswerCollector {
  #text = ''
  #reasoning = ''
  #thought = ''
  #details: JsonValue[] = []
  #calls: { index: number | null; id: string; name: string; arguments: string }[] = []
  #finish: string | null = null
  #usage: RemoteUsage | null = null

  get usage(): RemoteUsage | null {
    return this.#usage
  }

  /** True when the piece carries something of the answer. Throws EngineError `invalid_answer` beyond all limits. */
  add(chunk: unknown): boolean {
    const piece = record(chunk)
    if (piece.usage !== undefined && piece.usage !== null) this.#usage = usageOf(piece.usage)
    const choice = record(Array.isArray(piece.choices) ? piece.choices[0] : undefined)
    if (typeof choice.finish_reason === 'string') this.#finish = choice.finish_reason
    const delta = record(choice.delta)
    const before = this.#weight()
    if (typeof delta.content === 'string') this.#text += delta.content
    if (typeof delta.reasoning_content === 'string') this.#reasoning += delta.reasoning_content
    if (typeof delta.reasoning === 'string') this.#thought += delta.reasoning
    if (Array.isArray(delta.reasoning_details))
      for (const one of delta.reasoning_details) this.#addDetail(one)
    if (Array.isArray(delta.tool_calls)) for (const one of delta.tool_calls) this.#addCall(record(one))
    this.#check()
    return this.#weight() > before
  }

  /** @throws EngineError when the answer did not come whole, or the model was stopped. */
  finish(): RemoteAnswer {
    const finish = this.#finish
    // A stream that just ends was cut off on its way.
    if (finish === null || finish === 'error' || finish === 'insufficient_system_resource')
      throw new EngineError('service_failed')
    if (finish === 'content_filter') throw new EngineError('invalid_answer')
    const calls = this.#calls.filter((call) => call.name !== '')
    return {
      text: this.#text,
      calls: calls.map((call) => ({ name: call.name, arguments: call.arguments })),
      thoughts: this.#thoughts(),
      finish,
    }
  }

  #thoughts(): Thoughts | null {
    if (this.#details.length > 0) return { reasoning_details: this.#details }
    if (this.#reasoning !== '') return { reasoning_content: this.#reasoning }
    return this.#thought === '' ? null : { reasoning: this.#thought }
  }

  /** Pieces of a call belong together by index; where a service sends none, by id, and without both to the last one. */
  #addCall(piece: Record<string, unknown>): void {
    const index = typeof piece.index === 'number' ? piece.index : null
    const id = typeof piece.id === 'string' ? piece.id : ''
    const part = record(piece.function)
    const name = typeof part.name === 'string' ? part.name : ''
    const last = this.#calls.at(-1)
    const known =
      index === null
        ? (this.#calls.find((call) => id !== '' && call.id === id) ??
          (id === '' && name === '' ? last : undefined))
        : this.#calls.find((call) => call.index === index && (id === '' || call.id === '' || call.id === id))
    const call = known ?? { index, id, name: '', arguments: '' }
    if (known === undefined) this.#calls.push(call)
    if (call.name === '') call.name = name
    if (typeof part.arguments === 'string') call.arguments += part.arguments
    // Ollama of old: an object in place of its text.
    else if (typeof part.arguments === 'object' && part.arguments !== null)
      call.arguments += JSON.stringify(part.arguments)
  }

  /** Text of a detail comes in pieces under one index; all else comes whole. */
  #addDetail(detail: unknown): void {
    const piece = record(detail)
    const same = this.#details.findIndex(
      (one) =>
        record(one).index === piece.index && record(one).type === piece.type && piece.index !== undefined,
    )
    // Came out of JSON.parse.
    if (same < 0) this.#details.push(piece as { [key: string]: JsonValue })
    else {
      const joined: Record<string, unknown> = { ...record(this.#details[same]) }
      for (const [key, value] of Object.entries(piece))
        joined[key] =
          (key === 'text' || key === 'summary' || key === 'data') && typeof value === 'string'
            ? `${typeof joined[key] === 'string' ? joined[key] : ''}${value}`
            : (value ?? joined[key])
      this.#details[same] = joined as { [key: string]: JsonValue }
    }
  }

  #weight(): number {
    return (
      this.#text.length +
      this.#reasoning.length +
      this.#thought.length +
      this.#details.length +
      this.#calls.reduce((sum, call) => sum + call.name.length + call.arguments.length + 1, 0)
    )
  }

  #check(): void {
    if (
      this.#text.length > limits.text ||
      this.#calls.length > limits.calls ||
      this.#calls.some((call) => call.arguments.length > limits.arguments || call.name.length > 200) ||
      this.#reasoning.length + this.#thought.length > limits.thoughts ||
      this.#details.length > 1000
    )
      throw new EngineError('invalid_answer')
  }
}

/** DeepSeek tells hits of its cache at the top, OpenAI and OpenRouter in details. Nonsense counts as nothing told. */
function usageOf(value: unknown): RemoteUsage | null {
  const usage = record(value)
  const inputTokens = count(usage.prompt_tokens)
  const outputTokens = count(usage.completion_tokens)
  if (inputTokens === null || outputTokens === null) return null
  const cached =
    count(usage.prompt_cache_hit_tokens) ?? count(record(usage.prompt_tokens_details).cached_tokens) ?? 0
  const cost = usage.cost
  return {
    inputTokens,
    cachedTokens: Math.min(cached, inputTokens),
    outputTokens,
    costUsdMicros:
      typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 && cost < 1000
        ? Math.ceil(Number((cost * 1e6).toFixed(3)))
        : null,
  }
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e9 ? value : null
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
