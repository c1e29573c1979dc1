import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeModelFiles } from '../../../../tests/fakes/model-files/server.ts'
import { type ArchiveEntry, publish, smallBuild } from '../../../../tests/fixtures/cuda-builds.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import { WatchedClock } from '../../../../tests/fixtures/watched-clock.ts'
import { isDomainError } from '../../errors.ts'
import { withMutant } from '../../mutants.ts'
import type { CudaBuilds } from './builds.ts'
import { CudaBuild, type CudaBuildDeps } from './service.ts'

const GIB = 1024 ** 3
const main = '@node-llama-cpp/linux-x64-cuda'
const older = `${main}-ext`

let registry: FakeModelFiles
let data: string
let clock: WatchedClock
let builds: CudaBuilds
let opened: CudaBuild[]
let restarts: number

beforeEach(async () => {
  registry = await FakeModelFiles.start()
  data = join(mkdtempSync(join(tmpdir(), 'cuda-')), 'data', 'here')
  mkdirSync(data, { recursive: true })
  clock = new WatchedClock()
  builds = publish(registry, '1.0.0')
  opened = []
  restarts = 0
})
afterEach(async () => {
  for (const cuda of opened) await cuda.close()
  await registry.stop()
  rmSync(dirname(dirname(data)), { recursive: true, force: true })
})

function cudaBuild(more: Partial<CudaBuildDeps> = {}): CudaBuild {
  const made = new CudaBuild({
    dataFolder: data,
    resources: data,
    clock,
    log: testLog(),
    restartModels: async () => {
      restarts++
    },
    inUse: () => false,
    endpoint: registry.endpoint,
    target: 'linux-x64',
    evidence: () => ({ card: true, runtime: true }),
    freeDisk: async () => 100 * GIB,
    builds,
    ...more,
  })
  opened.push(made)
  return made
}

const inside = (...parts: string[]) => join(data, 'cuda', ...parts)

async function code(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  )
  return isDomainError(error) ? error.code : String(error)
}

/** Resolves when bytes have come in. */
function moving(cuda: CudaBuild): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = cuda.onChange(({ progress }) => {
    if (progress.bytes === 0) return
    stop()
    resolve()
  })
  return promise
}

