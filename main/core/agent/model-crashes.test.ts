import { afterEach, beforeEach, expect, it } from 'vitest'
import { Crash, calls, countTool, MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { ProbePoint } from '../host.ts'

let way: MessageWay
beforeEach(() => {
  way = new MessageWay()
  // The same scripted engine, as a model: look-ups, rewrites and journal of those that work on prompts.
  Object.assign(way.engine, {
    kind: 'remote',
    capabilities: { prompted: true, contextTokens: null, images: false },
  })
})
afterEach(() => way.close())

/** Dies when the point is passed for the n-th time. */
function crashAt(point: ProbePoint, time = 1): void {
  let passed = 0
  way.probe = (now) => {
    if (now !== point || ++passed !== time) return
    throw new Crash()
  }
}

const lie = 'El café vale 5 €.'

it('after a refused draft was journaled: it is written again once, with the reasons', async () => {
  const { conversationId } = way.receive('hola')
  way.engine.answer = (request) => says(request.steps.length > 5 ? 'x' : lie)
  crashAt('answer.journaled')
  expect(await way.runOpenTurn(conversationId)).toBe('crashed')
  expect(way.engine.asked).toHaveLength(1)
  expect(await way.runOpenTurn(conversationId)).toBe('ended')
  expect(way.engine.asked).toHaveLength(2)
  expect(way.texts(conversationId).filter((text) => text.startsWith('agent'))).toHaveLength(1)
  expect(way.texts(conversationId).join()).not.toContain('5 €')
  const [, reply] = way.conversations.messages({ conversationId, limit: 10 })
  const trace = way.conversations.trace(reply?.id ?? '')
  expect(trace?.steps.map(({ refused }) => refused !== null)).toEqual([true, false])
  expect(trace?.gate).toMatchObject({ ok: false, refusedText: lie })
})

it('after a call was journaled: neither answer nor call is repeated', async () => {
  const { conversationId } = way.receive('hola')
  way.engine.answer = (request) =>
    request.steps.length === 0 ? calls({ name: 'count', arguments: {} }) : says('Vale.')
  crashAt('call.committed')
  expect(await way.runOpenTurn(conversationId)).toBe('crashed')
  expect(await way.runOpenTurn(conversationId)).toBe('ended')
  expect(way.engine.asked.map(({ step }) => step)).toEqual([0, 1])
  expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('1')
})

it('after the look-ups were journaled: they are not looked up again', async () => {
  way.close()
  let looked = 0
  way = new MessageWay({
    tools: [
      {
        ...countTool,
        name: 'search_products',
        effect: false,
        run: async () => {
          looked += 1
          return { data: {}, facts: [], cites: [] }
        },
      },
    ],
  })
  Object.assign(way.engine, {
    kind: 'remote',
    capabilities: { prompted: true, contextTokens: null, images: false },
  })
  const { conversationId } = way.receive('¿tenéis tazas azules?')
  way.engine.answer = () => says('¿Para quién es?')
  crashAt('call.committed')
  expect(await way.runOpenTurn(conversationId)).toBe('crashed')
  expect(await way.runOpenTurn(conversationId)).toBe('ended')
  expect(looked).toBe(1)
  expect(way.engine.asked).toHaveLength(1)
  expect(way.engine.asked[0]?.steps).toMatchObject([
    { by: 'retrieval', calls: [{ name: 'search_products' }] },
  ])
})
