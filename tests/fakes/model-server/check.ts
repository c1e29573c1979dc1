import type { Flavour } from './wire.ts'

/** What a service would complain of in a request; null when it would take it. */
export interface Complaint {
  status: number
  message: string
  param?: string
  code?: string
}

type Json = Record<string, unknown>

const known = new Set(
  'model messages tools tool_choice parallel_tool_calls max_tokens max_completion_tokens stream stream_options temperature top_p stop seed response_format user'.split(
    ' ',
  ),
)
const extras: Record<Flavour, ReadonlySet<string>> = {
  deepseek: new Set(['thinking', 'reasoning_effort']),
  openrouter: new Set(['usage', 'reasoning', 'provider', 'models', 'transforms']),
  custom: new Set(),
}

/** Stricter than any one of the services: what passes here passes there. */
export function complaintAbout(body: unknown, flavour: Flavour): Complaint | null {
  if (!isObject(body)) return bad('The body is not a JSON object')
  for (const key of Object.keys(body))
    if (!known.has(key) && !extras[flavour].has(key))
      return bad(`Unrecognized request argument supplied: ${key}`, key)
  if (typeof body.model !== 'string' || body.model === '') return bad('you must provide a model parameter')
  return complaintAboutLimits(body) ?? complaintAboutTools(body) ?? complaintAboutMessages(body)
}

function complaintAboutLimits(body: Json): Complaint | null {
  if (body.stream !== undefined && typeof body.stream !== 'boolean') return bad('stream', 'stream')
  if (body.stream_options !== undefined && body.stream !== true)
    return bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options')
  for (const key of ['max_tokens', 'max_completion_tokens']) {
    const limit = body[key]
    if (limit !== undefined && (!Number.isInteger(limit) || Number(limit) < 1))
      return bad(`Invalid ${key} value, the valid range is [1, 8192]`, key)
  }
  const temperature = body.temperature
  if (temperature !== undefined && (typeof temperature !== 'number' || temperature < 0 || temperature > 2))
    return bad('temperature', 'temperature')
  return null
}

function complaintAboutTools(body: Json): Complaint | null {
  const tools = body.tools
  if (tools === undefined)
    return body.parallel_tool_calls !== undefined || body.tool_choice !== undefined
      ? bad("'parallel_tool_calls' and 'tool_choice' are only allowed when 'tools' are specified.", 'tools')
      : null
  if (!Array.isArray(tools) || tools.length === 0 || tools.length > 128)
    return bad("Invalid 'tools': expected an array of 1 to 128", 'tools')
  const names = new Set<string>()
  for (const [index, tool] of tools.entries()) {
    const at = `tools[${index}]`
    if (!isObject(tool) || tool.type !== 'function' || !isObject(tool.function))
      return bad(`Invalid '${at}'`, at)
    const { name, description, parameters } = tool.function
    if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name))
      return bad(`Invalid '${at}.function.name'`, at)
    if (names.has(name)) return bad(`Duplicate function ${name}`, at)
    names.add(name)
    if (typeof description !== 'string' || description === '') return bad(`Missing '${at}.description'`, at)
    if (!isObject(parameters) || parameters.type !== 'object')
      return bad(`Invalid schema for function '${name}': schema must be of type "object"`, at)
    const wrong = schemaProblem(parameters, name)
    if (wrong !== null) return bad(`Invalid schema for function '${name}': ${wrong}`, at)
  }
  return null
}

const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])

function schemaProblem(schema: unknown, at: string): string | null {
  if (typeof schema === 'boolean') return null
  if (!isObject(schema)) return `${at} is no schema`
  const type = schema.type
  if (type !== undefined && ![type].flat().every((one) => types.has(String(one))))
    return `${at}: type ${type}`
  if (type === 'array' && schema.items === undefined && schema.prefixItems === undefined)
    return `${at}: array schema missing items`
  if (schema.enum !== undefined && (!Array.isArray(schema.enum) || schema.enum.length === 0))
    return `${at}: empty enum`
  const properties = schema.properties ?? {}
  if (!isObject(properties)) return `${at}: properties`
  for (const name of (schema.required ?? []) as unknown[])
    if (!(String(name) in properties)) return `${at}: required ${String(name)} is no property`
  const below = [
    ...Object.entries(properties),
    ...(isObject(schema.items) ? [['items', schema.items] as const] : []),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) =>
      Array.isArray(schema[key]) ? schema[key].map((one, index) => [`${key}${index}`, one] as const) : [],
    ),
  ]
  for (const [name, one] of below) {
    const problem = schemaProblem(one, `${at}.${name}`)
    if (problem !== null) return problem
  }
  return null
}

