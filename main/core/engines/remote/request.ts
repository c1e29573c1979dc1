import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import type { RemoteProvider } from '../account.ts'
import type { ToolSpec } from '../engine.ts'
import type { PromptedConversation } from '../prompted/prompt.ts'
import { chatMessages, chatTools } from './messages.ts'

/** Tokens of an answer: a chat message is short, and a call is shorter. */
const answerTokens = 500
/** Models that think count their thoughts as part of the answer. */
const thinkingTokens = 4_000

/** A request in the words of the chat API, with what single services add to it. */
export type ChatBody = ChatCompletionCreateParamsStreaming & {
  /** DeepSeek */
  thinking?: { type: 'disabled' }
  /** OpenRouter */
  reasoning?: { enabled: false }
}

export interface RequestSettings {
  engineId: string
  provider: RemoteProvider
  model: string
  /** Whether the model thinks before it answers, come what may. */
  thinks: boolean
  /** Parameters that the service refused before. */
  without: ReadonlySet<string>
}

export function chatBody(
  conversation: PromptedConversation,
  tools: readonly ToolSpec[],
  settings: RequestSettings,
): ChatBody {
  const { without } = settings
  const limit = outputTokens(settings)
  return {
    model: settings.model,
    messages: chatMessages(
      conversation,
      settings.engineId,
      settings.provider === 'deepseek' && settings.thinks,
    ),
    stream: true,
    ...(without.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    // OpenAI's own newer models know it under another name.
    ...(without.has('max_tokens') ? { max_completion_tokens: limit } : { max_tokens: limit }),
    ...(without.has('temperature') ? {} : { temperature: 0.3 }),
    ...(tools.length === 0
      ? {}
      : {
          tools: chatTools(tools),
          ...(without.has('parallel_tool_calls') ? {} : { parallel_tool_calls: true }),
        }),
    ...withoutThinking(settings),
  }
}

/** Many models think unless they are told not to; in a chat that costs seconds and brings little. */
function withoutThinking({ provider, thinks, without }: RequestSettings): Partial<ChatBody> {
  if (thinks) return {}
  if (provider === 'deepseek' && !without.has('thinking')) return { thinking: { type: 'disabled' } }
  if (provider === 'openrouter' && !without.has('reasoning')) return { reasoning: { enabled: false } }
  return {}
}

export function outputTokens({ thinks }: Pick<RequestSettings, 'thinks'>): number {
  return thinks ? thinkingTokens : answerTokens
}

/** By its name, where the service does not tell: "deepseek-reasoner", "o3-mini", "qwq-32b", "gpt-5". */
export function thinksByName(model: string): boolean {
  return /(?:^|[/_-])(?:r1|o[134](?:-mini|-pro)?|gpt-5|qwq|gpt-oss)(?:$|[-_.:])|reason|think/i.test(model)
}
