import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SkippingClock } from '../fixtures/clock.ts'
import { type ScriptedReply, writeScriptedModel } from '../fixtures/gguf/scripted-model.ts'
import { ModelShop } from '../fixtures/model-shop.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let way: ModelShop

beforeEach(async () => {
  way = await ModelShop.start({ clock: new SkippingClock() })
})
afterEach(() => way.close())

async function examine(replies: readonly ScriptedReply[]) {
  const file = join(way.data, `scripted-${replies.length}.gguf`)
  writeScriptedModel(file, { replies, contextTokens: 16_384 })
  await way.shop.engines.addLocal('system', { file })
  const { runId } = await way.app.exams.start('system', way.shop, {
    engineId: 'local',
    classes: ['owner'],
    cases: [
      {
        name: 'price of bread',
        language: 'es',
        turns: [{ customer: '¿cuánto cuesta la hogaza de centeno?', tells: [425], changesCart: false }],
        end: { cart: [], ordered: false },
      },
      {
        name: 'two loaves',
        turns: [{ customer: 'quiero dos hogazas de centeno', changesCart: true }],
        end: { cart: [{ sku: 'PAN-1', quantity: 2 }] },
      },
    ],
  })
  await way.app.exams.ended(way.shop, runId)
  return way.app.exams.report(way.shop, runId)
}

it('examines a model file on this computer, through the library that runs it', async () => {
  // The copy has the ids of the shop.
  const variantId = String(way.value("SELECT id FROM variants WHERE sku = 'PAN-1'"))
  const report = await examine([
    { on: null, say: '¿En qué puedo ayudarte?' },
    { on: 'cuesta la hogaza', say: 'La hogaza de centeno cuesta 4,25 €.' },
    {
      on: 'quiero dos hogazas',
      call: 'set_cart_line',
      args: { variantId, quantity: 2 },
      next: { say: 'Añadidas: 2 × Hogaza de centeno. Total: 8,50 €.' },
    },
  ])
  expect(report.cases.flatMap((item) => item.reasons)).toEqual([])
  expect(report).toMatchObject({
    state: 'done',
    engine: { kind: 'local' },
    overall: { passed: 2, total: 2 },
    wrongFigures: 0,
    fallbacks: 0,
  })
  expect(way.value('SELECT count(*) FROM conversations')).toBe(0)
})

it('counts what a bad model file says, and lets none of it through', async () => {
  const report = await examine([{ on: null, say: 'La hogaza de centeno cuesta 3,99 €.' }])
  expect(report.refusedDrafts).toBeGreaterThan(0)
  expect(report).toMatchObject({ wrongFigures: 0, forbiddenActions: 0 })
  expect(report.overall.passed).toBeLessThan(2)
})
