import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { InboundMessage } from '../channels/channel.ts'
import { withMutant } from '../mutants.ts'
import { ConversationReturn } from './return.ts'

const minute = 60_000
const clock = () => way.clock
let way: MessageWay & { clock: ManualClock }
beforeEach(() => {
  const manual = new ManualClock()
  way = Object.assign(new MessageWay({ clock: manual }), { clock: manual })
})
afterEach(() => way.close())

/** The bot's reply to a first message, queued. */
async function replied(text = 'Hola.'): Promise<string> {
  way.engine.answer = () => says(text)
  const { conversationId } = way.receive('hola')
  await way.runOpenTurn(conversationId)
  return conversationId
}

const own = (text: string, values: Partial<InboundMessage> = {}) =>
  way.inbox.receive(way.accountId, way.message(text, { own: true, ...values }))
const held = (id: string) => way.conversations.get(id)
const states = () => way.test.storage.sql.prepare('SELECT state FROM outbox ORDER BY seq').pluck().all()

function claimed(id: string): string {
  const row = way.outbox.claim(id)
  if (row === null) throw new Error('nothing to send')
  return row.id
}

describe('an own message found later, with the words of a send of which nobody knows', () => {
  /** A reply was on its way when the process died, three minutes after the customer's question. */
  async function doubtful(): Promise<string> {
    const { conversationId: id } = way.receive('hola', { sentAt: clock().now() - skewMs })
    way.engine.answer = () => says('Hola.')
    clock().advance(3 * minute)
    await way.runOpenTurn(id)
    claimed(id)
    way.outbox.recover()
    return id
  }
  /** How far this computer's clock is ahead of the platform's. */
  let skewMs = 0
  beforeEach(() => {
    skewMs = 0
  })
  const found = (agoMs: number) =>
    own('Hola.', {
      missed: true,
      externalId: `own${clock().now() - agoMs}`,
      sentAt: clock().now() - skewMs - agoMs,
    }).status

  it('is not that send where it was written before it', async () => {
    await doubtful()
    clock().advance(minute)
    expect(found(60 * 24 * 60 * minute)).toBe('new')
    expect(found(3.5 * minute)).toBe('new')
    expect(states()).toEqual(['unknown'])
  })

  it('is that send otherwise, also where a clock is hours ahead', async () => {
    for (const hours of [0, 5]) {
      skewMs = hours * 60 * minute
      await doubtful()
      clock().advance(minute)
      expect(found(minute)).toBe('echo')
      clock().advance(60 * minute)
    }
    expect(states()).toEqual(['sent', 'sent'])
  })
})

