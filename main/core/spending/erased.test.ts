import { afterEach, beforeEach, expect, it } from 'vitest'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { EngineError } from '../engines/engine.ts'
import { SpendingService } from './service.ts'
import { ModelSettingsStore } from './settings.ts'

let way: MessageWay
let spending: SpendingService

beforeEach(() => {
  way = new MessageWay()
  const { storage, bus, brief, clock } = way.test
  storage.sql
    .prepare(
      "INSERT INTO engines (id, kind, name, model, created_at, updated_at, created_by, updated_by) VALUES ('e1', 'remote', 'R', 'm', '', '', '', '')",
    )
    .run()
  spending = new SpendingService({
    slug: 'tienda',
    storage,
    settings: new ModelSettingsStore(storage),
    shop: () => brief,
    clock,
    bus,
    notifier: { notify: () => undefined },
  })
})
afterEach(() => way.close())

function begin(conversationId: string): string {
  return spending.begin({
    engineId: 'e1',
    model: 'm',
    purpose: 'summary',
    turnId: null,
    conversationId,
    step: null,
    worst: { inputTokens: 10, outputTokens: 10 },
    prices: { input: 0, cached: 0, output: 0, source: 'free' },
    body: 'what they wrote',
    redactions: 0,
  }).id
}

it('nothing of a person leaves, or is kept, after they were erased while a request was made ready', () => {
  const { conversationId } = way.receive('hola')
  expect(spending.request(begin(conversationId)).body).toBe('what they wrote')
  way.test.storage.sql.prepare("UPDATE customers SET erased_at = '2026-03-02T10:00:00.000Z'").run()
  expect(() => begin(conversationId)).toThrow(EngineError)
  expect(spending.requests({ limit: 10 })).toHaveLength(1)
})
