import { beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { testBrief } from '../../../tests/fixtures/shop.ts'
import { EventBus } from '../events.ts'
import { defaultPersonality } from '../personality/service.ts'
import { type ChainLink, EngineChain } from './chain.ts'
import { type Engine, EngineError, type EngineEvent, type EngineRequest, type ServedBy } from './engine.ts'
import { HealthBook } from './health-book.ts'

const end: EngineEvent = { type: 'end', state: {}, language: 'es', formOfAddress: null }

/** An engine that does what a test says; it keeps what it was asked. */
class TestEngine implements Engine {
  readonly id: string
  readonly kind
  readonly model = 'm'
  readonly parallel = 1
  readonly capabilities
  readonly asked: EngineRequest[] = []
  does: (request: EngineRequest) => AsyncIterable<EngineEvent> = () => says(this.id)

  constructor(id: string, kind: Engine['kind'] = 'remote') {
    this.id = id
    this.kind = kind
    this.capabilities = { prompted: kind !== 'builtin', contextTokens: null, images: false }
  }

  step(request: EngineRequest): AsyncIterable<EngineEvent> {
    this.asked.push(request)
    return this.does(request)
  }

  fails(code: EngineError['code'], retryAfterMs?: number): void {
    this.does = async function* () {
      yield { type: 'text', delta: 'half an ans' }
      throw new EngineError(code, retryAfterMs === undefined ? {} : { retryAfterMs })
    }
  }

  works(): void {
    this.does = () => says(this.id)
  }
}

async function* says(text: string, ...more: EngineEvent[]): AsyncIterable<EngineEvent> {
  yield { type: 'text', delta: text }
  yield* more
  yield end
}

let clock: ManualClock
let first: TestEngine
let second: TestEngine
let builtin: TestEngine
let links: ChainLink[]
let chain: EngineChain
let notices: unknown[]
let events: { engineId: string; state: string }[]

beforeEach(() => {
  clock = new ManualClock()
  first = new TestEngine('first')
  second = new TestEngine('second', 'local')
  builtin = new TestEngine('builtin', 'builtin')
  links = [first, second].map((engine) => ({ engine, name: engine.id, unavailable: null }))
  notices = []
  events = []
  const bus = new EventBus((error) => {
    throw error
  })
  bus.subscribe((event) => {
    if (event.type === 'engine.health') events.push(event.payload)
  })
  const notifier = { notify: (notice: { data?: unknown }) => void notices.push(notice.data) }
  const health = new HealthBook({ slug: 'tienda', clock, bus, notifier })
  chain = new EngineChain({ links: () => links, builtin, health, clock, log: testLog() })
})

const prompt: EngineRequest['prompt'] = {
  conversationId: 'c1',
  purpose: 'turn',
  shopSummary: '',
  personality: defaultPersonality(),
  earlier: null,
  refusal: null,
  personal: { names: [], phones: [], emails: [], addresses: [], nationalIds: [] },
}

let turns = 0
function request(values: Partial<EngineRequest> = {}): EngineRequest {
  turns += 1
  return {
    turnId: `t${turns}`,
    step: 0,
    shop: testBrief,
    customer: {
      name: 'Ana',
      language: 'es',
      formOfAddress: null,
      returning: false,
      preferences: [],
      lastOrders: [],
    },
    state: {},
    history: [],
    input: [{ id: 'm1', text: 'hola', at: '2026-03-02T10:00:00.000Z', attachments: [] }],
    steps: [],
    tools: [],
    prompt,
    now: '2026-03-02T10:00:00.000Z',
    signal: new AbortController().signal,
    ...values,
  }
}

/** What a step said, who said it and who was passed over. */
async function step(asked = request()): Promise<{ text: string; by: ServedBy; skipped: string[] }> {
  let text = ''
  let by: ServedBy | null = null
  for await (const event of chain.step(asked)) {
    if (event.type === 'text') text += event.delta
    if (event.type === 'served') by = event.by
  }
  if (by === null) throw new Error('nobody served')
  return { text, by, skipped: by.skipped.map(({ engine, code }) => `${engine}:${code}`) }
}

/** Lets promises run on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('a chain of engines', () => {
  it('asks the first one, and says who served', async () => {
    const { text, by } = await step()
    expect([text, by.engine, by.kind, by.skipped]).toEqual(['first', 'first', 'remote', []])
    expect(second.asked).toHaveLength(0)
    expect(chain.lead()?.id).toBe('first')
    expect(chain.capabilities.prompted).toBe(true)
  })

  it('passes on what the engine tells of how it went', async () => {
    const told: ServedBy = {
      engine: 'first',
      kind: 'remote',
      model: 'm',
      promptVersion: 'v@1',
      costMicros: 12,
      firstTokenMs: 5,
      requestId: 'r1',
      redactions: 2,
      skipped: [],
    }
    first.does = () => says('hola', { type: 'served', by: told })
    expect((await step()).by).toEqual(told)
  })

  it.each([
    'offline',
    'refused_key',
    'out_of_credit',
    'rate_limit',
    'context_too_long',
    'busy',
    'crashed',
    'timeout',
    'invalid_answer',
    'service_failed',
    'model_missing',
    'capped',
    'no_price',
  ] as const)('passes over an engine that fails with %s; nothing that it said is left', async (code) => {
    first.fails(code)
    const { text, skipped } = await step()
    expect([text, skipped]).toEqual(['second', [`first:${code}`]])
  })

  it('has the built-in engine answer when nobody else can', async () => {
    first.fails('offline')
    second.fails('crashed')
    const { text, by, skipped } = await step()
    expect([text, by.kind, by.costMicros, skipped]).toEqual([
      'builtin',
      'builtin',
      0,
      ['first:offline', 'second:crashed'],
    ])
    expect(chain.lead()).toBeNull()
    expect(chain.capabilities.prompted).toBe(false)
    links = []
    expect((await step()).text).toBe('builtin')
  })

  it('passes over an engine that breaks, says nothing, or does not end', async () => {
    const broken: (() => AsyncIterable<EngineEvent>)[] = [
      () => {
        throw new Error('a mistake in the engine')
      },
      () => says('  '),
      async function* () {
        yield { type: 'text', delta: 'half' }
      },
      async function* () {},
    ]
    const codes = ['crashed', 'invalid_answer', 'invalid_answer', 'invalid_answer']
    for (const [index, does] of broken.entries()) {
      first.does = does
      expect((await step()).skipped).toEqual([`first:${codes[index]}`])
      clock.advance(400_000)
    }
  })

  it('cuts an engine that is slow, even one that does not listen', async () => {
    first.does = async function* () {
      yield { type: 'text', delta: 'slow' }
      await new Promise(() => undefined)
    }
    second.does = first.does
    const answer = step()
    await settle()
    clock.advance(59_999)
    await settle()
    expect(second.asked).toHaveLength(0)
    clock.advance(1)
    await settle()
    expect(second.asked).toHaveLength(1)
    expect(first.asked[0]?.signal.aborted).toBe(true)
    clock.advance(90_000)
    const { text, by } = await answer
    expect(text).toBe('builtin')
    expect(by.skipped).toEqual([
      { engine: 'first', code: 'timeout', ms: 60_000 },
      { engine: 'second', code: 'timeout', ms: 90_000 },
    ])
  })

  it('keeps a customer waiting no longer than two and a half minutes, however many engines there are', async () => {
    const slow = ['a', 'b', 'c', 'd'].map((id) => new TestEngine(id))
    for (const engine of slow)
      engine.does = async function* () {
        await new Promise(() => undefined)
      }
    links = slow.map((engine) => ({ engine, name: engine.id, unavailable: null }))
    const answer = step()
    for (let waited = 0; waited < 150; waited += 10) {
      await settle()
      clock.advance(10_000)
    }
    const { text, by } = await answer
    expect(text).toBe('builtin')
    expect(by.skipped.map(({ ms }) => ms)).toEqual([60_000, 60_000, 30_000, 0])
  })

  it('ends at once when the turn ends, and learns nothing of the engine from that', async () => {
    const stop = new AbortController()
    const gone = new Error('taken over')
    first.does = async function* () {
      await new Promise(() => undefined)
    }
    const answer = step(request({ signal: stop.signal }))
    await settle()
    stop.abort(gone)
    await expect(answer).rejects.toBe(gone)
    expect(second.asked).toHaveLength(0)
    first.works()
    expect((await step()).text).toBe('first')
  })
})

describe('an engine that failed', () => {
  it('is left out of a step that was prepared without it', async () => {
    const { skipped, text } = await step(request({ prompt: null }))
    expect([text, skipped]).toEqual(['builtin', ['first:invalid_answer', 'second:invalid_answer']])
    expect((await step()).text).toBe('first')
  })

  it('rests, is tried by one step, and is back by itself', async () => {
    first.fails('offline')
    await step()
    expect((await step()).skipped).toEqual(['first:resting'])
    expect(first.asked).toHaveLength(1)
    clock.advance(10_000)
    expect((await step()).skipped).toEqual(['first:offline'])
    clock.advance(19_999)
    expect((await step()).skipped).toEqual(['first:resting'])
    clock.advance(1)
    first.works()
    expect((await step()).by.engine).toBe('first')
    expect(events).toEqual([
      { engineId: 'first', state: 'resting' },
      { engineId: 'second', state: 'answers' },
      { engineId: 'first', state: 'ready' },
      { engineId: 'first', state: 'resting' },
      { engineId: 'first', state: 'ready' },
      { engineId: 'first', state: 'ready' },
      { engineId: 'first', state: 'answers' },
    ])
  })

  it('is tried by one step at a time', async () => {
    first.fails('offline')
    await step()
    clock.advance(10_000)
    const { promise: later, resolve } = Promise.withResolvers<void>()
    first.does = async function* () {
      await later
      yield* says('first')
    }
    const trial = step()
    await settle()
    expect((await step()).skipped).toEqual(['first:resting'])
    resolve()
    expect((await trial).text).toBe('first')
  })

  it('is not asked again in the turn that it failed', async () => {
    first.fails('busy')
    const turn = request()
    expect((await step(turn)).text).toBe('second')
    first.works()
    expect((await step({ ...turn, step: 1 })).skipped).toEqual(['first:busy'])
    expect(chain.lead(turn.turnId)?.id).toBe('second')
    expect((await step()).text).toBe('first')
  })

  it('is told to the owner once, when it is the first one and does not come back in a minute', async () => {
    first.fails('offline')
    second.fails('refused_key')
    for (const wait of [0, 10_000, 20_000, 40_000, 80_000]) {
      clock.advance(wait)
      await step()
    }
    expect(notices).toEqual([{ code: 'engine.resting', engine: 'first', error: 'offline' }])
    first.works()
    clock.advance(160_000)
    await step()
    first.fails('out_of_credit')
    await step()
    expect(notices).toHaveLength(2)
  })
})

describe('the order', () => {
  it('is read anew at each step', async () => {
    expect((await step()).text).toBe('first')
    links = [...links].reverse()
    expect((await step()).text).toBe('second')
    links = links.map((link) => ({ ...link, unavailable: link.engine === second ? ('off' as const) : null }))
    const { text, skipped } = await step()
    expect([text, skipped]).toEqual(['first', ['second:off']])
  })
})
