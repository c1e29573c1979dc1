import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { writeLexicalEmbedder } from '../../../../tests/fixtures/gguf/lexical-embedder.ts'
import { writeRandomModel } from '../../../../tests/fixtures/gguf/random-model.ts'
import { asking, codeOf, generated, ModelBench } from '../../../../tests/fixtures/model-host.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let clock: ManualClock
let bench: ModelBench
beforeEach(() => {
  clock = new ManualClock()
  bench = new ModelBench({ clock })
})
afterEach(() => bench.close())

function embedder(): string {
  const path = bench.path('embedder.gguf')
  writeLexicalEmbedder(path, {
    words: ['pan', 'queso', 'camión', 'cinta'],
    synonyms: [['regalo', 'detalle', 'obsequio']],
  })
  return path
}

const scripted = () => bench.scripted([{ on: null, say: 'Hola.' }])

function cosine(one: Float32Array = new Float32Array(), other: Float32Array = new Float32Array()): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
}

describe('embeddings', () => {
  test('are of unit length, near where texts share words', async () => {
    const texts = ['pan', 'pan queso', 'camión', 'obsequio', 'detalle', '', 'pan '.repeat(3_000)]
    const vectors = await bench.host.embed(embedder(), texts)
    expect(vectors).toHaveLength(texts.length)
    const [bread, breadAndCheese, truck, present, gift, nothing, long] = vectors
    for (const vector of [bread, breadAndCheese, truck, long])
      expect(cosine(vector, vector)).toBeCloseTo(1, 5)
    expect(nothing).toHaveLength(64)
    expect(cosine(bread, breadAndCheese)).toBeGreaterThan(0.6)
    expect(Math.abs(cosine(bread, truck))).toBeLessThan(0.4)
    expect(cosine(present, gift)).toBeCloseTo(1, 5)
    expect(cosine(bread, long)).toBeCloseTo(1, 3)
  })

  test('of many texts go between chats, in order', async () => {
    const model = embedder()
    const texts = Array.from({ length: 30 }, (_, nth) => (nth % 2 === 0 ? 'pan' : 'camión'))
    const all = bench.host.embed(model, texts)
    const chat = generated(bench.host, asking(scripted(), 'hola'))
    const [single] = await bench.host.embed(model, ['pan'])
    const [vectors, { text }] = await Promise.all([all, chat])
    expect(text).toBe('Hola.')
    expect(vectors.map((vector) => cosine(vector, single) > 0.99)).toEqual(
      texts.map((word) => word === 'pan'),
    )
    expect(bench.host.status()).toMatchObject({ embeddingFile: model, chatFile: bench.path('scripted.gguf') })
  })

  test('end when they are aborted, and fail where there is no model', async () => {
    const model = embedder()
    const abort = new AbortController()
    const there = bench.next(({ type }) => type === 'vectors')
    const texts = Array.from({ length: 4_000 }, (_, nth) => `pan ${nth}`)
    const ended = bench.host.embed(model, texts, abort.signal)
    await there
    abort.abort(new Error('changed my mind'))
    await expect(ended).rejects.toThrow('changed my mind')
    await expect(codeOf(bench.host.embed(bench.path('none.gguf'), ['pan']))).resolves.toBe('model_missing')
    await expect(codeOf(bench.host.embed(bench.path('none.gguf'), ['pan', 'queso']))).resolves.toBe(
      'model_missing',
    )
  })
})

