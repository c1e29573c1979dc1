import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import type { NotUsable, VerifiedBrowser } from './browser.ts'

/** A browser that says nothing for this long is none, ms. */
export const ANSWER_MS = 30_000
/** A page that says what the browser calls itself; it needs no network. */
const page = `data:text/html,${encodeURIComponent(
  '<script>document.title=navigator.userAgent;document.write(navigator.userAgent)</script>',
)}`
/** What has answered may end by itself, which leaves no files behind, ms. */
export const ENDING_MS = 5_000
const LONGEST_ANSWER = 256 * 1024

type Running = ChildProcessByStdio<null, Readable, null>

/**
 * Starts a browser without a window and on a profile of its own, and asks it for its name. Whatever it starts ends
 * with it.
 * @throws DomainError `browser.not_usable {path, reason}`
 */
export async function firstAnswer(
  path: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<VerifiedBrowser> {
  await requireProgram(path)
  const profile = await mkdtemp(join(tmpdir(), 'mostrador-browser-'))
  try {
    const said = await answerOf(path, profile, clock, signal)
    const userAgent = /Mozilla\/5\.0 [^<\n]*/
      .exec(said)?.[0]
      .replaceAll(/Headless(?=Chrome|Edg)/g, '')
      .trim()
    const version = /\bChrome\/(\d+(?:\.\d+){3})/.exec(userAgent ?? '')?.[1]
    if (userAgent === undefined || version === undefined) throw notUsable(path, 'not_chrome')
    return { path, version, userAgent }
  } finally {
    // What was just killed may still hold a file for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined)
  }
}

export function notUsable(path: string, reason: NotUsable, cause?: unknown): DomainError {
  return new DomainError('browser.not_usable', { path, reason }, { cause })
}

async function requireProgram(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw notUsable(path, 'missing', error)
  })
  if (!found.isFile()) throw notUsable(path, 'not_executable')
  await access(path, constants.X_OK).catch((error: unknown) => {
    throw notUsable(path, 'not_executable', error)
  })
}

function flags(profile: string): string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    `--user-data-dir=${profile}`,
    // Chrome refuses to sandbox what root starts.
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--dump-dom',
    page,
  ]
}

function answerOf(path: string, profile: string, clock: Clock, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let child: Running
  try {
    signal.throwIfAborted()
    child = spawn(path, flags(profile), {
      stdio: ['ignore', 'pipe', 'ignore'],
      // A group of its own, so that everything it starts can be ended.
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
  } catch (error) {
    return Promise.reject(signal.aborted ? signal.reason : notUsable(path, 'does_not_start', error))
  }
  let said = ''
  let cancelEnding = () => {}
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    said += text
    if (said.length > LONGEST_ANSWER) resolve(said)
    else if (said.includes('</html>')) cancelEnding = clock.after(ENDING_MS, () => resolve(said))
  })
  child.on('error', (error) => reject(notUsable(path, 'does_not_start', error)))
  child.on('close', (code) => (code === 0 ? resolve(said) : reject(notUsable(path, 'does_not_start'))))
  const cancel = clock.after(ANSWER_MS, () => reject(notUsable(path, 'no_answer')))
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  return promise.finally(() => {
    cancel()
    cancelEnding()
    signal.removeEventListener('abort', onAbort)
    endGroup(child)
  })
}

/** Ends a process and all that it has started. */
function endGroup({ pid }: Running): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => undefined,
    )
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has gone already.
  }
}
