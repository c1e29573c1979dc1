import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeModelFiles, sha256 } from '../../../tests/fakes/model-files/server.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { quietModelHost } from '../../../tests/fixtures/quiet-model-host.ts'
import { WatchedClock } from '../../../tests/fixtures/watched-clock.ts'
import { isDomainError } from '../errors.ts'
import { withMutant } from '../mutants.ts'
import type { ComputerReader } from './computer.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { ModelDownload, ModelUse } from './model.ts'
import { ModelLibrary } from './service.ts'

const GIB = 1024 ** 3
const content = Buffer.concat([Buffer.from('GGUF'), randomBytes(3 * 1024 * 1024 + 119)])
const path = '/shop/tiny-GGUF/resolve/main/tiny.gguf'

let server: FakeModelFiles
let data: string
let clock: WatchedClock
let uses: ModelUse[]
let computer: ComputerReader
let opened: ModelLibrary[]

beforeEach(async () => {
  server = await FakeModelFiles.start()
  server.put(path, content)
  data = mkdtempSync(join(tmpdir(), 'models-'))
  clock = new WatchedClock()
  uses = []
  computer = {
    memory: () => ({ total: 16 * GIB, free: 8 * GIB }),
    cores: () => 8,
    freeDisk: async () => 100 * GIB,
  }
  opened = []
})

afterEach(async () => {
  for (const library of opened) await library.close()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
})

function manifest(changes: { size?: number | null; sha256?: string | null } = {}): Manifest {
  const { size = content.length, sha256: hash = sha256(content) } = changes
  return {
    version: 1,
    endpoint: 'https://models.invalid',
    models: [
      {
        kind: 'chat',
        id: 'tiny',
        name: 'Tiny',
        repository: 'shop/tiny-GGUF',
        revision: 'main',
        file: 'tiny.gguf',
        path,
        size,
        sha256: hash,
        verified: size !== null && hash !== null,
        license: 'MIT',
        licenseUrl: 'https://opensource.org/license/mit',
        memory: GIB,
        parameters: '1M',
        activeParameters: 0.001,
        languages: ['es'],
        contextTokens: 512,
      },
    ],
  }
}

function library(list = manifest()): ModelLibrary {
  const made = new ModelLibrary({
    dataFolder: data,
    resources: data,
    host: quietModelHost(),
    clock,
    log: testLog(),
    uses: () => uses,
    endpoint: server.endpoint,
    computer,
    manifest: list,
  })
  opened.push(made)
  return made
}

/** Resolves when bytes of a download have come in. */
function moving(models: ModelLibrary): Promise<void> {
  const { promise, resolve: moved } = Promise.withResolvers<void>()
  const stop = models.onChange((change) => {
    if (change.kind !== 'download' || change.download.bytes === 0) return
    stop()
    moved()
  })
  return promise
}

const target = () => join(data, 'models', 'tiny.gguf')

async function code(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  )
  return isDomainError(error) ? error.code : String(error)
}

function arrived(): void {
  expect(readFileSync(target()).equals(content)).toBe(true)
  expect(readdirSync(join(data, 'models'))).toEqual(['tiny.gguf'])
}

