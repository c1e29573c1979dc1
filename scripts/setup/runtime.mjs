import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isOffline } from './install.mjs'
import { message, tell } from './messages.mjs'
import { inRoot, nodeMajor, SetupError } from './project.mjs'
import { run, tail } from './run.mjs'

const packageFolder = inRoot('node_modules', 'node')
const binary = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const link = inRoot('node_modules', '.bin', 'node')
const smallestBinary = 10_000_000

/** The Node that everything runs on, or null while it is not in place. Looks only at files: it costs no process. */
export function runtimePath() {
  if (isPlausible(binary)) return binary
  return isRightNode(process.version) ? process.execPath : null
}

function isPlausible(file) {
  try {
    return statSync(file).size > smallestBinary
  } catch {
    return false
  }
}

function isRightNode(version) {
  return version.startsWith(`v${nodeMajor}.`)
}

/**
 * Puts Node's binary in place with the `node` package's own install script (a later `npm install` can prune it), and
 * checks that it runs. Returns its path; a system Node of the same major serves where that fails.
 */
export async function ensureRuntime() {
  if (isPlausible(binary) && answers(binary)) return binary
  const version = wantedVersion()
  tell('runtime', { version })
  rmSync(binary, { force: true })
  const script = inRoot('node_modules', 'node', 'installArchSpecificPackage.js')
  // The script calls `npm` by name, so npm's folder must be on the path; silence would hide its reasons.
  const path = [dirname(process.execPath), process.env.PATH ?? process.env.Path ?? ''].join(delimiter)
  const env = {
    ...process.env,
    PATH: path,
    npm_config_loglevel: 'error',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  }
  const { code, output } = await run(process.execPath, [script], { cwd: packageFolder, env })
  if (isPlausible(binary) && answers(binary)) {
    linkBinary()
    return binary
  }
  // One that does not run here (another C library, say) must not be taken for a good one by the next start.
  rmSync(binary, { force: true })
  if (isRightNode(process.version)) return process.execPath
  const detail = isOffline(output) ? message('offline') : tail(output) || `(exit code ${code})`
  throw new SetupError(message('runtimeFailed', { major: nodeMajor, detail }))
}

/** npm links a package's commands at install, when this one is not there yet; npm's scripts find Node by the link. */
function linkBinary() {
  if (process.platform === 'win32') return
  rmSync(link, { force: true })
  symlinkSync('../node/bin/node', link)
}

function answers(file) {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
  return status === 0 && isRightNode(stdout)
}

function wantedVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules', 'node', 'package.json'), 'utf8')).version
}

/** The environment for what runs on our Node: its tools come first on the path. */
export function runtimeEnvironment(node, more = {}) {
  const path = [dirname(node), inRoot('node_modules', '.bin'), process.env.PATH ?? process.env.Path ?? '']
  return { ...process.env, ...more, PATH: path.join(delimiter) }
}

/**
 * Becomes the command: with `execve` where this Node has it (signals and the exit code are then the command's own),
 * otherwise with a child that gets our signals, whose end becomes ours, and which is killed with us.
 */
export function become(node, args, more = {}) {
  const env = runtimeEnvironment(node, more)
  if (typeof process.execve === 'function' && process.platform !== 'win32' && existsSync(node)) {
    process.removeAllListeners('warning')
    process.on('warning', () => {})
    process.execve(node, [node, ...args], env)
  }
  const launched = pathToFileURL(inRoot('scripts', 'setup', 'launched.mjs')).href
  const child = spawn(node, ['--import', launched, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...env, MOSTRADOR_LAUNCHER: String(process.pid) },
    cwd: process.cwd(),
  })
  child.stdio[3]?.on('error', () => undefined)
  const signals = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
