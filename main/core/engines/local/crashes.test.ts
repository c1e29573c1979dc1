import { fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { writeRandomModel } from '../../../../tests/fixtures/gguf/random-model.ts'
import { asking, codeOf, generated, ModelBench } from '../../../../tests/fixtures/model-host.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let clock: ManualClock
let bench: ModelBench
let file: string
beforeEach(() => {
  clock = new ManualClock()
  bench = new ModelBench({ clock })
  file = bench.scripted([
    { on: null, say: 'Hola de nuevo.' },
    { on: 'sin parar', endless: 'uno dos tres ' },
  ])
})
afterEach(() => bench.close())

/** Large enough to be caught while it reads a prompt. */
function slowModel(): string {
  const path = bench.path('slow.gguf')
  writeRandomModel(path, { layers: 8, width: 256, feedForward: 768, heads: 4, keyValueHeads: 2 })
  return path
}

const slowPrompt = 'a'.repeat(6_000)
const slow = (path: string, more = {}) =>
  asking(path, slowPrompt, { contextTokens: 8192, maxTokens: 400, ...more })
const hello = () => generated(bench.host, asking(file, 'hola'))

async function killedAt(
  phase: string,
  request = asking(file, 'sin parar', { maxTokens: 2_000 }),
): Promise<string> {
  const there = bench.next(({ type, phase: at }) => type === 'progress' && at === phase)
  const ended = codeOf(generated(bench.host, request))
  await there
  bench.kill()
  return ended
}

test.each(['loading', 'prefill', 'decode'])(
  'killed while %s: the request fails, the next is answered',
  async (phase) => {
    const request = phase === 'prefill' ? slow(slowModel()) : undefined
    await expect(killedAt(phase, request)).resolves.toBe('crashed')
    expect(bench.deaths).toEqual([{ deaths: 1, off: false }])
    const next = hello()
    expect(bench.host.status()).toMatchObject({ state: 'stopped', deaths: 1 })
    // Whoever comes now waits for the pause after a death.
    await Promise.resolve()
    clock.advance(1_000)
    await expect(next).resolves.toMatchObject({ text: 'Hola de nuevo.' })
    expect(bench.children).toHaveLength(2)
  },
)

test('requests that wait are not lost with the one that ran', async () => {
  const there = bench.next(({ phase }) => phase === 'decode')
  const running = codeOf(generated(bench.host, asking(file, 'sin parar', { maxTokens: 2_000 })))
  await there
  const waiting = hello()
  await Promise.resolve()
  bench.kill()
  await expect(running).resolves.toBe('crashed')
  clock.advance(1_000)
  await expect(waiting).resolves.toMatchObject({ text: 'Hola de nuevo.' })
})

test('dead twice in ten minutes it stays off until it is turned on', async () => {
  await killedAt('decode')
  clock.advance(60_000)
  const waiting = bench.next(({ phase }) => phase === 'decode')
  const running = codeOf(generated(bench.host, asking(file, 'sin parar', { maxTokens: 2_000 })))
  await waiting
  const queued = codeOf(hello())
  await Promise.resolve()
  bench.kill()
  await expect(running).resolves.toBe('crashed')
  await expect(queued).resolves.toBe('off')
  expect(bench.deaths).toEqual([
    { deaths: 1, off: false },
    { deaths: 2, off: true },
  ])
  expect(bench.host.status()).toMatchObject({ state: 'off', reason: 'crashed' })
  clock.advance(60 * 60_000)
  await expect(codeOf(hello())).resolves.toBe('off')
  expect(bench.children).toHaveLength(2)

  bench.host.turnOn()
  await expect(hello()).resolves.toMatchObject({ text: 'Hola de nuevo.' })
})

test('two deaths far apart turn nothing off', async () => {
  await killedAt('decode')
  clock.advance(11 * 60_000)
  await expect(killedAt('decode')).resolves.toBe('crashed')
  expect(bench.deaths.at(-1)).toEqual({ deaths: 2, off: false })
})

test('an abort ends a long prompt between two chunks, and the process lives on', async () => {
  const abort = new AbortController()
  const there = bench.next(({ phase, done }) => phase === 'prefill' && Number(done) > 0)
  const ended = generated(bench.host, slow(slowModel(), { signal: abort.signal }))
  const chunk = await there
  expect(Number(chunk.done)).toBeLessThanOrEqual(128)
  const stopped = bench.next(({ type }) => type === 'failed')
  abort.abort(new Error('taken over'))
  await expect(ended).rejects.toThrow('taken over')
  await expect(stopped).resolves.toMatchObject({ code: 'aborted' })
  await expect(hello()).resolves.toMatchObject({ text: 'Hola de nuevo.' })
  expect(bench.children).toHaveLength(1)
})

test('an abort ends an answer that is being said', async () => {
  const abort = new AbortController()
  const there = bench.next(({ phase }) => phase === 'decode')
  const ended = generated(bench.host, asking(file, 'sin parar', { maxTokens: 3_000, signal: abort.signal }))
  await there
  abort.abort(new Error('enough'))
  await expect(ended).rejects.toThrow('enough')
  await expect(hello()).resolves.toMatchObject({ text: 'Hola de nuevo.' })
  expect(bench.deaths).toEqual([])
})

test('a process that obeys no abort is ended', async () => {
  const abort = new AbortController()
  const there = bench.next(({ phase }) => phase === 'decode')
  const ended = generated(bench.host, asking(file, 'sin parar', { maxTokens: 3_000, signal: abort.signal }))
  await there
  bench.deaf = true
  abort.abort(new Error('enough'))
  await expect(ended).rejects.toThrow('enough')
  const next = hello()
  const died = changed(() => bench.deaths.length > 0)
  clock.advance(30_000)
  await died
  clock.advance(1_000)
  await expect(next).resolves.toMatchObject({ text: 'Hola de nuevo.' })
})

test('a request has its time, and then fails', async () => {
  const there = bench.next(({ phase }) => phase === 'decode')
  const ended = codeOf(generated(bench.host, asking(file, 'sin parar', { maxTokens: 3_000 })))
  await there
  clock.advance(90_000)
  await expect(ended).resolves.toBe('timeout')
})

test('the process ends when its parent is gone', async () => {
  const parent = fork(
    join(import.meta.dirname, '../../../../tests/fixtures/model-parent.ts'),
    [bench.folder, file],
    {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  const { promise, resolve } = Promise.withResolvers<number>()
  parent.on('message', (pid) => resolve(Number(pid)))
  const pid = await promise
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false)
})

/** Resolves when the host's status has changed to what is asked for. */
async function changed(fits: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = bench.host.onChange(() => fits() && resolve())
  if (!fits()) await promise
  stop()
}

/** What has ended and is fetched by nobody, as in a container without an init, is not alive either. */
function isAlive(pid: number): boolean {
  const stat = `/proc/${pid}/stat`
  try {
    process.kill(pid, 0)
    return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'))
  } catch {
    return false
  }
}

test('a measurement that does not end is given up, and chats are answered', async () => {
  const there = bench.next(({ type, phase }) => type === 'progress' && phase === 'loading')
  const measured = codeOf(bench.host.measure(file))
  await there
  clock.advance(15 * 60_000)
  await expect(measured).resolves.toBe('timeout')
  await expect(hello()).resolves.toMatchObject({ text: 'Hola de nuevo.' })
})

test('a file whose reading does not end is no model', async () => {
  const inspected = codeOf(bench.host.inspect(file))
  clock.advance(2 * 60_000)
  await expect(inspected).resolves.toBe('model.damaged')
})
