import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { STALLED_MS } from '../../main/core/browsers/attempt.ts'
import type { BrowserDownload } from '../../main/core/browsers/browser.ts'
import type { Candidate } from '../../main/core/browsers/candidates.ts'
import { BACK_OFF_MS } from '../../main/core/browsers/download.ts'
import { ANSWER_MS, ENDING_MS } from '../../main/core/browsers/first-answer.ts'
import { BrowserLibrary, PINNED_BUILD } from '../../main/core/browsers/service.ts'
import { isDomainError } from '../../main/core/errors.ts'
import type { ChildProcess } from '../../main/core/host.ts'
import { withMutant } from '../../main/core/mutants.ts'
import { forkProcess } from '../../main/hosting/fork-process.ts'
import {
  browserArchive,
  browserScript,
  FakeBrowserFiles,
  installedBrowser,
} from '../fakes/browser-files/server.ts'
import { HurriedClock } from '../fixtures/clock.ts'
import { testLog } from '../fixtures/host.ts'

// Browsers and processes are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const linux = { platform: 'linux', arch: 'x64' } as const

let server: FakeBrowserFiles
let data: string
let clock: HurriedClock
let children: ChildProcess[]
let opened: BrowserLibrary[]

beforeEach(async () => {
  server = await FakeBrowserFiles.start()
  data = mkdtempSync(join(tmpdir(), 'browsers-'))
  clock = new HurriedClock()
  for (const ms of BACK_OFF_MS) clock.hurried.add(ms)
  children = []
  opened = []
})

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const library of opened) await library.close()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
})

interface Given {
  installed?: Candidate[]
  computer?: { platform: NodeJS.Platform; arch: string }
  endpoint?: string
  freeDisk?: () => Promise<number>
}

function library(given: Given = {}): BrowserLibrary {
  const made = new BrowserLibrary({
    dataFolder: data,
    processes: {
      fork: (path, args) => {
        const child = forkProcess(path, args)
        children.push(child)
        return child
      },
    },
    clock,
    log: testLog(),
    endpoint: server.endpoint,
    computer: linux,
    installed: [],
    ...given,
  })
  opened.push(made)
  return made
}

/** Resolves with the download as soon as it is as wanted. */
function until(
  browsers: BrowserLibrary,
  wanted: (download: BrowserDownload) => boolean,
): Promise<BrowserDownload> {
  const { promise, resolve } = Promise.withResolvers<BrowserDownload>()
  const look = () => {
    if (!wanted(browsers.download())) return
    stop()
    resolve(browsers.download())
  }
  const stop = browsers.onChange(look)
  look()
  return promise
}

const ended = (browsers: BrowserLibrary) => until(browsers, ({ state }) => state !== 'running')
const moving = (browsers: BrowserLibrary) => until(browsers, ({ bytes }) => bytes > 0)

async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<Record<string, unknown>> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return isDomainError(error) ? { code: error.code, reason: error.data.reason } : { error }
  }
  return { code: null }
}

function put(name: string, content: string, mode = 0o755): string {
  const file = join(data, name)
  writeFileSync(file, content)
  chmodSync(file, mode)
  return file
}

/** Whether a process is there and no mere entry that nobody has fetched. */
function runs(pid: string): boolean {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'))
}

/** What lies in the folder of browsers, but for notes. */
const unpacked = () =>
  existsSync(join(data, 'browsers'))
    ? readdirSync(join(data, 'browsers')).filter((name) => !name.endsWith('.json'))
    : []

describe('a browser that is installed', () => {
  it('is found, started once, and used', async () => {
    // One that is slow to end would be ended, with its files still there.
    clock.endless.add(ENDING_MS)
    const temporary = join(data, 'tmp')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    const starts = join(data, 'starts')
    const path = put('google-chrome', `#!/bin/sh\necho x >> ${starts}\nexec ${installedBrowser} "$@"\n`)
    const browsers = library({ installed: [{ path, name: 'Google Chrome' }] })
    expect(await browsers.find()).toEqual([
      { path, name: 'Google Chrome', source: 'installed', version: null },
    ])
    const [first, again] = await Promise.all([browsers.resolve(), browsers.resolve()])
    expect(first.version).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
    expect(first.userAgent).toMatch(/^Mozilla\/5\.0 .+ Chrome\/[\d.]+ Safari\/537\.36$/)
    expect(again).toEqual(first)
    expect((await browsers.find())[0]?.version).toBe(first.version)
    expect(readFileSync(starts, 'utf8')).toBe('x\n')
    expect(readdirSync(temporary)).toEqual([])
  })

  it('is passed over for the next where it does not work', async () => {
    const broken = put('chromium', '#!/bin/sh\nexit 3\n')
    const works = put('brave', browserScript)
    const browsers = library({
      installed: [
        { path: join(data, 'nothing'), name: 'Google Chrome' },
        { path: broken, name: 'Chromium' },
        { path: works, name: 'Brave' },
      ],
    })
    expect((await browsers.resolve()).path).toBe(works)
    expect(await errorOf(library().resolve())).toEqual({ code: 'browser.not_found', reason: undefined })
  })
})

