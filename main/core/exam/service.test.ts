import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { type Engine, EngineError, type EngineEvent, type EngineRequest } from '../engines/engine.ts'
import type { ShopEvent } from '../events.ts'
import { withMutant } from '../mutants.ts'
import type { Shop } from '../shops/shop.ts'
import { takeLock } from '../storage/lock.ts'
import type { ExamRequest } from './service.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** An engine that answers what the test tells it to; without a prompt, so nothing is looked up for it. */
class ScriptedEngine implements Engine {
  readonly id = 'scripted'
  readonly kind = 'remote'
  readonly model = 'scripted-1'
  readonly parallel = 2
  readonly capabilities = { prompted: false, contextTokens: null, images: false }
  asked = 0
  /** Looks for this first. */
  query: string | null = null
  answer: (request: EngineRequest) => string | Promise<string>

  constructor(answer: ScriptedEngine['answer']) {
    this.answer = answer
  }

  async *step(request: EngineRequest): AsyncIterable<EngineEvent> {
    this.asked += 1
    if (this.query !== null && request.steps.length === 0)
      yield { type: 'call', call: { name: 'search_products', arguments: { query: this.query } } }
    else yield { type: 'text', delta: await this.answer(request) }
    yield {
      type: 'served',
      by: {
        engine: this.id,
        kind: 'remote',
        model: this.model,
        promptVersion: 'salesperson@test',
        costMicros: 100,
        firstTokenMs: 1,
        requestId: null,
        redactions: 0,
        skipped: [],
      },
    }
    yield { type: 'end', state: {}, language: 'es', formOfAddress: null }
  }
}

const engine = new ScriptedEngine(() => 'Hola')
let folder: string
let app: App
let shop: Shop

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exam-'))
  app = await createApp({ closed: true, engine }, createTestHost(folder))
  shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    const stock = { tracked: true, onHand: 9 }
    for (const [name, sku, amount] of [
      ['Hogaza de centeno', 'PAN-1', 425],
      ['Miel de azahar', 'MIE-1', 790],
      ['Taza esmaltada', 'TAZ-1', 1450],
    ] as const)
      shop.catalog.create(tx, { name, variants: [{ sku, price: { kind: 'exact', amount }, stock }] })
  })
  await shop.search.caughtUp()
  engine.answer = () => 'Hola'
  engine.query = null
})

afterEach(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sayHello = { name: 'hola', turns: [{ customer: 'hola' }] }

async function examine(request: Partial<ExamRequest>) {
  const { runId } = await app.exams.start('system', shop, {
    engineId: 'scripted',
    classes: ['owner'],
    ...request,
  })
  await app.exams.ended(shop, runId)
  return app.exams.report(shop, runId)
}

/** Everything in the shop but what an exam leaves on purpose. */
function contentOfShop(): string {
  const tables = shop.storage.sql
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'exam_runs' ORDER BY name",
    )
    .all()
  return JSON.stringify(
    tables.map(({ name }) => [name, shop.storage.sql.prepare(`SELECT * FROM "${name}"`).all()]),
  )
}

