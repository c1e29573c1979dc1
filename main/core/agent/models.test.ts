import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { asks, PromptedShop, writes } from '../../../tests/fixtures/prompted-shop.ts'
import { EngineError, type EngineRequest, type FinishedCall } from '../engines/engine.ts'
import type { PromptedConversation } from '../engines/prompted/prompt.ts'
import { withMutant } from '../mutants.ts'

let shop: PromptedShop
let customers = 0
beforeAll(async () => {
  shop = await PromptedShop.start()
})
afterEach(() => {
  shop.model.asked.length = 0
})
afterAll(() => shop.close())

/** A customer whom nobody has met. */
const somebody = () => `customer ${customers++}`

/** Calls of the turn so far, whoever asked for them. */
const callsOf = (request: EngineRequest): FinishedCall[] => request.steps.flatMap((step) => step.calls)

describe('a plain question', () => {
  it('is answered in one step from what was looked up before the model was asked', async () => {
    shop.model.steps(writes('La Miel de azahar cuesta 7,90 €.'))
    const { reply, trace } = await shop.turn('¿cuánto cuesta la miel de azahar?', somebody())
    expect(reply).toBe('La Miel de azahar cuesta 7,90 €.')
    expect(shop.model.asked).toHaveLength(1)
    expect(trace.steps.map(({ engine }) => engine)).toEqual(['retrieval', 'model'])
    expect(trace).toMatchObject({
      engine: 'model',
      model: 'scripted',
      gate: { ok: true },
      costMicros: 5,
      usage: { inputTokens: 100, outputTokens: 10, cachedTokens: 60 },
    })
    expect(trace.promptVersion).toMatch(/^salesperson@[0-9a-f]{8}$/)
    expect(trace.cites.map(({ table }) => table)).toContain('products')
  })

  it('of the shop finds what the shop says', async () => {
    shop.model.steps(writes('El envío a Madrid capital cuesta 3,50 €.'))
    const { reply } = await shop.turn('¿cuánto cuesta el envío a Madrid?', somebody())
    expect(reply).toBe('El envío a Madrid capital cuesta 3,50 €.')
  })

  it('that is only a greeting looks nothing up', async () => {
    shop.model.steps(writes('¡Hola! ¿Qué buscas?'))
    const { trace } = await shop.turn('hola', somebody())
    expect(trace.steps.map(({ engine }) => engine)).toEqual(['model'])
  })
})

describe('a draft that the gate refuses', () => {
  it('is written again once, with the reasons', async () => {
    shop.model.steps(writes('La Miel de azahar cuesta 5,00 €.'), (request, { messages }) => {
      expect(request.prompt?.refusal?.text).toBe('La Miel de azahar cuesta 5,00 €.')
      expect(messages.at(-1)).toMatchObject({ role: 'user', text: expect.stringContaining('5,00') })
      expect(messages.at(-2)).toEqual({
        role: 'assistant',
        text: 'La Miel de azahar cuesta 5,00 €.',
        calls: [],
      })
      return writes('La Miel de azahar cuesta 7,90 €.')
    })
    const { reply, trace } = await shop.turn('¿cuánto cuesta la miel?', somebody())
    expect(reply).toBe('La Miel de azahar cuesta 7,90 €.')
    expect(trace.gate?.ok).toBe(true)
    expect(trace.steps.filter(({ refused }) => refused !== null)).toHaveLength(1)
    expect(trace.usage.inputTokens).toBe(200)
    expect(trace.costMicros).toBe(10)
  })

  it('twice gives way to the rules, which read the question themselves', async () => {
    shop.model.steps(writes('La Miel de azahar cuesta 5,00 €.'), writes('Te la dejo en 6 €.'))
    const { reply, trace } = await shop.turn('¿cuánto cuesta la miel?', somebody())
    expect(reply).toContain('7,90')
    expect(reply).not.toMatch(/5,00|6 €/)
    expect(shop.model.asked).toHaveLength(2)
    expect(trace).toMatchObject({ engine: 'builtin', gate: { ok: true } })
    expect(trace.steps.filter(({ refused }) => refused !== null).map(({ text }) => text)).toEqual([
      'La Miel de azahar cuesta 5,00 €.',
      'Te la dejo en 6 €.',
    ])
  })

  it('without that limit would be asked for ever', async () => {
    let drafts = 0
    shop.model.script = () =>
      ++drafts > 3 ? writes('La Miel de azahar cuesta 7,90 €.') : writes('Cuesta 5,00 €.')
    await withMutant('agent.retry_once', () => shop.turn('¿cuánto cuesta la miel?', somebody()))
    expect(drafts).toBe(4)
  })

  it('in another language than the customer’s is written again', async () => {
    shop.model.steps(
      writes('The Miel de azahar is on our shelf, and it costs 7,90 €.'),
      writes('La Miel de azahar cuesta 7,90 €.'),
    )
    const { reply, trace } = await shop.turn('hola, ¿cuánto cuesta la miel de azahar?', somebody())
    expect(reply).toBe('La Miel de azahar cuesta 7,90 €.')
    expect(trace.steps.flatMap(({ refused }) => refused ?? [])).toMatchObject([{ kind: 'language' }])
  })

  it('claims nothing that no tool did', async () => {
    const who = somebody()
    shop.model.steps(
      writes('¡Listo! He añadido la Miel de azahar al carrito.'),
      writes('Tu pedido está hecho.'),
    )
    const { reply, trace } = await shop.turn('ponme una miel de azahar', who)
    // The rules did what was asked for, and said so.
    expect(reply).not.toMatch(/pedido está hecho/i)
    expect(trace.steps.flatMap(({ calls }) => calls.map(({ tool }) => tool))).toContain('set_cart_line')
    expect(shop.cart(who)).toEqual([['MIE-1', 1]])
  })
})