describe('the owner’s choice', () => {
  it('goes first, is remembered, and can be taken back', async () => {
    const installed: Candidate[] = [{ path: installedBrowser, name: 'Chromium' }]
    const own = put('own-chrome', browserScript)
    const browsers = library({ installed })
    await browsers.choose(own)
    const later = library({ installed })
    expect(later.chosen).toBe(own)
    expect((await later.find()).map(({ path, source }) => [path, source])).toEqual([
      [own, 'chosen'],
      [installedBrowser, 'installed'],
    ])
    expect((await later.resolve()).path).toBe(own)
    rmSync(own)
    expect((await later.find()).map(({ source }) => source)).toEqual(['installed'])
    await later.choose(null)
    expect(library().chosen).toBeNull()
  })

  it.each([
    ['a program that is no browser', () => '/bin/true', 'not_chrome'],
    ['a program that fails', () => '/bin/false', 'does_not_start'],
    ['a text', () => put('note.txt', 'hello', 0o644), 'not_executable'],
    ['a text that may be run', () => put('note.txt', 'hello'), 'does_not_start'],
    ['a folder', () => data, 'not_executable'],
    ['nothing', () => join(data, 'nothing'), 'missing'],
  ])('is refused when it is %s', async (_what, path, reason) => {
    const browsers = library()
    expect(await errorOf(browsers.choose(path()))).toEqual({ code: 'browser.not_usable', reason })
    expect(browsers.chosen).toBeNull()
  })

  it('is refused when it says nothing, and what it started ends', async () => {
    const pids = join(data, 'pids')
    const browsers = library()
    const path = put('mute', `#!/bin/sh\nsleep 300 &\necho $! > ${pids}\nwait\n`)
    const refused = errorOf(browsers.choose(path))
    await expect.poll(() => existsSync(pids) && readFileSync(pids, 'utf8'), { timeout: 30_000 }).toMatch(/\n/)
    clock.skip(ANSWER_MS)
    expect(await refused).toEqual({ code: 'browser.not_usable', reason: 'no_answer' })
    const pid = readFileSync(pids, 'utf8').trim()
    await expect.poll(() => runs(pid), { timeout: 30_000 }).toBe(false)
    expect((await errorOf(browsers.choose('chrome'))).code).toBe('input.invalid')
  })
})