describe('an exam of the built-in engine', () => {
  test('plays cases of the suite, the catalog and the owner, and leaves the shop as it was', async () => {
    app.exams.addCase('system', shop, {
      name: 'miel',
      turns: [{ customer: '¿cuánto cuesta la miel de azahar?', tells: [790] }],
    })
    await shop.chat.ask('Lucía Secreta', 'hola, soy Lucía Secreta, mi teléfono es 600 999 888')
    const before = contentOfShop()
    const events: ShopEvent[] = []
    shop.bus.subscribe((event) => events.push(event))
    const report = await examine({
      engineId: 'builtin',
      classes: ['greeting', 'price', 'checkout', 'catalog', 'owner'],
      most: 2,
    })
    expect(report.cases.filter((item) => !item.passed && !item.class.startsWith('catalog/total'))).toEqual([])
    expect(report.state).toBe('done')
    expect(report.classes.map((each) => each.class)).toEqual(
      expect.arrayContaining(['greeting', 'price', 'checkout', 'catalog/price', 'catalog/stock', 'owner']),
    )
    expect(report).toMatchObject({ wrongFigures: 0, forbiddenActions: 0, fallbacks: 0, costMicros: 0 })
    expect(report.seconds.p95).toBeGreaterThan(0)
    expect(contentOfShop()).toBe(before)
    const progress = events.flatMap((event) => (event.type === 'exam.progress' ? [event.payload] : []))
    expect(progress.map((each) => each.done)).toEqual([
      ...report.cases.map((_, at) => at + 1),
      report.cases.length,
    ])
    expect(progress.filter((each) => each.finished)).toHaveLength(1)
    expect(readdirSync(join(folder, 'tmp'))).toEqual([])
    expect(app.exams.list(shop).map((run) => run.runId)).toEqual([report.runId])
  })

  test('makes the same cases of the same catalog with the same seed', async () => {
    const customers = async (seed: number) =>
      (await examine({ engineId: 'builtin', classes: ['catalog/price'], seed })).cases.map(
        (item) => item.turns[0]?.customer,
      )
    const first = await customers(7)
    expect(first).toHaveLength(3)
    expect(await customers(7)).toEqual(first)
  })
})

/** The bytes of the copy while it is examined. */
async function copyOfShop(): Promise<string> {
  await shop.chat.ask('Lucía Secreta', 'hola, soy Lucía Secreta, mi teléfono es 600 999 888')
  let copied = ''
  engine.answer = () => {
    // Asked in the middle of the exam, while the copy is there.
    const [sandbox = ''] = readdirSync(join(folder, 'tmp'))
    const dir = join(folder, 'tmp', sandbox, 'own', 'shops', 'own')
    copied = readdirSync(dir)
      .filter((name) => name.startsWith('shop.db'))
      .map((name) => readFileSync(join(dir, name), 'latin1'))
      .join()
    return 'Hola'
  }
  await examine({ cases: [sayHello] })
  return copied
}

test('nothing of a customer lies in the copy', async () => {
  const copied = await copyOfShop()
  expect(copied).toContain('Hogaza de centeno')
  expect(copied).not.toContain('Secreta')
  expect(copied).not.toContain('999 888')
})

test('a copy with people in it would be seen', async () => {
  expect(await withMutant('exam.without_people', copyOfShop)).toContain('Secreta')
})

describe('an engine that misbehaves', () => {
  test('is stopped by the gate; refusals are counted, and nothing wrong arrives', async () => {
    engine.answer = () => 'La miel de azahar cuesta 3,99 €.'
    const report = await examine({
      cases: [{ name: 'miel', turns: [{ customer: '¿cuánto cuesta la miel de azahar?' }] }],
    })
    expect(report.refusedDrafts).toBeGreaterThan(0)
    expect(report.wrongFigures).toBe(0)
    expect(report.engine).toMatchObject({ kind: 'remote', promptVersion: 'salesperson@test' })
    expect(report.costMicros).toBeGreaterThan(0)
  })

  test('would be caught if the gate were not there', async () => {
    engine.query = 'miel de azahar'
    engine.answer = () => 'La miel de azahar cuesta 3,99 €.'
    const cases = [{ name: 'miel', turns: [{ customer: '¿cuánto cuesta la miel de azahar?' }] }]
    const report = await withMutant('gate.amount', () => examine({ cases }))
    expect(report).toMatchObject({ wrongFigures: 1, overall: { passed: 0 } })
  })

  test('fails a case by what it leaves out', async () => {
    engine.answer = () => 'No te sabría decir.'
    const report = await examine({
      cases: [
        { name: 'miel', language: 'es', turns: [{ customer: '¿cuánto cuesta la miel?', tells: [790] }] },
      ],
    })
    expect(report.overall).toMatchObject({ passed: 0, total: 1 })
    expect(report.cases[0]?.reasons.map((reason) => reason.code)).toEqual(expect.arrayContaining(['tells']))
  })

  test('that fails is stood in for, which counts as no pass', async () => {
    engine.answer = () => {
      throw new EngineError('timeout')
    }
    const report = await examine({ cases: [sayHello] })
    expect(report).toMatchObject({ state: 'done', fallbacks: 1, overall: { passed: 0, total: 1 } })
    expect(report.cases[0]?.turns[0]?.answer).not.toBe('')
  })

  test('is waited for when it is busy', async () => {
    let busy = 2
    engine.answer = () => {
      if (busy-- > 0) throw new EngineError('rate_limit', { retryAfterMs: 1 })
      return 'Hola'
    }
    expect(await examine({ cases: [sayHello] })).toMatchObject({ fallbacks: 0, overall: { passed: 1 } })
  })

  test('whose key is refused ends the exam at once', async () => {
    engine.answer = () => {
      throw new EngineError('refused_key')
    }
    engine.asked = 0
    const cases = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...sayHello, name }))
    const report = await examine({ cases })
    expect(report).toMatchObject({ state: 'failed', failure: 'engine.refused_key' })
    expect(engine.asked).toBeLessThan(5)
  })
})