describe('a download', () => {
  test('arrives, is checked, and sends nothing but the question', async () => {
    const models = library()
    const seen: ModelDownload['state'][] = []
    const done = await models.download('tiny', ({ state }) => seen.push(state))
    expect(done).toMatchObject({ state: 'done', bytes: content.length, total: content.length })
    expect([...new Set(seen)]).toEqual(['running', 'checking', 'done'])
    arrived()
    expect(server.requests.map((request) => request.path)).toEqual([path, `/cdn${path}`])
    expect(server.requests.every(({ authorization }) => authorization === null)).toBe(true)
    // Once here, nothing is asked again.
    await models.download('tiny')
    expect(server.requests).toHaveLength(2)
  })

  test('goes on where the connection broke', async () => {
    server.fault({ kind: 'cut', after: 1_000_000 }, { kind: 'cut', after: 700_000 })
    const models = library()
    const first = clock.asked(1_000)
    const running = models.download('tiny')
    await first
    const second = clock.asked(1_000)
    clock.advance(1_000)
    await second
    clock.advance(1_000)
    expect(await running).toMatchObject({ state: 'done' })
    arrived()
    const ranges = server.requests
      .filter(({ path: asked }) => asked.startsWith('/cdn'))
      .map(({ range }) => range)
    expect(ranges[0]).toBeNull()
    expect(ranges[1]).toMatch(/^bytes=\d+-$/)
    expect(ranges).toHaveLength(3)
  })

  test('waits as long as the server asks, and doubles its own waits', async () => {
    server.fault(
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 429, retryAfter: 20 },
    )
    const running = library().download('tiny')
    for (const ms of [1_000, 2_000, 20_000]) {
      await clock.asked(ms)
      clock.advance(ms)
    }
    expect(await running).toMatchObject({ state: 'done' })
  })

  test('is given up after eight tries that bring nothing, and its part stays', async () => {
    server.fault(
      { kind: 'cut', after: 500_000 },
      ...Array.from({ length: 8 }, () => ({ kind: 'status' as const, status: 502 })),
    )
    const models = library()
    const running = code(models.download('tiny'))
    for (const ms of [1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]) {
      await clock.asked(ms)
      clock.advance(ms)
    }
    expect(await running).toBe('model.unreachable')
    const { models: listed } = await models.catalog()
    expect(listed[0]?.download).toMatchObject({ state: 'failed', error: 'model.unreachable' })
    expect(listed[0]?.download?.bytes).toBeGreaterThan(0)
    expect(await models.download('tiny')).toMatchObject({ state: 'done' })
    arrived()
  })

  test('leaves a connection that has fallen silent', async () => {
    server.fault({ kind: 'stall', after: 400_000 })
    const models = library()
    const stalled = moving(models)
    const running = models.download('tiny')
    await stalled
    const waits = clock.asked(1_000)
    clock.advance(30_000)
    await waits
    clock.advance(1_000)
    expect(await running).toMatchObject({ state: 'done' })
    arrived()
  })

  test('can be paused, outlives the program, and goes on', async () => {
    server.fault({ kind: 'stall', after: 2_500_000 })
    const before = library()
    const moves = moving(before)
    const running = before.download('tiny')
    await moves
    before.pause('tiny')
    expect((await running).state).toBe('paused')
    await before.close()
    const after = library()
    const [listed] = (await after.catalog()).models
    expect(listed?.download).toMatchObject({ state: 'paused', total: content.length })
    expect(listed?.file).toBeNull()
    expect((await after.download('tiny')).state).toBe('done')
    expect(server.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/)
    expect(server.requests.at(-1)?.ifRange).not.toBeNull()
    arrived()
  })

  test('can be given up: what was there goes', async () => {
    server.fault({ kind: 'stall', after: 1_000_000 })
    const models = library()
    const moves = moving(models)
    const running = models.download('tiny')
    await moves
    await models.cancel('tiny')
    expect((await running).state).toBe('paused')
    expect(readdirSync(join(data, 'models'))).toEqual([])
    expect((await models.catalog()).models[0]?.download).toBeNull()
  })

  test('runs once at a time', async () => {
    server.fault({ kind: 'stall', after: 10 })
    const models = library()
    const running = models.download('tiny')
    expect(await code(models.download('tiny'))).toBe('model.download_running')
    models.pause('tiny')
    await running
  })

  test('that another process runs is left to it', async () => {
    server.fault({ kind: 'stall', after: 1_000_000 })
    const models = library()
    const moves = moving(models)
    const running = models.download('tiny')
    await moves
    expect(await code(library().download('tiny'))).toBe('model.download_running')
    models.pause('tiny')
    await running
    expect(readdirSync(data).filter((name) => name.endsWith('.lock'))).toEqual([])
    expect((await library().download('tiny')).state).toBe('done')
    arrived()
  })

  test.each(['ignore_range', 'wrong_range'] as const)(
    'begins anew with a server that answers %s',
    async (kind) => {
      server.fault({ kind: 'cut', after: 1_500_000 }, { kind })
      const models = library()
      const running = models.download('tiny')
      await clock.asked(1_000)
      clock.advance(1_000)
      if (kind === 'wrong_range') {
        await clock.asked(1_000)
        clock.advance(1_000)
      }
      expect((await running).state).toBe('done')
      arrived()
    },
  )

  test('begins anew when the file has changed meanwhile; its mutant ends with a broken one', async () => {
    const list = manifest({ size: null, sha256: null })
    const changed = Buffer.from(content)
    changed.fill(7, 4, 2_000_000)
    const attempt = async () => {
      server.put(path, content)
      server.fault({ kind: 'stall', after: 1_000_000 })
      const models = library(list)
      const moves = moving(models)
      const running = models.download('tiny')
      await moves
      models.pause('tiny')
      await running
      server.put(path, changed)
      // A cache that keeps the old validator alive: only the redirect tells.
      const note = JSON.parse(readFileSync(`${target()}.part.json`, 'utf8'))
      writeFileSync(`${target()}.part.json`, JSON.stringify({ ...note, etag: null }))
      const waits = clock.asked(1_000)
      const again = models.download('tiny')
      await Promise.race([waits, again.catch(() => undefined)])
      clock.advance(1_000)
      return code(again)
    }
    expect(await attempt()).toBe('null')
    expect(readFileSync(target()).equals(changed)).toBe(true)
    rmSync(target())
    await withMutant('models.changed_file', async () => expect(await attempt()).toBe('model.checksum'))
  })

  test('with wrong bytes is deleted and says so; its mutant keeps them', async () => {
    const wrong = Buffer.from(content)
    wrong[5] = (wrong[5] ?? 0) ^ 1
    server.put(path, wrong)
    server.unlinked.add(path)
    const models = library()
    expect(await code(models.download('tiny'))).toBe('model.checksum')
    expect(readdirSync(join(data, 'models'))).toEqual([])
    await withMutant('models.checksum', async () => {
      await models.download('tiny')
      expect(existsSync(target())).toBe(true)
    })
  })

  test('that the server announces with another size or hash does not begin', async () => {
    server.put(path, content.subarray(0, 5_000))
    expect(await code(library().download('tiny'))).toBe('model.checksum')
    expect(existsSync(target())).toBe(false)
  })

  test('of a model whose hash is not known is checked against what the server says', async () => {
    const list = manifest({ size: null, sha256: null })
    expect((await library(list).download('tiny')).state).toBe('done')
    arrived()
    rmSync(target())
    // Bytes that are not what the first answer announced.
    const lying = '/cdn/lie'
    server.put('/lie', Buffer.alloc(content.length, 1))
    server.redirects.set(`/cdn${path}`, lying)
    expect(await code(library(list).download('tiny'))).toBe('model.checksum')
  })

  test('arrives from a server that closes each connection behind the last byte, wherever it went on', async () => {
    const small = content.subarray(0, 247_296)
    for (let round = 0; round < 6; round++) {
      server.put(path, small)
      server.fault({ kind: 'stall', after: 60_000 + round * 20_000 })
      const models = library(manifest({ size: small.length, sha256: sha256(small) }))
      const moves = moving(models)
      const running = models.download('tiny')
      await moves
      models.pause('tiny')
      await running
      expect((await models.download('tiny')).state).toBe('done')
      rmSync(target())
    }
  })

  test('without length and validator arrives all the same', async () => {
    server.unlinked.add(path)
    server.fault({ kind: 'bare' })
    expect((await library(manifest({ size: null, sha256: null })).download('tiny')).state).toBe('done')
    arrived()
  })

  test('that is a page of the network and no model is deleted', async () => {
    server.put(path, Buffer.from('<!doctype html><title>Sign in</title>'))
    server.unlinked.add(path)
    const models = library(manifest({ size: null, sha256: null }))
    expect(await code(models.download('tiny'))).toBe('model.not_gguf')
    expect(readdirSync(join(data, 'models'))).toEqual([])
  })

  test('begun in one folder is finished there when another one is chosen', async () => {
    server.fault({ kind: 'stall', after: 1_000_000 })
    const models = library()
    const moves = moving(models)
    const running = models.download('tiny')
    await moves
    models.pause('tiny')
    await running
    await models.setFolder(join(data, 'drive'))
    expect((await library().catalog()).models[0]?.download).toMatchObject({ state: 'paused' })
    expect((await models.download('tiny')).state).toBe('done')
    arrived()
    expect((await models.catalog()).models[0]?.file).toBe(target())
  })

  test('that brings more than announced begins anew', async () => {
    server.fault({ kind: 'overlong' })
    const running = library().download('tiny')
    await clock.asked(1_000)
    clock.advance(1_000)
    expect((await running).state).toBe('done')
    arrived()
  })

  test('of what is not there, or behind too many redirects, says so at once', async () => {
    server.redirects.set(`/cdn${path}`, `/cdn${path}`)
    expect(await code(library().download('tiny'))).toBe('model.unreachable')
    server.redirects.clear()
    server.fault({ kind: 'status', status: 403 })
    expect(await code(library().download('tiny'))).toBe('model.unreachable')
  })

  test('goes to no unencrypted address but this computer', async () => {
    server.redirects.set(`/cdn${path}`, 'http://192.0.2.1/tiny.gguf')
    expect(await code(library().download('tiny'))).toBe('model.unreachable')
  })

  test('needs the disk for it, before', async () => {
    computer = { ...computer, freeDisk: async () => content.length + 1000 }
    expect(await code(library().download('tiny'))).toBe('model.no_space')
    expect(server.requests).toEqual([])
  })

  test.runIf(process.platform === 'linux')('says when the disk fills up, and keeps what it has', async () => {
    mkdirSync(join(data, 'models'))
    symlinkSync('/dev/full', `${target()}.part`)
    const note = { path, etag: null, total: content.length, sha256: null }
    writeFileSync(`${target()}.part.json`, JSON.stringify(note))
    const models = library()
    expect(await code(models.download('tiny'))).toBe('model.no_space')
    expect((await models.catalog()).models[0]?.download).toMatchObject({
      state: 'failed',
      error: 'model.no_space',
    })
  })
})

