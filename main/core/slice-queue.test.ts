import { setImmediate as nextLoop } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { nextSlice } from './slice-queue.ts'

it('lets each that waits go on in a turn of the loop of its own, in order', async () => {
  const went: [who: number, turn: number][] = []
  let turn = 0
  let isOver = false
  const counting = (async () => {
    while (!isOver) {
      await nextLoop()
      turn += 1
    }
  })()
  await Promise.all(
    [1, 2, 3].map(async (who) => {
      for (let part = 0; part < 3; part++) {
        await nextSlice()
        went.push([who, turn])
      }
    }),
  )
  isOver = true
  await counting
  expect(went.map(([who]) => who)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3])
  const turns = went.map(([, at]) => at)
  expect(new Set(turns).size).toBe(turns.length)
})