describe('inspecting', () => {
  test('tells what a model is and that it fits', async () => {
    const chat = bench.path('chat.gguf')
    writeRandomModel(chat, {
      layers: 2,
      width: 128,
      feedForward: 256,
      heads: 4,
      keyValueHeads: 2,
      contextTokens: 4_096,
      name: 'Small talk',
    })
    await expect(bench.host.inspect(chat)).resolves.toMatchObject({
      name: 'Small talk',
      architecture: 'qwen3',
      kind: 'chat',
      size: readFileSync(chat).length,
      contextTokens: 4_096,
      quantization: 'Q8_0',
      chatTemplate: true,
      tools: true,
      fit: { verdict: 'good', contextTokens: 4_096 },
      embeddingDimensions: null,
    })
    await expect(bench.host.inspect(embedder())).resolves.toMatchObject({
      kind: 'embedding',
      embeddingDimensions: 64,
      chatTemplate: false,
    })
    expect(bench.host.status().state).toBe('stopped')
  })

  test('tells what is wrong with what is no model', async () => {
    const whole = readFileSync(scripted())
    const file = (name: string, content: Uint8Array | string) => {
      writeFileSync(bench.path(name), content)
      return bench.path(name)
    }
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 40, 4_000)
    const cases = [
      ['model.not_found', bench.path('nothing.gguf')],
      ['model.not_gguf', bench.folder],
      ['model.not_gguf', file('text.gguf', 'This is no model. '.repeat(50))],
      ['model.not_gguf', file('empty.gguf', '')],
      ['model.damaged', file('half.gguf', whole.subarray(0, whole.length / 2))],
      ['model.damaged', file('short.gguf', whole.subarray(0, 700))],
      ['model.damaged', file('damaged.gguf', damaged)],
      ['model.unreachable', 'http://127.0.0.1:1/model.gguf'],
    ]
    const told = await Promise.all(cases.map(([, path = '']) => codeOf(bench.host.inspect(path))))
    expect(told).toEqual(cases.map(([code]) => code))
    expect(bench.deaths).toEqual([])
  })

  test('a file that cannot be loaded is refused and harms nobody', async () => {
    const whole = readFileSync(scripted())
    writeFileSync(bench.path('half.gguf'), whole.subarray(0, whole.length / 2))
    await expect(codeOf(generated(bench.host, asking(bench.path('half.gguf'), 'hola')))).resolves.toBe(
      'service_failed',
    )
    await expect(generated(bench.host, asking(scripted(), 'hola'))).resolves.toMatchObject({ text: 'Hola.' })
    expect(bench.deaths).toEqual([])
  })
})

test('measuring finds threads, which later requests use', async () => {
  const file = scripted()
  const measured = await bench.host.measure(file)
  expect(measured.gpu).toBeNull()
  expect(measured.threads).toBeGreaterThanOrEqual(1)
  const { prefillPerSecond, decodePerSecond } = measured
  expect(Math.min(prefillPerSecond, decodePerSecond)).toBeGreaterThan(0)
  // How fast it is, is the machine's matter: what is made of that is ours. Seconds for a usual turn.
  const seconds = 150 / prefillPerSecond + 60 / decodePerSecond
  expect(measured.tier).toBe(seconds <= 4 ? 'fast' : seconds <= 12 ? 'fair' : 'slow')
  const kept: unknown = JSON.parse(readFileSync(`${bench.folder}/models/threads.json`, 'utf8'))
  expect(kept).toEqual({ [file]: measured.threads })
  await expect(generated(bench.host, asking(file, 'hola'))).resolves.toMatchObject({ text: 'Hola.' })
})

test('memory is freed on request and after ten minutes without one', async () => {
  const file = scripted()
  await generated(bench.host, asking(file, 'hola'))
  expect(bench.host.status()).toMatchObject({ state: 'idle', chatFile: file })
  expect(bench.host.status().memory).toBeGreaterThan(10_000_000)
  await bench.host.unload()
  expect(bench.host.status()).toMatchObject({ state: 'stopped', chatFile: null, memory: null })
  await generated(bench.host, asking(file, 'hola'))
  clock.advance(10 * 60_000)
  expect(bench.host.status().state).toBe('stopped')
  await expect(generated(bench.host, asking(file, 'hola'))).resolves.toMatchObject({ text: 'Hola.' })
  expect(bench.children).toHaveLength(3)
  expect(bench.deaths).toEqual([])
})

test('another model takes the place of the one before', async () => {
  const other = bench.scripted([{ on: null, say: 'Soy otro.' }], 'other.gguf')
  await expect(generated(bench.host, asking(scripted(), 'hola'))).resolves.toMatchObject({ text: 'Hola.' })
  await expect(generated(bench.host, asking(other, 'hola'))).resolves.toMatchObject({ text: 'Soy otro.' })
  expect(bench.host.status().chatFile).toBe(other)
})

test('closed, it starts nothing any more', async () => {
  const file = scripted()
  const there = bench.next(({ phase }) => phase === 'decode')
  const running = codeOf(
    generated(
      bench.host,
      asking(bench.scripted([{ on: null, endless: 'bla ble ' }], 'e.gguf'), '', { maxTokens: 3_000 }),
    ),
  )
  await there
  await bench.host.close()
  await expect(running).resolves.toBe('off')
  await expect(codeOf(generated(bench.host, asking(file, 'hola')))).resolves.toBe('off')
  await expect(codeOf(bench.host.inspect(file))).resolves.toBe('off')
  expect(bench.children).toHaveLength(1)
  expect(bench.deaths).toEqual([])
})