test('a run can be cancelled, and only one runs at a time', async () => {
  const reached = Promise.withResolvers<void>()
  engine.answer = (request) => {
    reached.resolve()
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
    })
  }
  const request = { engineId: 'scripted', classes: ['owner'], cases: [sayHello] }
  const { runId } = await app.exams.start('system', shop, request)
  await reached.promise
  expect(app.exams.report(shop, runId).state).toBe('running')
  await expect(app.exams.start('system', shop, request)).rejects.toMatchObject({ code: 'exam.running' })
  await app.exams.cancel(shop, runId)
  expect(app.exams.report(shop, runId)).toMatchObject({ state: 'cancelled', cases: [] })
  expect(readdirSync(join(folder, 'tmp'))).toEqual([])
})

test('two runs are compared case by case', async () => {
  const cases = ['uno', 'dos', 'tres'].map((name) => ({
    name,
    turns: [{ customer: `hola ${name}`, says: ['hola'] }],
  }))
  const before = await examine({ cases })
  engine.answer = ({ input }) => (input.at(-1)?.text.includes('dos') === true ? 'Adiós' : 'Hola')
  const now = await examine({ cases })
  expect(app.exams.compare(shop, before.runId, now.runId)).toMatchObject({
    cases: 3,
    baseRate: 1,
    regressions: ['dos'],
    improvements: [],
    p: 1,
  })
})

test('what a process that died has left is put in order at the next start', async () => {
  const report = await examine({ cases: [sayHello] })
  shop.storage.write('system', (tx) => {
    tx.sql
      .prepare("UPDATE exam_runs SET state = 'running', report = json_set(report, '$.state', 'running')")
      .run()
  })
  const dead = join(folder, 'tmp', 'exam-dead')
  const alive = join(folder, 'tmp', 'exam-alive')
  for (const dir of [dead, alive]) mkdirSync(dir, { recursive: true })
  writeFileSync(join(dead, 'shop.db'), 'left')
  const lock = takeLock(join(alive, 'lock.db'))
  await app.stop()
  app = await createApp({ engine }, createTestHost(folder))
  shop = app.shops.open(shop.slug)
  expect(existsSync(dead)).toBe(false)
  expect(existsSync(alive)).toBe(true)
  lock.release()
  expect(app.exams.report(shop, report.runId)).toMatchObject({ state: 'failed', failure: 'interrupted' })
})

test('cases that are none are refused with what is wrong', async () => {
  const start = (cases: unknown) => examine({ cases: cases as ExamRequest['cases'] })
  await expect(start([{ name: 'x', turns: [] }])).rejects.toMatchObject({
    code: 'exam.invalid_case',
    data: { name: 'x' },
  })
  await expect(examine({ classes: ['nothing-like-it'] })).rejects.toMatchObject({ code: 'exam.not_found' })
  await expect(examine({ engineId: 'local', cases: [sayHello] })).rejects.toMatchObject({
    code: 'engine.not_found',
  })
})
