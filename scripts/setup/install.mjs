import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { message, tell } from './messages.mjs'
import { inRoot, root, SetupError } from './project.mjs'
import { run, tail } from './run.mjs'

const lockFile = inRoot('package-lock.json')
const installedFile = inRoot('node_modules', '.package-lock.json')
const stampFile = inRoot('node_modules', '.mostrador-setup.json')

/**
 * True when node_modules holds what package-lock.json names. A stamp answers at once; without a fitting one the list
 * that npm keeps of what it installed is compared, so a hand-made `npm ci` counts too.
 */
export function isInstalled() {
  const mark = currentMark()
  if (mark === null) return false
  if (readJson(stampFile)?.mark === mark) return true
  if (!sameVersions(readJson(lockFile), readJson(installedFile))) return false
  writeStamp()
  return true
}

function writeStamp() {
  writeFileSync(stampFile, JSON.stringify({ mark: currentMark() }))
}

function currentMark() {
  if (!existsSync(installedFile)) return null
  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  return `${lockHash}-${statSync(installedFile).mtimeMs}`
}

/** Every package of the lock is there in its version; those for other platforms may be absent. */
export function sameVersions(lock, installed) {
  if (!lock?.packages || !installed?.packages) return false
  for (const [path, wanted] of Object.entries(lock.packages)) {
    if (path === '') continue
    const found = installed.packages[path]
    if (found ? found.version !== wanted.version : !(wanted.optional || wanted.devOptional || wanted.peer))
      return false
  }
  return true
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** npm as this process was started by it, or the one on the path. */
export function npmCommand() {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { command: process.execPath, before: [script], shell: false }
  }
  return process.platform === 'win32'
    ? { command: 'npm.cmd', before: [], shell: true }
    : { command: 'npm', before: [], shell: false }
}

/**
 * Installs exactly what the lock file names. No package's install script runs: the only one that is needed (Node's
 * own binary) is run by `runtime.mjs`, where its failure can be explained.
 */
export async function install() {
  tell('installing')
  const npm = npmCommand()
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    // Two more tries within some seconds: who has no connection should hear of it soon.
    '--fetch-retries=2',
    '--fetch-retry-mintimeout=2000',
    '--fetch-retry-maxtimeout=8000',
  ]
  const { code, output, missing } = await run(npm.command, [...npm.before, ...args], {
    cwd: root,
    shell: npm.shell,
  })
  if (missing) throw new SetupError(message('noNpm'))
  if (code !== 0) throw new SetupError(explain(output))
  writeStamp()
}

/** What a failed npm run means, in words that say what to do. */
export function explain(output) {
  if (/ENOSPC/.test(output)) return message('noSpace')
  if (/EACCES|EPERM|EROFS/.test(output)) return message('noRights', { folder: root })
  if (isOffline(output)) return message('offline')
  return message('installFailed', { detail: tail(output) })
}

export function isOffline(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|network (request|timeout)/i.test(
    output,
  )
}