describe('files', () => {
  test('are found in every folder there was, and wherever something works with them', async () => {
    const models = library()
    mkdirSync(join(data, 'models'))
    writeFileSync(join(data, 'models', 'old.gguf'), 'GGUF')
    const drive = join(data, 'drive')
    await models.setFolder(drive)
    writeFileSync(join(drive, 'new.gguf'), 'GGUF')
    writeFileSync(join(data, 'own.gguf'), 'GGUF')
    uses = [{ file: join(data, 'own.gguf'), shop: 'tienda', name: 'Local' }]
    const files = await library().files()
    expect(files.map(({ name }) => name).sort()).toEqual(['new', 'old', 'own'])
    expect(files.find(({ name }) => name === 'own')?.usedBy).toEqual([{ shop: 'tienda', name: 'Local' }])
    expect((await models.catalog()).folder).toBe(drive)
    expect(await code(models.setFolder('relative'))).toBe('input.invalid')
    writeFileSync(join(data, 'a-file'), '')
    expect(await code(models.setFolder(join(data, 'a-file', 'below')))).toBe('shop.no_rights')
  })

  test('are removed from the folders only, and not while something works with them', async () => {
    const models = library()
    await models.download('tiny')
    uses = [{ file: target(), shop: 'tienda', name: 'Local' }]
    expect(await code(models.remove(target()))).toBe('model.in_use')
    uses = []
    writeFileSync(join(data, 'own.gguf'), 'GGUF')
    writeFileSync(join(data, 'models', 'note.txt'), 'x')
    for (const file of [
      join(data, 'own.gguf'),
      join(data, 'models', 'note.txt'),
      join(data, 'models', '..', 'own.gguf'),
    ])
      expect(await code(models.remove(file))).toBe('model.not_found')
    expect(existsSync(join(data, 'own.gguf'))).toBe(true)
    await models.remove(target())
    expect(existsSync(target())).toBe(false)
  })

  test('are inspected only where they are named as models', async () => {
    const models = library()
    expect(await code(models.inspect('/etc/passwd'))).toBe('model.not_gguf')
    expect(await code(models.inspect(join(data, 'none.gguf')))).toBe('model.not_found')
    expect(await code(models.inspect('http://192.0.2.1/a.gguf'))).toBe('model.unreachable')
    expect(await code(models.inspect('file:///etc/passwd.gguf'))).toBe('model.unreachable')
  })
})

