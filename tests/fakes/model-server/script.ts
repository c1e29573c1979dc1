import type { Fault } from './faults.ts'

/** What the scripted model says to one request. */
export interface Answer {
  text?: string
  /** A text as arguments travels as it is, valid JSON or not. */
  calls?: { name: string; arguments?: unknown }[]
  reasoning?: string
  /** `null`: the stream ends without a reason. By default as the answer is. */
  finish?: 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'insufficient_system_resource' | null
  /** What goes wrong while this answer travels. */
  fault?: Fault
  /** Characters of one piece of the stream. */
  pieceLength?: number
  /** False: no usage is told. */
  usage?: false
}

/** A request as a script reads it. */
export interface ScriptRequest {
  model: string
  /** Of all requests that the script answered, from 0. */
  number: number
  system: string
  /** The last message of a user. */
  user: string
  /** Results of the tools since that message, oldest first; JSON is parsed. */
  results: { tool: string; result: unknown }[]
  tools: string[]
  body: Record<string, unknown>
  /** The first value under a key, anywhere in the results, the newest result first; undefined when there is none. */
  found(key: string): unknown
  /** All values under a key in the results, in order and each once. */
  all(key: string): unknown[]
}

export type Script = (request: ScriptRequest) => Answer

/** What answers one kind of request. All conditions that are given must hold. */
export interface Rule {
  user?: RegExp
  /** The tool whose result came last; null: none ran since the user's message. */
  after?: string | null
  /** How many results there are since the user's message. */
  results?: number
  system?: RegExp
  answer: Answer | Script
}

/** The first rule that fits answers. */
export function rules(
  list: readonly Rule[],
  otherwise: Answer | Script = says('¿En qué puedo ayudarte?'),
): Script {
  return (request) => {
    const rule = list.find((one) => fits(one, request))
    const answer = rule?.answer ?? otherwise
    return typeof answer === 'function' ? answer(request) : answer
  }
}

/** Answers one after the other, the last one again and again. */
export function inTurn(...answers: (Answer | Script)[]): Script {
  let next = 0
  return (request) => {
    const answer = answers[Math.min(next++, answers.length - 1)] ?? silence()
    return typeof answer === 'function' ? answer(request) : answer
  }
}

export function says(text: string, more: Partial<Answer> = {}): Answer {
  return { ...more, text }
}

/** Arguments may be computed from the request: `{ variantId: (request) => request.found('variantId') }`. */
export function calls(...list: { name: string; arguments?: unknown }[]): Script {
  return (request) => ({
    calls: list.map((call) => ({ name: call.name, arguments: resolved(call.arguments ?? {}, request) })),
  })
}

export function call(name: string, args: unknown = {}): { name: string; arguments: unknown } {
  return { name, arguments: args }
}

/** Calls the same tool for ever. */
export function endlessCalls(name: string, args: unknown = {}): Script {
  return calls(call(name, args))
}

/** A call whose arguments are no JSON. */
export function invalidArguments(name: string, text = '{"variantId": "abc", "quantity": tw'): Answer {
  return { calls: [{ name, arguments: text }] }
}

export function garbage(): Answer {
  return { text: '}{<|im_end|>%%0000 ▒▒ <tool_call>nonsense</tool_call> \u0000\u0007 ]]]' }
}

export function silence(): Answer {
  return { text: '' }
}

function fits(rule: Rule, request: ScriptRequest): boolean {
  if (rule.user !== undefined && !rule.user.test(request.user)) return false
  if (rule.system !== undefined && !rule.system.test(request.system)) return false
  if (rule.results !== undefined && request.results.length !== rule.results) return false
  if (rule.after !== undefined && (request.results.at(-1)?.tool ?? null) !== rule.after) return false
  return true
}

function resolved(value: unknown, request: ScriptRequest): unknown {
  if (typeof value === 'function') return (value as (request: ScriptRequest) => unknown)(request)
  if (Array.isArray(value)) return value.map((one) => resolved(one, request))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, request)]))
  return value
}

/** Reads a checked request for the script. */
export function scriptRequest(body: Record<string, unknown>, number: number): ScriptRequest {
  const messages = (body.messages ?? []) as WireMessage[]
  const from = messages.findLastIndex((message) => message.role === 'user')
  const names = new Map<string, string>()
  for (const message of messages)
    for (const one of message.tool_calls ?? []) names.set(one.id, one.function.name)
  const results = messages
    .slice(from + 1)
    .filter((message) => message.role === 'tool')
    .map((message) => ({
      tool: names.get(message.tool_call_id ?? '') ?? '',
      result: parsed(message.content ?? ''),
    }))
  const all = (key: string): unknown[] => [
    ...new Set(results.toReversed().flatMap(({ result }) => valuesUnder(result, key))),
  ]
  return {
    model: String(body.model),
    number,
    system: messages.find((message) => message.role === 'system')?.content ?? '',
    user: messages[from]?.content ?? '',
    results,
    tools: ((body.tools ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name),
    body,
    found: (key) => all(key)[0],
    all,
  }
}

interface WireMessage {
  role: string
  content?: string | null
  tool_call_id?: string
  tool_calls?: { id: string; function: { name: string; arguments: string } }[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function valuesUnder(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesUnder(one, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [
    ...(name === key ? [one] : []),
    ...valuesUnder(one, key),
  ])
}
