import { afterEach, describe, expect, it } from 'vitest'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'

let way: MessageWay
let stop: () => Promise<unknown>

afterEach(async () => {
  await stop()
  way.close()
})

describe('a bad moment to stop in', () => {
  it('is from a message on until its reply is known to have left', async () => {
    way = new MessageWay()
    const thinking = Promise.withResolvers<void>()
    const leaving = Promise.withResolvers<void>()
    way.engine.answer = async () => {
      await thinking.promise
      return says('Hola.')
    }
    const handedOver = Promise.withResolvers<void>()
    way.channel.outcome = async () => {
      handedOver.resolve()
      await leaving.promise
      return { state: 'sent', externalId: 'out', sentAt: 0 }
    }
    const runner = way.runner(20)
    const sender = way.sender()
    stop = () => Promise.all([runner.stop(), sender.stop()])
    runner.start({ resume: true })
    sender.start()
    const isAnswering = (): boolean => runner.isAnswering || sender.isHandingOver
    expect(isAnswering()).toBe(false)

    way.receive('hola')
    // Still in the quiet window in which a burst is joined.
    expect(runner.isAnswering).toBe(true)
    expect(way.engine.asked).toEqual([])
    thinking.resolve()
    await handedOver.promise
    expect(sender.isHandingOver).toBe(true)
    const sent = way.event('outbox.changed', (payload) => payload.state === 'sent')
    leaving.resolve()
    await sent
    // What was sent is noted in the next turns of the loop; one that is never noted runs into the test's limit.
    while (isAnswering()) await new Promise((resolve) => setImmediate(resolve))
  })
})
