import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../main/core/app.ts'
import { FakeModelFiles } from '../fakes/model-files/server.ts'
import { writeLexicalEmbedder } from '../fixtures/gguf/lexical-embedder.ts'
import { createTestHost } from '../fixtures/host.ts'
import { cli, startCli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-models-'))
const content = Buffer.concat([Buffer.from('GGUF'), randomBytes(600_000)])
// The one of the list whose hash is not known beforehand: the server's word is taken for it.
const id = 'granite-embedding-278m'
const fileName = 'granite-embedding-278m-multilingual-Q8_0.gguf'
const path = `/bartowski/granite-embedding-278m-multilingual-GGUF/resolve/main/${fileName}`
let files: FakeModelFiles

const run = (...args: string[]) =>
  cli([...args, '--data', data, '--json'], { env: { MOSTRADOR_MODELS_ENDPOINT: files.endpoint } })

beforeAll(async () => {
  files = await FakeModelFiles.start()
  files.put(path, content)
  const app = await createApp({ serve: false }, createTestHost(data))
  const { slug } = await app.shops.create({ name: 'Luz', currency: 'EUR', locale: 'es-ES' })
  const { storage, catalog } = app.shops.open(slug)
  storage.write('system', (tx) => {
    for (const name of ['Lámpara de mesa', 'Vela aromática', 'Espejo redondo'])
      catalog.create(tx, { name, variants: [{ price: { kind: 'exact', amount: 2_000 } }] })
  })
  await app.stop()
})
afterAll(async () => {
  await files.stop()
  rmSync(data, { recursive: true, force: true })
})

describe('model', () => {
  it('lists what is recommended, with what this computer makes of it', async () => {
    const { lines, code } = await run('model', 'list')
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ computer: { cores: expect.any(Number) }, folder: join(data, 'models') })
    const granite = lines.find((line) => line.id === id)
    expect(granite).toMatchObject({
      size: null,
      sha256: null,
      verified: false,
      file: null,
      kind: 'embedding',
    })
    const text = await cli(['model', 'list', '--data', data])
    expect(text.stdout).toContain('not verified')
  })

  it('pauses a download on an interrupt, goes on, and deletes it', async () => {
    files.fault({ kind: 'stall', after: 200_000 })
    const env = { MOSTRADOR_MODELS_ENDPOINT: files.endpoint }
    const running = startCli(['model', 'download', id, '--data', data, '--json'], { env })
    for (let line = await running.next(); line.bytes === 0; ) line = await running.next()
    running.child.kill('SIGINT')
    const paused = await running.ended
    expect(paused.lines.at(-1)).toMatchObject({ state: 'paused' })
    expect(paused.code).toBe(1)
    const file = join(data, 'models', fileName)
    expect(existsSync(`${file}.part`)).toBe(true)
    const done = await run('model', 'download', id)
    expect(done.lines.at(-1)).toMatchObject({ state: 'done', bytes: content.length, file })
    expect(files.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/)
    expect((await run('model', 'remove', file)).lines).toEqual([{ removed: file }])
    expect(existsSync(file)).toBe(false)
    expect((await run('model', 'remove', file)).code).toBe(3)
  })

  it('says what there is not, and what cannot be reached', async () => {
    expect((await run('model', 'download', 'nothing')).code).toBe(3)
    files.fault({ kind: 'status', status: 403 })
    const refused = await run('model', 'download', id)
    expect(refused).toMatchObject({ code: 7 })
    expect(refused.lines.at(-1)).toMatchObject({
      error: { code: 'model.unreachable', data: { status: 403 } },
    })
  })
})

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('model gpu', () => {
  it('says what is offered, and what went wrong on its way', async () => {
    const driver = mkdtempSync(join(tmpdir(), 'cli-driver-'))
    writeFileSync(join(driver, 'libnvidia-ml.so.1'), '')
    const env = { LD_LIBRARY_PATH: driver, MOSTRADOR_CUDA_ENDPOINT: files.endpoint }
    const gpu = (...args: string[]) => cli(['model', 'gpu', ...args, '--data', data], { env })
    try {
      const shown = await gpu('show', '--json')
      expect(shown.lines).toMatchObject([
        { offered: true, card: true, installed: false, progress: { step: 'none' } },
      ])
      const failed = await gpu('install', '--json')
      expect(failed).toMatchObject({ code: 7 })
      expect(failed.lines.at(-1)).toMatchObject({
        error: { code: 'model.unreachable', data: { status: 404 } },
      })
    } finally {
      rmSync(driver, { recursive: true, force: true })
    }
  })
})

describe('embedding', () => {
  it('teaches search meanings, and takes them back', async () => {
    const file = join(data, 'own.gguf')
    const words = ['lampara', 'mesa', 'vela', 'aromatica', 'espejo', 'redondo', 'de']
    writeLexicalEmbedder(file, { words, synonyms: [['lampara', 'flumbo']], dimensions: 128 })
    expect((await run('embedding', 'show')).lines).toEqual([
      { file: null, name: null, state: 'off', done: 0, total: 0, error: null },
    ])
    const used = await run('embedding', 'use', file)
    expect(used.code).toBe(0)
    expect(used.lines.at(-1)).toMatchObject({ file, name: 'own', state: 'ready', done: 3, total: 3 })
    expect((await run('embedding', 'show')).lines[0]).toMatchObject({ file, state: 'ready' })
    expect((await run('model', 'list')).lines.at(-1)).toMatchObject({
      file,
      kind: 'embedding',
      usedBy: [{ shop: 'luz', name: 'own' }],
    })
    expect((await run('embedding', 'use', join(data, 'none.gguf'))).code).toBe(3)
    expect((await run('embedding', 'use', join(data, 'secret.key'))).code).toBe(2)
    expect((await run('embedding', 'use', 'builtin')).lines.at(-1)).toMatchObject({
      file: null,
      state: 'off',
    })
    expect(existsSync(join(data, 'shops', 'luz', 'search', 'meaning'))).toBe(false)
  })
})