describe('the catalog', () => {
  const shipped = readManifest(resolve(import.meta.dirname, '../../../resources'))

  test('as shipped has the documented shape and names every file once', () => {
    expect(shipped.models.filter(({ kind }) => kind === 'chat').length).toBeGreaterThanOrEqual(5)
    expect(shipped.models.filter(({ kind }) => kind === 'embedding').length).toBeGreaterThanOrEqual(3)
    for (const { verified, license } of shipped.models) {
      expect(typeof verified).toBe('boolean')
      expect(license).not.toBe('')
    }
  })

  test.each([
    { memory: 4, cores: 4, gpu: null, advice: 'remote', chat: undefined },
    { memory: 16, cores: 2, gpu: null, advice: 'remote', chat: undefined },
    { memory: 7.7, cores: 4, gpu: null, advice: 'small_local', chat: 'llama-3.2-3b' },
    { memory: 15.4, cores: 8, gpu: null, advice: 'local', chat: 'qwen3-4b-instruct-2507' },
    { memory: 15.4, cores: 2, gpu: 'metal' as const, advice: 'local', chat: 'qwen3-4b-instruct-2507' },
    { memory: 24, cores: 8, gpu: 'cuda' as const, advice: 'local', chat: 'qwen3-8b' },
    { memory: 24, cores: 8, gpu: null, advice: 'local', chat: 'qwen3-4b-instruct-2507' },
    { memory: 31.2, cores: 8, gpu: null, advice: 'local', chat: 'qwen3-30b-a3b-instruct-2507' },
  ])('judges $memory GB, $cores cores, GPU $gpu', async ({ memory, cores, gpu, advice, chat }) => {
    computer = { ...computer, memory: () => ({ total: memory * GIB, free: GIB }), cores: () => cores }
    const models = new ModelLibrary({
      dataFolder: data,
      resources: data,
      host: quietModelHost({ gpu }),
      clock,
      log: testLog(),
      uses: () => [],
      computer,
      manifest: shipped,
    })
    opened.push(models)
    const catalog = await models.catalog()
    expect(catalog.computer.advice).toBe(advice)
    const recommended = catalog.models.filter((each) => each.recommended)
    expect(recommended.find(({ model }) => model.kind === 'chat')?.model.id).toBe(chat)
    expect(recommended.every(({ fit }) => fit === 'good')).toBe(true)
    expect(recommended.length).toBeLessThanOrEqual(2)
  })
})
