// The packages that are shipped: installed with the app, or built into the desk.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @typedef {{ name: string, version: string, folder: string, manifest: Record<string, unknown> }} Installed
 */

/**
 * Every package that these ones need when they run, themselves included, each installed copy once.
 * @param {string} root
 * @param {string[]} names
 * @param {(name: string, from: string) => void} [onMissing] throws where it is not given
 * @returns {Installed[]}
 */
export function closure(root, names, onMissing = notInstalled) {
  const found = new Map()
  const visit = (name, from, needed) => {
    const folder = locate(name, from)
    if (folder === null) {
      if (needed) onMissing(name, from)
      return
    }
    if (found.has(folder)) return
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    found.set(folder, { name: manifest.name, version: manifest.version, folder, manifest })
    const optional = manifest.optionalDependencies ?? {}
    for (const one of Object.keys(manifest.dependencies ?? {})) visit(one, folder, !(one in optional))
    for (const one of Object.keys(optional)) visit(one, folder, false)
    const lenient = manifest.peerDependenciesMeta ?? {}
    for (const one of Object.keys(manifest.peerDependencies ?? {}))
      if (lenient[one]?.optional !== true) visit(one, folder, false)
  }
  for (const name of names) visit(name, root, true)
  return [...found.values()].sort((left, right) =>
    `${left.name}@${left.version}` < `${right.name}@${right.version}` ? -1 : 1,
  )
}

function notInstalled(name, from) {
  throw new Error(`${name}, which ${from} needs, is not installed`)
}

/** As Node looks for a package: in the nearest `node_modules` that holds it. */
function locate(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
    if (dirname(folder) === folder) return null
  }
}

/** Packages that the desk's sources import: they are built into its files. */
export function bundledInDesk(root) {
  const names = new Set()
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (/(?<!\.test)\.(tsx?|css)$/.test(entry.name)) collect(readFileSync(path, 'utf8'), names)
    }
  }
  walk(join(root, 'renderer', 'src'))
  return [...names].sort()
}

function collect(text, names) {
  const imported =
    /(?:from|import|import\()\s*['"]((?:@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*)(?:\/[^'"\s]*)?['"]/g
  for (const [, name = ''] of text.matchAll(imported)) names.add(name)
}