function complaintAboutMessages(body: Json): Complaint | null {
  const messages = body.messages
  if (!Array.isArray(messages) || messages.length === 0) return bad('Empty input messages', 'messages')
  const ids = new Set<string>()
  let open = new Set<string>()
  for (const [index, message] of messages.entries()) {
    const at = `messages[${index}]`
    if (!isObject(message)) return bad(`${at} is no object`, at)
    if (message.role === 'tool') {
      const id = message.tool_call_id
      if (typeof id !== 'string' || !open.delete(id))
        return bad(
          `Messages with role 'tool' must be a response to a preceding message with 'tool_calls'`,
          at,
        )
      if (typeof message.content !== 'string') return bad(`${at}.content must be a string`, at)
      continue
    }
    if (open.size > 0)
      return bad(
        `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
        at,
      )
    if (message.role === 'system' && index > 0) return bad('System message must be at the beginning', at)
    if (message.role === 'assistant') {
      const problem = complaintAboutAssistant(message, at, ids)
      if (typeof problem === 'string') return bad(problem, at)
      open = problem
    } else if (message.role === 'user' || message.role === 'system') {
      if (typeof message.content !== 'string' || message.content === '')
        return bad(`Invalid '${at}.content': expected a non-empty string`, at)
    } else return bad(`Invalid value: '${String(message.role)}'`, `${at}.role`)
  }
  if (open.size > 0) return bad(`The tool_call_ids ${[...open].join(', ')} did not have response messages`)
  const last = messages.at(-1)
  return isObject(last) && (last.role === 'user' || last.role === 'tool')
    ? null
    : bad('The last message must be of a user or of a tool', 'messages')
}

/** Ids of its calls, or what is wrong. */
function complaintAboutAssistant(message: Json, at: string, ids: Set<string>): Set<string> | string {
  const own = new Set<string>()
  const { content, tool_calls: made } = message
  if (content !== null && content !== undefined && typeof content !== 'string') return `${at}.content`
  if (made === undefined)
    return typeof content === 'string' && content !== '' ? own : `${at}: content or tool_calls must be set`
  if (!Array.isArray(made) || made.length === 0) return `${at}.tool_calls: empty array`
  for (const one of made) {
    if (!isObject(one) || one.type !== 'function' || !isObject(one.function)) return `${at}.tool_calls`
    if (typeof one.id !== 'string' || !/^[\w-]{1,64}$/.test(one.id)) return `${at}.tool_calls.id`
    if (ids.has(one.id)) return `Duplicate value for 'tool_call_id' of '${one.id}'`
    ids.add(one.id)
    own.add(one.id)
    if (typeof one.function.name !== 'string' || !/^[\w-]{1,64}$/.test(one.function.name))
      return `${at}.tool_calls.function.name`
    if (!isJsonObject(one.function.arguments)) return `${at}.tool_calls.function.arguments is no JSON object`
  }
  return own
}

/** DeepSeek: in thinking mode the thoughts of the turn must come back with its calls. */
export function complaintAboutThoughts(body: Json): Complaint | null {
  const messages = body.messages as Json[]
  const from = messages.findLastIndex((message) => message.role === 'user')
  const index = messages.findIndex(
    (message, at) =>
      at > from && message.role === 'assistant' && typeof message.reasoning_content !== 'string',
  )
  return index < 0
    ? null
    : bad(`Missing \`reasoning_content\` field in the assistant message at message index ${index}`)
}

function isJsonObject(text: unknown): boolean {
  try {
    return isObject(JSON.parse(String(text)))
  } catch {
    return false
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(message: string, param?: string): Complaint {
  return { status: 400, message, param }
}
