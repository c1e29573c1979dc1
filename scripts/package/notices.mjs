// Writes what an installer says of others: licences, and a list of its parts (SBOM, CycloneDX).
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticesOf } from './licences.mjs'
import { bundledInDesk, closure } from './production.mjs'

/**
 * @param {string} root the repository
 * @param {string} folder is emptied first
 * @throws Error that names every package whose licence is missing or not allowed
 */
export function writeNotices(root, folder) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = [...new Set([...Object.keys(dependencies), ...bundledInDesk(root)])]
  const { text, problems } = noticesOf(closure(root, names))
  if (problems.length > 0) throw new Error(`Licences of shipped packages:\n  ${problems.join('\n  ')}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), `${introduction}\n${text}`)
  writeFileSync(join(folder, 'sbom.cdx.json'), sbom(root))
  const rust = join(root, 'node_modules', '@lancedb', 'lancedb', 'RUST_THIRD_PARTY_LICENSES.html')
  if (existsSync(rust)) copyFileSync(rust, join(folder, 'THIRD-PARTY-lancedb.html'))
}

const introduction = `Mostrador contains the packages below, each under its own licence. What LanceDB's binary contains is listed in
THIRD-PARTY-lancedb.html, what Electron and Chromium contain in LICENSE.electron.txt and LICENSES.chromium.html.
`

/** npm's own list of what is installed for production, with Electron and what is built into the desk. */
function sbom(root) {
  const args = ['sbom', '--omit', 'dev', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
  // On Windows npm is a script that only a shell starts.
  const windows = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: windows,
  })
  if (status !== 0) throw new Error(`npm sbom: ${stderr}`)
  const list = JSON.parse(stdout)
  const known = new Set(list.components.map((one) => one['bom-ref']))
  const electron = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  for (const { name, version } of [electron, ...closure(root, bundledInDesk(root))]) {
    const ref = `${name}@${version}`
    if (known.has(ref)) continue
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    list.components.push({ 'bom-ref': ref, type: 'library', name, version, scope: 'required', purl })
  }
  list.metadata.component.name = 'mostrador'
  return `${JSON.stringify(list, null, 2)}\n`
}
