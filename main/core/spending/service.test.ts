import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { EngineError } from '../engines/engine.ts'
import { isDomainError } from '../errors.ts'
import type { ShopEvent } from '../events.ts'
import { withMutant } from '../mutants.ts'
import { SpendingService } from './service.ts'
import { ModelSettingsStore } from './settings.ts'
import type { Prices } from './spending.ts'

const dollar: Prices = { input: 1_000_000, cached: 100_000, output: 1_000_000, source: 'service' }
const hour = 3_600_000
const day = 24 * hour

let clock: ManualClock
let test: TestStorage
let spending: SpendingService
let notices: Record<string, string>[]
let events: ShopEvent[]

function open(): SpendingService {
  const { storage, bus, brief } = test
  const settings = new ModelSettingsStore(storage)
  const notifier = { notify: ({ data = {} }: { data?: Record<string, string> }) => void notices.push(data) }
  return new SpendingService({ slug: 'tienda', storage, settings, shop: () => brief, clock, bus, notifier })
}

function setUp(brief: Parameters<typeof createTestStorage>[0] = {}): void {
  clock = new ManualClock(Date.parse('2026-03-10T10:00:00Z'))
  test = createTestStorage({ ...brief, clock })
  test.storage.sql
    .prepare(
      "INSERT INTO engines (id, kind, name, model, created_at, updated_at, created_by, updated_by) VALUES ('e1', 'remote', 'R', 'm', '', '', '', '')",
    )
    .run()
  notices = []
  events = []
  test.bus.subscribe((event) => events.push(event))
  spending = open()
}

beforeEach(() => setUp())
afterEach(() => test.close())

/** A request that reserves so many thousandths of a euro, a dollar being a euro here. */
function begin(thousandths: number, prices: Prices | null = dollar, more: { body?: string } = {}): string {
  return spending.begin({
    engineId: 'e1',
    model: 'm',
    purpose: 'turn',
    turnId: null,
    conversationId: null,
    step: 0,
    worst: { inputTokens: thousandths * 1_000, outputTokens: 0 },
    prices,
    body: more.body ?? null,
    redactions: 0,
  }).id
}

const ended = { costUsdMicros: undefined, error: null, sent: true, firstTokenMs: 100, durationMs: 1_100 }

function end(id: string, inputTokens: number): number | null {
  return spending.end(id, { ...ended, usage: { inputTokens, cachedTokens: 0, outputTokens: 0 } })
}

const codeOf = (work: () => unknown): string | null => {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof EngineError || isDomainError(error)) return error.code
    throw error
  }
}

describe('a cap', () => {
  it('counts the worst case before a request leaves, and what it was after it', () => {
    spending.setSpending('system', { day: 100 })
    const id = begin(600)
    expect(spending.spending().spent).toEqual({ day: 600_000, month: 600_000 })
    expect(codeOf(() => begin(500))).toBe('capped')
    expect(end(id, 100_000)).toBe(100_000)
    expect(spending.spending().spent.day).toBe(100_000)
    expect(codeOf(() => begin(500))).toBeNull()
  })

  it('does not let two requests at once take what is left for one', async () => {
    spending.setSpending('system', { day: 100 })
    const both = () => [codeOf(() => begin(700)), codeOf(() => begin(700))]
    expect(both()).toEqual([null, 'capped'])
    spending.setSpending('system', { day: 200 })
    // Without the reservation the second one does not see the first.
    await withMutant('cap.reserve', () => expect(both()).toEqual([null, null]))
  })

  it('keeps counting a request that the process did not outlive', () => {
    spending.setSpending('system', { day: 100 })
    begin(700)
    spending = open()
    expect(spending.spending().spent.day).toBe(700_000)
    expect(codeOf(() => begin(700))).toBe('capped')
    expect(spending.requests({ limit: 5 }).map(({ state, costMicros }) => [state, costMicros])).toEqual([
      ['reserved', 700_000],
    ])
  })

  it('refuses a model whose price nobody knows, and lets free ones pass', () => {
    expect(codeOf(() => begin(5, null))).toBeNull()
    spending.setSpending('system', { day: 0 })
    expect(codeOf(() => begin(5, null))).toBe('no_price')
    expect(codeOf(() => begin(5))).toBe('capped')
    const free = begin(5_000, { input: 0, cached: 0, output: 0, source: 'free' })
    expect(end(free, 5_000_000)).toBe(0)
  })

  it('needs to know what a dollar costs', () => {
    test.close()
    setUp({ brief: { currency: 'JPY', locale: 'en-JP' } })
    expect(codeOf(() => spending.setSpending('system', { day: 100 }))).toBe('cap.rate_missing')
    expect(spending.spending().caps.day).toBeNull()
    const view = spending.setSpending('system', { day: 100, usdRate: 150_000_000 })
    expect([view.caps.day, view.rateSource]).toEqual([100, 'owner'])
    expect(codeOf(() => spending.setSpending('system', { usdRate: null }))).toBe('cap.rate_missing')
    // 1,000 thousandths of a dollar are 150 yen.
    expect(codeOf(() => begin(1_000))).toBe('capped')
    expect(codeOf(() => begin(600))).toBeNull()
  })
})

