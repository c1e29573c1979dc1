import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { withMutant } from '../mutants.ts'
import type { TurnRunner } from '../turns/runner.ts'

const minute = 60_000

describe('a computer that says that it will sleep', () => {
  let clock: ManualClock
  let way: MessageWay
  let awake: number
  let runner: TurnRunner
  beforeEach(() => {
    clock = new ManualClock()
    awake = 0
    way = new MessageWay({
      clock,
      wake: true,
      awake: () => {
        awake += 1
        runner.kick()
      },
    })
    runner = way.runner()
    runner.start({ resume: true })
  })
  afterEach(async () => {
    await runner.stop()
    way.close()
  })

  const replies = () => way.value("SELECT count(*) FROM messages WHERE author = 'agent'")

  it('begins no turn until it is awake', async () => {
    way.wake.powerChanged('suspend')
    way.receive('hola')
    expect(way.wake.paused()).toBe(false)
    for (let tick = 0; tick < 5; tick++) await new Promise<void>((resolve) => setImmediate(resolve))
    expect(way.turns.open()).toMatchObject([{ state: 'pending', attempts: 0 }])
    clock.sleep(minute)
    way.wake.powerChanged('resume')
    expect(awake).toBe(1)
    await vi.waitFor(() => expect(replies()).toBe(1))
  })

  it('serves again where nobody says that it woke', () => {
    way.wake.powerChanged('suspend')
    clock.advance(minute - 1)
    expect(way.wake.holdsTurns()).toBe(true)
    clock.advance(1)
    expect([way.wake.holdsTurns(), awake]).toEqual([false, 1])
    // A late word changes nothing.
    way.wake.powerChanged('resume')
    expect(awake).toBe(1)
  })

  it('looks at the clocks at once when it wakes', () => {
    way.wake.powerChanged('suspend')
    clock.sleep(30 * minute)
    expect(way.wake.absences()).toEqual([])
    way.wake.powerChanged('resume')
    return new Promise<void>((resolve) => {
      setImmediate(() => {
        expect(way.wake.absences()).toMatchObject([{ reason: 'asleep' }])
        resolve()
      })
    })
  })

  it('is noticed where it does not hold turns', () =>
    withMutant('wake.suspended', async () => {
      way.wake.powerChanged('suspend')
      way.receive('hola')
      await vi.waitFor(() => expect(replies()).toBe(1))
    }))
})
