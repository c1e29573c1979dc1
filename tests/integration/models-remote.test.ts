import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as faults from '../fakes/model-server/faults.ts'
import * as script from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { SkippingClock } from '../fixtures/clock.ts'
import { amountsIn, ModelShop, servedKinds, skippedOf, wrongPrices } from '../fixtures/model-shop.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const { call, calls, rules, says } = script

const question = '¿cuánto cuesta la hogaza de centeno?'
const phone = '600111222'

let server: FakeModelServer
let way: ModelShop
let clock: SkippingClock
let engineId: string

/** What a good salesperson does in this shop. */
const salesperson = rules([
  {
    user: /recojo/,
    after: 'summarize_order',
    answer: says(
      'Tu pedido: 2 × Hogaza de centeno, 8,50 €. Lo recoges en la tienda y pagas con Bizum. Total: 8,50 €. ¿Lo confirmo?',
    ),
  },
  { user: /recojo/, after: 'set_contact', answer: calls(call('summarize_order')) },
  {
    user: /recojo/,
    answer: calls(
      call('set_delivery', { method: 'pickup' }),
      call('set_payment_method', { payment: 'bizum' }),
      call('set_contact', { name: '[NAME_1]', phone: '[PHONE_1]' }),
    ),
  },
  {
    user: /s[ií], conf[ií]rma/,
    after: 'place_order',
    answer: (request) => says(`¡Gracias! Tu pedido ${String(request.found('number'))} está hecho.`),
  },
  {
    user: /s[ií], conf[ií]rma/,
    answer: calls(
      call('place_order', {
        summaryId: ({ user }: script.ScriptRequest) => /summaryId ([0-9a-f-]{36})/.exec(user)?.[1],
      }),
    ),
  },
  {
    user: /dos hogazas/,
    after: 'set_cart_line',
    answer: says('Añadidas: 2 × Hogaza de centeno. Total: 8,50 €.'),
  },
  {
    user: /dos hogazas/,
    answer: calls(
      call('set_cart_line', {
        variantId: (request: script.ScriptRequest) => request.found('variantId'),
        quantity: 2,
      }),
    ),
  },
  { user: /hogaza de centeno/, answer: says('La hogaza de centeno cuesta 4,25 €.') },
])

async function start(flavour: 'deepseek' | 'openrouter'): Promise<void> {
  server = await FakeModelServer.start({ flavour, script: salesperson })
  clock = new SkippingClock()
  way = await ModelShop.start({ clock })
  engineId = await add(server)
}

async function add(to: FakeModelServer): Promise<string> {
  const { id } = await way.shop.engines.addRemote('system', {
    provider: to.flavour,
    baseUrl: to.baseUrl,
    key: to.key,
    model: to.models[0]?.id ?? '',
  })
  return id
}

afterEach(async () => {
  await way.close()
  await server.close()
})

/** The price that was asked for, and no other one that is not true. */
function expectRightPrice(reply: string | null): void {
  expect(amountsIn(reply ?? '')[0]).toBe('4,25')
  expect(wrongPrices(reply ?? ''), reply ?? '').toEqual([])
}

/** The right price, in one message. */
async function expectTheRightPrice(asked = way.ask(question)) {
  const { reply, trace } = await asked
  expectRightPrice(reply)
  expect(way.repliesTo()).toHaveLength(1)
  expect(way.ordered()).toEqual([])
  return trace
}