describe('what counts as an answer', () => {
  it('is not a reply that was cancelled: hand-back answers the customer', async () => {
    const id = await replied()
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(1)
  })

  it('is not a reply that the platform refused, but one of which nobody knows', async () => {
    const id = await replied()
    way.outbox.markFailed(claimed(id), 'blocked')
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)).not.toBeNull()
    await way.runOpenTurn(id)
    way.outbox.markUnknown(claimed(id), 'timeout')
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)).toBeNull()
  })

  it('is not what came while the reply was written', async () => {
    const { conversationId: id } = way.receive('hola')
    let late = 0
    way.engine.answer = () => {
      if (late++ < 3) way.receive(`y otra cosa ${'abc'[late - 1]}`)
      return says('Hola.')
    }
    await way.runOpenTurn(id)
    const open = way.turns.openOf(id)
    expect(open?.firstMessageSeq).toBeGreaterThan(1)
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    // The reply of before was cancelled with the take-over: everything is open again.
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(1)
  })

  it('keeps what came too late for a reply that has left', async () => {
    const { conversationId: id } = way.receive('hola')
    let late = 0
    way.engine.answer = () => {
      if (late++ < 3) way.receive(`y otra cosa ${'abc'[late - 1]}`)
      return says('Hola.')
    }
    await way.runOpenTurn(id)
    const seq = way.turns.openOf(id)?.firstMessageSeq
    way.outbox.markSent(claimed(id), 'x1', 0)
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(seq)
  })

  it('is not a reply that came back after the hand-back: it is made anew', async () => {
    const id = await replied()
    const row = claimed(id)
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)).toBeNull()
    way.outbox.markLater(row, 1_000, 'limit')
    expect(states()).toEqual(['cancelled'])
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(1)
  })

  it('is noticed when a cancelled reply counts', async () => {
    const id = await replied()
    await withMutant('conversations.unanswered_ignores_cancelled', () => {
      way.conversations.take('person:1', id)
      way.conversations.handBack('person:1', id)
    })
    expect(way.turns.openOf(id)).toBeNull()
  })

  it('lets what a person wrote leave before what the bot says after the hand-back', async () => {
    const id = await replied()
    way.conversations.send('person:1', id, 'Un momento')
    way.receive('¿y el precio?')
    way.conversations.handBack('person:1', id)
    await way.runOpenTurn(id)
    const authors = way.test.storage.sql
      .prepare("SELECT author FROM outbox WHERE state = 'queued' ORDER BY seq")
      .pluck()
      .all()
    expect(authors).toEqual(['person', 'agent'])
    expect(way.outbox.claim(id)?.author).toBe('person')
    // Nothing of the same conversation overtakes it.
    expect(way.outbox.claim(id)).toBeNull()
  })
})

describe('an own message that the platform shows', () => {
  it('is an echo by the id of any part, whenever it comes', async () => {
    way.channel.capabilities.textLength = 20
    const id = await replied('Tenemos miel de azahar y miel de romero.')
    for (const externalId of ['p1', 'p2', 'p3']) {
      if (states().includes('queued')) way.outbox.markSent(claimed(id), externalId, 0)
    }
    expect(own('da igual', { externalId: 'p2' })).toEqual({ status: 'echo' })
    expect(held(id).mode).toBe('bot')
    await withMutant('outbox.echo_by_id', () => own('da igual', { externalId: 'p2' }))
    expect(held(id).mode).toBe('person')
  })

  it('is an echo by its id alone where the person has another chat there', async () => {
    const id = await replied()
    way.outbox.markSent(claimed(id), 'whole-id', 0)
    way.test.storage.sql.exec("UPDATE channel_accounts SET kind = 'whatsapp'")
    expect(own('Hola.', { externalId: 'whole-id', chatId: 'other-chat' })).toEqual({ status: 'echo' })
    expect(own('Hola.', { externalId: 'another', chatId: 'other-chat' })).toEqual({ status: 'ignored' })
  })

  it('is an echo however the platform sets its blanks', async () => {
    const id = await replied('Sí,  tenemos\nmiel.')
    claimed(id)
    expect(own('Sí, tenemos miel. ', { externalId: 'e1' })).toEqual({ status: 'echo' })
    expect(states()).toEqual(['sent'])
  })

  it('settles a send before its outcome is told, and the outcome changes nothing of that', async () => {
    const id = await replied()
    const row = claimed(id)
    own('Hola.', { externalId: 'e1' })
    way.outbox.markUnknown(row, 'timeout')
    way.outbox.markLater(row, 1_000, 'limit')
    way.outbox.markFailed(row, 'x')
    way.outbox.markQueuedThere(row, 'e1')
    expect(states()).toEqual(['sent'])
    way.outbox.markSent(row, 'e1', 5)
    expect([states(), way.value('SELECT external_id FROM outbox')]).toEqual([['sent'], 'e1'])
    expect(own('Hola.', { externalId: 'e1' }).status).toMatch(/echo|repeat/)
  })

  it('of the same words twice: each gets its own, whichever comes first', async () => {
    const id = await replied('Vale.')
    way.outbox.markUnknown(claimed(id), 'timeout')
    way.receive('¿y mañana?')
    await way.runOpenTurn(id)
    const second = claimed(id)
    // The echo of the first is told while the second is on its way.
    expect(own('Vale.', { externalId: 'first' })).toEqual({ status: 'echo' })
    way.outbox.markSent(second, 'second', 1)
    expect(states()).toEqual(['sent', 'sent'])
    for (const externalId of ['first', 'second']) expect(own('Vale.', { externalId }).status).not.toBe('new')
  })

  it('is the owner when it is another kind of thing', async () => {
    const id = await replied()
    claimed(id)
    own('Hola.', { attachments: [{ kind: 'photo', reference: { id: 'x' } }] })
    expect(held(id)).toMatchObject({ mode: 'person', modeReason: 'wrote_outside' })
  })

  it('knows pictures and papers by kind, words and name', () => {
    const { conversationId: id } = way.receive('hola')
    const file = { hash: 'a'.repeat(64), mime: 'application/pdf', name: 'Presupuesto.pdf', size: 9 }
    way.conversations.send('person:1', id, 'Aquí va', file)
    claimed(id)
    const named = (name: string) => ({ attachments: [{ kind: 'document' as const, name, reference: {} }] })
    expect(own('Aquí va', { ...named('Otro.pdf'), externalId: 'd1' }).status).toBe('new')
    expect(own('Aquí va', { ...named('Presupuesto.pdf'), externalId: 'd2' })).toEqual({ status: 'echo' })
    way.conversations.send('person:1', id, '', { ...file, mime: 'image/png' })
    claimed(id)
    expect(own('', { attachments: [{ kind: 'photo', reference: {} }] })).toEqual({ status: 'echo' })
  })

  it('keeps what the owner sent along, to be fetched', () => {
    const { conversationId: id } = way.receive('hola')
    own('', { attachments: [{ kind: 'voice', mime: 'audio/ogg', reference: { id: 'v' } }] })
    const message = way.conversations.messages({ conversationId: id, limit: 5 }).at(-1)
    expect(message).toMatchObject({ author: 'person', kind: 'voice', personId: null })
    expect(message?.attachments).toMatchObject([{ kind: 'voice', state: 'pending' }])
    expect(held(id).unread).toBe(0)
  })
})

