import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { ChannelRules } from '../channels/account.ts'
import { withMutant } from '../mutants.ts'
import type { Sender } from '../outbox/sender.ts'
import type { DepartureHolds } from './departures.ts'

let way: MessageWay
let clock: ManualClock
let sender: Sender | null
beforeEach(() => {
  // Noon in Madrid.
  clock = new ManualClock(Date.parse('2026-03-02T11:00:00Z'))
  way = new MessageWay({ kind: 'whatsapp', clock })
  way.channel.capabilities.personal = true
  sender = null
})
afterEach(async () => {
  await sender?.stop()
  way.close()
})

function rules(changes: Partial<ChannelRules>): void {
  way.test.storage.write('person:1', (tx) => way.governor.setRules(tx, way.accountId, changes))
}

/** A reply that waits to be sent. */
async function reply(text: string, chatId = 'chat', asked = 'hola'): Promise<string> {
  const from = { externalId: chatId, name: chatId, isBot: false }
  const { conversationId } = way.receive(asked, { chatId, from })
  way.engine.answer = () => says(text)
  await way.runOpenTurn(conversationId)
  return conversationId
}

function start(holds?: DepartureHolds): void {
  sender = way.sender(way.departures(() => 0.5, holds))
  sender.start()
}

/** Lets everything run that is due now. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
}

async function advance(ms: number): Promise<void> {
  clock.advance(ms)
  await settle()
}

const sent = () => way.channel.sent.map(({ payload }) => (payload.type === 'text' ? payload.text : ''))
const states = () => way.value('SELECT group_concat(state) FROM outbox')

describe('a reply on a person’s account', () => {
  it('leaves after reading and typing, and shows that it is typed', async () => {
    await reply('Sí, tenemos.')
    start()
    await settle()
    expect([sent(), way.channel.typed]).toEqual([[], []])
    expect(states()).toBe('queued')
    await advance(1_000)
    expect([sent(), way.channel.typed]).toEqual([[], ['chat']])
    await advance(500)
    expect(sent()).toEqual([])
    await advance(1_500)
    expect(sent()).toEqual(['Sí, tenemos.'])
  })

  it('is not read for as long as it was thought about', async () => {
    await reply('Sí, tenemos.')
    clock.advance(30_000)
    start()
    await settle()
    expect(way.channel.typed).toEqual(['chat'])
  })

  it('leaves at once where the owner wants no pace, and a second after the one before', async () => {
    rules({ humanPace: false })
    await reply('uno', 'a')
    await reply('dos', 'b')
    start()
    await settle()
    expect(sent()).toEqual(['uno'])
    await advance(1_000)
    expect(sent()).toEqual(['uno'])
    await advance(1_500)
    expect(sent()).toEqual(['uno', 'dos'])
  })

  it('never leaves when somebody takes over while it waits, and theirs leaves at once', async () => {
    const conversationId = await reply('Sí, tenemos.')
    start()
    await settle()
    await advance(1_200)
    way.conversations.send('person:1', conversationId, 'Yo me ocupo')
    await settle()
    expect(sent()).toEqual(['Yo me ocupo'])
    await advance(60_000)
    expect(sent()).toEqual(['Yo me ocupo'])
    expect(states()).toBe('cancelled,sent')
  })

  it('is seen to leave after a take-over when it is claimed before it waits', async () => {
    const conversationId = await reply('Sí, tenemos.')
    await withMutant('governor.wait_before_claim', async () => {
      start()
      await settle()
      way.conversations.take('person:1', conversationId)
      await advance(60_000)
      expect(sent()).toEqual(['Sí, tenemos.'])
    })
  })

  it('is passed by what the shop itself says', async () => {
    const conversationId = await reply('Sí, tenemos.')
    start()
    await settle()
    way.test.storage.write('system', (tx) => way.conversations.notify(tx, conversationId, 'Pedido enviado'))
    await settle()
    expect(sent()).toEqual(['Pedido enviado'])
    await advance(10_000)
    expect(sent()).toEqual(['Pedido enviado', 'Sí, tenemos.'])
  })
})

describe('quiet hours', () => {
  it('hold replies until they end, and nothing else', async () => {
    rules({ quietHours: { from: '11:00', to: '14:00' }, humanPace: false })
    const conversationId = await reply('Sí, tenemos.')
    start()
    await settle()
    way.test.storage.write('system', (tx) => way.conversations.notify(tx, conversationId, 'Pedido enviado'))
    await settle()
    expect(sent()).toEqual(['Pedido enviado'])
    for (let hour = 0; hour < 7; hour++) await advance(900_000)
    expect(sent()).toEqual(['Pedido enviado'])
    await advance(900_000)
    expect(sent()).toEqual(['Pedido enviado', 'Sí, tenemos.'])
  })

  it('that the owner ends let the replies leave', async () => {
    rules({ quietHours: { from: '11:00', to: '14:00' }, humanPace: false })
    await reply('Sí, tenemos.')
    start()
    await settle()
    rules({ quietHours: null })
    await settle()
    expect(sent()).toEqual(['Sí, tenemos.'])
  })

  it('make no reply too old that they held', async () => {
    const old: DepartureHolds = {
      paused: () => false,
      isOld: () => true,
      toDraft: (tx, row) => void way.outbox.withdraw(tx, row.messageId, 'old'),
    }
    rules({ quietHours: { from: '11:00', to: '14:00' }, humanPace: false })
    await reply('Sí, tenemos.')
    start(old)
    for (let hour = 0; hour < 9; hour++) await advance(900_000)
    expect(sent()).toEqual(['Sí, tenemos.'])
    await reply('¿Algo más?')
    await advance(5_000)
    expect(states()).toBe('sent,cancelled')
  })

  it('are seen to hold nothing without the guard', async () => {
    rules({ quietHours: { from: '11:00', to: '14:00' }, humanPace: false })
    await reply('Sí, tenemos.')
    await withMutant('governor.quiet', async () => {
      start()
      await settle()
      expect(sent()).toEqual(['Sí, tenemos.'])
    })
  })
})

describe('ceilings', () => {
  it('give the conversation to a person and call the owner once a day', async () => {
    const calls: unknown[] = []
    way.test.bus.subscribe((event) => event.type === 'handover.requested' && calls.push(event.payload))
    rules({ humanPace: false, dailyReplies: 2 })
    start()
    await reply('uno', 'a')
    await advance(5_000)
    await reply('dos', 'b')
    await advance(5_000)
    const conversationId = await reply('tres', 'c')
    await advance(5_000)
    await reply('cuatro', 'd')
    await advance(5_000)
    expect(sent()).toEqual(['uno', 'dos'])
    expect(states()).toBe('sent,sent,cancelled,cancelled')
    expect(way.conversations.get(conversationId)).toMatchObject({ mode: 'person', modeReason: 'ceiling' })
    expect(calls).toEqual([{ conversationId, reason: 'ceiling' }])
    expect(way.value('SELECT group_concat(kind) FROM channel_incidents')).toBe('replies_ceiling')
    expect(way.governor.risk(way.accountId).reasons.map(({ code }) => code)).toContain('replies_ceiling')
    // A new local day.
    await advance(13 * 3_600_000)
    await reply('cinco', 'e')
    await advance(5_000)
    expect(sent()).toEqual(['uno', 'dos', 'cinco'])
  })

  it('of new contacts let known ones be answered', async () => {
    rules({ humanPace: false, dailyNewContacts: 1 })
    start()
    for (const [text, chat] of [
      ['uno', 'a'],
      ['dos', 'a'],
      ['tres', 'b'],
      ['cuatro', 'a'],
    ] as const) {
      await reply(text, chat)
      await advance(5_000)
    }
    expect(sent()).toEqual(['uno', 'dos', 'cuatro'])
    expect(way.value('SELECT group_concat(kind) FROM channel_incidents')).toBe('contacts_ceiling')
  })

  it('count the assistant’s messages alone', async () => {
    rules({ humanPace: false, dailyReplies: 1 })
    start()
    const conversationId = await reply('uno', 'a')
    await advance(5_000)
    way.conversations.send('person:1', conversationId, 'Hola, soy Marta')
    await advance(5_000)
    way.conversations.send('person:1', conversationId, '¿Algo más?')
    await advance(5_000)
    expect(sent()).toEqual(['uno', 'Hola, soy Marta', '¿Algo más?'])
  })

  it('are seen to hold nobody without the guard', async () => {
    rules({ humanPace: false, dailyReplies: 1 })
    await withMutant('governor.ceiling', async () => {
      start()
      await reply('uno', 'a')
      await advance(5_000)
      await reply('dos', 'b')
      await advance(5_000)
      expect(sent()).toEqual(['uno', 'dos'])
    })
  })
})

describe('holds from elsewhere', () => {
  it('keep replies while everything is paused', async () => {
    let paused = true
    rules({ humanPace: false })
    const conversationId = await reply('Sí, tenemos.')
    start({ paused: () => paused, isOld: () => false, toDraft: () => undefined })
    await settle()
    expect(sent()).toEqual([])
    way.conversations.send('person:1', conversationId, 'Yo me ocupo')
    await reply('Claro.', 'otra')
    await settle()
    expect(sent()).toEqual(['Yo me ocupo'])
    paused = false
    way.test.storage.write('person:1', (tx) => tx.emit('serving.changed', { paused: false }))
    await advance(5_000)
    expect(sent()).toEqual(['Yo me ocupo', 'Claro.'])
  })
})

describe('what the platform refuses', () => {
  it('is noted', async () => {
    rules({ humanPace: false })
    way.channel.outcome = () => ({ state: 'failed', reason: 'blocked' })
    await reply('uno')
    start()
    await settle()
    expect(way.value('SELECT kind FROM channel_incidents')).toBe('send_failed')
  })

  it('brings a person where a customer waits for it, once', async () => {
    rules({ humanPace: false })
    const calls: unknown[] = []
    way.test.bus.subscribe((event) => event.type === 'handover.requested' && calls.push(event.payload))
    way.channel.outcome = () => ({ state: 'failed', reason: 'too_long' })
    const conversationId = await reply('uno')
    start()
    await settle()
    expect(way.conversations.get(conversationId)).toMatchObject({
      mode: 'person',
      modeReason: 'not_delivered',
    })
    way.conversations.send('person:1', conversationId, 'Yo te digo')
    await settle()
    expect(calls).toEqual([{ conversationId, reason: 'not_delivered' }])
  })

  it.each<[string, (id: string) => void]>([
    [
      'a reply that a person let go',
      (id) => way.test.storage.write('person:1', (tx) => way.conversations.answerFor(tx, id, 'Sí, de hoy.')),
    ],
    [
      'what the shop says by itself',
      (id) => way.test.storage.write('system', (tx) => way.conversations.notify(tx, id, 'Tu pedido va')),
    ],
  ])('brings a person also for %s', async (_what, say) => {
    rules({ humanPace: false })
    const calls: unknown[] = []
    way.test.bus.subscribe((event) => event.type === 'handover.requested' && calls.push(event.payload))
    const { conversationId } = way.receive('hola')
    say(conversationId)
    way.channel.outcome = () => ({ state: 'failed', reason: 'too_long' })
    start()
    await settle()
    expect(way.conversations.get(conversationId).modeReason).toBe('not_delivered')
    expect(calls).toEqual([{ conversationId, reason: 'not_delivered' }])
  })

  it('brings nobody where the platform’s own echo has told that it arrived', async () => {
    rules({ humanPace: false })
    const conversationId = await reply('uno')
    way.channel.outcome = (chatId) => {
      way.inbox.receive(way.accountId, way.message('uno', { chatId, own: true, externalId: 'eco' }))
      return { state: 'failed', reason: 'late' }
    }
    start()
    await settle()
    expect(states()).toBe('sent')
    expect(way.conversations.get(conversationId).mode).toBe('bot')
    expect(way.value('SELECT count(*) FROM channel_incidents')).toBe(0)
  })

  it('leaves to the assistant what is answered anew after a hand-back', async () => {
    rules({ humanPace: false })
    const conversationId = await reply('uno')
    way.channel.outcome = () => {
      way.conversations.take('person:1', conversationId)
      way.conversations.handBack('person:1', conversationId)
      return { state: 'failed', reason: 'too_long' }
    }
    start()
    await settle()
    expect(way.conversations.get(conversationId).mode).toBe('bot')
    expect(way.turns.openOf(conversationId)).not.toBeNull()
  })

  it('brings nobody to a customer who has blocked the shop', async () => {
    rules({ humanPace: false })
    way.channel.outcome = () => ({ state: 'failed', reason: '403: Forbidden: bot was blocked by the user' })
    const conversationId = await reply('uno')
    start()
    await settle()
    expect(way.conversations.get(conversationId).mode).toBe('bot')
  })
})

describe('a bot’s account', () => {
  it('knows no pace, no gap and no ceiling', async () => {
    const bot = new MessageWay({ clock })
    for (const chatId of ['a', 'b', 'c']) {
      const from = { externalId: chatId, name: chatId, isBot: false }
      const { conversationId } = bot.receive('hola', { chatId, from })
      await bot.runOpenTurn(conversationId)
    }
    const fast = bot.sender(bot.departures())
    fast.start()
    await settle()
    await settle()
    expect(bot.channel.sent).toHaveLength(3)
    await fast.stop()
    bot.close()
  })
})