describe.each(['deepseek', 'openrouter'] as const)('customers of a model at %s', (flavour) => {
  beforeEach(() => start(flavour))

  it('are answered in one step from what was looked up before', async () => {
    const trace = await expectTheRightPrice()
    expect(servedKinds(trace)).toEqual(['remote'])
    expect(trace?.steps.at(-1)?.served).toMatchObject({
      engine: engineId,
      model: server.models[0]?.id,
      skipped: [],
    })
    expect(server.chats).toHaveLength(1)
    const cost = trace?.steps.at(-1)?.served?.costMicros ?? 0
    expect(cost).toBeGreaterThan(0)
    expect(way.shop.spending.spending().spent.day).toBe(cost)
    expect(way.shop.engines.get(engineId)).toMatchObject({
      today: { requests: 1, failed: 0, costMicros: cost },
      health: { state: 'ready', error: null },
    })
  })

  it('fill a cart and order, and their data stays in the shop', async () => {
    const cart = await way.ask('quiero dos hogazas de centeno')
    expect(cart.cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2, total: 850 }], total: 850 })
    const summary = await way.ask(`las recojo yo, pago con bizum, soy Ana Pérez, ${phone}`)
    expect(amountsIn(summary.reply ?? '').at(-1)).toBe('8,50')
    expect(way.ordered()).toEqual([])
    const placed = await way.ask('sí, confírmalo')
    const [order] = way.ordered()
    expect(order).toMatchObject({ total: 850, lines: [['PAN-1', 2]] })
    expect(placed.reply).toContain(order?.number)
    for (const { trace } of [cart, summary, placed])
      expect(new Set(servedKinds(trace))).toEqual(new Set(['remote']))
    const { contact } = { contact: way.value('SELECT recipient || phone FROM orders') }
    expect(String(contact).replace(/\D/g, '')).toContain(phone)
    expect(String(contact)).toContain('Ana')
    // Placeholders went, names and numbers did not.
    const sent = server.requests.map(({ text }) => text).join('\n')
    expect(sent).toContain('[PHONE_1]')
    expect(sent).not.toContain(phone)
    expect(sent).not.toContain('Pérez')
    expect(sent).not.toMatch(/\bAna\b/)
    const stored = way.everythingStored()
    expect(stored.includes(server.key)).toBe(false)
    for (const line of way.logged) {
      expect(line).not.toContain(phone)
      expect(line).not.toContain('hogaza')
    }
    // What was sent can be read, as it was sent.
    const [newest] = way.shop.spending.requests({ limit: 1 })
    expect(JSON.stringify(way.shop.spending.request(newest?.id ?? '').body)).toBe(server.chats.at(-1)?.text)
  })

  it('are served side by side', async () => {
    const people = ['Eva', 'Luz', 'Sol', 'Noa', 'Mar', 'Iris']
    const answers = await Promise.all(people.map((name) => way.ask(question, name)))
    for (const { reply } of answers) expectRightPrice(reply)
    for (const name of people) expect(way.repliesTo(name)).toHaveLength(1)
    expect(server.chats).toHaveLength(people.length)
    expect(way.shop.engines.get(engineId).today.requests).toBe(people.length)
  })

  describe('that misbehaves', () => {
    it.each<[string, script.Script]>([
      ['tells a wrong price', () => says('La hogaza de centeno cuesta 3,99 €.')],
      ['tells another article’s price', () => says('La hogaza de centeno cuesta 7,90 €.')],
      ['gives a discount', () => says('La hogaza de centeno cuesta 4,25 €, pero te la dejo en 3,80 €.')],
      ['calls tools for ever', script.endlessCalls('search_products', { query: 'hogaza' })],
      ['calls what there is not', script.endlessCalls('give_discount', { percent: 90 })],
      ['makes up ids', script.endlessCalls('set_cart_line', { variantId: 'made-up', quantity: 3 })],
      ['writes arguments that are no JSON', () => script.invalidArguments('set_cart_line')],
      ['claims what nobody did', () => says('¡Listo! La hogaza está en tu carrito y el pedido está hecho.')],
      ['talks garbage', () => script.garbage()],
      ['says nothing', () => script.silence()],
      ['orders by itself', script.endlessCalls('place_order', { summaryId: 'x' })],
    ])('and %s, still hear the right price once', async (_what, misbehaves) => {
      server.script = misbehaves
      const { reply } = await way.ask(question)
      expectRightPrice(reply)
      expect(reply).not.toMatch(/im_end|tool_call|nonsense|carrito|pedido est/)
      expect(way.repliesTo()).toHaveLength(1)
      expect(way.ordered()).toEqual([])
      expect(way.value('SELECT count(*) FROM cart_lines WHERE deleted_at IS NULL')).toBe(0)
      expect(server.chats.length).toBeLessThanOrEqual(10)
    })

    it('once, hear what it says the second time', async () => {
      server.script = script.inTurn(
        () => says('La hogaza de centeno cuesta 3,99 €.'),
        () => says('La hogaza de centeno cuesta 4,25 €.'),
      )
      const trace = await expectTheRightPrice()
      expect(trace?.steps.filter((step) => step.refused !== null)).toHaveLength(1)
      expect(server.chats).toHaveLength(2)
      expect(servedKinds(trace)).toEqual(['remote'])
    })
  })

  describe('that fails', () => {
    it.each<[string, faults.Fault, string, number]>([
      ['a refused key', faults.refusals.key(flavour), 'refused_key', 9],
      ['an empty account', faults.refusals.credit(flavour), 'out_of_credit', 9],
      ['a rate limit', faults.refusals.rate(flavour, '60'), 'rate_limit', 9],
      ['an error inside', faults.refusals.inside(flavour), 'service_failed', 9],
      ['a proxy’s page', faults.badGateway(), 'service_failed', 9],
      ['a broken stream', faults.broken, 'offline', 9],
      ['a stream that is cut off', faults.cutOff, 'invalid_answer', 9],
      ['an empty body', faults.emptyBody, 'invalid_answer', 9],
      ['something that is no JSON', faults.notJson, 'invalid_answer', 9],
    ])('with %s, are answered by the next engine in the same turn', async (_what, fault, code, times) => {
      server.fault('chat', fault, times)
      const trace = await expectTheRightPrice()
      expect(servedKinds(trace).at(-1)).toBe('builtin')
      expect([code, 'offline', 'service_failed', 'invalid_answer']).toContain(skippedOf(trace)[0])
      expect(way.shop.engines.get(engineId).health.state).toBe('resting')
      expect(way.logged.join('\n')).not.toContain(server.key)
    })

    it.each(['broken', 'cut_off'] as const)(
      'in mid call (%s), are answered, and nothing is half done',
      async (kind) => {
        server.script = (request) => ({
          ...calls(call('set_cart_line', { variantId: request.found('variantId'), quantity: 2 }))(request),
          fault: { kind },
        })
        const { reply, cart } = await way.ask('quiero dos hogazas de centeno')
        // The built-in engine does what was asked, once.
        expect(cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2, total: 850 }] })
        expect(reply).toContain('8,50')
        expect(way.value("SELECT count(*) FROM tool_calls WHERE tool = 'set_cart_line'")).toBe(1)
      },
    )

    it.each(['no_first_byte', 'stalled', 'keep_alive_only'] as const)(
      'by silence (%s), wait no longer than its limit',
      async (kind) => {
        server.fault('chat', { kind }, 9)
        const asked = way.ask(question)
        await server.until(
          () => server.chats.some(({ outcome }) => outcome === 'held'),
          'a request that hangs',
        )
        clock.skip(61_000)
        const trace = await expectTheRightPrice(asked)
        expect(servedKinds(trace).at(-1)).toBe('builtin')
        expect(skippedOf(trace)).toContain('timeout')
        await server.until(() => server.chats.every(({ outcome }) => outcome !== 'held'), 'nobody waiting')
      },
    )

    it('in the midst of a turn, keep what was done', async () => {
      server.script = (request) => {
        if (request.results.at(-1)?.tool === 'set_cart_line') return { text: 'x', fault: faults.broken }
        return salesperson(request)
      }
      const { reply, cart, trace } = await way.ask('quiero dos hogazas de centeno')
      expect(cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2, total: 850 }], total: 850 })
      expect(reply).toContain('8,50')
      expect(way.repliesTo()).toHaveLength(1)
      expect(servedKinds(trace)).toEqual(['remote', 'builtin'])
      expect(way.value("SELECT count(*) FROM tool_calls WHERE tool = 'set_cart_line'")).toBe(1)
    })

    it('hear from it again by itself', async () => {
      server.fault('chat', faults.refusals.inside(flavour), 1)
      await expectTheRightPrice()
      const resting = await way.ask(question)
      expect([servedKinds(resting.trace).at(-1), skippedOf(resting.trace)]).toEqual(['builtin', ['resting']])
      clock.skip(11_000)
      const back = await way.ask(question)
      expect(servedKinds(back.trace)).toEqual(['remote'])
      expect(way.shop.engines.get(engineId).health).toMatchObject({ state: 'ready', error: null })
    })
  })
})

