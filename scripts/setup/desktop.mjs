import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tell } from './messages.mjs'
import { inRoot } from './project.mjs'
import { run } from './run.mjs'

const folder = inRoot('node_modules', 'electron')
/** When fetching Electron failed last; it is not tried again at every start. */
const failureFile = inRoot('node_modules', '.cache', 'mostrador', 'electron-failed')
const againMs = 24 * 60 * 60 * 1000
const fetchMs = 90_000

/** Flags of the headless host: whoever uses one means that host. */
const headlessFlags = new Set([
  '--headless',
  '--json',
  '--no-open',
  '--open',
  '--port',
  '--lan',
  '--lan-port',
  '--host',
  '--name',
  '--tls-cert',
  '--tls-key',
  '--log',
  '--help',
])

/**
 * What `npm start` starts: `desktop` (asked for by name), `headless`, or `either`: the desktop app where its program is
 * there or can be fetched, else the desk in a browser.
 */
export function chooseHost(args, { env, platform, isRoot }) {
  const names = args.map((arg) => arg.split('=')[0])
  if (names.includes('--desktop')) return 'desktop'
  if (names.some((name) => headlessFlags.has(name))) return 'headless'
  if (env.CI || env.SSH_CONNECTION) return 'headless'
  if (platform !== 'linux') return 'either'
  // Chromium refuses to sandbox itself for root, and without a sandbox the app does not open.
  if (isRoot || !(env.DISPLAY || env.WAYLAND_DISPLAY)) return 'headless'
  return 'either'
}

/** Electron's program, or null where it is not installed. */
export function electronProgram(env = process.env) {
  const name = {
    win32: 'electron.exe',
    darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  }[process.platform]
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist')
  const path = join(dist, name ?? 'electron')
  return existsSync(path) ? path : null
}

/** Fetches it once, for a limited time; its own script checks what it got. Null when that did not work. */
export async function fetchElectron(node, { isAsked = false } = {}) {
  if (!isAsked && failedLately()) return null
  tell('gettingElectron')
  const work = run(node, [join(folder, 'install.js')], { cwd: folder })
  const { promise: late, resolve } = Promise.withResolvers()
  const timer = setTimeout(() => resolve({ code: 1 }), fetchMs)
  const { code } = await Promise.race([work, late])
  clearTimeout(timer)
  const program = code === 0 ? electronProgram() : null
  if (program === null) {
    mkdirSync(join(failureFile, '..'), { recursive: true })
    writeFileSync(failureFile, '')
  }
  return program
}

function failedLately() {
  try {
    return Date.now() - statSync(failureFile).mtimeMs < againMs
  } catch {
    return false
  }
}

/** The version that is asked for, for messages. */
export function electronVersion() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
}
