import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { asking, codeOf, generated, ModelBench } from '../../../../tests/fixtures/model-host.ts'
import { withMutant } from '../../mutants.ts'
import { Deaths } from './deaths.ts'
import { FairQueue, type Queued } from './queue.ts'
import { WaitingTime } from './waiting-time.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const priorities = ['live', 'preview', 'background'] as const

interface Item extends Queued {
  nth: number
}

const items = fc
  .array(
    fc.record({ priority: fc.constantFrom(...priorities), affinity: fc.constantFrom('a', 'b', 'c', 'd') }),
  )
  .map((all) => all.map((item, nth): Item => ({ ...item, nth })))

function takeAll(queue: FairQueue<Item>): Item[] {
  const taken: Item[] = []
  for (let item = queue.take(); item !== null; item = queue.take()) taken.push(item)
  return taken
}

function filled(all: readonly Item[]): FairQueue<Item> {
  const queue = new FairQueue<Item>()
  for (const item of all) queue.push(item)
  return queue
}

describe('the queue', () => {
  test('gives each item once, urgent ones first, and each asker’s in order', () => {
    fc.assert(
      fc.property(items, (all) => {
        const taken = takeAll(filled(all))
        expect(new Set(taken)).toEqual(new Set(all))
        const ranks = taken.map(({ priority }) => priorities.indexOf(priority))
        expect(ranks).toEqual([...ranks].sort())
        for (const { priority, affinity } of all) {
          const own = taken.filter((item) => item.priority === priority && item.affinity === affinity)
          expect(own.map(({ nth }) => nth)).toEqual(own.map(({ nth }) => nth).sort((a, b) => a - b))
        }
      }),
    )
  })

  test('lets those who wait take turns: nobody comes twice while another waits for the first time', () => {
    fc.assert(
      fc.property(items, (all) => {
        const live = all.map((item) => ({ ...item, priority: 'live' as const }))
        const taken = takeAll(filled(live)).map(({ affinity }) => affinity)
        const askers = new Set(live.map(({ affinity }) => affinity)).size
        expect(new Set(taken.slice(0, askers)).size).toBe(askers)
      }),
    )
  })

  test('a live customer goes first, and would not without the rule', async () => {
    const all: Item[] = [
      { priority: 'background', affinity: 'exam', nth: 0 },
      { priority: 'live', affinity: 'customer', nth: 1 },
    ]
    expect(filled(all).take()).toMatchObject({ affinity: 'customer' })
    await withMutant('models.live_first', () =>
      expect(filled(all).take()).toMatchObject({ affinity: 'exam' }),
    )
  })

  test('what is put back comes before what came later', () => {
    const queue = filled([0, 1, 2].map((nth) => ({ priority: 'background', affinity: 'exam', nth })))
    const first = queue.take()
    if (first !== null) queue.putBack(first)
    expect(takeAll(queue).map(({ nth }) => nth)).toEqual([0, 1, 2])
  })
})

test('deaths: pauses, and off at the second in ten minutes', async () => {
  const minute = 60_000
  const deaths = new Deaths()
  expect(deaths.note(0)).toBe(1_000)
  expect(deaths.note(11 * minute)).toBe(1_000)
  expect(deaths.note(20 * minute)).toBeNull()
  deaths.forget()
  expect(deaths.note(20 * minute)).toBe(1_000)
  expect(deaths.all).toBe(4)
  await withMutant('models.twice_dead', () => expect(deaths.note(21 * minute)).toBe(2_000))
})

test('waiting times follow what was measured', () => {
  const waiting = new WaitingTime()
  expect(waiting.estimate(0, null)).toBe(0)
  const unmeasured = waiting.estimate(2, null)
  for (let times = 0; times < 30; times++) waiting.note(100)
  expect(waiting.estimate(2, null)).toBeLessThan(unmeasured / 10)
  expect(waiting.estimate(0, 1_000_000)).toBe(0)
})

describe('requests', () => {
  let bench: ModelBench
  let file: string
  beforeEach(() => {
    bench = new ModelBench()
    file = bench.scripted([
      { on: null, say: 'Hola.' },
      { on: 'sin parar', endless: 'uno dos tres ' },
    ])
  })
  afterEach(() => bench.close())

  test('are served one after the other, live customers first', async () => {
    const order: string[] = []
    const ask = async (name: string, priority: 'live' | 'preview' | 'background', text = 'hola') => {
      const { end } = await generated(
        bench.host,
        asking(file, text, { affinity: name, priority, maxTokens: 40 }),
      )
      order.push(name)
      return end
    }
    const first = ask('first', 'live', 'sin parar')
    const others = [ask('exam', 'background'), ask('preview', 'preview'), ask('customer', 'live')]
    expect(bench.host.status().queued).toBe(3)
    await Promise.all([first, ...others])
    expect(order).toEqual(['first', 'customer', 'preview', 'exam'])
  })

  test('a live customer interrupts what runs in the background; that begins anew and is told whole', async () => {
    const there = bench.next(({ phase }) => phase === 'decode')
    const order: string[] = []
    const exam = generated(
      bench.host,
      asking(file, 'sin parar', { affinity: 'exam', priority: 'background', maxTokens: 200 }),
    ).then((answer) => {
      order.push('exam')
      return answer
    })
    await there
    const customer = await generated(bench.host, asking(file, 'hola', { affinity: 'customer' }))
    order.push('customer')
    expect(customer.text).toBe('Hola.')
    const { text, end } = await exam
    expect(order).toEqual(['customer', 'exam'])
    expect(text.match(/uno dos tres/g)?.length).toBe(Math.floor(end.outputTokens / 3))
    expect(bench.children).toHaveLength(1)
  })

  test('are told at once when they would wait too long', async () => {
    await bench.close()
    // Just short of what an answer is assumed to take: one may wait for the rest of another, nobody for a whole one.
    bench = new ModelBench({ limits: { longestWaitMs: 7_999 } })
    file = bench.scripted([{ on: null, endless: 'uno dos tres ' }])
    const abort = new AbortController()
    const endless = () =>
      generated(bench.host, asking(file, 'hola', { maxTokens: 3_000, signal: abort.signal }))
    const there = bench.next(({ phase }) => phase === 'decode')
    const running = endless()
    await there
    const waiting = endless()
    await expect(codeOf(endless())).resolves.toBe('busy')
    abort.abort(new Error('over'))
    await expect(running).rejects.toThrow('over')
    await expect(waiting).rejects.toThrow('over')
    expect(bench.host.status().queued).toBe(0)
  })

  test('a reader that has had enough ends the work', async () => {
    const stopped = bench.next(({ type }) => type === 'failed')
    for await (const event of bench.host.generate(asking(file, 'sin parar', { maxTokens: 3_000 })))
      if (event.type === 'text') break
    await expect(stopped).resolves.toMatchObject({ code: 'aborted' })
  })
})
