import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { ChannelRules } from '../channels/account.ts'
import type { Sender } from '../outbox/sender.ts'
import { CeilingReturn } from './ceiling-return.ts'

const hour = 3_600_000

let way: MessageWay
let clock: ManualClock
let sender: Sender
let back: CeilingReturn
let held: string
beforeEach(async () => {
  // Half past eleven at night in Madrid.
  clock = new ManualClock(Date.parse('2026-03-02T22:30:00Z'))
  way = new MessageWay({ kind: 'whatsapp', clock, wake: true })
  sender = way.sender(way.departures())
  sender.start()
  back = newReturn()
  rules({ scope: 'all', humanPace: false, dailyReplies: 1 })
  await asked('ana')
  clock.advance(10_000)
  held = await asked('luis')
})
afterEach(async () => {
  back.stop()
  await sender.stop()
  way.close()
})

function newReturn(): CeilingReturn {
  const { storage, bus, brief } = way.test
  const { conversations, governor } = way
  const timeZone = () => brief.timeZone
  return new CeilingReturn({ storage, bus, clock, log: testLog(), conversations, governor, timeZone })
}

function rules(changes: Partial<ChannelRules>): void {
  way.test.storage.write('person:1', (tx) => way.governor.setRules(tx, way.accountId, changes))
}

/** Somebody writes and a reply is made; it has left where it may. */
async function asked(name: string): Promise<string> {
  way.engine.answer = () => says(`Hola, ${name}.`)
  const from = { externalId: name, name, isBot: false }
  const { conversationId } = way.receive('hola', { chatId: name, from })
  await way.runOpenTurn(conversationId)
  await settle()
  return conversationId
}

async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
}

async function advance(ms: number): Promise<void> {
  clock.advance(ms)
  await settle()
}

const mode = () => {
  const { mode, modeReason } = way.conversations.get(held)
  return `${mode} ${modeReason}`
}

describe('what only the day’s ceiling gave to a person', () => {
  it('goes back on the new day, and is answered while that is not late', async () => {
    back.start()
    await advance(0.4 * hour)
    expect(mode()).toBe('person ceiling')
    await advance(0.2 * hour)
    expect(mode()).toBe('bot ceiling_over')
    await way.runOpenTurn(held)
    await settle()
    expect(way.channel.sent.map(({ chatId }) => chatId)).toEqual(['ana', 'luis'])
  })

  it('goes back at the first start of a new day; what is old by then waits for a look', async () => {
    clock.advance(9 * hour)
    back.start()
    await settle()
    expect(mode()).toBe('bot ceiling_over')
    await way.runOpenTurn(held)
    expect(way.drafts.list().map(({ conversationId }) => conversationId)).toEqual([held])
    expect(way.channel.sent).toHaveLength(1)
  })

  it('goes back when the owner raises the ceiling', async () => {
    back.start()
    await advance(1_000)
    expect(mode()).toBe('person ceiling')
    rules({ dailyReplies: 50 })
    await settle()
    expect(mode()).toBe('bot ceiling_over')
  })

  it.each<[string, () => void, string]>([
    ['took it', () => way.conversations.take('person:1', held), 'person taken'],
    ['wrote', () => way.conversations.send('person:1', held, 'Yo te digo'), 'person wrote'],
    [
      'wrote on the phone',
      () =>
        way.inbox.receive(
          way.accountId,
          way.message('Yo te digo', { chatId: 'luis', own: true, externalId: 'own' }),
        ),
      'person wrote_outside',
    ],
    ['was given it', () => way.conversations.assign('person:1', held, 'ana'), 'person ceiling'],
    ['saw to it', () => way.conversations.markDone('person:1', held, true), 'person ceiling'],
  ])('stays where somebody %s meanwhile', async (_what, act, expected) => {
    clock.advance(1_000)
    act()
    back.start()
    await advance(2 * hour)
    expect(mode()).toBe(expected)
  })

  it('is not answered where a rule says no by then', async () => {
    way.test.storage.write('person:1', (tx) => way.governor.setChat(tx, way.accountId, 'luis', 'never'))
    back.start()
    await advance(2 * hour)
    expect(mode()).toBe('paused never')
  })
})