describe('what the messenger keeps until it is online', () => {
  it('is settled by the receipt of its id, before or after its outcome', async () => {
    const id = await replied()
    const row = claimed(id)
    way.outbox.markQueuedThere(row, 'q1')
    way.outbox.delivered(way.accountId, { chatId: 'chat', externalId: 'other', at: 1 })
    expect(states()).toEqual(['unknown'])
    way.outbox.delivered(way.accountId, { chatId: 'chat', externalId: 'q1', at: 1 })
    expect(states()).toEqual(['sent'])
    way.conversations.send('person:1', id, 'Otra')
    const next = claimed(id)
    way.outbox.delivered(way.accountId, { chatId: 'chat', externalId: 'q2', at: 2 })
    way.outbox.markQueuedThere(next, 'q2')
    expect(states()).toEqual(['sent', 'sent'])
  })

  it('is not settled by a receipt where its id was never known', async () => {
    const id = await replied()
    way.outbox.markQueuedThere(claimed(id), null)
    way.outbox.delivered(way.accountId, { chatId: 'chat', externalId: 'q1', at: 1 })
    expect(states()).toEqual(['unknown'])
    expect(own('Hola.', { externalId: 'q1' })).toEqual({ status: 'echo' })
    expect(states()).toEqual(['sent'])
  })
})

