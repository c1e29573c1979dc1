import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import { withMutant } from '../mutants.ts'
import { judgeLoop, type LoopState } from './loop-guard.ts'

let way: MessageWay
beforeEach(() => {
  way = new MessageWay()
})
afterEach(() => way.close())

describe('receiving', () => {
  it('stores customer, conversation, message and turn at once; a repeat changes nothing', () => {
    const message = way.message('hola')
    expect(way.inbox.receive(way.accountId, message)).toMatchObject({ status: 'new' })
    const events = way.value('SELECT count(*) FROM events')
    expect(way.inbox.receive(way.accountId, message)).toEqual({ status: 'repeat' })
    expect(way.value('SELECT count(*) FROM messages')).toBe(1)
    expect(way.value('SELECT count(*) FROM turns')).toBe(1)
    expect(way.value('SELECT count(*) FROM customers')).toBe(1)
    expect(way.value('SELECT count(*) FROM events')).toBe(events)
  })

  it('is noticed when a message can be stored twice', async () => {
    const message = way.message('hola')
    await withMutant('inbox.unique_message', () => {
      way.inbox.receive(way.accountId, message)
      way.inbox.receive(way.accountId, message)
    })
    expect(way.value('SELECT count(*) FROM messages')).toBe(2)
  })

  it('keeps what the shop knows of a person out of a group', async () => {
    way.test.storage.write('person:owner', (tx) => way.governor.setRules(tx, way.accountId, { groups: true }))
    const eva = { externalId: 'eva', name: 'Eva', isBot: false }
    const chat = { chatId: '-100', chatKind: 'group' as const, chatName: 'Vecinos', addressed: true }
    const alone = way.receive('sin nueces, por favor')
    const of = (id: string) => way.value(`SELECT customer_id FROM conversations WHERE id = '${id}'`)
    const ana = String(of(alone.conversationId))
    way.test.storage.write('system', (tx) =>
      way.customers.addPreference(tx, ana, { topic: 'allergy', text: 'sin nueces' }),
    )
    const { conversationId } = way.receive('¿abrís hoy?', chat)
    way.receive('¿qué sabes de mí?', { ...chat, from: eva })
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked.at(-1)?.customer).toMatchObject({ preferences: [] })
    expect(of(conversationId)).not.toBe(ana)
    expect(way.conversations.get(conversationId).customerName).toBe('Vecinos')
    // Who wrote is known all the same.
    expect(way.value('SELECT group_concat(DISTINCT name) FROM customers')).toBe('Ana,Vecinos,Eva')
  })

  it('keeps one open turn for a burst', () => {
    const { conversationId } = way.receive('hola')
    way.receive('una pregunta')
    way.receive('¿tienen café?')
    expect(way.value('SELECT count(*) FROM turns')).toBe(1)
    expect(way.turns.openOf(conversationId)?.firstMessageSeq).toBe(1)
  })

  it('is noticed when a conversation may have two open turns', async () => {
    way.receive('hola')
    // The table holds the same line: the guard is doubled.
    await withMutant('turns.one_open', () => expect(() => way.receive('otra')).toThrow(/UNIQUE/))
  })

  it('loses nothing when the disk is full: it throws, and the same message comes in later', () => {
    const { sql } = way.test.storage
    way.receive('hola')
    sql.pragma(`max_page_count = ${Number(sql.pragma('page_count', { simple: true }))}`)
    const long = way.message('largo '.repeat(2_600))
    expect(() => {
      for (let i = 0; i < 50; i++) way.inbox.receive(way.accountId, { ...long, externalId: `full-${i}` })
    }).toThrowError(expect.objectContaining({ code: 'storage.full' }))
    const stored = Number(way.value('SELECT count(*) FROM messages'))
    sql.pragma('max_page_count = 1000000')
    expect(way.inbox.receive(way.accountId, { ...long, externalId: `full-${stored - 1}` })).toMatchObject({
      status: 'new',
    })
    expect(way.value('SELECT count(*) FROM messages')).toBe(stored + 1)
  })

  it('ignores groups unless the owner turned them on, and what is not said to it there', () => {
    const chat = { chatId: '-100', chatKind: 'group' as const }
    const group = way.message('hola a todos', { ...chat, addressed: true })
    expect(way.inbox.receive(way.accountId, group)).toEqual({ status: 'ignored' })
    way.test.storage.write('person:1', (tx) => way.governor.setRules(tx, way.accountId, { groups: true }))
    expect(way.inbox.receive(way.accountId, way.message('hola a todos', chat))).toEqual({ status: 'ignored' })
    expect(way.inbox.receive(way.accountId, group)).toMatchObject({ status: 'new' })
    const status = way.message('de vacaciones', { chatKind: 'broadcast', addressed: true })
    expect(way.inbox.receive(way.accountId, status)).toEqual({ status: 'ignored' })
  })

  it('keeps what a message said before it was edited, replies and removals', () => {
    const first = way.message('quiero 2')
    const { conversationId } = { ...way.inbox.receive(way.accountId, first) } as { conversationId: string }
    way.receive('eso', { replyToExternalId: first.externalId })
    way.inbox.edit(way.accountId, {
      chatId: 'chat',
      externalId: first.externalId,
      text: 'quiero 3',
      at: Date.now(),
    })
    const [edited, reply] = way.conversations.messages({ conversationId, limit: 10 })
    expect(edited).toMatchObject({ text: 'quiero 3' })
    expect(edited?.editedAt).not.toBeNull()
    expect(reply?.replyToId).toBe(edited?.id)
    expect(way.value('SELECT text_before FROM message_edits')).toBe('quiero 2')
    way.inbox.remove(way.accountId, { chatId: 'chat', externalId: first.externalId, at: Date.now() })
    expect(way.conversations.messages({ conversationId, limit: 10 })[0]).toMatchObject({ text: '' })
    expect(way.value('SELECT text FROM messages WHERE removed_at IS NOT NULL')).toBe('quiero 3')
  })

  it('stores attachments to be fetched', () => {
    const { conversationId } = way.receive('mira', {
      attachments: [
        { kind: 'photo', reference: { fileId: 'x' } },
        { kind: 'location', reference: { latitude: 1, longitude: 2 } },
      ],
    })
    const [message] = way.conversations.messages({ conversationId, limit: 1 })
    expect(message?.attachments.map(({ kind, state }) => [kind, state])).toEqual([
      ['photo', 'pending'],
      ['location', 'stored'],
    ])
  })
})