describe('an installation', () => {
  test('fetches both archives, keeps what the library reads, and has models start anew', async () => {
    const cuda = cudaBuild()
    expect(cuda.status()).toMatchObject({
      offered: true,
      installed: false,
      progress: { step: 'none', bytes: 0 },
    })
    expect(cuda.choice()).toBeNull()
    const steps: string[] = []
    cuda.onChange(({ progress }) => steps.push(progress.step))
    expect(await cuda.install()).toMatchObject({ installed: true, trouble: null, outdated: false })
    expect([...new Set(steps)]).toEqual(['running', 'checking', 'unpacking', 'none'])
    expect(restarts).toBe(1)
    expect(readdirSync(inside()).sort()).toEqual(['1.0.0', 'note.json'])
    expect(readdirSync(inside('1.0.0', 'linux-x64-cuda')).sort()).toEqual(['bins', 'package.json'])
    expect(cuda.choice()).toEqual({
      version: '1.0.0',
      folders: {
        [main]: inside('1.0.0', 'linux-x64-cuda', 'bins'),
        [older]: inside('1.0.0', 'linux-x64-cuda-ext', 'bins'),
      },
    })
    expect(registry.requests.every(({ authorization }) => authorization === null)).toBe(true)
    // What is here is not asked for again.
    const asked = registry.requests.length
    await cuda.install()
    expect(registry.requests).toHaveLength(asked)
  })

  test('goes on where a connection broke', async () => {
    registry.fault({ kind: 'cut', after: 250_000 })
    const cuda = cudaBuild()
    const waits = clock.asked(1_000)
    const installed = cuda.install()
    await waits
    expect(cuda.status().progress.step).toBe('waiting')
    clock.advance(1_000)
    expect(await installed).toMatchObject({ installed: true })
    expect(registry.requests[1]?.range).toMatch(/^bytes=\d+-$/)
  })

  test('is paused and cancelled', async () => {
    registry.fault({ kind: 'stall', after: 250_000 }, { kind: 'stall', after: 10_000 })
    const cuda = cudaBuild()
    const first = cuda.install()
    await moving(cuda)
    expect(await code(cuda.install())).toBe('model.download_running')
    expect(await code(cuda.remove())).toBe('model.download_running')
    await cuda.pause()
    expect((await first).progress).toMatchObject({ step: 'paused', error: null })
    // Another start of the app sees what is here.
    const later = cudaBuild()
    await later.tidy()
    const { step, bytes } = later.status().progress
    expect(step).toBe('paused')
    expect(bytes).toBeGreaterThan(0)
    const again = later.install()
    await moving(later)
    await later.cancel()
    expect(await again).toMatchObject({ installed: false })
    expect(later.status().progress).toEqual({ step: 'none', bytes: 0, speed: null, error: null })
    expect(readdirSync(inside())).toEqual([])
  })

  test('killed halfway it goes on, and half a build is none', async () => {
    const [entries, rest] = smallBuild('1.0.0')
    const large = { path: 'package/bins/linux-x64-cuda/libggml-cuda.so', content: randomBytes(4_000_000) }
    builds = publish(registry, '1.0.0', [[...entries, large], rest])
    registry.fault({ kind: 'stall', after: 3_500_000 })
    const script = join(import.meta.dirname, '../../../../tests/fixtures/cuda-installer.ts')
    const child = fork(script, [data, registry.endpoint, JSON.stringify(builds)], { execArgv: [] })
    const exited = new Promise((resolve) => child.once('exit', resolve))
    const part = inside('linux-x64-cuda-1.0.0.tgz.part')
    const size = () => statSync(part, { throwIfNoEntry: false })?.size ?? 0
    try {
      await expect.poll(size, { timeout: 15_000 }).toBeGreaterThan(1_000_000)
    } finally {
      child.kill('SIGKILL')
    }
    await exited
    // What an unpacking would have left.
    writeFileSync(inside('making'), 'half')
    const cuda = cudaBuild()
    await cuda.tidy()
    expect(cuda.status().installed).toBe(false)
    expect(existsSync(inside('making'))).toBe(false)
    expect(await cuda.install()).toMatchObject({ installed: true })
    expect(registry.requests[1]?.range).toMatch(/^bytes=\d+-$/)
  })

  test('is refused where the disk is too small', async () => {
    const cuda = cudaBuild({ freeDisk: async () => 512 * 1024 ** 2 + 1_000_000 })
    expect(await code(cuda.install())).toBe('model.no_space')
    expect(registry.requests).toEqual([])
    expect(cuda.status().progress).toMatchObject({ step: 'failed', error: 'model.no_space' })
  })

  test('is not offered without a card, or where there is no build', async () => {
    const without = cudaBuild({ evidence: () => ({ card: false, runtime: false }) })
    expect(without.status()).toMatchObject({ offered: false, card: false })
    expect(await code(without.install())).toBe('cuda.not_offered')
    const elsewhere = cudaBuild({ target: 'darwin-arm64' })
    expect(elsewhere.status()).toMatchObject({ offered: false, size: 0 })
    expect(await code(elsewhere.install())).toBe('cuda.not_offered')
  })
})

