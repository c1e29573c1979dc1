import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { EngineError } from '../engines/engine.ts'
import { withMutant } from '../mutants.ts'
import { DraftWorker } from './worker.ts'

const hour = 3_600_000

let way: MessageWay
let conversationId: string
let draftId: string
let worker: DraftWorker | null
beforeEach(async () => {
  way = new MessageWay({ clock: new ManualClock(), wake: true })
  worker = null
  conversationId = way.receive('¿tenéis pan?', {
    sentAt: way.test.clock.now() - 3 * hour,
    missed: true,
  }).conversationId
  await way.runOpenTurn(conversationId)
  draftId = way.drafts.list()[0]?.id ?? ''
})
afterEach(async () => {
  await worker?.stop()
  way.close()
})

type Suggest = (conversationId: string, signal: AbortSignal) => Promise<{ text: string; engine: string }>

function start(suggest: Suggest): DraftWorker {
  worker = new DraftWorker({
    drafts: way.drafts,
    bus: way.test.bus,
    log: testLog(),
    suggest,
    busy: () => way.wake.paused() || way.turns.open().length > 0,
  })
  worker.start()
  return worker
}

async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
}

const state = () => way.drafts.get(draftId).state
const good: Suggest = async () => ({ text: 'Sí, de hoy.', engine: 'builtin' })

async function write(): Promise<void> {
  start(good)
  await settled()
}

describe('writing drafts', () => {
  it('asks for what the assistant would say, and sends nothing', async () => {
    await write()
    expect(way.drafts.get(draftId)).toMatchObject({
      state: 'ready',
      text: 'Sí, de hoy.',
      engine: 'builtin',
      customer: { name: 'Ana' },
      asked: [{ text: '¿tenéis pan?' }],
    })
    expect(way.value('SELECT count(*) FROM outbox')).toBe(0)
  })

  it('one at a time, the oldest first', async () => {
    for (const chatId of ['luis', 'eva']) {
      const later = way.receive(chatId, { chatId, sentAt: way.test.clock.now() - 3 * hour, missed: true })
      await way.runOpenTurn(later.conversationId)
    }
    let running = 0
    const order: string[] = []
    start(async (id) => {
      running += 1
      expect(running).toBe(1)
      order.push(id)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return { text: 'Hola', engine: 'builtin' }
    })
    await settled()
    await settled()
    expect(order).toEqual(way.drafts.list().map((draft) => draft.conversationId))
    expect(order).toHaveLength(3)
  })

  it('waits while customers wait for an answer', async () => {
    const other = way.receive('hola', { chatId: 'luis' })
    await write()
    expect(state()).toBe('waiting')
    await way.runOpenTurn(other.conversationId)
    await settled()
    expect(state()).toBe('ready')
  })

  it('stops in a pause, and goes on after it', async () => {
    const stopped = Promise.withResolvers<void>()
    let times = 0
    start(async (_id, signal) => {
      times += 1
      if (times > 1) return { text: 'Sí.', engine: 'builtin' }
      signal.addEventListener('abort', () => stopped.resolve())
      await stopped.promise
      throw new Error('stopped')
    })
    await settled()
    way.wake.pause('person:ana')
    await settled()
    expect([state(), times]).toEqual(['waiting', 1])
    way.wake.resume('person:ana')
    await settled()
    expect([state(), times]).toEqual(['ready', 2])
  })

  it('notes why none could be written, and tries again when told to', async () => {
    let fail = true
    start(async () => {
      if (fail) throw new EngineError('out_of_credit')
      return { text: 'Sí.', engine: 'remote' }
    })
    await settled()
    expect(way.drafts.get(draftId)).toMatchObject({ state: 'failed', error: 'engine.out_of_credit' })
    expect(way.drafts.list()).toHaveLength(1)
    fail = false
    way.drafts.retry('person:ana', draftId)
    await settled()
    expect(way.drafts.get(draftId)).toMatchObject({ state: 'ready', error: null, text: 'Sí.' })
  })

  it('takes up what a killed process was writing, and gives up what kills each time', () => {
    for (let death = 0; death < 3; death++) expect(way.drafts.begin()?.id).toBe(draftId)
    expect(way.drafts.begin()).toBeNull()
    expect(way.drafts.get(draftId)).toMatchObject({ state: 'failed', error: 'engine.crashed' })
  })
})

