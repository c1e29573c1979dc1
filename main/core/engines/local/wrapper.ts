import type { ChatWrapper, LlamaModel } from 'node-llama-cpp'
import { loadLibrary } from './native.ts'

/** How a model wants a conversation written, tools included. */
export async function wrapperFor(model: LlamaModel): Promise<ChatWrapper> {
  const { QwenChatWrapper, resolveChatWrapper } = await loadLibrary()
  const template = model.fileInfo.metadata.tokenizer?.chat_template ?? ''
  // Models that think unless they are told not to: nobody waits minutes for a price.
  const quick = { thoughts: 'discourage' as const }
  const thinks = template.includes('enable_thinking')
  const found = resolveChatWrapper(model, { customWrapperSettings: { qwen: thinks ? quick : {} } })
  // Many models were taught to call tools between these marks although their template does not say so; the library's
  // general syntax is strange to them.
  const marked = ['<tool_call>', '</tool_call>'].every((mark) => model.tokenize(mark, true).length === 1)
  return found.wrapperName === 'ChatML' && marked ? new QwenChatWrapper(quick) : found
}
