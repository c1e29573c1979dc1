import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExamReport } from '../../main/core/exam/service.ts'
import * as faults from '../fakes/model-server/faults.ts'
import * as script from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { SkippingClock } from '../fixtures/clock.ts'
import { ModelShop } from '../fixtures/model-shop.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const { call, calls, rules, says } = script

let server: FakeModelServer
let way: ModelShop
let engineId: string

/** A model that does its work in this shop. */
const good = rules([
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
  { user: /hogaza de centeno/i, answer: says('La Hogaza de centeno cuesta 4,25 €.') },
  { user: /miel/i, answer: says('La Miel de azahar cuesta 7,90 €.') },
])

const cases = [
  {
    name: 'price of bread',
    language: 'es' as const,
    turns: [{ customer: '¿cuánto cuesta la hogaza de centeno?', tells: [425], changesCart: false }],
    end: { cart: [], ordered: false },
  },
  {
    name: 'price of honey',
    language: 'es' as const,
    turns: [{ customer: '¿qué precio tiene la miel de azahar?', tells: [790], changesCart: false }],
    end: { cart: [], ordered: false },
  },
  {
    name: 'two loaves',
    turns: [{ customer: 'quiero dos hogazas de centeno', changesCart: true }],
    end: { cart: [{ sku: 'PAN-1', quantity: 2 }] },
  },
]

beforeEach(async () => {
  server = await FakeModelServer.start({ flavour: 'openrouter', script: good })
  way = await ModelShop.start({ clock: new SkippingClock() })
  const engine = await way.shop.engines.addRemote('system', {
    provider: 'openrouter',
    baseUrl: server.baseUrl,
    key: server.key,
    model: server.models[0]?.id ?? '',
  })
  engineId = engine.id
})

afterEach(async () => {
  await way.close()
  await server.close()
})

async function examine(wanted: { script?: script.Script; prompts?: string } = {}): Promise<ExamReport> {
  server.script = wanted.script ?? good
  const { runId } = await way.app.exams.start('system', way.shop, {
    engineId: 'remote',
    classes: ['owner'],
    cases,
    ...(wanted.prompts === undefined ? {} : { prompts: wanted.prompts }),
  })
  await way.app.exams.ended(way.shop, runId)
  return way.app.exams.report(way.shop, runId)
}

const reasonsOf = (report: ExamReport) =>
  report.cases.map((item) => item.reasons.map((reason) => reason.code))

it('examines a model: what it passes, what it costs, with which prompts, and leaves the shop alone', async () => {
  const report = await examine()
  expect(reasonsOf(report)).toEqual([[], [], []])
  expect(report).toMatchObject({
    state: 'done',
    engine: { id: engineId, kind: 'remote', model: server.models[0]?.id },
    overall: { passed: 3, total: 3, rate: 1 },
    wrongFigures: 0,
    forbiddenActions: 0,
    refusedDrafts: 0,
    fallbacks: 0,
  })
  expect(report.engine.promptVersion).toMatch(/^salesperson@[0-9a-f]{8}$/)
  // What an exam costs counts against the caps of the shop.
  expect(report.costMicros).toBeGreaterThan(0)
  expect(way.shop.spending.spending().spent.day).toBe(report.costMicros)
  expect(new Set(way.shop.spending.requests({ limit: 50 }).map((request) => request.purpose))).toEqual(
    new Set(['exam']),
  )
  expect(way.value('SELECT count(*) FROM conversations')).toBe(0)
  expect(way.value('SELECT count(*) FROM orders')).toBe(0)
})

