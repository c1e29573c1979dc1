// Reads a finished `resources` folder back: what an installer must hold, and what it must never hold.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listPackage, statFile } from '@electron/asar'
import { budgets, isForeign, nativesOf } from './targets.mjs'

/** What the app cannot start without. */
const needed = [
  'package.json',
  'out/main/electron/main.js',
  'out/main/headless/main.js',
  'out/main/cli/main.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/demo/shop.json',
  'resources/icons/icon.png',
  'models/manifest.json',
]

/** Beside the archive. */
const besides = ['licences/LICENSE.txt', 'licences/THIRD-PARTY.txt', 'licences/sbom.cdx.json']

/** Our own files that are no part of an app, and whatever looks like a secret. */
const forbidden = [
  /^(main|preload|renderer|scripts|tests|docs|coverage|release)\//,
  /^out\/(?!main\/|preload\/|renderer\/)/,
  /^resources\/build\//,
  /^out\/.*\.test\.js$/,
  /(^|\/)\.env(\.|$)/,
  /\.(pem|key|p12|pfx|keystore)$/,
  /\.map$/,
  /\.(ts|mts|cts|tsx)$/,
  /^node_modules\/(typescript|electron|electron-builder|vitest|vite|@types|@playwright|@biomejs|react-dom)\//,
]

/** Every file of an archive, with `/`. */
export function filesOf(archive) {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path.replaceAll('/', separator))))
}

const separator = process.platform === 'win32' ? '\\' : '/'

/** @returns {string[]} what is wrong, in words; nothing where it is right */
export function problemsOf(resources, target) {
  const archive = join(resources, 'app.asar')
  const files = filesOf(archive)
  const all = new Set(files)
  const { packages, files: natives } = nativesOf(target)
  const real = (path) => existsSync(join(resources, 'app.asar.unpacked', ...path.split('/')))
  const wrong = []

  for (const path of needed) if (!all.has(path)) wrong.push(`missing: ${path}`)
  for (const path of besides) if (!existsSync(join(resources, path))) wrong.push(`missing: ${path}`)
  for (const path of files)
    if (forbidden.some((one) => one.test(path))) wrong.push(`does not belong: ${path}`)
  for (const path of files)
    if (path.startsWith('node_modules/') && /\.(node|so|dll|dylib|exe|bare)$/.test(path)) {
      if (isForeign(path, target)) wrong.push(`for another system: ${path}`)
      if (!real(path)) wrong.push(`not unpacked: ${path}`)
    }
  for (const name of packages)
    if (!files.some((path) => path.startsWith(`node_modules/${name}/`) && real(path)))
      wrong.push(`missing: ${name}`)
  for (const name of natives) if (!real(`node_modules/${name}`)) wrong.push(`missing: ${name}`)

  const { archive: archiveBytes, natives: nativeBytes } = sizesOf(resources)
  if (archiveBytes > budgets[target].archive * 1e6) wrong.push(`app.asar has ${archiveBytes} bytes`)
  if (nativeBytes > budgets[target].natives * 1e6) wrong.push(`natives have ${nativeBytes} bytes`)
  return wrong
}

/** Bytes of the archive and of what lies unpacked beside it. */
export function sizesOf(resources) {
  return {
    archive: statSync(join(resources, 'app.asar')).size,
    natives: sizeOf(join(resources, 'app.asar.unpacked')),
  }
}

function sizeOf(folder) {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
