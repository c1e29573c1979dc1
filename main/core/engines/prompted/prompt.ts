import type { JsonValue } from '../../json.ts'

/** A conversation as models read it, the same for every vendor. */
export interface PromptedConversation {
  /** Version of the prompt files that made it. */
  version: string
  /** Policy and shop summary: byte-identical for all chats of a shop until its owner changes something. */
  head: string
  messages: PromptMessage[]
}

export type PromptMessage =
  | {
      role: 'user'
      text: string
      /** May be left out, the oldest first, where the context is too short. */
      droppable?: boolean
    }
  | {
      role: 'assistant'
      text: string
      calls: PromptCall[]
      droppable?: boolean
      /** What the model thought before its calls; only for services that want it back within the turn. */
      reasoning?: string
    }
  | { role: 'tool'; callId: string; name: string; result: string }

export interface PromptCall {
  /** Nine letters and digits, as the strictest service wants them. */
  id: string
  name: string
  arguments: JsonValue
}

/** Tokens of a text where no tokenizer is at hand; rather too many than too few. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 3)
}

/** Estimated tokens of a whole conversation, with a few for each message's frame. */
export function conversationTokens(conversation: PromptedConversation): number {
  const frame = 8
  return conversation.messages.reduce(
    (sum, message) => sum + frame + estimateTokens(textOf(message)),
    estimateTokens(conversation.head) + frame,
  )
}

function textOf(message: PromptMessage): string {
  if (message.role === 'user') return message.text
  if (message.role === 'tool') return message.result
  const calls = message.calls.map(({ name, arguments: given }) => `${name} ${JSON.stringify(given ?? {})}`)
  return [message.text, message.reasoning ?? '', ...calls].join('\n')
}
