import { expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { WarmUp } from './warm-up.ts'

function create(rehearse: (signal: AbortSignal) => Promise<unknown>) {
  const clock = new ManualClock()
  const warm = { isDone: false }
  const state = { isAnswering: false }
  const warmUp = () =>
    new WarmUp({ clock, log: testLog(), isAnswering: () => state.isAnswering, rehearse, warm })
  return { clock, state, warmUp }
}

it('rehearses one answer, when nobody is being answered and once for all shops', () => {
  let rehearsed = 0
  const { clock, state, warmUp } = create(async () => {
    rehearsed += 1
  })
  state.isAnswering = true
  warmUp().start()
  warmUp().start()
  clock.advance(60_000)
  expect(rehearsed).toBe(0)
  state.isAnswering = false
  clock.advance(60_000)
  expect(rehearsed).toBe(1)
  warmUp().start()
  clock.advance(60_000)
  expect(rehearsed).toBe(1)
})

it('is over when it was stopped, before or in the middle of it', async () => {
  const began = Promise.withResolvers<void>()
  let cut = false
  const { clock, warmUp } = create(async (signal) => {
    began.resolve()
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    cut = true
  })
  const early = warmUp()
  early.start()
  await early.stop()
  clock.advance(60_000)
  expect(clock.waits).toEqual([])

  const late = warmUp()
  late.start()
  clock.advance(60_000)
  await began.promise
  await late.stop()
  expect(cut).toBe(true)
})