describe('calls of a model', () => {
  it('run in parallel steps, with ids that results gave', async () => {
    const who = somebody()
    const { variantId } = shop.variant('MIE-1')
    shop.model.steps(
      asks(['set_cart_line', { variantId, quantity: 2 }], ['view_cart', {}]),
      writes('He añadido 2 × Miel de azahar: 15,80 €.'),
    )
    const { reply } = await shop.turn('quiero dos mieles de azahar', who)
    expect(reply).toBe('He añadido 2 × Miel de azahar: 15,80 €.')
    expect(shop.cart(who)).toEqual([['MIE-1', 2]])
  })

  it('are refused with ids that no result gave, bad arguments and unknown names', async () => {
    const who = somebody()
    const { variantId } = shop.variant('TAZ-1')
    shop.model.steps(
      asks(
        ['set_cart_line', { variantId, quantity: 1 }],
        ['set_cart_line', { quantity: 1 }],
        ['drop_table', {}],
      ),
      (request) => {
        expect(callsOf(request).map(({ result }) => (result.ok ? 'ok' : result.code))).toEqual([
          'tool.id_not_seen',
          'tool.invalid_arguments',
          'tool.unknown',
        ])
        return writes('¿Qué buscas?')
      },
    )
    await shop.turn('buenas tardes', who)
    expect(shop.cart(who)).toEqual([])
  })

  it('that are no JSON are refused, not fatal', async () => {
    shop.model.steps(
      { text: '', calls: [{ name: 'view_cart', arguments: '{"deliverTo": "Mad' }] },
      (request) => {
        expect(callsOf(request)[0]?.result).toMatchObject({ ok: false, code: 'tool.invalid_arguments' })
        return writes('¿Qué buscas?')
      },
    )
    expect((await shop.turn('buenas', somebody())).reply).toBe('¿Qué buscas?')
  })

  it('that repeat an effect do it once', async () => {
    const who = somebody()
    const { variantId } = shop.variant('PAN-1')
    const add = asks(['set_cart_line', { variantId, quantity: 1 }])
    shop.model.steps(add, add, writes('He añadido 1 × Hogaza de centeno: 4,25 €.'))
    const { trace } = await shop.turn('quiero una hogaza de centeno', who)
    expect(
      trace.steps.flatMap(({ calls }) => calls).filter(({ tool }) => tool === 'set_cart_line'),
    ).toHaveLength(2)
    const changes = shop.shop.storage.sql
      .prepare("SELECT count(*) FROM audit_log WHERE entity = 'cart_lines' AND action = 'insert'")
      .pluck()
      .get()
    expect(shop.cart(who)).toEqual([['PAN-1', 1]])
    expect(changes).toBeLessThanOrEqual(3)
  })

  it('that go in circles end with what the rules answer', async () => {
    shop.model.script = () => asks(['search_products', { query: 'miel' }])
    const { reply } = await shop.turn('¿tenéis miel de azahar?', somebody())
    expect(reply).toContain('Miel de azahar')
    expect(shop.model.asked).toHaveLength(3)
  })

  it('without that guard go on to the limit of steps', async () => {
    shop.model.script = () => asks(['search_products', { query: 'miel' }])
    await withMutant('agent.repeated_calls', () => shop.turn('¿tenéis miel de azahar?', somebody()))
    expect(shop.model.asked.length).toBeGreaterThan(5)
  })

  it('are at most six steps', async () => {
    let step = 0
    shop.model.script = (request) =>
      request.tools.length === 0
        ? writes('Tenemos Miel de azahar.')
        : asks(['search_products', { query: `miel ${step++}` }])
    const { reply } = await shop.turn('¿tenéis miel?', somebody())
    expect(step).toBe(6)
    expect(reply).toBe('Tenemos Miel de azahar.')
  })

  it('are at most eight in one step', async () => {
    const many = Array.from({ length: 12 }, (_, at): [string, Record<string, string>] => [
      'search_products',
      { query: `cosa ${at}` },
    ])
    shop.model.steps(asks(...many), (request) => {
      expect(callsOf(request).filter(({ result }) => result.ok)).toHaveLength(8)
      return writes('¿Qué buscas?')
    })
    await shop.turn('buenas noches', somebody())
    shop.model.steps(asks(...many), (request) => {
      expect(callsOf(request).filter(({ result }) => result.ok)).toHaveLength(12)
      return writes('¿Qué buscas?')
    })
    await withMutant('agent.model_calls', () => shop.turn('buenas noches', somebody()))
  })
})

