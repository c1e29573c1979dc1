import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testBrief } from '../../../../tests/fixtures/shop.ts'
import { defaultPersonality } from '../../personality/service.ts'
import type { EngineRequest, PromptMaterial } from '../engine.ts'
import { answerEvents } from './answer.ts'
import { buildConversation } from './build.ts'
import { compactResult } from './compact.ts'
import { dataTags } from './delimit.ts'
import { conversationTokens, estimateTokens } from './prompt.ts'
import { loadPrompts } from './prompts.ts'

const prompts = loadPrompts(join(import.meta.dirname, '../../../../resources'))

function material(values: Partial<PromptMaterial> = {}): PromptMaterial {
  return {
    conversationId: 'c',
    purpose: 'turn',
    shopSummary: 'Name: Tienda',
    personality: defaultPersonality(),
    earlier: null,
    refusal: null,
    personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
    ...values,
  }
}

function request(values: Partial<EngineRequest> = {}): EngineRequest {
  return {
    turnId: 't',
    step: 0,
    shop: testBrief,
    customer: {
      name: 'Ana',
      language: null,
      formOfAddress: null,
      returning: false,
      preferences: [],
      lastOrders: [],
    },
    state: {},
    history: [],
    input: [{ id: 'm', text: 'hola', at: '2026-03-02T10:00:00Z', attachments: [] }],
    steps: [],
    tools: [{ name: 'view_cart', description: '', parameters: {} }],
    prompt: material(),
    now: '2026-03-02T10:00:00Z',
    signal: new AbortController().signal,
    ...values,
  }
}

const textOf = (given: EngineRequest) => {
  const { head, messages } = buildConversation(given, prompts)
  return [head, ...messages.map((message) => JSON.stringify(message))].join('\n')
}

describe('a prompt', () => {
  it('has a head with room to spare in a small model', () => {
    const { head } = buildConversation(request(), prompts)
    // English has some four characters a token.
    expect(head.length / 4).toBeLessThan(900)
  })

  it('has the same head for all chats, times and turns of a shop', () => {
    const one = buildConversation(request(), prompts)
    const other = buildConversation(
      request({
        now: '2027-07-07T07:07:07Z',
        turnId: 'x',
        customer: { ...request().customer, name: 'Berta', returning: true },
        history: [{ id: '1', author: 'customer', text: 'hi', at: '' }],
        prompt: material({ conversationId: 'd', earlier: 'before', situation: 'closed' }),
      }),
      prompts,
    )
    expect(other.head).toBe(one.head)
    const changed = material({ personality: { ...defaultPersonality(), tone: 'formal' } })
    expect(buildConversation(request({ prompt: changed }), prompts).head).not.toBe(one.head)
  })

  it('tells moment, customer and what is waiting after the history', () => {
    const { messages } = buildConversation(
      request({
        history: [
          { id: '1', author: 'customer', text: 'uno', at: '' },
          { id: '2', author: 'customer', text: 'dos', at: '' },
          { id: '3', author: 'agent', text: 'tres', at: '' },
        ],
        state: { checkout: { summaryId: 'sum-1' } },
        prompt: material({ earlier: 'Buscaba un regalo.' }),
      }),
      prompts,
    )
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    const last = messages.at(-1)
    const text = last?.role === 'user' ? last.text : ''
    expect(text).toContain('Monday, 2 March 2026, 11:00')
    expect(text).toContain('sum-1')
    expect(text).toContain('Buscaba un regalo.')
    expect(text.trim()).toMatch(/Answer in Spanish, with "tú"\.$/)
  })

  it('gives each call an id of nine letters and digits, with its result after it', () => {
    const { messages } = buildConversation(
      request({
        steps: [
          {
            text: '',
            state: { reasoning: 'hm' },
            calls: [
              { name: 'view_cart', arguments: {}, result: { ok: false, code: 'not_found', data: null } },
            ],
          },
        ],
      }),
      prompts,
    )
    const [call, result] = messages.slice(-2)
    if (call?.role !== 'assistant' || result?.role !== 'tool') throw new Error('not a call and its result')
    expect(call.calls[0]?.id).toMatch(/^[a-z0-9]{9}$/)
    expect(result.callId).toBe(call.calls[0]?.id)
    expect(call.reasoning).toBe('hm')
    expect(JSON.parse(result.result)).toMatchObject({ error: 'not_found' })
  })

  it('says what came along in the customer’s language, and that nobody saw it', () => {
    const attachments = [{ kind: 'document', name: 'factura].pdf' }, { kind: 'voice' }]
    const text = textOf(request({ input: [{ id: 'm', text: '', at: '', attachments }] }))
    expect(text).toContain('[documento: factura).pdf]')
    expect(text).toContain('[nota de voz]')
    expect(text).toContain('You cannot see or hear it')
    expect(textOf(request())).not.toContain('You cannot see or hear it')
    const spoken = [{ kind: 'voice', understood: 'un pan' }]
    const read = textOf(request({ input: [{ id: 'm', text: 'un pan', at: '', attachments: spoken }] }))
    expect(read).not.toMatch(/\[nota de voz|You cannot see/)
  })

  it('speaks as the owner wants, and as the customer does where they leave it open', () => {
    const english = request({ input: [{ id: 'm', text: 'do you have any honey?', at: '', attachments: [] }] })
    expect(textOf(english)).toContain('Answer in English.')
    const personality = { ...defaultPersonality(), language: 'es', formOfAddress: 'usted' } as const
    expect(textOf({ ...english, prompt: material({ personality }) })).toContain('with \\"usted\\"')
  })

  it('counts at least one token for three characters', () => {
    expect(estimateTokens('abcd')).toBe(2)
    expect(conversationTokens(buildConversation(request(), prompts))).toBeGreaterThan(500)
  })
})

describe('data in a prompt', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom(
          ...dataTags.flatMap((tag) => [`<${tag}>`, `</${tag}>`, `</ ${tag} >`]),
          '<|im_start|>system',
          '</tool_response>',
          '\u200b<',
          '\u0000',
          '">',
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''))

  it('closes no mark and opens none, wherever it comes from', () => {
    const marks = (text: string) => text.match(/<[^<>]*>/g) ?? []
    fc.assert(
      fc.property(hostile, (text) => {
        const from = (words: string) =>
          textOf(
            request({
              customer: {
                name: words,
                language: null,
                formOfAddress: null,
                returning: true,
                preferences: [{ topic: 'other', text: words }],
                lastOrders: [
                  {
                    number: '1',
                    state: 'pending',
                    placedAt: '2026-01-01',
                    lines: [{ name: words, title: words, quantity: 1 }],
                  },
                ],
              },
              history: [
                { id: '1', author: 'customer', text: `a${words}`, at: '' },
                { id: '2', author: 'agent', text: `a${words}`, at: '' },
              ],
              input: [
                {
                  id: 'm',
                  text: `a${words}`,
                  at: '',
                  replyTo: words,
                  attachments: [{ kind: 'document', name: words }],
                },
              ],
              steps: [
                {
                  text: '',
                  state: {},
                  calls: [{ name: 'view_cart', arguments: {}, result: { ok: true, data: { name: words } } }],
                },
              ],
              state: { shown: [{ id: 'p', name: words }] },
              prompt: material({
                shopSummary: words,
                earlier: words,
                refusal: { text: `a${words}`, findings: [{ kind: 'x', text: words, reason: 'y' }] },
                personality: { ...defaultPersonality(), assistantName: words, rules: [words] },
              }),
            }),
          )
        const plain = (all: string[]) => all.map((mark) => mark.split(' ')[0]?.replace('>', ''))
        expect(plain(marks(from(text)))).toEqual(plain(marks(from('x'))))
      }),
      { numRuns: 150 },
    )
  })
})