describe('sending a draft', () => {
  it('is an answer and no take-over, once', async () => {
    await write()
    const messageId = way.drafts.send('person:ana', draftId, 'Sí, recién hecho.')
    expect(way.texts(conversationId)).toEqual(['customer: ¿tenéis pan?', 'person: Sí, recién hecho.'])
    expect(way.conversations.get(conversationId).mode).toBe('bot')
    expect(way.value(`SELECT count(*) FROM outbox WHERE message_id = '${messageId}'`)).toBe(1)
    expect(() => way.drafts.send('person:ana', draftId, 'Otra vez')).toThrow('conflict')
    expect(way.drafts.list()).toEqual([])
    // Nothing is left for the bot to answer.
    way.conversations.take('person:ana', conversationId)
    way.conversations.handBack('person:ana', conversationId)
    expect(way.turns.openOf(conversationId)).toBeNull()
  })

  it('leaves a conversation with the person who has it', async () => {
    await write()
    way.conversations.take('person:ana', conversationId)
    way.drafts.send('person:ana', draftId, 'Sí.')
    expect(way.conversations.get(conversationId).mode).toBe('person')
  })

  it('is refused before it is written', () => {
    expect(() => way.drafts.send('person:ana', draftId, 'Sí')).toThrow('draft.not_ready')
  })
})

describe('a draft is overtaken', () => {
  const writers: [string, () => void][] = [
    ['the customer', () => way.receive('¿hola?')],
    ['a person', () => way.conversations.send('person:ana', conversationId, 'Buenas')],
    ['the phone', () => way.inbox.receive(way.accountId, way.message('Ya te digo', { own: true }))],
  ]

  it.each(writers)('by what %s writes', async (_who, writes) => {
    await write()
    writes()
    expect(state()).toBe('overtaken')
    expect(() => way.drafts.send('person:ana', draftId, 'Sí')).toThrow('draft.overtaken')
    expect(way.drafts.list()).toEqual([])
  })

  it('while it is written', async () => {
    const go = Promise.withResolvers<void>()
    start(async () => {
      await go.promise
      return { text: 'Sí', engine: 'builtin' }
    })
    await settled()
    way.receive('¿hola?')
    go.resolve()
    await settled()
    expect(way.drafts.get(draftId)).toMatchObject({ state: 'overtaken', text: '' })
  })

  it('also where nobody was there to see it, and it would be seen to be sent', async () => {
    await write()
    // As if the process had died before it looked.
    way.drafts.stop()
    way.conversations.send('person:ana', conversationId, 'Buenas')
    expect(state()).toBe('ready')
    expect(() => way.drafts.send('person:ana', draftId, 'Sí')).toThrow('draft.overtaken')
    await withMutant('drafts.overtaken', () => way.drafts.send('person:ana', draftId, 'Sí'))
    expect(way.texts(conversationId)).toHaveLength(3)
  })

  it('not by a note, and not by words that were never sent', async () => {
    await write()
    way.conversations.note('person:ana', conversationId, 'es mi primo')
    expect(state()).toBe('ready')
  })

  it('by what the customer takes back; what they change is answered anew', async () => {
    await write()
    way.inbox.edit(way.accountId, { chatId: 'chat', externalId: 'm1', text: '¿tenéis vino?', at: 0 })
    await settled()
    expect(way.drafts.list()).toMatchObject([{ state: 'ready', asked: [{ text: '¿tenéis vino?' }] }])
    way.inbox.remove(way.accountId, { chatId: 'chat', externalId: 'm1', at: 0 })
    expect(way.drafts.list()).toEqual([])
  })
})
