import { afterEach, beforeEach, expect, it } from 'vitest'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { ModelEngine, writes } from '../../../tests/fixtures/prompted-shop.ts'
import { type Engine, EngineError, type EngineRequest } from '../engines/engine.ts'
import { defaultPersonality } from '../personality/service.ts'
import { ConversationMemory } from './memory.ts'

let way: MessageWay
let model: ModelEngine
let lead: Engine | null
let memory: ConversationMemory
let conversationId: string

beforeEach(() => {
  way = new MessageWay()
  model = new ModelEngine()
  lead = model
  const { storage, clock } = way.test
  memory = new ConversationMemory({ storage, clock, log: testLog(), lead: () => lead })
  conversationId = way.receive('mensaje 0').conversationId
})
afterEach(() => way.close())

function write(count: number, text = 'mensaje'): void {
  for (let at = 1; at <= count; at++) way.receive(`${text} ${at}`)
}

function asked(): Parameters<ConversationMemory['after']>[0] {
  return {
    turnId: 't',
    shop: way.test.brief,
    customer: {
      name: 'Ana',
      language: null,
      formOfAddress: null,
      returning: true,
      preferences: [],
      lastOrders: [],
    },
    now: '2026-03-02T10:00:00Z',
    prompt: {
      conversationId,
      purpose: 'turn',
      shopSummary: '',
      personality: defaultPersonality(),
      earlier: null,
      refusal: null,
      personal: { names: ['Ana'], phones: [], emails: [], addresses: [], nationalIds: [] },
    },
  }
}

const window = () => memory.window(conversationId, Number.MAX_SAFE_INTEGER)
const kept = () => way.test.storage.sql.prepare('SELECT * FROM conversation_summaries').get()

it('a short conversation is remembered as it is, and nothing is summed up', async () => {
  write(10)
  memory.after(asked())
  await memory.settled()
  expect(window()).toMatchObject({ earlier: null, history: { length: 11 } })
  expect(model.asked).toHaveLength(0)
  expect(kept()).toBeUndefined()
})

it('what falls out becomes a summary of the model, in the background and with nobody’s tools', async () => {
  write(40)
  model.script = () => writes('Busca un regalo para su madre.')
  expect(window().earlier).toContain('mensaje')
  memory.after(asked())
  await memory.settled()
  const { request, conversation } = model.asked[0] ?? {}
  expect(request).toMatchObject({ prompt: { purpose: 'summary', personal: { names: ['Ana'] } }, tools: [] })
  expect(conversation?.messages).toHaveLength(1)
  expect(kept()).toMatchObject({ text: 'Busca un regalo para su madre.', engine_id: 'model' })
  expect(window()).toMatchObject({ earlier: 'Busca un regalo para su madre.', history: { length: 8 } })
})

it('the window keeps its beginning while it grows, so that a model knows its bytes', async () => {
  write(40)
  memory.after(asked())
  await memory.settled()
  const before = window().history
  write(10, 'otro')
  expect(window().history.slice(0, before.length)).toEqual(before)
  memory.after(asked())
  await memory.settled()
  expect(model.asked).toHaveLength(1)
})

it('a later summary knows the one before', async () => {
  write(40)
  model.script = () => writes('Primero.')
  memory.after(asked())
  await memory.settled()
  write(40)
  model.script = (request: EngineRequest) => writes(`${request.prompt?.earlier} Y luego.`)
  memory.after(asked())
  await memory.settled()
  expect(kept()).toMatchObject({ text: 'Primero. Y luego.' })
})

it.each([
  ['fails', () => (model.script = () => new EngineError('offline'))],
  ['says nothing', () => (model.script = () => writes('<think>'))],
  ['is not there', () => (lead = null)],
])('a model that %s leaves the customer’s own words', async (_how, arrange) => {
  write(40)
  arrange()
  memory.after(asked())
  await memory.settled()
  expect(kept()).toMatchObject({ engine_id: 'builtin', text: expect.stringContaining('"mensaje 3') })
})

it('long messages fall out sooner', () => {
  write(10, 'palabra '.repeat(200))
  const { history, earlier } = window()
  expect(history.length).toBeLessThan(6)
  expect(earlier).not.toBeNull()
})

it('nothing of an erased person is written', async () => {
  write(40)
  model.script = () => {
    way.test.storage.write('system', (tx) => {
      tx.sql.prepare("UPDATE customers SET erased_at = '2026-01-01'").run()
    })
    return writes('Busca un regalo.')
  }
  memory.after(asked())
  await memory.settled()
  expect(kept()).toBeUndefined()
})

it('stops with its shop', async () => {
  write(40)
  await memory.stop()
  memory.after(asked())
  await memory.settled()
  expect(model.asked).toHaveLength(0)
})
