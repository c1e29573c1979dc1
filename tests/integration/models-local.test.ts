import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChildProcess, Processes } from '../../main/core/host.ts'
import { forkProcess } from '../../main/hosting/fork-process.ts'
import { SkippingClock } from '../fixtures/clock.ts'
import { writeRandomModel } from '../fixtures/gguf/random-model.ts'
import { type ScriptedAct, type ScriptedReply, writeScriptedModel } from '../fixtures/gguf/scripted-model.ts'
import { mortal } from '../fixtures/model-host.ts'
import { amountsIn, ModelShop, servedKinds, skippedOf, wrongPrices } from '../fixtures/model-shop.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const question = '¿cuánto cuesta la hogaza de centeno?'

/** The processes that run models, watched and killed. */
class WatchedProcesses implements Processes {
  readonly children: ChildProcess[] = []
  readonly #heard = new Set<(message: Record<string, unknown>) => void>()

  fork(path: string, args: readonly string[]): ChildProcess {
    const child = mortal(forkProcess(path, args))
    child.onMessage((message) => {
      // Whatever it is, only fields of an object are looked at.
      for (const listen of [...this.#heard]) listen(message as Record<string, unknown>)
    })
    this.children.push(child)
    return child
  }

  /** Kills the process that runs the model as soon as it is in that phase. */
  killIn(phase: string): Promise<void> {
    return new Promise((resolve) => {
      const listen = (message: Record<string, unknown>): void => {
        if (message.type !== 'progress' || message.phase !== phase) return
        this.#heard.delete(listen)
        this.children.at(-1)?.kill()
        resolve()
      }
      this.#heard.add(listen)
    })
  }
}

let clock: SkippingClock
let processes: WatchedProcesses
let way: ModelShop
let files = 0

beforeEach(async () => {
  clock = new SkippingClock()
  processes = new WatchedProcesses()
  way = await ModelShop.start({ clock, processes })
})
afterEach(() => way.close())

/** Adds a model that does as scripted; it is asked first from then on. */
async function add(replies: readonly ScriptedReply[]): Promise<string> {
  files += 1
  const file = join(way.data, `scripted-${files}.gguf`)
  // Each byte is a token of its own: what the shop's tools are told takes thousands.
  writeScriptedModel(file, { replies, contextTokens: 16_384 })
  const { id } = await way.shop.engines.addLocal('system', { file })
  return id
}

function variantOf(sku: string): string {
  return String(way.value(`SELECT id FROM variants WHERE sku = '${sku}'`))
}

/** What a good salesperson does in this shop. */
function salesperson(): ScriptedReply[] {
  const line = (sku: string, quantity: number) => ({
    call: 'set_cart_line',
    args: { variantId: variantOf(sku), quantity },
  })
  return [
    { on: null, say: '¿En qué puedo ayudarte?' },
    { on: 'hogaza de centeno', say: 'La hogaza de centeno cuesta 4,25 €.' },
    {
      on: 'quiero dos hogazas',
      ...line('PAN-1', 2),
      next: { say: 'Añadidas: 2 × Hogaza de centeno. Total: 8,50 €.' },
    },
    {
      on: 'una hogaza y una miel',
      calls: [line('PAN-1', 1), line('MIE-1', 1)],
      next: { say: 'Añadidas: 1 × Hogaza de centeno y 1 × Miel de azahar. Total: 12,15 €.' },
    },
    {
      on: 'recojo yo',
      calls: [
        { call: 'set_delivery', args: { method: 'pickup' } },
        { call: 'set_payment_method', args: { payment: 'bizum' } },
        { call: 'set_contact', args: { name: 'Ana Pérez', phone: '600111222' } },
      ],
      next: { call: 'summarize_order', args: {} },
    },
    {
      on: '"summaryId":"',
      overrides: true,
      say: 'Tu pedido: 2 × Hogaza de centeno, 8,50 €. Lo recoges en la tienda y pagas con Bizum. Total: 8,50 €. ¿Lo confirmo?',
    },
  ]
}

/** The price that was asked for, in one message, and no other one that is not true. */
function expectRightPrice(reply: string | null): void {
  expect(amountsIn(reply ?? '')[0]).toBe('4,25')
  expect(wrongPrices(reply ?? ''), reply ?? '').toEqual([])
}

describe('customers of a model on this computer', () => {
  it('are answered in one step, by a process that starts when the first one asks', async () => {
    const id = await add(salesperson())
    expect(way.app.modelHost.status().state).toBe('stopped')
    const { reply, trace } = await way.ask(question)
    expect(reply).toBe('La hogaza de centeno cuesta 4,25 €.')
    expect(servedKinds(trace)).toEqual(['local'])
    expect(trace?.steps.at(-1)?.served).toMatchObject({
      engine: id,
      costMicros: 0,
      redactions: 0,
      skipped: [],
    })
    expect(way.shop.engines.get(id)).toMatchObject({
      health: { state: 'ready' },
      today: { costMicros: 0 },
    })
    expect(way.shop.spending.request(way.shop.spending.requests({ limit: 1 })[0]?.id ?? '').body).toBeNull()
  })

  it('fill a cart and order', async () => {
    await add(salesperson())
    const cart = await way.ask('quiero dos hogazas de centeno')
    expect(cart.cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2, total: 850 }], total: 850 })
    const summary = await way.ask('las recojo yo, pago con bizum, soy Ana Pérez, 600111222')
    expect(amountsIn(summary.reply ?? '').at(-1)).toBe('8,50')
    expect(way.ordered()).toEqual([])
    // A scripted model cannot copy: one that knows the summary takes over.
    const summaryId = String(way.value('SELECT id FROM order_summaries ORDER BY seq DESC'))
    await add([
      {
        on: null,
        call: 'place_order',
        args: { summaryId },
        next: { say: '¡Gracias! Tu pedido 1001 está hecho.' },
      },
    ])
    const placed = await way.ask('sí, confírmalo')
    const [order] = way.ordered()
    expect(order).toMatchObject({ total: 850, lines: [['PAN-1', 2]] })
    expect(placed.reply).toContain(order?.number)
    for (const { trace } of [cart, summary, placed]) expect(servedKinds(trace)[0]).toBe('local')
    expect(way.value('SELECT name FROM customers')).toBe('Ana Pérez')
  })

