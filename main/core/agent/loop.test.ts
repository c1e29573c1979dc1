import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Crash, calls, countTool, MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { ProbePoint } from '../host.ts'
import { withMutant } from '../mutants.ts'
import type { Tool } from './tools/tool.ts'

let way: MessageWay
beforeEach(() => {
  way = new MessageWay()
})
afterEach(() => way.close())

/** Counts once, then answers. */
function countsOnce(): void {
  way.engine.answer = (request) =>
    request.steps.length === 0 ? calls({ name: 'count', arguments: {} }) : says('Hecho.')
}

function crashAt(point: ProbePoint): void {
  let crashed = false
  way.probe = (passed) => {
    if (passed !== point || crashed) return
    crashed = true
    throw new Crash()
  }
}

describe('a turn', () => {
  it('commits reply, outbox rows, trace, state and its end together', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = () => says('¡Hola! ¿En qué puedo ayudarte?')
    expect(await way.runOpenTurn(conversationId)).toBe('ended')
    expect(way.texts(conversationId)).toEqual(['customer: hola', 'agent: ¡Hola! ¿En qué puedo ayudarte?'])
    const [, reply] = way.conversations.messages({ conversationId, limit: 10 })
    expect(reply?.delivery).toBe('queued')
    expect(way.conversations.trace(reply?.id ?? '')).toMatchObject({
      engine: 'scripted',
      endReason: 'replied',
      gate: { ok: true },
    })
    expect(way.turns.openOf(conversationId)).toBeNull()
  })

  it('records what each message is about', async () => {
    const { conversationId } = way.receive('¿Cuánto cuesta el café?')
    await way.runOpenTurn(conversationId)
    const [message] = way.conversations.messages({ conversationId, limit: 10 })
    expect(message?.understanding).toMatchObject({ class: 'catalog_question', language: 'es' })
  })

  it('gives the engine the results of its calls, errors included', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = (request) =>
      request.steps.length === 0
        ? calls({ name: 'nothing_like_it', arguments: {} }, { name: 'count', arguments: {} })
        : says('Hecho.')
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked[1]?.steps[0]?.calls).toEqual([
      {
        name: 'nothing_like_it',
        arguments: {},
        result: { ok: false, code: 'tool.unknown', data: { tool: 'nothing_like_it' } },
      },
      { name: 'count', arguments: {}, result: { ok: true, data: { done: true } } },
    ])
  })

  it('takes in a message that came while it ran, in its next step', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = (request) => {
      if (request.steps.length > 0) return says('Hecho.')
      way.receive('otra cosa')
      return calls({ name: 'count', arguments: {} })
    }
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked.map((request) => request.input.length)).toEqual([1, 2])
    expect(way.turns.openOf(conversationId)).toBeNull()
  })

  it('drops an unsent draft for a newer message, at most twice', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = (request) => {
      way.receive('y otra')
      return says(`Respuesta ${request.input.length}`)
    }
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked).toHaveLength(3)
    expect(way.texts(conversationId).filter((text) => text.startsWith('agent'))).toEqual([
      'agent: Respuesta 3',
    ])
    // The message that came during the third draft is not lost: it has a turn of its own.
    const [, , , fourth] = way.conversations.messages({ conversationId, limit: 10 })
    expect(way.turns.openOf(conversationId)?.firstMessageSeq).toBe(fourth?.seq)
  })

  it('ends with what is known when an engine calls tools for ever', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = () => calls({ name: 'count', arguments: {} })
    await way.runOpenTurn(conversationId)
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('8')
    expect(way.texts(conversationId)).toHaveLength(2)
  })

  it('sends something else when the gate refuses the draft, and says so in the trace', async () => {
    const { conversationId } = way.receive('¿el café vale 5 €?')
    way.engine.answer = () => says('Sí, el café vale 5 €.')
    await way.runOpenTurn(conversationId)
    const [, reply] = way.conversations.messages({ conversationId, limit: 10 })
    expect(reply?.text).not.toContain('5')
    expect(way.conversations.trace(reply?.id ?? '')?.gate).toMatchObject({
      ok: false,
      refusedText: 'Sí, el café vale 5 €.',
    })
  })
})