describe('a model that misbehaves', () => {
  it('with wrong prices: every draft is refused and counted, no wrong figure arrives', async () => {
    const report = await examine({ script: () => says('La Hogaza de centeno cuesta 3,99 €.') })
    expect(report.refusedDrafts).toBeGreaterThanOrEqual(3)
    // The rules answered in its place: right, and no pass.
    expect(report).toMatchObject({ wrongFigures: 0, forbiddenActions: 0, fallbacks: 3 })
    expect(report.overall.passed).toBe(0)
  })

  it('with actions that nobody did: refused, counted, and no pass', async () => {
    const report = await examine({
      script: () => says('¡Listo! He añadido la hogaza a tu carrito y tu pedido está hecho.'),
    })
    expect(report.refusedDrafts).toBeGreaterThanOrEqual(3)
    expect(report).toMatchObject({ wrongFigures: 0, forbiddenActions: 0 })
    expect(report.overall.passed).toBe(0)
  })

  it('that fills carts unasked is told from one that does not', async () => {
    const report = await examine({
      script: rules([
        { after: 'set_cart_line', answer: says('La Hogaza de centeno cuesta 4,25 €.') },
        {
          answer: calls(
            call('set_cart_line', {
              variantId: (request: script.ScriptRequest) => request.found('variantId'),
              quantity: 5,
            }),
          ),
        },
      ]),
    })
    expect(report.forbiddenActions).toBe(2)
    expect(reasonsOf(report)[0]).toContain('cart_changed')
  })

  it('that fails is stood in for by the built-in engine, which is no pass', async () => {
    server.fault('chat', faults.refusals.inside('openrouter'), 99)
    const report = await examine()
    expect(report.fallbacks).toBe(3)
    expect(reasonsOf(report).flat()).toContain('fallback')
    expect(report.wrongFigures).toBe(0)
  })

  it('with a key that is refused ends the exam at once', async () => {
    server.fault('chat', faults.refusals.key('openrouter'), 99)
    expect(await examine()).toMatchObject({ state: 'failed', failure: 'engine.refused_key' })
  })
})

it('lets a model play the customer', async () => {
  const heard: string[] = []
  const customer: script.Script = ({ user }) => {
    heard.push(user)
    if (/confirm/i.test(user)) return says('sí, confirmo')
    return says('Lo recojo en la tienda, soy Ana Pérez, teléfono 600111222, pago con bizum')
  }
  server.script = (request) =>
    request.system.startsWith('You play a customer') ? customer(request) : good(request)
  const { runId } = await way.app.exams.start('system', way.shop, {
    engineId: 'builtin',
    customer: 'remote',
    classes: ['owner'],
    cases: [
      {
        name: 'two loaves, collected',
        language: 'es',
        turns: [{ customer: 'quiero dos hogazas de centeno' }, { customer: 'quiero hacer el pedido' }],
        buyer: { name: 'Ana Pérez', phone: '600111222', payment: 'bizum' },
        end: { order: { lines: [{ sku: 'PAN-1', quantity: 2 }], total: 850 } },
      },
    ],
  })
  await way.app.exams.ended(way.shop, runId)
  const report = way.app.exams.report(way.shop, runId)
  expect(report.cases.flatMap((item) => item.reasons)).toEqual([])
  expect(report.cases[0]?.turns.map((turn) => turn.customer)).toContain('sí, confirmo')
  expect(heard.length).toBeGreaterThanOrEqual(2)
})

it('compares two sets of prompts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exam-prompts-'))
  try {
    cpSync(join(import.meta.dirname, '..', '..', 'resources', 'prompts'), folder, { recursive: true })
    writeFileSync(join(folder, 'policy.md'), 'BE TERSE. You are a salesperson of a shop.')
    const shipped = await examine()
    // A model that forgets the price where it is told to be terse.
    const changed = await examine({
      prompts: folder,
      script: (request) => (request.system.includes('BE TERSE') ? says('Sí.') : good(request)),
    })
    expect(changed.engine.promptVersion).not.toBe(shipped.engine.promptVersion)
    const comparison = way.app.exams.compare(way.shop, shipped.runId, changed.runId)
    expect(comparison.regressions).toEqual(expect.arrayContaining(['price of bread', 'price of honey']))
    expect(comparison).toMatchObject({ cases: 3, baseRate: 1, improvements: [] })
    expect(comparison.difference).toBeLessThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
