import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import { EventBus } from '../events.ts'
import { withMutant } from '../mutants.ts'
import { openStorage } from '../storage/open.ts'

const minute = 60_000
const hour = 60 * minute

let clock: ManualClock
let way: MessageWay
beforeEach(() => {
  clock = new ManualClock()
  way = new MessageWay({ clock, wake: true })
})
afterEach(() => way.close())

/** The channel is there, and has been for a while. */
function listen(): void {
  channel('ready')
  clock.advance(5 * minute)
}

function channel(state: string): void {
  way.test.storage.write('system', (tx) =>
    tx.emit('channel.changed', { channelAccountId: way.accountId, state }),
  )
}

/** The process dies, and another one goes on with the shop later. */
function restart(afterMs: number): void {
  const { dir, brief, storage } = way.test
  storage.sql.close()
  clock = new ManualClock(clock.now() + afterMs)
  const bus = new EventBus((error) => {
    throw error
  })
  const next = openStorage(join(dir, 'shop.db'), { clock, bus })
  way = new MessageWay({
    storage: { storage: next, bus, clock, dir, brief, close: () => next.sql.close() },
    wake: true,
  })
}

async function answerAll(): Promise<void> {
  for (const turn of way.turns.open()) await way.runOpenTurn(turn.conversationId)
}

const replies = () => way.value("SELECT count(*) FROM messages WHERE author = 'agent'")
const drafts = () => way.drafts.list().map(({ state, asked }) => [state, ...asked.map(({ text }) => text)])

/** Long polling went on under the closed lid: the messages come at once when it opens. */
function closedLid(): void {
  listen()
  clock.sleep(8 * hour)
  const now = clock.now()
  way.receive('¿abrís hoy?', { sentAt: now - 7 * hour })
  way.receive('¿tenéis pan?', { chatId: 'luis', sentAt: now - 10 * minute })
}

describe('after sleep', () => {
  it('answers what is recent and keeps the rest as drafts', async () => {
    closedLid()
    await answerAll()
    expect(drafts()).toEqual([['waiting', '¿abrís hoy?']])
    expect(way.engine.asked.map(({ input }) => input[0]?.text)).toEqual(['¿tenéis pan?'])
    expect(replies()).toBe(1)
    expect(way.value("SELECT end_reason FROM turns WHERE state = 'done' ORDER BY seq LIMIT 1")).toBe('old')
  })

  it('would be seen to answer what is old', async () => {
    await withMutant('wake.old_is_not_answered', async () => {
      closedLid()
      await answerAll()
      expect(drafts()).toEqual([])
      expect(replies()).toBe(2)
    })
  })

  it('tells of it, with what came, was answered and waits', async () => {
    closedLid()
    await answerAll()
    await new Promise((resolve) => setImmediate(resolve))
    expect(way.wake.absences()).toMatchObject([
      { reason: 'asleep', messages: 2, conversations: 2, answered: 1, drafts: 1 },
    ])
    way.wake.seen('person:ana', way.wake.absences()[0]?.id ?? '')
    expect(way.wake.absences()).toEqual([])
  })

  it('counts a turn that slept with the computer from when its message came', async () => {
    listen()
    const { conversationId } = way.receive('¿abrís hoy?')
    clock.sleep(8 * hour)
    await way.runOpenTurn(conversationId)
    expect(drafts()).toEqual([['waiting', '¿abrís hoy?']])
    expect(replies()).toBe(0)
  })

  it('remembers the sleep when the connection comes back much later', async () => {
    listen()
    clock.sleep(8 * hour)
    clock.advance(minute)
    channel('waiting')
    clock.advance(9 * minute)
    channel('ready')
    const { conversationId } = way.receive('¿abrís hoy?', { sentAt: clock.now() - 7 * hour })
    await way.runOpenTurn(conversationId)
    expect(drafts()).toHaveLength(1)
  })
})