  it('have several things done in one step', async () => {
    await add(salesperson())
    const { cart, trace, reply } = await way.ask('quiero una hogaza y una miel')
    expect(cart.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['PAN-1', 1],
      ['MIE-1', 1],
    ])
    const [step] = trace?.steps.filter(({ served }) => served !== null) ?? []
    expect(new Set(step?.calls.map((made) => made.tool))).toEqual(new Set(['set_cart_line']))
    expect(step?.calls.length).toBeGreaterThan(1)
    expect(reply).toContain('12,15')
  })

  it('are served one after the other, each once', async () => {
    await add(salesperson())
    const people = ['Eva', 'Luz', 'Sol', 'Noa']
    const answers = await Promise.all(people.map((name) => way.ask(question, name)))
    for (const { reply } of answers) expectRightPrice(reply)
    for (const name of people) expect(way.repliesTo(name)).toHaveLength(1)
  })
})

describe('customers of a model that misbehaves', () => {
  it.each<[string, ScriptedAct]>([
    ['tells a wrong price', { say: 'La hogaza de centeno cuesta 3,99 €.' }],
    ['tells another article’s price', { say: 'La hogaza de centeno cuesta 7,90 €.' }],
    ['calls tools for ever', { call: 'search_products', args: { query: 'hogaza' }, again: true }],
    ['makes up ids', { call: 'set_cart_line', args: { variantId: 'made-up', quantity: 3 }, again: true }],
    ['orders by itself', { call: 'place_order', args: { summaryId: 'x' }, again: true }],
    ['claims what nobody did', { say: '¡Listo! La hogaza está en tu carrito y el pedido está hecho.' }],
    ['talks garbage', { bytes: [0xff, 0xfe, 0x3c, 0x7c, 0x80, 0x80, 0x5d, 0x7d] }],
    ['does not stop talking', { endless: 'La hogaza es rica y ' }],
    ['says nothing', { silence: true }],
  ])('and %s, still hear the right price once', async (_what, act) => {
    const id = await add([{ on: null, ...act }])
    const { reply, trace } = await way.ask(question)
    expectRightPrice(reply)
    expect(reply).not.toMatch(/carrito|pedido est|�/)
    // It was asked, and its time, context or manners made no difference to that.
    expect(way.shop.engines.get(id).today.requests).toBeGreaterThan(0)
    expect(skippedOf(trace).filter((code) => code !== 'invalid_answer')).toEqual([])
    expect(way.repliesTo()).toHaveLength(1)
    expect(way.ordered()).toEqual([])
    expect(way.value('SELECT count(*) FROM cart_lines WHERE deleted_at IS NULL')).toBe(0)
  })
})