describe('what is fetched', () => {
  const other = () => {
    const list = publish(registry, '1.0.0')
    // Other random bytes of the same size than the list knows.
    builds = { ...list, targets: builds.targets }
    for (const target of Object.values(builds.targets))
      target.packages.forEach((each, at) => {
        each.size = list.targets['linux-x64']?.packages[at]?.size ?? 0
      })
  }

  test('has to have the hash of the list', async () => {
    other()
    const cuda = cudaBuild()
    expect(await code(cuda.install())).toBe('model.checksum')
    expect(cuda.status()).toMatchObject({
      installed: false,
      progress: { step: 'failed', error: 'model.checksum' },
    })
    expect(readdirSync(inside())).toEqual([])
    expect(restarts).toBe(0)
    await withMutant('models.checksum', async () => {
      expect(await cuda.install()).toMatchObject({ installed: true })
    })
  })

  test('is hashed again before it is opened', async () => {
    const cuda = cudaBuild()
    registry.fault({ kind: 'stall', after: 500_000_000 }, { kind: 'stall', after: 10_000 })
    const paused = cuda.install()
    const { promise, resolve } = Promise.withResolvers<void>()
    const first = builds.targets['linux-x64']?.packages[0].size ?? 0
    cuda.onChange(({ progress }) => progress.bytes > first && resolve())
    await promise
    await cuda.pause()
    await paused
    const archive = inside('linux-x64-cuda-1.0.0.tgz')
    writeFileSync(archive, randomBytes(first))
    expect(await code(cuda.install())).toBe('model.checksum')
    expect(existsSync(archive)).toBe(false)
    expect(await cuda.install()).toMatchObject({ installed: true })
  })

  const strange: [string, ArchiveEntry][] = [
    ['a path that leads out', { path: 'package/../../../evil', content: 'x' }],
    ['an absolute path', { path: '/tmp/mostrador-evil', content: 'x' }],
    ['a link', { path: 'package/bins/linux-x64-cuda/x.so', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
    ['a hard link', { path: 'package/bins/linux-x64-cuda/x.so', type: 'Link', linkpath: '/etc/passwd' }],
    ['a file beside the package', { path: 'evil', content: 'x' }],
    ['another package', { path: 'package/package.json', content: '{"name":"evil","version":"1.0.0"}' }],
    [
      'another version',
      { path: 'package/package.json', content: JSON.stringify({ name: main, version: '9.0.0' }) },
    ],
    ['more than was said', { path: 'package/bins/linux-x64-cuda/bomb.so', content: Buffer.alloc(3_000_000) }],
  ]
  test.each(strange)('is refused with %s', async (_, entry) => {
    const [entries, rest] = smallBuild('1.0.0')
    const said = builds.targets['linux-x64']?.packages[0].unpackedSize ?? 0
    builds = publish(registry, '1.0.0', [[...entries, entry], rest])
    const [first] = builds.targets['linux-x64']?.packages ?? []
    if (first !== undefined) first.unpackedSize = said + 4096
    const cuda = cudaBuild()
    expect(await code(cuda.install())).toBe('model.checksum')
    expect(readdirSync(inside())).toEqual([])
    expect(existsSync('/tmp/mostrador-evil')).toBe(false)
    expect(readdirSync(dirname(data))).toEqual(['here'])
  })

  test('would reach other folders without that look', async () => {
    const [entries, rest] = smallBuild('1.0.0')
    const evil = { path: 'package/../../../evil', content: 'x' }
    builds = publish(registry, '1.0.0', [[...entries, evil], rest])
    await withMutant('cuda.paths', () => code(cudaBuild().install()))
    expect(existsSync(join(data, 'evil'))).toBe(true)
  })
})

describe('an installed build', () => {
  test('gives way to the version of a newer app', async () => {
    await cudaBuild().install()
    builds = publish(registry, '1.1.0')
    const newer = cudaBuild({ evidence: () => ({ card: false, runtime: false }) })
    await newer.tidy()
    expect(readdirSync(inside())).toEqual(['note.json'])
    expect(newer.status()).toMatchObject({
      offered: true,
      installed: false,
      outdated: true,
      version: '1.1.0',
    })
    expect(newer.choice()).toBeNull()
    expect(await newer.install()).toMatchObject({ installed: true, outdated: false })
  })

  test('counts only as a whole', async () => {
    const cuda = cudaBuild()
    await cuda.install()
    truncateSync(inside('1.0.0', 'linux-x64-cuda', 'bins', 'linux-x64-cuda', 'llama-addon.node'), 5)
    expect(cuda.choice()).toBeNull()
    expect(cuda.status()).toMatchObject({ installed: false })
    expect(await cuda.install()).toMatchObject({ installed: true })
    expect(readFileSync(inside('1.0.0', 'installed.json'), 'utf8')).toContain('llama-addon.node')
  })

  test('is removed once models have let go of it', async () => {
    const cuda = cudaBuild({
      restartModels: async () => {
        expect(cuda.choice()).toBeNull()
        restarts++
      },
    })
    await cuda.install().catch(() => undefined)
    restarts = 0
    await cuda.remove()
    expect(restarts).toBe(1)
    expect(existsSync(inside())).toBe(false)
    expect(cuda.status()).toMatchObject({ installed: false, outdated: false, progress: { step: 'none' } })
  })

  test('is removed, and another begun, also while the start still tidies up', async () => {
    await cudaBuild().install()
    const cuda = cudaBuild()
    void cuda.tidy()
    await cuda.remove()
    expect(existsSync(inside())).toBe(false)
    mkdirSync(inside('making'), { recursive: true })
    const later = cudaBuild()
    void later.tidy()
    expect(await later.install()).toMatchObject({ installed: true })
  })

  test('that does not load is left out until the app starts again', async () => {
    const cuda = cudaBuild()
    await cuda.install()
    cuda.tried(true)
    expect(cuda.status().trouble).toBeNull()
    cuda.tried(false)
    expect(cuda.choice()).toBeNull()
    expect(cuda.status()).toMatchObject({ installed: true, trouble: 'not_loaded' })
    expect(cudaBuild().choice()).not.toBeNull()
    await cuda.retry()
    expect(cuda.choice()).not.toBeNull()
  })

  test('under which processes died is left out until the owner tries again', async () => {
    const cuda = cudaBuild()
    await cuda.install()
    cuda.gaveUp()
    const later = cudaBuild()
    await later.tidy()
    expect(later.status()).toMatchObject({ installed: true, trouble: 'died' })
    expect(later.choice()).toBeNull()
    await later.retry()
    expect(later.choice()).not.toBeNull()
    expect(later.status().trouble).toBeNull()
  })
})