describe('a clock that is wrong', () => {
  async function wrongClock(): Promise<void> {
    listen()
    // The platform's time is right, the computer's six hours ahead.
    const { conversationId } = way.receive('Hola', { sentAt: clock.now() - 6 * hour })
    await way.runOpenTurn(conversationId)
  }

  it('makes no live message old', async () => {
    await wrongClock()
    expect(replies()).toBe(1)
    expect(drafts()).toEqual([])
  })

  it('would be seen to', async () => {
    await withMutant('wake.live_is_not_old', wrongClock)
    expect(replies()).toBe(0)
  })

  it('is still live when the owner has just changed the account’s rules', async () => {
    listen()
    channel('rules')
    clock.advance(11 * minute)
    const { conversationId } = way.receive('Hola', { sentAt: clock.now() - 6 * hour })
    await way.runOpenTurn(conversationId)
    expect(replies()).toBe(1)
    expect(way.wake.absences()).toEqual([])
  })

  it('makes none old either right after a short loss of the connection', async () => {
    listen()
    channel('waiting')
    clock.advance(minute)
    channel('ready')
    const { conversationId } = way.receive('Hola', { sentAt: clock.now() - 6 * hour })
    await way.runOpenTurn(conversationId)
    expect(replies()).toBe(1)
  })

  it.each(['rules', 'chats', 'browser'])('makes none old after the owner changes the %s', async (what) => {
    listen()
    channel(what)
    clock.advance(15 * minute)
    expect(way.wake.absences()).toEqual([])
    const { conversationId } = way.receive('Hola', { sentAt: clock.now() - 6 * hour })
    await way.runOpenTurn(conversationId)
    expect([replies(), drafts()]).toEqual([1, []])
  })

  it.each([5, -5])('and is set by %s hours while a message waits changes nothing', async (hours) => {
    listen()
    const { conversationId } = way.receive('Hola')
    clock.jump(hours * hour)
    await way.runOpenTurn(conversationId)
    expect([replies(), drafts()]).toEqual([1, []])
    // Old all the same, once it is.
    const later = way.receive('¿Y mañana?')
    clock.jump(-hours * hour)
    clock.advance(3 * hour)
    await way.runOpenTurn(later.conversationId)
    expect([replies(), drafts()]).toEqual([1, [['waiting', '¿Y mañana?']]])
  })
})

describe('after a kill', () => {
  it('answers neither yesterday’s message nor twice, and tells of the time it was off', async () => {
    listen()
    const { conversationId } = way.receive('¿abrís hoy?')
    restart(24 * hour)
    expect(way.wake.absences()).toMatchObject([{ reason: 'off', drafts: 0 }])
    await answerAll()
    expect(drafts()).toEqual([['waiting', '¿abrís hoy?']])
    channel('ready')
    way.receive('¿y pan?', { chatId: 'luis', sentAt: clock.now() - 10 * hour })
    way.receive('buenas', { chatId: 'eva', sentAt: clock.now() - minute })
    await answerAll()
    expect(replies()).toBe(1)
    // The one that came since the last sign of life was not answered because of it either.
    expect(way.wake.absences()).toMatchObject([
      { reason: 'off', messages: 3, conversations: 3, answered: 1, drafts: 2 },
    ])
    restart(minute)
    await answerAll()
    expect(way.turns.openOf(conversationId)).toBeNull()
    expect(replies()).toBe(1)
    expect(way.drafts.list()).toHaveLength(2)
  })

  it('shows what a turn had done whose message is old now', async () => {
    listen()
    way.engine.answer = () => [
      { type: 'call', call: { name: 'count', arguments: {} } },
      { type: 'end', state: {}, language: 'es', formOfAddress: null },
    ]
    const { conversationId } = way.receive('uno más')
    way.probe = (point) => {
      if (point === 'call.committed') throw new Error('killed')
    }
    await expect(way.runOpenTurn(conversationId)).rejects.toThrow('killed')
    restart(24 * hour)
    await answerAll()
    expect(way.conversations.get(conversationId).untold).toMatchObject([{ tool: 'count' }])
    expect(drafts()).toHaveLength(1)
  })

  it('tells of no absence where it was off for a moment', () => {
    restart(2 * minute)
    expect(way.wake.absences()).toEqual([])
  })
})

describe('a hundred messages of forty chats that waited', () => {
  it('are each answered or kept once', async () => {
    listen()
    channel('waiting')
    clock.advance(8 * hour)
    channel('ready')
    const recent = new Set<string>()
    for (let index = 0; index < 100; index++) {
      const chatId = `chat${index % 40}`
      // The third round of twenty chats wrote a minute ago.
      const isRecent = index >= 80
      if (isRecent) recent.add(chatId)
      way.receive(`mensaje ${index}`, {
        chatId,
        from: { externalId: chatId, name: chatId, isBot: false },
        sentAt: clock.now() - (isRecent ? minute : 6 * hour - index * 1000),
      })
    }
    await answerAll()
    expect(replies()).toBe(recent.size)
    expect(way.drafts.list()).toHaveLength(40 - recent.size)
    // Old and new were answered together.
    expect(way.engine.asked.map(({ input }) => input.length)).toEqual([...recent].map(() => 3))
    clock.advance(11 * minute)
    expect(way.wake.absences()).toMatchObject([
      {
        reason: 'disconnected',
        messages: 100,
        conversations: 40,
        answered: recent.size,
        drafts: 40 - recent.size,
      },
    ])
  })
})