describe('who holds a conversation', () => {
  it('take: no turn for new messages; hand-back: what is unanswered gets one', async () => {
    const { conversationId } = way.receive('hola')
    way.conversations.take('person:1', conversationId)
    expect(way.turns.openOf(conversationId)).toBeNull()
    const second = way.receive('¿hay alguien?')
    expect(way.turns.openOf(conversationId)).toBeNull()
    way.conversations.handBack('person:1', conversationId)
    const turn = way.turns.openOf(conversationId)
    expect(turn).not.toBeNull()
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked[0]?.input.map((input) => input.text)).toEqual(['hola', '¿hay alguien?'])
    expect(second.conversationId).toBe(conversationId)
  })

  it('hand-back after the owner answered schedules nothing', () => {
    const { conversationId } = way.receive('hola')
    way.conversations.send('person:1', conversationId, '¡Hola, soy Marta!')
    way.conversations.handBack('person:1', conversationId)
    expect(way.turns.openOf(conversationId)).toBeNull()
  })

  it("the owner's message cancels the bot's queued reply and leaves itself", async () => {
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    way.conversations.send('person:1', conversationId, 'Yo me ocupo')
    const states = way.conversations
      .messages({ conversationId, limit: 10 })
      .map(({ author, delivery }) => [author, delivery])
    expect(states).toEqual([
      ['customer', null],
      ['agent', 'cancelled'],
      ['person', 'queued'],
    ])
    const sender = way.sender()
    const sent = way.event('outbox.changed', ({ state }) => state === 'sent')
    sender.start()
    await sent
    await sender.stop()
    expect(way.channel.sent.map(({ payload }) => payload)).toEqual([{ type: 'text', text: 'Yo me ocupo' }])
  })

  it('an own message that matches no send is the owner: the bot stops', () => {
    const { conversationId } = way.receive('hola')
    way.receive('Te llamo ahora', { own: true, from: { externalId: 'me', name: 'Tienda', isBot: false } })
    expect(way.conversations.get(conversationId)).toMatchObject({
      mode: 'person',
      modeReason: 'wrote_outside',
    })
    expect(way.turns.openOf(conversationId)).toBeNull()
  })

  it('an own message that matches an unknown send resolves it and changes nothing else', async () => {
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    const row = way.outbox.claim(conversationId)
    way.outbox.recover()
    expect(way.outbox.unknown().map(({ id }) => id)).toEqual([row?.id])
    expect(way.inbox.receive(way.accountId, way.message('Hola.', { own: true }))).toEqual({ status: 'echo' })
    expect(way.outbox.unknown()).toEqual([])
    expect(way.conversations.get(conversationId).mode).toBe('bot')
  })

  it('refuses empty and endless texts', () => {
    const { conversationId } = way.receive('hola')
    expect(() => way.conversations.send('person:1', conversationId, '  ')).toThrowError(
      expect.objectContaining({ code: 'conversation.empty_message' }),
    )
    expect(() => way.conversations.send('person:1', conversationId, 'x'.repeat(9_000))).toThrowError(
      expect.objectContaining({ code: 'input.invalid' }),
    )
    expect(() => way.conversations.take('person:1', 'nobody')).toThrowError(
      expect.objectContaining({ code: 'not_found' }),
    )
  })
})

