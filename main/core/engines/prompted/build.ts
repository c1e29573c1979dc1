import { withAttachments } from '../../language/attachment-texts.ts'
import { asObject } from '../builtin/journal.ts'
import type {
  EngineRequest,
  HistoryMessage,
  InputMessage,
  Language,
  Personality,
  Refusal,
} from '../engine.ts'
import { resultText } from './compact.ts'
import { contextText } from './context.ts'
import { dataText, delimited } from './delimit.ts'
import { mannerOf } from './manner.ts'
import type { PromptCall, PromptedConversation, PromptMessage } from './prompt.ts'
import type { PromptFiles } from './prompts.ts'

/** Customers can paste whole books. */
const longestMessage = 2_000
const mostMessages = 12

/**
 * A step of a conversation as models read it. The head is the same for all chats of a shop until its owner changes
 * something; what changes comes after it: history, then this turn, then the turn's calls and results.
 */
export function buildConversation(request: EngineRequest, prompts: PromptFiles): PromptedConversation {
  if (request.prompt?.purpose === 'summary') return memoryConversation(request, prompts)
  return {
    version: prompts.version,
    head: headText(request, prompts),
    messages: [
      ...historyMessages(request.history),
      { role: 'user', text: turnText(request, prompts) },
      ...stepMessages(request),
      ...closing(request, prompts),
    ],
  }
}

/** Policy, the owner's wishes and what the shop is: nothing in it depends on chat or time. */
function headText({ shop, prompt }: EngineRequest, prompts: PromptFiles): string {
  const summary = prompt?.shopSummary ?? `Shop: ${dataText(shop.name)}`
  return [
    prompts.policy,
    ...(prompt === null ? [] : [personalityText(prompt.personality, prompts)]),
    delimited('shop', summary),
  ].join('\n\n')
}

function personalityText(personality: Personality, prompts: PromptFiles): string {
  const name = dataText(personality.assistantName).trim()
  const rules = personality.rules.map((rule) => `- ${dataText(rule).replace(/\s+/g, ' ').trim()}`)
  return [
    ...(name === '' ? [] : [prompts.block('name').replace('{name}', () => name)]),
    prompts.block(`tone.${personality.tone}`),
    prompts.block(`emoji.${personality.emoji}`),
    prompts.block(`length.${personality.length}`),
    ...(rules.length === 0 ? [] : [prompts.block('rules'), ...rules]),
  ].join('\n')
}

/** Neighbours of one side become one message: some chat templates want the sides to take turns. */
function historyMessages(history: readonly HistoryMessage[]): PromptMessage[] {
  const messages: { role: 'user' | 'assistant'; texts: string[] }[] = []
  for (const { author, text } of history) {
    if (text.trim() === '') continue
    const role = author === 'customer' ? 'user' : 'assistant'
    const said = cut(text)
    const shown = role === 'user' ? delimited('customer_message', said) : dataText(said)
    const last = messages.at(-1)
    if (last?.role === role) last.texts.push(shown)
    else messages.push({ role, texts: [shown] })
  }
  return messages.map(({ role, texts }): PromptMessage => {
    const text = texts.join('\n\n')
    return role === 'user' ? { role, text, droppable: true } : { role, text, calls: [], droppable: true }
  })
}

/** What this turn is about: the moment, the customer, what they wrote, and in which language to answer. */
function turnText(request: EngineRequest, prompts: PromptFiles): string {
  const { language, formOfAddress } = mannerOf(request)
  const manner = formOfAddress === null ? `answer.${language}` : `answer.${language}.${formOfAddress}`
  return [
    delimited('context', contextText(request)),
    ...request.input.slice(-mostMessages).map((message) => inputText(message, language)),
    ...(request.input.some(hasUnread) ? [prompts.block('files')] : []),
    prompts.block(manner),
  ].join('\n\n')
}

/** Whether something came along that nobody has made words of. */
function hasUnread({ attachments }: InputMessage): boolean {
  return attachments.some(({ kind, understood }) => kind !== 'sticker' && understood === undefined)
}

