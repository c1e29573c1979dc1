import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EngineRequest } from '../engine.ts'
import { buildConversation } from './build.ts'
import { leanStep } from './lean.ts'
import { loadPrompts } from './prompts.ts'

const prompts = loadPrompts(join(import.meta.dirname, '../../../../resources'))

const product = {
  productId: 'p',
  name: 'Gorro',
  description: 'Muy abrigado',
  attributes: { color: 'azul' },
  variants: [],
}

function request(shopSummary: string): EngineRequest {
  return {
    turnId: 't',
    step: 1,
    shop: {
      name: 'Lana',
      currency: 'EUR',
      locale: 'es-ES',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      pricesIncludeTax: true,
    },
    customer: {
      name: 'Ana',
      language: 'es',
      formOfAddress: 'tu',
      returning: false,
      preferences: [],
      lastOrders: [],
    },
    state: {},
    history: [],
    input: [{ id: 'm', text: '¿Tenéis gorros?', at: '2026-01-01T10:00:00.000Z', attachments: [] }],
    steps: [
      {
        text: '',
        state: {},
        calls: [
          {
            name: 'search_products',
            arguments: { query: 'gorro' },
            result: { ok: true, data: { answered: true, products: [product, product, product, product] } },
          },
        ],
      },
    ],
    tools: [
      {
        name: 'search_products',
        description: 'Finds goods. Then much more about how it is done and when.',
        parameters: {
          type: 'object',
          properties: {
            query: { type: 'string', description: 'what is wanted' },
            inStockOnly: { type: 'boolean' },
          },
          required: ['query'],
        },
      },
      { name: 'forget', description: 'Forgets.', parameters: { type: 'object' } },
    ],
    prompt: {
      conversationId: 'c',
      purpose: 'turn',
      shopSummary,
      personality: {
        assistantName: '',
        tone: 'warm',
        formOfAddress: 'auto',
        emoji: 'none',
        length: 'short',
        language: 'customer',
        rules: [],
      },
      earlier: null,
      refusal: null,
      personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
    },
    now: '2026-01-01T10:00:00.000Z',
    signal: new AbortController().signal,
  }
}

it('asks with the tools that sell, few words and the best results', () => {
  const lean = leanStep(request('x'.repeat(5_000)), prompts)
  expect(lean.request.tools).toEqual([
    {
      name: 'search_products',
      description: 'Finds goods.',
      parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
    },
  ])
  const conversation = buildConversation(lean.request, lean.prompts)
  expect(conversation.head.length).toBeLessThan(2_800)
  const results = conversation.messages.flatMap((message) =>
    message.role === 'tool' ? [message.result] : [],
  )
  expect(results[0]?.match(/Gorro/g)).toHaveLength(3)
  expect(results[0]).not.toMatch(/abrigado|azul/)
})

it('keeps the head the same whatever is asked', () => {
  const one = leanStep(request('Lana'), prompts)
  const other = leanStep({ ...request('Lana'), input: [], steps: [] }, prompts)
  expect(buildConversation(one.request, one.prompts).head).toBe(
    buildConversation(other.request, other.prompts).head,
  )
})