describe('bursts', () => {
  it('are answered once, after a quiet window that has an end', async () => {
    way.close()
    const clock = new ManualClock()
    way = new MessageWay({ clock })
    const runner = way.runner(1_000)
    runner.start({ resume: true })
    way.engine.answer = () => says('Vale.')
    const done = way.event('turn.changed', ({ state }) => state === 'done')
    const { conversationId } = way.receive('hola')
    // Nine messages, each before the window is over: the longest wait answers them.
    for (let i = 0; i < 9; i++) {
      clock.advance(600)
      way.receive(`y ${'abcdefghi'[i]} también`)
    }
    await done
    await runner.stop()
    expect(way.texts(conversationId).filter((text) => text.startsWith('agent'))).toHaveLength(1)
    expect(way.engine.asked[0]?.input.length).toBeGreaterThanOrEqual(8)
  })

  it('are not held up by a wall clock that jumps', async () => {
    way.close()
    const clock = new ManualClock()
    way = new MessageWay({ clock })
    const runner = way.runner(1_000)
    runner.start({ resume: true })
    const done = way.event('turn.changed', ({ state }) => state === 'done')
    way.receive('hola')
    clock.jump(-3_600_000 * 24)
    clock.advance(1_000)
    await done
    await runner.stop()
  })
})

describe('two bots talking to each other', () => {
  /** Another bot answers every reply at once; gives how many replies it got before it stopped. */
  async function talk(answer: (reply: string, round: number) => string, fromBot = false): Promise<number> {
    let round = 0
    way.engine.answer = () => says(`Hola, soy la tienda, mensaje ${round} para ti.`)
    let text = 'Hola, soy un asistente'
    for (; round < 40; round++) {
      const { conversationId } = way.receive(text, {
        from: { externalId: 'bot', name: 'Bot', isBot: fromBot },
      })
      if (way.turns.openOf(conversationId) === null) return round
      await way.runOpenTurn(conversationId)
      text = answer(way.texts(conversationId).at(-1)?.replace('agent: ', '') ?? '', round)
    }
    return round
  }

  it('stop when one says the same again and again, counters and all', async () => {
    expect(
      await talk((_, round) => `Gracias por su mensaje número ${round}, le atenderemos pronto.`),
    ).toBeLessThan(8)
    expect(way.value('SELECT mode_reason FROM conversations')).toBe('loop_repeats')
  })

  it('stop when one repeats our replies', async () => {
    expect(await talk((reply) => reply)).toBeLessThan(8)
  })

  it('stop when one answers faster than anybody reads', async () => {
    const words = 'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce'.split(' ')
    expect(await talk((_, round) => `Mensaje del sistema ${words[round % words.length]}`)).toBeLessThan(15)
  })

  it('stop at once when the platform says it is a bot', async () => {
    expect(await talk(() => 'hola', true)).toBe(0)
  })

  it('are noticed when the guard is off', async () => {
    expect(await withMutant('loops.stop', () => talk((reply) => reply))).toBe(40)
  })

  it('are never seen in people who take their time and say different things', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 40 }),
        (texts) => {
          let state: LoopState = {}
          for (const text of texts) {
            if (!/\p{L}{2}/u.test(text)) continue
            const shapes = new Set(
              texts.map((other) =>
                other
                  .toLowerCase()
                  .normalize('NFKD')
                  .replace(/[^\p{L}]+/gu, ' ')
                  .trim(),
              ),
            )
            if (shapes.size < texts.length) return
            const verdict = judgeLoop(state, {
              text,
              fromBot: false,
              afterReplyMs: 4_000,
              ownReplies: ['¡Hola! ¿Qué buscas hoy?'],
              judgePace: true,
            })
            expect(verdict.stop).toBe(false)
            state = verdict.state
          }
        },
      ),
    )
  })
})