describe('what came in an absence', () => {
  it('is counted along indexes, however much was ever said', () => {
    const sources: string[] = []
    const { storage } = way.test
    const prepare = storage.prepare.bind(storage)
    // The overloads of the original are kept; only its text is noted.
    storage.prepare = ((source: string) => {
      sources.push(source)
      return prepare(source)
    }) as typeof storage.prepare
    storage.write('system', (tx) =>
      tx.sql.exec(`INSERT INTO absences (id, reason, started_at, ended_at, created_at, updated_at)
        VALUES ('a', 'off', '2026-03-01', '2026-03-02', '', '')`),
    )
    expect(way.wake.absences()).toHaveLength(1)
    const counts = sources.findLast((source) => source.includes('FROM came')) ?? ''
    const plan = JSON.stringify(
      storage.sql.prepare(`EXPLAIN QUERY PLAN ${counts}`).all({ account: null, from: '', to: '', soon: '' }),
    )
    expect(plan).toContain('messages_heard')
    expect(plan).toContain('messages_waited')
    expect(plan).not.toContain('SCAN m"')
  })
})

describe('a customer who writes again', () => {
  it('is answered to everything, and the draft is overtaken', async () => {
    listen()
    clock.sleep(8 * hour)
    const { conversationId } = way.receive('¿tenéis pan?', { sentAt: clock.now() - 3 * hour })
    await answerAll()
    const id = way.drafts.list()[0]?.id ?? ''
    way.receive('¿hola?', { sentAt: clock.now() - minute })
    expect(way.drafts.get(id).state).toBe('overtaken')
    await answerAll()
    expect(way.engine.asked.at(-1)?.input.map(({ text }) => text)).toEqual(['¿tenéis pan?', '¿hola?'])
    expect(replies()).toBe(1)
    expect(way.conversations.get(conversationId).draftId).toBeNull()
  })

  it('is waited for as long as the owner says', async () => {
    way.test.storage.write('person:ana', (tx) => way.serving.set(tx, { answerWithinMinutes: 600 }))
    listen()
    clock.sleep(8 * hour)
    way.receive('¿tenéis pan?', { sentAt: clock.now() - 7 * hour })
    way.test.storage.write('person:ana', (tx) => way.serving.set(tx, { answerWithinMinutes: 30 }))
    way.receive('¿y vino?', { chatId: 'luis', sentAt: clock.now() - hour })
    way.test.storage.write('person:ana', (tx) => way.serving.set(tx, { answerWithinMinutes: 600 }))
    await answerAll()
    expect([replies(), drafts()]).toEqual([2, []])
  })
})

describe('the pause of everything', () => {
  /** A turn is under way when the owner pauses; gives what was said before the resume, and after it. */
  async function pauseMidway(): Promise<[number, number]> {
    listen()
    const runner = way.runner()
    const asked = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    way.engine.answer = async () => {
      asked.resolve()
      await go.promise
      return says('Sí.')
    }
    runner.start({ resume: true })
    way.receive('¿tenéis pan?')
    await asked.promise
    clock.advance(1_000)
    way.wake.pause('person:ana')
    way.receive('¿hola?', { chatId: 'luis' })
    go.resolve()
    for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
    const before = Number(replies())
    const both = new Promise<void>((resolve) => {
      way.test.bus.subscribe(() => {
        if (Number(replies()) === 2) resolve()
      })
    })
    way.wake.resume('person:ana')
    if (Number(replies()) < 2) await both
    await runner.stop()
    return [before, Number(replies())]
  }

  it('lets nothing be said, and loses nobody', async () => {
    expect(await pauseMidway()).toEqual([0, 2])
    expect(way.turns.open()).toEqual([])
    expect(way.wake.absences()).toMatchObject([{ reason: 'paused', messages: 1, answered: 1 }])
    expect(way.wake.state()).toEqual({ paused: false, since: null, by: null })
  })

  it('would be seen to let something be said', async () => {
    await withMutant('wake.pause', async () => expect((await pauseMidway())[0]).toBeGreaterThan(0))
  })

  it('does not do again what a turn had done', async () => {
    listen()
    const asked = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    way.engine.answer = async ({ step }) => {
      if (step === 0)
        return [
          { type: 'call', call: { name: 'count', arguments: {} } },
          { type: 'end', state: {}, language: 'es', formOfAddress: null },
        ]
      asked.resolve()
      await go.promise
      return says('Listo.')
    }
    const runner = way.runner()
    runner.start({ resume: true })
    const { conversationId } = way.receive('uno más')
    await asked.promise
    way.wake.pause('person:ana')
    const done = way.event('turn.changed', ({ state }) => state === 'done')
    go.resolve()
    way.wake.resume('person:ana')
    await done
    await runner.stop()
    expect(way.value("SELECT value FROM settings WHERE key = 'count'")).toBe('1')
    expect(way.texts(conversationId)).toEqual(['customer: uno más', 'agent: Listo.'])
  })

  it('keeps old ones as drafts when it ends late, also after a restart', async () => {
    listen()
    way.wake.pause('person:ana')
    way.receive('¿tenéis pan?')
    restart(5 * hour)
    expect(way.wake.state()).toMatchObject({ paused: true, by: 'person:ana' })
    const runner = way.runner()
    runner.start({ resume: true })
    const drafted = way.event('draft.changed')
    way.wake.resume('person:ana')
    await drafted
    await runner.stop()
    expect(drafts()).toEqual([['waiting', '¿tenéis pan?']])
  })
})