describe('a crash', () => {
  it('after the answer was journaled: the engine is not asked again and the call runs once', async () => {
    countsOnce()
    const { conversationId } = way.receive('hola')
    crashAt('answer.journaled')
    expect(await way.runOpenTurn(conversationId)).toBe('crashed')
    expect(await way.runOpenTurn(conversationId)).toBe('ended')
    expect(way.engine.asked.map((request) => request.step)).toEqual([0, 1])
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('1')
  })

  it('after a call was committed: the call is not run again', async () => {
    countsOnce()
    const { conversationId } = way.receive('hola')
    crashAt('call.committed')
    expect(await way.runOpenTurn(conversationId)).toBe('crashed')
    expect(await way.runOpenTurn(conversationId)).toBe('ended')
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('1')
  })

  it('is noticed when a call and its journal entry do not commit together', async () => {
    countsOnce()
    const { conversationId } = way.receive('hola')
    crashAt('call.committed')
    await withMutant('journal.call', async () => {
      expect(await way.runOpenTurn(conversationId)).toBe('crashed')
      await way.runOpenTurn(conversationId)
    })
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('2')
  })

  it('is noticed when calls run before the answer is journaled', async () => {
    countsOnce()
    const { conversationId } = way.receive('hola')
    crashAt('answer.journaled')
    await withMutant('journal.answer', async () => {
      expect(await way.runOpenTurn(conversationId)).toBe('crashed')
    })
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked.filter((request) => request.step === 0)).toHaveLength(2)
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('2')
  })

  it('in every attempt ends the turn with a safe reply and a person', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = () => {
      throw new Crash()
    }
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await way.runOpenTurn(conversationId)).toBe('crashed')
    const runner = way.runner()
    const ended = way.event('turn.changed', ({ state }) => state === 'failed')
    runner.start({ resume: true })
    await ended
    await runner.stop()
    expect(way.conversations.get(conversationId)).toMatchObject({ mode: 'person', modeReason: 'turn_failed' })
    expect(way.texts(conversationId)[1]).toMatch(/Una persona de la tienda/)
  })

  it('in every attempt still tells what was done, in the language of who asked', async () => {
    way.close()
    const add: Tool = {
      name: 'add',
      description: 'adds a mug',
      input: z.object({}),
      effect: true,
      run: () => ({
        data: {},
        facts: [
          { kind: 'product', productId: 'mug', names: ['Blue Mug'], status: 'available', text: '' },
          { kind: 'action', action: 'cart_added', productId: 'mug', quantity: 1 },
        ],
        cites: [],
      }),
    }
    way = new MessageWay({ tools: [add] })
    const { conversationId } = way.receive('please add the blue mug to my basket')
    way.engine.answer = (request) => {
      if (request.steps.length === 0) return calls({ name: 'add', arguments: {} })
      throw new Crash()
    }
    for (let attempt = 0; attempt < 3; attempt++) await way.runOpenTurn(conversationId)
    const turn = way.turns.openOf(conversationId)
    if (turn !== null) way.agent.giveUp(turn)
    expect(way.texts(conversationId).at(-1)).toMatch(/Blue Mug[\s\S]*Somebody from the shop/)
  })

  it('is noticed when attempts are not counted', async () => {
    const { conversationId } = way.receive('hola')
    way.engine.answer = () => {
      throw new Crash()
    }
    await withMutant('turns.attempts', async () => {
      for (let attempt = 0; attempt < 5; attempt++) await way.runOpenTurn(conversationId)
    })
    expect(way.turns.openOf(conversationId)?.attempts).toBe(0)
  })
})

describe('a take-over', () => {
  /** The owner takes the conversation while the engine thinks; gives what happened to the turn. */
  async function takenWhile(step: 'before the calls' | 'before the reply'): Promise<string> {
    const { conversationId } = way.receive('hola')
    way.engine.answer = (request) => {
      if (step === 'before the calls' || request.steps.length > 0)
        way.conversations.take('person:1', conversationId)
      return request.steps.length === 0 ? calls({ name: 'count', arguments: {} }) : says('Hecho.')
    }
    await way.runOpenTurn(conversationId).catch(() => undefined)
    return conversationId
  }

  it('stops effects that have not happened yet', async () => {
    await takenWhile('before the calls')
    expect(way.value("SELECT count(*) FROM settings WHERE key = 'count'")).toBe(0)
  })

  it('stops the reply; what was done already is shown as not told', async () => {
    const conversationId = await takenWhile('before the reply')
    expect(way.texts(conversationId)).toEqual(['customer: hola'])
    expect(way.conversations.get(conversationId).untold).toMatchObject([{ tool: 'count' }])
  })

  it('is noticed when effects ignore the epoch', async () => {
    await withMutant('epoch.effect', () => takenWhile('before the calls'))
    expect(way.value("SELECT count(*) FROM settings WHERE key = 'count'")).toBe(1)
  })

  it('is noticed when the reply ignores the epoch', async () => {
    const conversationId = await withMutant('epoch.reply', () => takenWhile('before the reply'))
    expect(way.texts(conversationId)).toHaveLength(2)
  })
})

describe('rows that a reply cites', () => {
  const look: Tool = {
    name: 'look',
    description: 'reads the shop row',
    input: z.object({}),
    effect: false,
    run: async () => {
      const revision = Number(way.value('SELECT revision FROM shop'))
      return { data: { revision }, facts: [], cites: [{ table: 'shop', id: 'shop', revision }] }
    },
  }
  const change = () =>
    way.test.storage.write('system', (tx) => tx.sql.prepare('UPDATE shop SET revision = revision + 1').run())

  async function changedUnderTheReply(): Promise<string> {
    way.close()
    way = new MessageWay({ tools: [countTool, look] })
    const { conversationId } = way.receive('hola')
    let changes = 0
    way.engine.answer = (request) => {
      const result = request.steps[0]?.calls[0]?.result
      if (result?.ok !== true) return calls({ name: 'look', arguments: {} })
      if (changes++ === 0) change()
      return says(`Hola ${JSON.stringify(result.data) === '{"revision":1}' ? 'antigua' : 'nueva'}`)
    }
    await way.runOpenTurn(conversationId)
    return way.texts(conversationId).at(-1) ?? ''
  }

  it('are read again when they changed, and the draft is made anew', async () => {
    expect(await changedUnderTheReply()).toBe('agent: Hola nueva')
  })

  it('are seen to be stale when nobody reads them again', async () => {
    expect(await withMutant('citations.revision', () => changedUnderTheReply())).toBe('agent: Hola antigua')
  })
})
