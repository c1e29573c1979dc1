import { expect, it } from 'vitest'
import { messagesOf, placeholderParts, toolsOf } from './state.ts'

it('reads the messages and tools of a chat request', () => {
  const body = {
    messages: [
      { role: 'system', content: 'Eres…' },
      { role: 'user', content: [{ type: 'text', text: 'hola' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ function: { name: 'search_products', arguments: '{"query":"pan"}' } }],
      },
      { role: 'tool', content: '{}' },
      { role: 'odd' },
    ],
    tools: [{ type: 'function', function: { name: 'search_products' } }, 'odd'],
  }
  expect(messagesOf(body)).toEqual([
    { role: 'system', text: 'Eres…' },
    { role: 'user', text: 'hola' },
    { role: 'assistant', text: 'search_products({"query":"pan"})' },
    { role: 'tool', text: '{}' },
    { role: 'other', text: '' },
  ])
  expect(toolsOf(body)).toEqual(['search_products'])
})

it('survives any other body', () => {
  for (const body of [null, undefined, 'text', 4, [], { messages: 'x', tools: {} }]) {
    expect(messagesOf(body)).toEqual([])
    expect(toolsOf(body)).toEqual([])
  }
})

it('finds the marks that stand for personal data', () => {
  expect(placeholderParts('Soy [NAME_1], [PHONE_12].')).toEqual([
    { text: 'Soy ', hidden: false },
    { text: '[NAME_1]', hidden: true },
    { text: ', ', hidden: false },
    { text: '[PHONE_12]', hidden: true },
    { text: '.', hidden: false },
  ])
  expect(placeholderParts('')).toEqual([])
})