describe('a reply that could not leave in time', () => {
  const next = (conversationId: string) => {
    const row = way.outbox.next(conversationId)
    if (row === null) throw new Error('nothing waits')
    return row
  }

  it('becomes a draft with its text, whole', async () => {
    listen()
    const { conversationId } = way.receive('¿tenéis pan?')
    way.engine.answer = () => says('Sí, de hoy.')
    await way.runOpenTurn(conversationId)
    const row = next(conversationId)
    expect(way.wake.isOld(row)).toBe(false)
    clock.advance(3 * hour)
    expect(way.wake.isOld(row)).toBe(true)
    way.test.storage.write('system', (tx) => way.wake.toDraft(tx, row))
    expect(way.value('SELECT state FROM outbox')).toBe('cancelled')
    const [draft] = way.drafts.list()
    expect(draft).toMatchObject({ state: 'ready', text: 'Sí, de hoy.', asked: [{ text: '¿tenéis pan?' }] })
    const sent = way.drafts.send('person:ana', draft?.id ?? '', 'Sí, de hoy. Perdona.')
    expect(way.value(`SELECT author FROM outbox WHERE message_id = '${sent}'`)).toBe('person')
    expect(way.conversations.get(conversationId).mode).toBe('bot')
  })

  it('is left to the new turn where the customer has written since', async () => {
    listen()
    const { conversationId } = way.receive('¿tenéis pan?')
    await way.runOpenTurn(conversationId)
    const row = next(conversationId)
    clock.advance(3 * hour)
    way.receive('¿y leche?')
    way.test.storage.write('system', (tx) => way.wake.toDraft(tx, row))
    expect(drafts()).toEqual([])
    await way.runOpenTurn(conversationId)
    expect(way.engine.asked.at(-1)?.input.map(({ text }) => text)).toEqual(['¿tenéis pan?', '¿y leche?'])
  })
})

describe('what is queued', () => {
  const departures = () => way.departures(() => 0.5, way.wake)

  async function queued(): Promise<void> {
    listen()
    way.engine.answer = () => says('Sí, de hoy.')
    const { conversationId } = way.receive('¿tenéis pan?')
    await way.runOpenTurn(conversationId)
  }

  it('when the process was killed does not leave a day later, but waits for a look', async () => {
    await queued()
    restart(24 * hour)
    const drafted = way.event('draft.changed')
    const sender = way.sender(departures())
    sender.start()
    await drafted
    await sender.stop()
    expect(way.channel.sent).toEqual([])
    expect(way.drafts.list()).toMatchObject([{ state: 'ready', text: 'Sí, de hoy.' }])
    // Answered by nobody else either.
    expect(way.turns.open()).toEqual([])
  })

  it('leaves after the pause of everything, and what a person writes leaves in it', async () => {
    await queued()
    way.wake.pause('person:ana')
    const sender = way.sender(departures())
    sender.start()
    const luis = way.receive('hola', { chatId: 'luis' })
    const told = way.event('outbox.changed', ({ state }) => state === 'sent')
    way.conversations.send('person:ana', luis.conversationId, 'Ahora te digo')
    await told
    expect(way.channel.sent.map(({ chatId }) => chatId)).toEqual(['luis'])
    const left = way.event('outbox.changed', ({ state }) => state === 'sent')
    way.wake.resume('person:ana')
    await left
    await sender.stop()
    expect(way.channel.sent.map(({ chatId }) => chatId)).toEqual(['luis', 'chat'])
  })
})