describe('a chain', () => {
  beforeEach(() => start('deepseek'))

  it('asks the second model when the first one fails', async () => {
    const other = await FakeModelServer.start({ flavour: 'openrouter', script: salesperson })
    const otherId = await add(other)
    other.fault('chat', faults.refusals.credit('openrouter'), 9)
    const trace = await expectTheRightPrice()
    expect(trace?.steps.at(-1)?.served).toMatchObject({
      engine: engineId,
      skipped: [{ engine: otherId, code: 'out_of_credit' }],
    })
    expect(way.notices).toContainEqual(
      expect.objectContaining({ code: 'engine.resting', error: 'out_of_credit' }),
    )
    await other.close()
  })

  it('changes within a turn when its owner changes it', async () => {
    server.script = (request) => {
      if (request.results.at(-1)?.tool === 'set_cart_line') throw new Error('nobody asks it any more')
      const answer = salesperson(request)
      way.shop.engines.order('system', ['builtin'])
      return answer
    }
    const { cart, trace, reply } = await way.ask('quiero dos hogazas de centeno')
    expect(cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2 }], total: 850 })
    expect(servedKinds(trace)).toEqual(['remote', 'builtin'])
    expect(reply).toContain('8,50')
    expect(server.chats).toHaveLength(1)
    way.shop.engines.order('system', ['remote'])
    server.script = salesperson
    expect(servedKinds((await way.ask(question)).trace)).toEqual(['remote'])
  })

  it('goes on without an engine that is taken away while it answers', async () => {
    server.script = (request) => {
      way.shop.engines.remove('system', engineId)
      return salesperson(request)
    }
    await expectTheRightPrice()
    expect(servedKinds((await way.ask(question)).trace)).toEqual(['builtin'])
    expect(server.chats).toHaveLength(1)
  })

  it('stops at the cap, goes on by rules, and asks again when there is room', async () => {
    way.shop.spending.setSpending('system', { day: 0 })
    const trace = await expectTheRightPrice()
    expect([servedKinds(trace), skippedOf(trace)]).toEqual([['builtin'], ['capped']])
    expect(server.chats).toHaveLength(0)
    expect(way.notices).toEqual([expect.objectContaining({ code: 'spending.capped' })])
    way.shop.spending.setSpending('system', { day: 500 })
    expect(servedKinds((await way.ask(question)).trace)).toEqual(['remote'])
  })

  it('never spends more than the cap, however many ask at once', async () => {
    way.shop.spending.setSpending('system', { day: 1, usdRate: 2_000_000 })
    const names = Array.from({ length: 12 }, (_, index) => `Cliente ${index}`)
    const answers = await Promise.all(names.map((name) => way.ask(question, name)))
    for (const { reply } of answers) expectRightPrice(reply)
    expect(way.shop.spending.spending().spent.day).toBeLessThanOrEqual(10_000)
    expect(new Set(answers.flatMap(({ trace }) => servedKinds(trace)))).toEqual(
      new Set(['remote', 'builtin']),
    )
  })

  it('remembers over a restart', async () => {
    await way.restart()
    expect(servedKinds(await expectTheRightPrice())).toEqual(['remote'])
  })
})