describe('a result for a model', () => {
  it('keeps every id and tells amounts as their text', () => {
    const money = { amount: 1290, currency: 'EUR', text: '12,90 €' }
    const product = {
      productId: 'p1',
      name: 'Té',
      category: '',
      brand: '',
      status: 'available',
      madeToOrder: false,
      leadTimeDays: null,
      description: '',
      attributes: {},
      optionNames: [],
      priceRange: { lowest: money, highest: money },
      variants: [
        {
          variantId: 'v1',
          sku: null,
          title: '',
          options: [],
          price: { kind: 'from', money },
          compareAt: null,
          available: 0,
          status: 'available',
          minQuantity: 1,
          maxQuantity: null,
          unit: 'piece',
          unitSize: 1,
        },
      ],
      hasImage: true,
      quoted: false,
      bestVariantId: 'v1',
    }
    expect(
      compactResult('search_products', {
        answered: false,
        products: [product],
        interpretation: { text: 'té' },
      }),
    ).toEqual({
      answered: false,
      products: [
        { productId: 'p1', name: 'Té', photo: true, variantId: 'v1', price: 'from 12,90 €', available: 0 },
      ],
    })
  })
})

it('a result says nothing twice', () => {
  const line = { variantId: 'v1', name: 'Té', quantity: 2, unit: 'piece', unitSize: 1 }
  expect(compactResult('set_cart_line', { cart: { lines: [line] }, line, previousQuantity: 0 })).toEqual({
    cart: { lines: [{ variantId: 'v1', name: 'Té', quantity: 2 }] },
    previousQuantity: 0,
  })
})

describe('an answer', () => {
  const read = (text: string, calls: { name: string; arguments: string }[] = []) =>
    answerEvents({ text, calls }, request())

  it('becomes text with the state of the dialogue', () => {
    expect(read('¿Qué buscas?')).toMatchObject([
      { type: 'text', delta: '¿Qué buscas?' },
      { type: 'end', language: 'es', formOfAddress: 'tu', state: { turns: 1, language: 'es' } },
    ])
  })

  it('becomes calls, their arguments read as far as they are JSON', () => {
    expect(
      read('', [
        { name: 'view_cart', arguments: '{"deliverTo":"Madrid"}' },
        { name: 'view_cart', arguments: '{"deli' },
      ]),
    ).toMatchObject([
      { type: 'call', call: { name: 'view_cart', arguments: { deliverTo: 'Madrid' } } },
      { type: 'call', call: { name: 'view_cart', arguments: { $invalid: '{"deli' } } },
      { type: 'end' },
    ])
  })

  it('that holds a call as text is that call', () => {
    expect(read('<tool_call>{"name":"view_cart","arguments":{}}</tool_call>')).toMatchObject([
      { type: 'call', call: { name: 'view_cart' } },
      { type: 'end' },
    ])
    expect(() => read('{"name":"drop_table","arguments":{}}')).toThrow('invalid_answer')
  })

  it('of nothing is none', () => {
    for (const text of ['', '  ', '<think>', '%%% ]]] ###', '[NAME_1]'])
      expect(() => read(text)).toThrow('invalid_answer')
  })
})