describe('a download', () => {
  it('brings a browser that works, and nothing else stays', async () => {
    const browsers = library()
    const steps = new Set<string | null>()
    browsers.onChange(() => steps.add(browsers.download().step))
    expect(browsers.startDownload()).toMatchObject({ state: 'running', step: 'fetching' })
    expect(await errorOf(() => browsers.startDownload())).toMatchObject({ code: 'browser.download_running' })
    const size = server.archive.length
    expect(await ended(browsers)).toEqual({
      state: 'done',
      step: null,
      bytes: size,
      totalBytes: size,
      error: null,
    })
    expect([...steps]).toEqual(['fetching', 'unpacking', 'checking', null])
    expect(server.requests).toEqual([`/${PINNED_BUILD}/linux64/chrome-linux64.zip`])
    const later = library()
    const [found] = await later.find()
    expect(found).toMatchObject({ name: 'Chrome for Testing', source: 'downloaded' })
    expect((await later.resolve()).path).toBe(found?.path)
    expect(unpacked()).toHaveLength(1)
    // A newer one takes the place of it.
    later.startDownload()
    await ended(later)
    const [newer] = await later.find()
    expect(newer?.path).not.toBe(found?.path)
    expect(existsSync(newer?.path ?? '')).toBe(true)
    expect(unpacked()).toHaveLength(1)
  })

  it('is tried again when the connection breaks', async () => {
    server.fault({ kind: 'cut', after: 300_000 }, { kind: 'status', status: 503 }, { kind: 'cut', after: 0 })
    const browsers = library()
    browsers.startDownload()
    expect(await ended(browsers)).toMatchObject({ state: 'done', error: null })
    expect(server.requests).toHaveLength(4)
    expect((await browsers.resolve()).version).toMatch(/^\d/)
  })

  it('fails when it breaks for ever, leaves nothing, and can be tried again', async () => {
    server.fault(...Array.from({ length: 4 }, () => ({ kind: 'cut', after: 300_000 }) as const))
    const browsers = library()
    browsers.startDownload()
    const error = { code: 'browser.download_failed', reason: 'connection' }
    expect(await ended(browsers)).toMatchObject({ state: 'failed', error })
    expect(server.requests).toHaveLength(4)
    expect(unpacked()).toEqual([])
    browsers.startDownload()
    expect(await ended(browsers)).toMatchObject({ state: 'done' })
  })

  it('fails where nothing listens, and where it is refused', async () => {
    const nowhere = library({ endpoint: 'http://127.0.0.1:9' })
    nowhere.startDownload()
    expect((await ended(nowhere)).error?.reason).toBe('connection')
    server.fault({ kind: 'status', status: 403 })
    const browsers = library()
    browsers.startDownload()
    expect((await ended(browsers)).error?.reason).toBe('refused')
    expect(server.requests).toHaveLength(1)
    const open = library({ endpoint: 'http://chrome.example' })
    expect(await errorOf(() => open.startDownload())).toMatchObject({ reason: 'refused' })
  })

  it('fails when nothing more comes', async () => {
    server.fault(...Array.from({ length: 4 }, () => ({ kind: 'stall', after: 300_000 }) as const))
    const browsers = library()
    browsers.startDownload()
    for (const tries of [1, 2, 3, 4]) {
      await until(browsers, ({ step, bytes }) => step === 'fetching' && bytes > 0)
      expect(server.requests).toHaveLength(tries)
      const over = until(browsers, ({ step }) => step !== 'fetching')
      clock.skip(STALLED_MS)
      await over
    }
    expect(await ended(browsers)).toMatchObject({ state: 'failed', error: { reason: 'stalled' } })
    expect(unpacked()).toEqual([])
  })

  it('can be cancelled, and leaves nothing', async () => {
    server.fault({ kind: 'stall', after: 300_000 })
    const browsers = library()
    browsers.startDownload()
    await moving(browsers)
    await browsers.cancelDownload()
    expect(browsers.download()).toEqual({
      state: 'none',
      step: null,
      bytes: 0,
      totalBytes: null,
      error: null,
    })
    expect(unpacked()).toEqual([])
    browsers.startDownload()
    expect(await ended(browsers)).toMatchObject({ state: 'done' })
  })

  it('goes on when its process is killed', async () => {
    server.fault({ kind: 'stall', after: 300_000 })
    const browsers = library()
    browsers.startDownload()
    await moving(browsers)
    children[0]?.kill()
    expect(await ended(browsers)).toMatchObject({ state: 'done' })
    expect(children).toHaveLength(2)
  })

  it.each<[string, () => Uint8Array, string]>([
    ['no archive', () => new Uint8Array(5_000).fill(7), 'damaged'],
    ['half an archive', () => browserArchive().slice(0, 600_000), 'damaged'],
    ['an archive without a browser', () => browserArchive(null), 'damaged'],
    ['an archive with something else', () => browserArchive('#!/bin/sh\necho hello\n'), 'damaged'],
    ['a browser that does not start here', () => browserArchive('#!/bin/sh\nexit 127\n'), 'does_not_start'],
  ])('fails when it brings %s', async (_what, archive, reason) => {
    server.archive = archive()
    const browsers = library()
    browsers.startDownload()
    const code = reason === 'damaged' ? 'browser.download_failed' : 'browser.not_usable'
    expect(await ended(browsers)).toMatchObject({ state: 'failed', error: { code, reason } })
    expect(unpacked()).toEqual([])
    expect(await browsers.find()).toEqual([])
  })

  it('of something that is no browser is kept by its mutant', async () => {
    server.archive = browserArchive('#!/bin/sh\necho hello\n')
    const browsers = library()
    await withMutant('browsers.started', async () => {
      browsers.startDownload()
      expect(await ended(browsers)).toMatchObject({ state: 'done' })
    })
    expect((await browsers.find()).map(({ source }) => source)).toEqual(['downloaded'])
  })

  it('does not begin without room, or where there is no build', async () => {
    const full = library({ freeDisk: async () => 100_000_000 })
    full.startDownload()
    expect((await ended(full)).error?.reason).toBe('no_space')
    expect(server.requests).toEqual([])
    const other = library({ computer: { platform: 'linux', arch: 'arm64' } })
    expect(other.canDownload).toBe(false)
    expect(await errorOf(() => other.startDownload())).toMatchObject({ code: 'browser.no_download' })
  })

  it('that ended with the program leaves nothing behind at the next start', async () => {
    const folder = join(data, 'browsers', 'chrome-0193', 'chrome', 'linux-1')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'half'), 'x')
    const browsers = library()
    await browsers.tidy()
    expect(unpacked()).toEqual([])
  })

  it('runs once, however many programs want one', async () => {
    server.fault({ kind: 'stall', after: 300_000 })
    const first = library()
    const second = library()
    first.startDownload()
    await moving(first)
    second.startDownload()
    expect((await ended(second)).error).toEqual({ code: 'browser.download_running', reason: null })
    expect(first.download().state).toBe('running')
  })
})
