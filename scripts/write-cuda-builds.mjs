// `npm run cuda:pin`: writes resources/cuda.json, which names what the app fetches when an owner wants the CUDA build of
// the model library. To be run after another version of node-llama-cpp was taken; a test compares the versions. Hashes
// are those of the registry's metadata, sizes are asked of its server.
import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './setup/project.mjs'

const registry = 'https://registry.npmjs.org'
const version = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).dependencies['node-llama-cpp']
const builds = { 'linux-x64': 'linux-x64-cuda', 'win32-x64': 'win-x64-cuda' }

async function packageOf(name) {
  const { dist } = await (await fetchOk(`${registry}/${name}/${version}`)).json()
  const { pathname: path } = new URL(dist.tarball)
  const head = await fetchOk(registry + path, { method: 'HEAD' })
  return {
    name,
    path,
    size: Number(head.headers.get('content-length')),
    unpackedSize: await unpackedSize(registry + path),
    integrity: dist.integrity,
  }
}

/** A gzip file ends with the size of what it holds. */
async function unpackedSize(url) {
  const end = await fetchOk(url, { headers: { Range: 'bytes=-4' } })
  if (end.status !== 206) throw new Error(`${url}: the server gives no ranges`)
  return Buffer.from(await end.arrayBuffer()).readUInt32LE()
}

async function fetchOk(url, init) {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response
}

const targets = {}
for (const [target, folder] of Object.entries(builds)) {
  const names = [`@node-llama-cpp/${folder}`, `@node-llama-cpp/${folder}-ext`]
  targets[target] = { folder, packages: await Promise.all(names.map(packageOf)) }
}
writeFileSync(
  inRoot('resources', 'cuda.json'),
  `${JSON.stringify({ version, registry, targets }, null, 2)}\n`,
)
