import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCudaBuilds } from '../../main/core/models/cuda/builds.ts'

const root = join(import.meta.dirname, '..', '..')

interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}
interface Lock {
  packages: Record<string, { version: string; name?: string; optionalDependencies?: Record<string, string> }>
}

// Both files are written by npm; a wrong shape fails the tests below.
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
const all = { ...manifest.dependencies, ...manifest.devDependencies }

/** What we ship for; LanceDB has no binary for Intel Macs, where the SQLite text search serves. */
const targets = ['darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64']

/** npm's and rust's names of the same platforms. */
function isFor(target: string, packageName: string): boolean {
  return packageName.replace('windows', 'win32').includes(target)
}

describe('the lock file', () => {
  it('names every native package that its packages ask for on the platforms we ship', () => {
    const locked = new Set(
      Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
    )
    const missing = Object.values(lock.packages)
      .flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
      .filter((name) => targets.some((target) => isFor(target, name)) && !locked.has(name))
    expect(missing).toEqual([])
  })

  it('holds the search index for every target that has one', () => {
    const version = manifest.dependencies['@lancedb/lancedb']
    const builds = [
      'darwin-arm64',
      'linux-x64-gnu',
      'linux-x64-musl',
      'linux-arm64-gnu',
      'linux-arm64-musl',
      'win32-x64-msvc',
      'win32-arm64-msvc',
    ]
    for (const build of builds) {
      expect(lock.packages[`node_modules/@lancedb/lancedb-${build}`]?.version, build).toBe(version)
    }
  })

  it('holds the language model library for every target, and nothing of the large CUDA builds', () => {
    const version = manifest.dependencies['node-llama-cpp']
    const builds = [
      'win-x64',
      'win-x64-vulkan',
      'win-arm64',
      'mac-x64',
      'mac-arm64-metal',
      'linux-x64',
      'linux-x64-vulkan',
      'linux-arm64',
    ]
    for (const build of builds) {
      const found = lock.packages[`node_modules/@node-llama-cpp/${build}`]
      expect(found?.version, build).toBe(version)
      expect(found?.name, build).toBeUndefined()
    }
    for (const build of ['linux-x64-cuda', 'linux-x64-cuda-ext', 'win-x64-cuda', 'win-x64-cuda-ext'])
      expect(lock.packages[`node_modules/@node-llama-cpp/${build}`]?.name, build).toBe('empty-npm-package')
  })

  it('agrees with the list of CUDA builds that are fetched on demand', () => {
    const { version, targets } = readCudaBuilds(join(root, 'resources'))
    expect(version).toBe(manifest.dependencies['node-llama-cpp'])
    expect(Object.keys(targets)).toEqual(['linux-x64', 'win32-x64'])
    for (const { folder, packages } of Object.values(targets)) {
      expect(packages.map(({ name }) => name)).toEqual([
        `@node-llama-cpp/${folder}`,
        `@node-llama-cpp/${folder}-ext`,
      ])
      for (const { name, path } of packages)
        expect(path).toBe(`/${name}/-/${name.split('/')[1]}-${version}.tgz`)
    }
  })

  it('agrees with package.json, whose versions are all exact', () => {
    for (const [name, version] of Object.entries(all)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
    }
    const rpc = Object.entries(all).filter(([name]) => name.startsWith('@orpc/'))
    expect(new Set(rpc.map(([, version]) => version)).size).toBe(1)
  })
})

it('better-sqlite3 brings its binary for every target', () => {
  for (const target of targets) {
    expect(existsSync(join(root, 'node_modules/better-sqlite3/prebuilds', `${target}.node`)), target).toBe(
      true,
    )
  }
})

it('docs/dependencies.md gives the reason for every dependency, and for no other', () => {
  const text = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `([^`]+)` \|[^|]*\| *(\S.*?) *\|$/gm)].map((row) => row[1])
  expect([...new Set(rows)].sort()).toEqual(Object.keys(all).sort())
})
