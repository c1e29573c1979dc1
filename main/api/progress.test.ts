import { describe, expect, it } from 'vitest'
import { runWithProgress } from './progress.ts'

interface Step {
  at: number
}

async function all<T, R>(source: AsyncGenerator<T, R, void>): Promise<{ items: T[]; result: R }> {
  const items: T[] = []
  for (;;) {
    const { value, done } = await source.next()
    if (done) return { items, result: value }
    items.push(value)
  }
}

describe('work with progress', () => {
  it('yields progress as it comes and ends with the result', async () => {
    let report: (step: Step) => void = () => undefined
    const { promise: finished, resolve: finish } = Promise.withResolvers<string>()
    const source = runWithProgress<Step, 'progress', string>('progress', (onProgress) => {
      report = onProgress
      return finished
    })
    const first = source.next()
    report({ at: 1 })
    expect(await first).toEqual({ done: false, value: { type: 'progress', at: 1 } })
    finish('done')
    expect(await source.next()).toEqual({ done: true, value: 'done' })
  })

  it('tells a slow listener the newest only', async () => {
    const work = async (onProgress: (step: Step) => void) => {
      for (let at = 1; at <= 1000; at++) onProgress({ at })
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    const { items } = await all(runWithProgress<Step, 'progress'>('progress', work))
    expect(items).toEqual([{ type: 'progress', at: 1000 }])
  })

  it('throws what the work throws', async () => {
    const source = runWithProgress<Step, 'progress'>('progress', () => Promise.reject(new Error('broken')))
    await expect(all(source)).rejects.toThrow('broken')
  })

  it('lets its listener go when it leaves, and the work goes on', async () => {
    const leaving = new AbortController()
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    let ended = false
    const source = runWithProgress<Step, 'progress'>(
      'progress',
      async () => {
        await finished
        ended = true
      },
      leaving.signal,
    )
    const next = source.next()
    leaving.abort()
    await expect(next).rejects.toThrow('abort')
    expect(ended).toBe(false)
    finish()
    await finished
    expect(ended).toBe(true)
  })
})