function inputText({ text, replyTo, attachments }: InputMessage, language: Language): string {
  // What a voice note says stands in the text already.
  const files = attachments.filter(({ kind, understood }) => kind !== 'voice' || understood === undefined)
  return delimited('customer_message', cut(withAttachments(language, text, files)), {
    ...(replyTo === undefined ? {} : { replies_to: replyTo.slice(0, 200) }),
  })
}

function stepMessages({ steps }: EngineRequest): PromptMessage[] {
  return steps.flatMap((step, number) => {
    const calls = step.calls.map((call, index): PromptCall & { result: string } => ({
      id: `call${String(number % 1000).padStart(3, '0')}${String(index % 100).padStart(2, '0')}`,
      name: call.name,
      arguments: call.arguments ?? {},
      result: resultText(call),
    }))
    if (calls.length === 0) return []
    const { reasoning } = asObject(step.state)
    return [
      {
        role: 'assistant' as const,
        text: step.text,
        calls: calls.map(({ result, ...call }) => call),
        ...(typeof reasoning === 'string' && reasoning !== '' ? { reasoning } : {}),
      },
      ...calls.map(({ id, name, result }) => ({ role: 'tool' as const, callId: id, name, result })),
    ]
  })
}

/** What the model must know besides at the end: why its draft was refused, or that the results are all there is. */
function closing({ prompt, tools, steps }: EngineRequest, prompts: PromptFiles): PromptMessage[] {
  const messages: PromptMessage[] = []
  if (prompt?.refusal != null) messages.push(...refusalMessages(prompt.refusal, prompts))
  if (tools.length === 0 && steps.length > 0) messages.push({ role: 'user', text: prompts.block('no_tools') })
  return joined(messages)
}

function refusalMessages({ text, findings }: Refusal, prompts: PromptFiles): PromptMessage[] {
  const lines = findings
    .slice(0, 8)
    .map(({ kind, text: words, reason }) => `- "${words.slice(0, 120)}": ${reasonText(kind, reason)}`)
  const wrong = lines.length === 0 ? '- It says nothing that can be sent.' : lines.join('\n')
  const asked = prompts.block('refused').replace('{findings}', () => delimited('draft_check', wrong))
  return [
    ...(text.trim() === '' ? [] : [{ role: 'assistant' as const, text: dataText(text), calls: [] }]),
    { role: 'user', text: asked },
  ]
}

const reasons: Readonly<Record<string, string>> = {
  not_in_facts: 'no tool result of this turn says so',
  other_product: 'this belongs to another product',
  not_available: 'it is not available',
  currency: 'not the currency of this shop',
  discount: 'no discount is given',
  quantity: 'another quantity',
  policy: 'the shop says otherwise',
  unknown_name: 'no result names such a product',
  figure: 'a figure that no result gives',
  not_spanish: 'write it in Spanish',
  not_english: 'write it in English',
}

function reasonText(kind: string, reason: string): string {
  const known = reasons[reason]
  if (known !== undefined) return known
  if (kind === 'action') return 'no tool did this in this turn'
  return `wrong or not in the tool results (${kind}, ${reason.replaceAll('_', ' ')})`
}

/** Two messages of the customer's side in a row become one. */
function joined(messages: readonly PromptMessage[]): PromptMessage[] {
  const result: PromptMessage[] = []
  for (const message of messages) {
    const last = result.at(-1)
    if (message.role === 'user' && last?.role === 'user')
      result[result.length - 1] = { role: 'user', text: `${last.text}\n\n${message.text}` }
    else result.push(message)
  }
  return result
}

/** What fell out of the history, to be kept in a few sentences. */
function memoryConversation({ prompt, history }: EngineRequest, prompts: PromptFiles): PromptedConversation {
  const lines = history
    .filter(({ text }) => text.trim() !== '')
    .map(({ author, text }) => `${author === 'customer' ? 'Customer' : 'Shop'}: ${cut(text, 600)}`)
  const earlier = prompt?.earlier == null ? [] : [`What you noted before: ${prompt.earlier}`]
  return {
    version: prompts.version,
    head: prompts.summary,
    messages: [{ role: 'user', text: delimited('conversation', [...earlier, ...lines].join('\n')) }],
  }
}

function cut(text: string, limit = longestMessage): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} […]`
}
