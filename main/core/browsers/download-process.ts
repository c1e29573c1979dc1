import { mkdir, stat } from 'node:fs/promises'
import { Browser, BrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers'
import { parentPort } from '../parent-port.ts'
import { type DownloadPlatform, type FromDownload, readOrder } from './download-protocol.ts'

/**
 * The process that fetches and unpacks a browser. A process of its own, since the library cannot be stopped: its
 * parent kills it, and it ends with its parent.
 */

const platforms: Record<DownloadPlatform, BrowserPlatform> = {
  linux: BrowserPlatform.LINUX,
  mac: BrowserPlatform.MAC,
  mac_arm: BrowserPlatform.MAC_ARM,
  win32: BrowserPlatform.WIN32,
  win64: BrowserPlatform.WIN64,
}
const BETWEEN_REPORTS_MS = 100
const LATEST_MS = 10_000

let unpacking = false

const parent = parentPort()

function say(message: FromDownload, then?: () => void): void {
  parent.say(message, then)
}

function fail(error: unknown): void {
  say({ type: 'failed', ...reading(String(error)) }, () => process.exit(1))
}

/** The library tells its errors in words alone. */
function reading(detail: string): Omit<Extract<FromDownload, { type: 'failed' }>, 'type'> {
  if (/ENOSPC|EDQUOT/.test(detail)) return { reason: 'no_space', passing: false, detail }
  if (unpacking) return { reason: 'damaged', passing: false, detail }
  const status = Number(/server returned code (\d+)/.exec(detail)?.[1] ?? Number.NaN)
  if (Number.isNaN(status)) return { reason: 'connection', passing: true, detail }
  return { reason: 'refused', passing: status >= 500 || status === 429 || status === 408, detail }
}

const { folder, platform, endpoint, build, latest } = readOrder(process.argv[2])

async function newest(): Promise<string> {
  if (!latest) return build
  const { promise, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve(build), LATEST_MS)
  resolveBuildId(Browser.CHROME, platforms[platform], 'stable').then(resolve, () => resolve(build))
  return promise.finally(() => clearTimeout(timer))
}

async function fetchBrowser(): Promise<void> {
  await mkdir(folder, { recursive: true })
  const buildId = await newest()
  let lastReport = Number.NEGATIVE_INFINITY
  let length: number | null = null
  const options = {
    browser: Browser.CHROME,
    buildId,
    platform: platforms[platform],
    cacheDir: folder,
    ...(endpoint === null ? {} : { baseUrl: endpoint }),
    downloadProgressCallback: (bytes: number, total: number) => {
      length = Number.isNaN(total) ? null : total
      const now = performance.now()
      if (now - lastReport < BETWEEN_REPORTS_MS && bytes !== total) return
      lastReport = now
      say({ type: 'fetching', bytes, total: length })
    },
  }
  const archive = await install({ ...options, unpack: false })
  const { size } = await stat(archive)
  if (length !== null && size !== length) throw new Error(`${size} of ${length} bytes`)
  unpacking = true
  say({ type: 'unpacking' })
  // It finds the archive and does not fetch again.
  const { executablePath } = await install({ ...options, unpack: true })
  say({ type: 'done', build: buildId, executable: executablePath }, () => process.exit(0))
}

parent.onGone(() => process.exit(0))
process.on('SIGINT', () => undefined)
process.on('uncaughtException', fail)
// A connection that breaks in the middle of the answer leaves the library waiting for ever, with nothing to wait for.
process.on('beforeExit', () => fail('the connection broke'))
// Under Electron a process with nothing to wait for does not end: the parent notices that nothing comes any more.
process.channel?.unref()
fetchBrowser().catch(fail)