describe('what the owner wrote while nobody listened', () => {
  const missed = (text: string, agoMinutes: number) =>
    own(text, { missed: true, sentAt: clock().now() - agoMinutes * minute })

  it('takes over while it is recent', async () => {
    const id = await replied()
    clock().advance(30 * minute)
    missed('Yo te digo', 60)
    expect(held(id)).toMatchObject({ mode: 'person', modeReason: 'wrote_outside' })
  })

  it('is context and no answer where the customer has written since and the quiet time is over', async () => {
    const { conversationId: id } = way.receive('hola')
    const open = way.turns.openOf(id)
    missed('Mañana te lo digo', 3 * 1_440)
    expect(held(id).mode).toBe('bot')
    expect(way.turns.openOf(id)?.id).toBe(open?.id)
    await way.runOpenTurn(id)
    expect(way.engine.asked[0]?.history.map(({ text }) => text)).toEqual(['Mañana te lo digo'])
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(1)
  })

  it('takes over when it is the last word, however old', async () => {
    const id = await replied()
    way.outbox.markSent(claimed(id), 'x1', clock().now())
    clock().advance(5 * 1_440 * minute)
    missed('Ya está arreglado', 4 * 1_440)
    expect(held(id).mode).toBe('person')
  })

  it('never undoes a hand-back of later', async () => {
    const id = await replied()
    clock().advance(10 * minute)
    way.conversations.take('person:1', id)
    way.conversations.handBack('person:1', id)
    clock().advance(minute)
    missed('Espera', 8)
    expect(held(id).mode).toBe('bot')
  })
})

describe('a conversation that a person took', () => {
  let back: ConversationReturn
  const start = (minutes: number | null = 60) => {
    const { storage, bus } = way.test
    const { conversations } = way
    back = new ConversationReturn({
      storage,
      bus,
      clock: clock(),
      log: testLog(),
      conversations,
      minutes: () => minutes,
    })
    back.start()
  }
  afterEach(() => back.stop())

  it('goes back by itself after the quiet time, and what is unanswered is answered', () => {
    const { conversationId: id } = way.receive('hola')
    start()
    way.conversations.take('person:1', id)
    clock().advance(40 * minute)
    way.receive('¿hay alguien?')
    clock().advance(40 * minute)
    expect(held(id).mode).toBe('person')
    clock().advance(20 * minute)
    expect(held(id)).toMatchObject({ mode: 'bot', modeReason: 'returned', handBackAt: null })
    expect(way.turns.openOf(id)?.firstMessageSeq).toBe(1)
  })

  it('says when, and stays for ever where the owner wants that', () => {
    const { conversationId: id } = way.receive('hola')
    start(null)
    way.conversations.take('person:1', id)
    const at = new Date(clock().now() + 720 * minute).toISOString()
    expect(held(id).handBackAt).toBe(at)
    clock().advance(10_000 * minute)
    expect(held(id).mode).toBe('person')
  })

  it('never goes back by itself where the owner was called and nobody came', async () => {
    const { conversationId: id } = way.receive('quiero hablar con alguien')
    way.test.storage.write('agent', (tx) => way.conversations.handOver(tx, id, 'asked'))
    start()
    clock().advance(600 * minute)
    expect(held(id)).toMatchObject({ mode: 'person', modeReason: 'asked', handBackAt: null })
    await withMutant('conversations.return_needs_person', () => {
      way.conversations.note('person:1', id, 'luego')
      clock().advance(61 * minute)
    })
    expect(held(id).mode).toBe('bot')
  })

  it('is not hurried by a clock that is set, and is made up for after a restart', () => {
    const { conversationId: id } = way.receive('hola')
    start()
    way.conversations.take('person:1', id)
    clock().jump(7 * 1_440 * minute)
    clock().advance(59 * minute)
    expect(held(id).mode).toBe('person')
    back.stop()
    start()
    clock().advance(0)
    expect(held(id).mode).toBe('bot')
  })

  it('is paused and not given to the bot where a rule speaks against it', () => {
    const { conversationId: id } = way.receive('hola')
    const { accountId, chatId } = held(id)
    start()
    way.conversations.take('person:1', id)
    way.test.storage.write('person:1', (tx) => way.governor.setChat(tx, accountId, chatId, 'never'))
    clock().advance(61 * minute)
    expect(held(id)).toMatchObject({ mode: 'paused', modeReason: 'never', answer: 'never' })
    way.conversations.handBack('person:1', id)
    expect(held(id)).toMatchObject({ mode: 'bot', answer: 'always' })
  })
})