describe('what a request cost', () => {
  it('is what the service says where it says it', () => {
    const id = begin(600)
    const usage = { inputTokens: 100, cachedTokens: 0, outputTokens: 0 }
    expect(spending.end(id, { ...ended, usage, costUsdMicros: 4_321 })).toBe(4_321)
  })

  it.each([
    { error: 'offline', sent: false, cost: 0 },
    { error: 'refused_key', sent: true, cost: 0 },
    { error: 'rate_limit', sent: true, cost: 0 },
    { error: 'timeout', sent: true, cost: 600_000 },
    { error: 'service_failed', sent: true, cost: 600_000 },
  ] as const)('is $cost for one that ended with $error', ({ error, sent, cost }) => {
    const id = begin(600)
    spending.end(id, { ...ended, usage: null, error, sent })
    expect(spending.spending().spent.day).toBe(cost)
  })

  it('is summed by engine and day, with its speed', () => {
    const usage = { inputTokens: 1_000, cachedTokens: 0, outputTokens: 50 }
    spending.end(begin(600), { ...ended, usage })
    spending.end(begin(600), { ...ended, usage: null, error: 'offline', sent: false })
    expect(spending.figures('e1')).toEqual({
      requests: 2,
      failed: 1,
      inputTokens: 1_000,
      outputTokens: 50,
      costMicros: 1_050,
      firstTokenMs: 100,
      tokensPerSecond: 50,
    })
    clock.advance(day)
    expect(spending.figures('e1').requests).toBe(0)
  })
})

describe('the shop’s calendar', () => {
  it('begins the day and the month where the shop is', () => {
    // 23:30 UTC on 31 March is half past one on 1 April in Madrid.
    clock = new ManualClock(Date.parse('2026-03-31T21:30:00Z'))
    spending = open()
    spending.setSpending('system', { day: 100, month: 150 })
    begin(900)
    expect(codeOf(() => begin(900))).toBe('capped')
    clock.advance(hour)
    expect(spending.spending().spent).toEqual({ day: 0, month: 0 })
    expect(codeOf(() => begin(900))).toBeNull()
    clock.advance(day)
    // The day has room again, the month has not.
    expect(codeOf(() => begin(900))).toBe('capped')
  })

  it('frees nothing when the clock is put back', () => {
    spending.setSpending('system', { day: 100 })
    begin(900)
    for (const back of [hour, day, 40 * day]) {
      clock.jump(-back)
      expect(codeOf(() => begin(900))).toBe('capped')
      clock.jump(back)
    }
    clock.jump(day)
    expect(codeOf(() => begin(900))).toBeNull()
  })
})

describe('the owner', () => {
  it('hears of a warning and of a cap that is reached once a day, over restarts too', () => {
    spending.setSpending('system', { day: 100 })
    end(begin(790), 790_000)
    expect(notices).toEqual([])
    end(begin(50), 50_000)
    end(begin(50), 50_000)
    expect(notices).toEqual([{ code: 'spending.warning', period: 'day' }])
    expect(spending.spending()).toMatchObject({ warning: true, capped: false })
    spending = open()
    expect(codeOf(() => begin(500))).toBe('capped')
    expect(codeOf(() => begin(500))).toBe('capped')
    expect(notices.slice(1)).toEqual([{ code: 'spending.capped', period: 'day' }])
    expect(spending.spending()).toMatchObject({ warning: true, capped: true })
    expect(events.at(-1)).toMatchObject({ type: 'spending.changed', payload: { capped: true } })
    clock.advance(day)
    expect(spending.spending()).toMatchObject({ warning: false, capped: false })
    end(begin(850), 850_000)
    expect(notices.slice(2)).toEqual([{ code: 'spending.warning', period: 'day' }])
  })

  it('is told anew of caps that they change', () => {
    spending.setSpending('system', { day: 100 })
    end(begin(1_000), 1_000_000)
    expect(notices).toEqual([{ code: 'spending.capped', period: 'day' }])
    spending.setSpending('system', { day: 110 })
    expect(notices.at(-1)).toEqual({ code: 'spending.warning', period: 'day' })
  })

  it('sees what was sent for as long as they want it kept', () => {
    const id = begin(1, dollar, { body: 'words' })
    expect(spending.request(id)).toMatchObject({ id, body: 'words', model: 'm' })
    clock.advance(30 * day)
    begin(1)
    expect(spending.request(id)).toMatchObject({ id, body: null })
    const next = begin(1, dollar, { body: 'words' })
    spending.setPrivacy('system', { keepRequestsDays: 0 })
    expect(spending.request(next).body).toBeNull()
    expect(spending.request(begin(1, dollar, { body: 'words' })).body).toBeNull()
    expect(spending.privacy()).toEqual({ redact: true, keepRequestsDays: 0 })
  })

  it('has nothing kept for longer, also where no further request is made', () => {
    spending.start()
    const id = begin(1, dollar, { body: 'words' })
    clock.advance(29 * day)
    expect(spending.request(id).body).toBe('words')
    clock.advance(2 * day)
    expect(spending.request(id).body).toBeNull()
    spending.stop()
    expect(clock.waits).toEqual([])
  })

  it('pages through the requests, newest first', () => {
    const ids = [begin(1), begin(2), begin(3)]
    expect(spending.requests({ limit: 2 }).map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(spending.requests({ limit: 2, beforeId: ids[1] ?? '' }).map(({ id }) => id)).toEqual([ids[0]])
    expect(spending.requests({ limit: 2, engineId: 'other' })).toEqual([])
  })
})
