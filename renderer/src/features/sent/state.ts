/** What a request's body holds, as far as a person can read it: it is whatever the service's protocol makes it. */

export interface SentMessage {
  role: 'system' | 'user' | 'assistant' | 'tool' | 'other'
  text: string
}

const roles = ['system', 'user', 'assistant', 'tool'] as const

/** Messages of a chat request, in order; empty where the body has no such shape. */
export function messagesOf(body: unknown): SentMessage[] {
  const messages = field(body, 'messages')
  if (!Array.isArray(messages)) return []
  return messages.map((message: unknown) => {
    const role = field(message, 'role')
    const known = role === 'developer' ? 'system' : roles.find((each) => each === role)
    return {
      role: known ?? 'other',
      text: [contentText(field(message, 'content')), callsText(message)]
        .filter((part) => part !== '')
        .join('\n'),
    }
  })
}

/** Names of the tools that were offered. */
export function toolsOf(body: unknown): string[] {
  const tools = field(body, 'tools')
  if (!Array.isArray(tools)) return []
  return tools.flatMap((tool: unknown) => {
    const name = field(field(tool, 'function'), 'name') ?? field(tool, 'name')
    return typeof name === 'string' ? [name] : []
  })
}

/** A text cut at the marks that stand for personal data (`[NAME_1]`). */
export function placeholderParts(text: string): { text: string; hidden: boolean }[] {
  return text
    .split(/(\[(?:NAME|PHONE|EMAIL|ADDRESS|ID)_\d+\])/)
    .map((part, index) => ({ text: part, hidden: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => field(part, 'text'))
    .filter((text) => typeof text === 'string')
    .join('\n')
}

function callsText(message: unknown): string {
  const calls = field(message, 'tool_calls')
  if (!Array.isArray(calls)) return ''
  return calls
    .map((call: unknown) => {
      const asked = field(call, 'function')
      return `${String(field(asked, 'name') ?? '')}(${String(field(asked, 'arguments') ?? '')})`
    })
    .join('\n')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
