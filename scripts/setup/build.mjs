import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { message, tell } from './messages.mjs'
import { inRoot, root, SetupError } from './project.mjs'
import { run, tail } from './run.mjs'
import { runtimeEnvironment } from './runtime.mjs'

const folders = ['main', 'preload', 'renderer']
const files = [
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'postcss.config.mjs',
  'postcss.config.cjs',
]
const stampFile = inRoot('out', '.build.json')

/** What `out/` must hold to be a build at all. */
const products = [
  'out/main/electron/main.js',
  'out/main/headless/main.js',
  'out/main/cli/main.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

/** Everything that goes into the build; tests do not. */
function sources() {
  const found = []
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) found.push(path)
    }
  }
  for (const folder of folders) if (existsSync(inRoot(folder))) walk(inRoot(folder))
  for (const file of files) if (existsSync(inRoot(file))) found.push(inRoot(file))
  return found.sort()
}

/** Sizes and times: cheap, and differs whenever a file was touched. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Contents: a checkout or a touched file alone is no reason to build again. */
function contentHash(paths) {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  return hash.digest('hex')
}

function stamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return null
  }
}

function hasProducts() {
  return products.every((path) => existsSync(inRoot(path)))
}

/** True when `out/` was built from the sources as they are. */
export function isBuilt() {
  const last = stamp()
  if (last === null || !hasProducts()) return false
  const paths = sources()
  const print = fingerprint(paths)
  if (print === last.fingerprint) return true
  if (contentHash(paths) !== last.contents) return false
  writeFileSync(stampFile, JSON.stringify({ ...last, fingerprint: print }))
  return true
}

/** Builds the desk and the hosts into `out/`. The stamp is of the sources as they were before the build began. */
export async function build(node, { show = false } = {}) {
  tell('building')
  const paths = sources()
  const made = { fingerprint: fingerprint(paths), contents: contentHash(paths) }
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const env = runtimeEnvironment(node, { NODE_ENV: 'production' })
  const { code, output } = await run(node, [vite, 'build', '--app', '--logLevel', show ? 'info' : 'warn'], {
    cwd: root,
    env,
    show,
  })
  if (code !== 0 || !hasProducts())
    throw new SetupError(message('buildFailed', { detail: show ? '' : tail(output, 40) }))
  mkdirSync(inRoot('out'), { recursive: true })
  writeFileSync(stampFile, JSON.stringify(made))
}