describe('customers of a model whose process is killed', () => {
  /** Large enough to be caught while it reads a prompt; what it says is noise. */
  async function addSlow(): Promise<string> {
    const file = join(way.data, 'slow.gguf')
    writeRandomModel(file, {
      layers: 8,
      width: 256,
      feedForward: 768,
      heads: 4,
      keyValueHeads: 2,
      contextTokens: 32_768,
    })
    return (await way.shop.engines.addLocal('system', { file })).id
  }

  it.each(['loading', 'prefill', 'decode'])(
    'while %s, are answered once by the next engine',
    async (phase) => {
      const id = phase === 'prefill' ? await addSlow() : await add([{ on: null, endless: 'La hogaza ' }])
      const killed = processes.killIn(phase)
      const { reply, trace } = await way.ask(question)
      await killed
      expectRightPrice(reply)
      expect(way.repliesTo()).toHaveLength(1)
      expect([servedKinds(trace), skippedOf(trace)]).toEqual([['builtin'], ['crashed']])
      expect(way.shop.engines.get(id).health).toMatchObject({ state: 'resting', error: 'crashed' })
    },
  )

  it('in the midst of a turn, keep what was done', async () => {
    await add([
      {
        on: null,
        call: 'set_cart_line',
        args: { variantId: variantOf('PAN-1'), quantity: 2 },
        next: { endless: 'Y ahora ' },
      },
    ])
    way.shop.bus.subscribe((event) => {
      if (event.type === 'cart.changed') void processes.killIn('decode')
    })
    const { reply, cart, trace } = await way.ask('quiero dos hogazas de centeno')
    expect(cart).toMatchObject({ lines: [{ sku: 'PAN-1', quantity: 2, total: 850 }], total: 850 })
    expect(reply).toContain('8,50')
    expect(way.repliesTo()).toHaveLength(1)
    expect(servedKinds(trace)).toEqual(['local', 'builtin'])
    expect(way.value("SELECT count(*) FROM tool_calls WHERE tool = 'set_cart_line'")).toBe(1)
  })

  it('hear from it again by itself', async () => {
    await add(salesperson())
    const killed = processes.killIn('decode')
    await way.ask(question)
    await killed
    clock.skip(11_000)
    const { trace } = await way.ask(question)
    expect(servedKinds(trace)).toEqual(['local'])
  })

  it('twice in ten minutes, are served by others until the owner turns it on again', async () => {
    const id = await add(salesperson())
    for (const _death of [1, 2]) {
      const killed = processes.killIn('decode')
      await way.ask(question)
      await killed
      clock.skip(60_000)
    }
    expect(way.shop.engines.get(id).health.state).toBe('off')
    expect(way.notices).toContainEqual(expect.objectContaining({ code: 'engine.off' }))
    const { trace } = await way.ask(question)
    expect([servedKinds(trace), skippedOf(trace)]).toEqual([['builtin'], ['off']])
    way.app.modelHost.turnOn()
    clock.skip(400_000)
    expect(servedKinds((await way.ask(question)).trace)).toEqual(['local'])
  })
})

describe('a model file', () => {
  it('that goes away is passed over, and asked again once it is back', async () => {
    const id = await add(salesperson())
    const { file } = way.shop.engines.get(id)
    const { rename } = await import('node:fs/promises')
    await rename(String(file), `${file}.gone`)
    expect(way.shop.engines.get(id).health.state).toBe('missing')
    const { reply, trace } = await way.ask(question)
    expectRightPrice(reply)
    expect([servedKinds(trace), skippedOf(trace)]).toEqual([['builtin'], ['model_missing']])
    await rename(`${file}.gone`, String(file))
    expect(await way.shop.engines.test(id)).toMatchObject({ error: null })
    expect(servedKinds((await way.ask(question)).trace)).toEqual(['local'])
    expect(way.shop.engines.get(id).speed.tier).not.toBeNull()
  })

  it('that is none, or none for chats, is not taken', async () => {
    const codeOf = (file: string) =>
      way.shop.engines.addLocal('system', { file }).catch((error: { code: string }) => error.code)
    expect(await codeOf(join(way.data, 'nothing.gguf'))).toBe('model.not_found')
    expect(await codeOf(join(way.shop.dir, 'shop.db'))).toBe('model.not_gguf')
    expect(way.shop.engines.list()).toHaveLength(1)
  })
})
