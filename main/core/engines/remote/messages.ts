import type {
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions'
import type { JsonValue } from '../../json.ts'
import type { ToolSpec } from '../engine.ts'
import { EngineError } from '../engine.ts'
import type { PromptedConversation, PromptMessage } from '../prompted/prompt.ts'
import type { Thoughts } from './collect.ts'

/**
 * The conversation as the OpenAI chat API takes it.
 * @param engineId Thoughts of another engine's model are left out: its service alone wants them back.
 * @param withThoughts Whether the service wants them with every call of the turn, empty for calls that others made.
 */
export function chatMessages(
  conversation: PromptedConversation,
  engineId: string,
  withThoughts = false,
): ChatCompletionMessageParam[] {
  const messages: ChatCompletionMessageParam[] = [{ role: 'system', content: conversation.head }]
  for (const message of conversation.messages) {
    const last = messages.at(-1)
    if (message.role === 'tool')
      messages.push({ role: 'tool', tool_call_id: message.callId, content: message.result })
    else if (message.role === 'user') {
      // Templates of many models want the sides to take turns.
      if (last?.role === 'user') last.content = `${String(last.content)}\n\n${message.text}`
      else messages.push({ role: 'user', content: message.text })
    } else if (message.calls.length > 0) {
      messages.push({
        role: 'assistant',
        content: message.text === '' ? null : message.text,
        ...(withThoughts ? { reasoning_content: '' } : {}),
        ...thoughtsIn(message.reasoning, engineId),
        tool_calls: message.calls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: argumentsOf(call.arguments) },
        })),
      })
    } else if (message.text !== '') {
      if (last?.role === 'assistant' && last.tool_calls === undefined)
        last.content = `${String(last.content)}\n\n${message.text}`
      else messages.push({ role: 'assistant', content: message.text })
    }
  }
  return messages
}

/** Services want an object, whatever the model once wrote. */
function argumentsOf(value: JsonValue): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : '{}'
}

export function chatTools(tools: readonly ToolSpec[]): ChatCompletionFunctionTool[] {
  return tools.map((tool) => ({
    type: 'function',
    function: {
      name: tool.name,
      description: tool.description,
      // Every tool's schema is one of an object.
      parameters: plainSchema(tool.parameters) as Record<string, unknown>,
    },
  }))
}

/** Without what some services choke on: the schema's dialect, and bounds that only say "a safe integer". */
function plainSchema(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(plainSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => key !== '$schema' && Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER)
      .map(([key, value]) => [key, plainSchema(value)]),
  )
}

/** A guess that is rather too high: a third of a token a letter, a whole one for what is rarely joined with others. */
export function worstTokens(text: string): number {
  const rare = text.match(/[^\p{Script=Latin}\s\d"':,.{}[\]_()/-]/gu)?.length ?? 0
  return Math.ceil((text.length - rare) / 3 + rare * 1.5)
}

/**
 * Leaves out what may be left out, the oldest first, until the conversation fits.
 * @throws EngineError `context_too_long` when it does not fit even so.
 */
export function fitted(
  conversation: PromptedConversation,
  tools: readonly ToolSpec[],
  room: number | null,
): PromptedConversation {
  if (room === null) return conversation
  const fixed = worstTokens(conversation.head) + worstTokens(JSON.stringify(tools))
  const sizes = conversation.messages.map((message) => worstTokens(JSON.stringify(message)))
  let total = sizes.reduce((sum, size) => sum + size, fixed)
  const kept = conversation.messages.filter((message, index) => {
    if (total <= room || !isDroppable(message)) return true
    total -= sizes[index] ?? 0
    return false
  })
  if (total > room) throw new EngineError('context_too_long')
  return { ...conversation, messages: kept }
}

function isDroppable(message: PromptMessage): boolean {
  return message.role !== 'tool' && message.droppable === true
}

/** What the model thought, as it is kept in the step so that the following ones of the turn can send it back. */
export function reasoningOf(thoughts: Thoughts | null, engineId: string): string | undefined {
  return thoughts === null ? undefined : JSON.stringify({ engine: engineId, ...thoughts })
}

function thoughtsIn(reasoning: string | undefined, engineId: string): Thoughts {
  if (reasoning === undefined) return {}
  try {
    const { engine, ...thoughts } = JSON.parse(reasoning) as Thoughts & { engine?: string }
    return engine === engineId ? thoughts : {}
  } catch {
    return {}
  }
}