describe('what must not reach a customer', () => {
  it.each([
    ['thoughts', '<think>5 €?</think>¿Qué buscas?', '¿Qué buscas?'],
    ['a role', 'Assistant: ¿Qué buscas?', '¿Qué buscas?'],
    ['a mark of the prompt', '<context>Now</context>¿Qué buscas?', '¿Qué buscas?'],
    ['markdown', '**¿Qué** buscas?', '¿Qué buscas?'],
  ])('%s', async (_what, written, sent) => {
    shop.model.steps(writes(written))
    expect((await shop.turn('hola', somebody())).reply).toBe(sent)
  })

  it('garbage and silence: the built-in engine answers', async () => {
    for (const written of ['', '{"name": "nothing"}', '%$#@ ]]]] ||', '<think>hm']) {
      shop.model.steps(writes(written))
      const { reply, trace } = await shop.turn('hola', somebody())
      expect(reply).toMatch(/La Espiga|¡Hola/)
      expect(trace.engine).toBe('builtin')
    }
  })
})

describe('a model that fails within a turn', () => {
  it('after it looked for something: one right answer', async () => {
    shop.model.steps(asks(['search_products', { query: 'miel' }]), new EngineError('timeout'))
    const { reply, trace } = await shop.turn('¿cuánto cuesta la miel de azahar?', somebody())
    expect(reply).toContain('7,90')
    expect(trace.engine).toBe('builtin')
    expect(trace.steps.map(({ engine }) => engine)).toContain('model')
  })

  it('after it put something in the cart: it is told, and there once', async () => {
    const who = somebody()
    const { variantId } = shop.variant('MIE-1')
    shop.model.steps(asks(['set_cart_line', { variantId, quantity: 2 }]), new EngineError('crashed'))
    const { reply, trace } = await shop.turn('añade dos mieles de azahar', who)
    expect(reply).toMatch(/2 × Miel de azahar/)
    expect(reply).toContain('15,80')
    expect(shop.cart(who)).toEqual([['MIE-1', 2]])
    expect(trace.gate?.ok).toBe(true)
  })

  it('after it put in something that rules would not have: that is told, and nothing else is added', async () => {
    const who = somebody()
    const { variantId } = shop.variant('TAZ-1')
    shop.model.steps(
      asks(['search_products', { query: 'taza' }]),
      asks(['set_cart_line', { variantId, quantity: 1 }]),
      new EngineError('offline'),
    )
    const { reply } = await shop.turn('venga, ponme esa que me gusta para el café', who)
    expect(reply).toMatch(/Taza esmaltada azul/)
    expect(shop.cart(who)).toEqual([['TAZ-1', 1]])
  })

  it('with a question besides: both are answered', async () => {
    const who = somebody()
    const { variantId } = shop.variant('TAZ-1')
    shop.model.steps(
      asks(['search_products', { query: 'taza' }]),
      asks(['set_cart_line', { variantId, quantity: 1 }]),
      new EngineError('offline'),
    )
    const { reply } = await shop.turn('ponme algo bonito para el café. ¿Dónde estáis?', who)
    expect(reply).toMatch(/Taza esmaltada azul/)
    expect(reply).toContain('Plaza Nueva 1')
  })

  it('after it placed the order: that is told, and it is placed once', async () => {
    const who = somebody()
    await orderUpToSummary(who)
    const before = shop.orders()
    shop.model.steps(placeIt, new EngineError('timeout'))
    const { reply, trace } = await shop.turn('sí', who)
    expect(shop.orders()).toBe(before + 1)
    expect(reply).toMatch(/pedido/i)
    expect(trace.engine).toBe('builtin')
    expect(trace.gate?.ok).toBe(true)
  })

  it('does not count its steps against those of the built-in engine', async () => {
    let step = 0
    shop.model.script = () =>
      step < 6 ? asks(['search_products', { query: `cosa ${step++}` }]) : new EngineError('timeout')
    const { reply } = await shop.turn('¿cuánto cuesta la hogaza de centeno?', somebody())
    expect(reply).toContain('4,25')
  })
})

