import type { ChatHistoryItem, ChatModelResponse } from 'node-llama-cpp'
import type { PromptedConversation, PromptMessage } from '../prompted/prompt.ts'

type ResponseItem = ChatModelResponse['response'][number]

/** A conversation as the library's wrappers render it. It always ends with the model's turn, open for an answer. */
export function chatHistory(head: string, messages: readonly PromptMessage[]): ChatHistoryItem[] {
  const results = new Map(messages.flatMap((one) => (one.role === 'tool' ? [[one.callId, one.result]] : [])))
  const items: ChatHistoryItem[] = [{ type: 'system', text: head }]
  for (const message of messages) {
    if (message.role === 'tool') continue
    if (message.role === 'user') items.push({ type: 'user', text: message.text })
    else openTurn(items).push(...responseItems(message, results))
  }
  openTurn(items)
  return items
}

/** What the model said last, to be gone on with; a new turn after a user's message. */
function openTurn(items: ChatHistoryItem[]): ResponseItem[] {
  const last = items.at(-1)
  if (last?.type === 'model') return last.response
  const turn: ChatModelResponse = { type: 'model', response: [] }
  items.push(turn)
  return turn.response
}

function responseItems(
  message: Extract<PromptMessage, { role: 'assistant' }>,
  results: ReadonlyMap<string, string>,
): ResponseItem[] {
  const calls = message.calls.map(
    ({ id, name, arguments: params }, nth): ResponseItem => ({
      type: 'functionCall',
      name,
      params: params ?? {},
      result: parsed(results.get(id) ?? 'null'),
      startsNewChunk: nth === 0,
    }),
  )
  return message.text === '' ? calls : [message.text, ...calls]
}

/** Results are JSON already; written once more as a text they would be full of backslashes. */
function parsed(result: string): unknown {
  try {
    return JSON.parse(result)
  } catch {
    return result
  }
}

/** Without its oldest `count` droppable messages. */
export function withoutOldest(
  conversation: PromptedConversation,
  count: number,
): PromptedConversation['messages'] {
  let left = count
  return conversation.messages.filter((message) => {
    const drop = left > 0 && message.role !== 'tool' && message.droppable === true
    if (drop) left--
    return !drop
  })
}

export function droppableMessages(conversation: PromptedConversation): number {
  return conversation.messages.filter((one) => one.role !== 'tool' && one.droppable === true).length
}
