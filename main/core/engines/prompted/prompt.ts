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
  | { role: 'assistant'; text: string; calls: PromptCall[]; droppable?: boolean }
  | { role: 'tool'; callId: string; name: string; result: string }

export interface PromptCall {
  id: string
  name: string
  arguments: JsonValue
}