describe('a yes to a summary', () => {
  it('is answered with the order also where a model goes on placing it', async () => {
    const who = somebody()
    await orderUpToSummary(who)
    const before = shop.orders()
    // What it read before has changed by what it did.
    shop.model.steps(asks(['search_products', { query: 'hogaza de centeno' }]), placeIt)
    const { reply, trace } = await shop.turn('sí', who)
    expect(shop.orders()).toBe(before + 1)
    expect(reply, JSON.stringify([trace.gate, trace.endReason])).toMatch(/pedido/i)
  })

  it('that a model put is understood by the built-in engine', async () => {
    const who = somebody()
    await orderUpToSummary(who)
    const before = shop.orders()
    shop.model.steps(new EngineError('offline'))
    const { trace } = await shop.turn('sí', who)
    expect(trace.engine).toBe('builtin')
    expect(shop.orders()).toBe(before + 1)
  })

  it('that the built-in engine put is understood by a model', async () => {
    const who = somebody()
    shop.model.steps(new EngineError('offline'))
    await shop.turn('quiero una hogaza de centeno', who)
    shop.model.steps(new EngineError('offline'))
    await shop.turn('a recoger en tienda, soy Ana Pérez, 600 111 222, pago con bizum, quiero pedirlo', who)
    const before = shop.orders()
    shop.model.steps(placeIt, writes('¡Gracias! Tu pedido está hecho.'))
    await shop.turn('sí', who)
    expect(shop.orders()).toBe(before + 1)
  })
})

/** The model takes an order up to its summary, and puts it to the customer. */
async function orderUpToSummary(who: string): Promise<void> {
  const { variantId } = shop.variant('PAN-1')
  shop.model.steps(
    asks(
      ['set_cart_line', { variantId, quantity: 1 }],
      ['set_delivery', { method: 'pickup' }],
      ['set_contact', { name: 'Ana Pérez', phone: '600 111 222' }],
      ['set_payment_method', { payment: 'bizum' }],
    ),
    asks(['summarize_order', {}]),
    writes('• 1 × Hogaza de centeno: 4,25 €\nTotal: 4,25 €. ¿Confirmas el pedido?'),
  )
  const { reply } = await shop.turn(
    'quiero una hogaza de centeno, la recojo, Ana Pérez 600111222, bizum',
    who,
  )
  expect(reply).toContain('4,25')
}

/** Places the order of the summary that the context tells of, by the id that stands there. */
function placeIt(_request: EngineRequest, { messages }: PromptedConversation) {
  const text = messages.flatMap((message) => (message.role === 'user' ? [message.text] : [])).join('\n')
  const summaryId = /summaryId ([0-9a-f-]{36})\)/.exec(text)?.[1] ?? 'none'
  expect(summaryId).not.toBe('none')
  return asks(['place_order', { summaryId }])
}
