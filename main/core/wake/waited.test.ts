import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import { withMutant } from '../mutants.ts'
import type { Sender } from '../outbox/sender.ts'

const hour = 3_600_000

let clock: ManualClock
let way: MessageWay
let sender: Sender
let calls: unknown[]
let id: string
beforeEach(() => {
  clock = new ManualClock()
  way = new MessageWay({ clock, wake: true })
  sender = way.sender(way.departures(() => 0.5, way.wake))
  calls = []
  way.test.bus.subscribe((event) => event.type === 'handover.requested' && calls.push(event.payload))
  id = way.receive('¿ha salido mi pedido?').conversationId
})
afterEach(async () => {
  await sender.stop()
  way.close()
})

const notify = (text: string) =>
  way.test.storage.write('system', (tx) => way.conversations.notify(tx, id, text))
const write = (text: string) => way.conversations.send('person:1', id, text)
const states = () => way.test.storage.sql.prepare('SELECT state FROM outbox ORDER BY seq').pluck().all()
const sent = () => way.channel.sent.map(({ payload }) => (payload.type === 'text' ? payload.text : ''))

/** The channel is there again after a time. */
async function leave(afterMs: number): Promise<void> {
  clock.sleep(afterMs)
  sender.start()
  for (let round = 0; round < 20; round++) await new Promise((resolve) => setImmediate(resolve))
}

describe('what a person or the shop said, and could not leave', () => {
  it('leaves while it is no more than a day old', async () => {
    notify('Tu pedido ha salido.')
    write('Cualquier cosa, dime.')
    await leave(23 * hour)
    expect(sent()).toEqual(['Tu pedido ha salido.', 'Cualquier cosa, dime.'])
    expect(calls).toEqual([])
  })

  it('waits for a person’s look after that, who is called once', async () => {
    notify('Tu pedido ha salido.')
    notify('Tu pedido está en la tienda.')
    await leave(25 * hour)
    expect(sent()).toEqual([])
    expect(states()).toEqual(['cancelled', 'cancelled'])
    expect(way.conversations.get(id)).toMatchObject({ mode: 'person', modeReason: 'not_sent' })
    expect(way.conversations.messages({ conversationId: id, limit: 9 }).at(-1)).toMatchObject({
      delivery: 'cancelled',
      deliveryReason: 'old',
    })
    expect(calls).toEqual([{ conversationId: id, reason: 'not_sent' }])
  })

  it('calls also to a conversation that somebody has', async () => {
    write('Ha salido hoy.')
    await leave(25 * hour)
    expect(sent()).toEqual([])
    expect(way.conversations.get(id).modeReason).toBe('not_sent')
    expect(calls).toHaveLength(1)
  })

  it('leaves nobody answered by it: hand-back answers the customer', async () => {
    write('Ha salido hoy.')
    await leave(25 * hour)
    way.conversations.handBack('person:1', id)
    expect(way.turns.openOf(id)).not.toBeNull()
  })

  it('does not pass a reply that waits', async () => {
    way.test.storage.write('person:1', (tx) =>
      way.governor.setRules(tx, way.accountId, { quietHours: { from: '00:00', to: '23:59' } }),
    )
    way.engine.answer = () => says('Ahora miro.')
    await way.runOpenTurn(id)
    notify('Tu pedido ha salido.')
    await leave(25 * hour)
    expect(sent()).toEqual([])
    expect(calls).toHaveLength(1)
  })

  it('would be seen to leave weeks later', async () => {
    await withMutant('wake.old_is_not_answered', async () => {
      notify('Tu pedido ha salido.')
      await leave(500 * hour)
      expect(sent()).toEqual(['Tu pedido ha salido.'])
    })
  })

  it.each([['agent'], ['person']])(
    'leaves when the owner wants a doubtful one of the %s sent again',
    async (author) => {
      if (author === 'agent') await way.runOpenTurn(id)
      else write('Ha salido hoy.')
      const row = way.outbox.claim(id)
      way.outbox.markUnknown(row?.id ?? '', 'killed')
      clock.sleep(30 * hour)
      way.test.storage.write('person:1', (tx) => way.outbox.resolve(tx, row?.id ?? '', 'send_again'))
      await leave(0)
      expect(sent()).toHaveLength(1)
    },
  )
})
