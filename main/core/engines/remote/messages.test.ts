import fc from 'fast-check'
import { expect, test } from 'vitest'
import { complaintAbout } from '../../../../tests/fakes/model-server/check.ts'
import { prompts, tools } from '../../../../tests/fixtures/remote-engine.ts'
import { EngineError } from '../engine.ts'
import type { PromptedConversation, PromptMessage } from '../prompted/prompt.ts'
import { chatMessages, chatTools, fitted, reasoningOf, worstTokens } from './messages.ts'
import { chatBody, thinksByName } from './request.ts'

const conversation = (messages: PromptMessage[]): PromptedConversation => ({
  version: 'v',
  head: 'Sell.',
  messages,
})

test('calls and results keep their ids; neighbours of one side become one message', () => {
  const messages = chatMessages(
    conversation([
      { role: 'user', text: 'Hola', droppable: true },
      { role: 'user', text: '¿Hay guantes?' },
      {
        role: 'assistant',
        text: '',
        calls: [{ id: 'call00000', name: 'search_products', arguments: { query: 'guantes' } }],
      },
      { role: 'tool', callId: 'call00000', name: 'search_products', result: '{"products":[]}' },
    ]),
    'e1',
  )
  expect(messages).toEqual([
    { role: 'system', content: 'Sell.' },
    { role: 'user', content: 'Hola\n\n¿Hay guantes?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call00000',
          type: 'function',
          function: { name: 'search_products', arguments: '{"query":"guantes"}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call00000', content: '{"products":[]}' },
  ])
})

test('thoughts go back to the engine that had them alone', () => {
  const reasoning = reasoningOf({ reasoning_content: 'hm' }, 'e1')
  const messages: PromptMessage[] = [
    { role: 'user', text: 'x' },
    { role: 'assistant', text: '', calls: [{ id: 'c', name: 'n', arguments: {} }], reasoning },
    { role: 'tool', callId: 'c', name: 'n', result: '{}' },
  ]
  expect(chatMessages(conversation(messages), 'e1')[2]).toMatchObject({ reasoning_content: 'hm' })
  expect(chatMessages(conversation(messages), 'e2')[2]).not.toHaveProperty('reasoning_content')
  const foreign = messages.map((message) =>
    message.role === 'assistant' ? { ...message, reasoning: 'plain' } : message,
  )
  expect(Object.keys(chatMessages(conversation(foreign), 'e1')[2] ?? {})).toEqual([
    'role',
    'content',
    'tool_calls',
  ])
})

test('arguments that were no object once go out as an empty one', () => {
  const [, , message] = chatMessages(
    conversation([
      { role: 'user', text: 'x' },
      { role: 'assistant', text: '', calls: [{ id: 'c', name: 'n', arguments: 'bad' }] },
    ]),
    'e',
  )
  expect(message).toMatchObject({ tool_calls: [{ function: { arguments: '{}' } }] })
})

test('schemas go out without what services choke on', () => {
  const [tool] = chatTools([
    {
      name: 'n',
      description: 'd',
      parameters: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { quantity: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } },
      },
    },
  ])
  expect(tool?.function.parameters).toEqual({
    type: 'object',
    properties: { quantity: { type: 'integer', minimum: 0 } },
  })
})

test.each([
  ['deepseek', 'deepseek-flash', { thinking: { type: 'disabled' }, max_tokens: 500 }],
  ['deepseek', 'deepseek-reasoner', { max_tokens: 4_000 }],
  ['openrouter', 'openai/o3-mini', { max_tokens: 4_000 }],
  ['custom', 'qwen3-4b-instruct', { max_tokens: 500 }],
] as const)('%s, %s', (provider, model, expected) => {
  const body = chatBody(conversation([{ role: 'user', text: 'Hola' }]), tools, {
    engineId: 'e',
    provider,
    model,
    thinks: thinksByName(model),
    without: new Set(),
  })
  expect(body).toMatchObject({ model, stream: true, stream_options: { include_usage: true }, ...expected })
  expect('thinking' in body).toBe('thinking' in expected)
  expect(complaintAbout(JSON.parse(JSON.stringify(body)), provider)).toBeNull()
})

test('what fits is left alone; else the oldest go first, and what must stay stays', () => {
  const long = 'palabra '.repeat(100)
  const messages: PromptMessage[] = [
    { role: 'user', text: `uno ${long}`, droppable: true },
    { role: 'assistant', text: `dos ${long}`, calls: [], droppable: true },
    { role: 'user', text: `tres ${long}` },
  ]
  expect(fitted(conversation(messages), [], null).messages).toHaveLength(3)
  expect(fitted(conversation(messages), [], 2_000).messages).toHaveLength(3)
  expect(fitted(conversation(messages), [], 700).messages).toEqual(messages.slice(1))
  expect(fitted(conversation(messages), [], 400).messages).toEqual(messages.slice(2))
  expect(() => fitted(conversation(messages), [], 100)).toThrow(new EngineError('context_too_long'))
})

test('a worst case is no smaller than what texts come to', () => {
  expect(worstTokens('')).toBe(0)
  // Emoji and other scripts take up to a few tokens a sign.
  expect(worstTokens('😀😀😀')).toBeGreaterThanOrEqual(6)
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => worstTokens(a + b) <= worstTokens(a) + worstTokens(b)),
  )
  expect(worstTokens(prompts.policy)).toBeGreaterThan(prompts.policy.length / 4)
})
