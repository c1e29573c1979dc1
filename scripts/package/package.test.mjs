import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { inRoot, root } from '../setup/project.mjs'
import { builderArguments } from './arguments.mjs'
import { isAllowed, noticesOf } from './licences.mjs'
import { bundledInDesk, closure } from './production.mjs'
import { budgets, isForeign, nativesOf, targets } from './targets.mjs'

const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'))
const config = load(readFileSync(inRoot('electron-builder.yml'), 'utf8'))

describe('targets', () => {
  it('name natives that the lock file knows, and a size for each', () => {
    for (const target of targets) {
      for (const name of nativesOf(target).packages)
        expect(lock.packages, name).toHaveProperty([`node_modules/${name}`])
      for (const file of nativesOf(target).files)
        expect(existsSync(inRoot('node_modules', file)), file).toBe(true)
      expect(budgets[target], target).toMatchObject({
        archive: expect.any(Number),
        natives: expect.any(Number),
      })
    }
  })

  it('take every native that the lock file has for them', () => {
    const natives = Object.keys(lock.packages).filter(
      (path) =>
        /^node_modules\/@(node-llama-cpp|lancedb)\//.test(path) &&
        !/musl|cuda|armv7l|riscv64|lancedb\/node_modules|\/lancedb$/.test(path),
    )
    const used = targets.flatMap((target) => nativesOf(target).packages).map((name) => `node_modules/${name}`)
    expect([...used].sort()).toEqual(natives.sort())
  })

  it.each([
    ['@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libggml.so', 'linux-x64', false],
    ['@node-llama-cpp/linux-arm64/bins/linux-arm64/libggml.so', 'linux-x64', true],
    ['@node-llama-cpp/mac-arm64-metal/bins/mac-arm64-metal/llama-addon.node', 'darwin-arm64', false],
    ['@node-llama-cpp/win-x64/bins/win-x64/ggml.dll', 'win32-x64', false],
    ['@node-llama-cpp/win-x64/bins/win-x64/ggml.dll', 'win32-arm64', true],
    ['better-sqlite3/prebuilds/linuxmusl-x64.node', 'linux-x64', true],
    ['better-sqlite3/prebuilds/darwin-x64.node', 'darwin-x64', false],
    ['better-sqlite3/prebuilds/darwin-x64.node', 'darwin-arm64', true],
    ['@lancedb/lancedb-linux-x64-musl/lancedb.linux-x64-musl.node', 'linux-x64', true],
    ['@lancedb/lancedb-win32-x64-msvc/lancedb.win32-x64-msvc.node', 'win32-x64', false],
    ['bare-fs/prebuilds/android-arm64/bare-fs.bare', 'linux-arm64', true],
  ])('%s for %s is foreign: %s', (file, target, foreign) => {
    expect(isForeign(`node_modules/${file}`, target)).toBe(foreign)
  })
})

describe('the patterns of electron-builder.yml', () => {
  const everything = [
    ...targets.flatMap((target) => nativesOf(target).packages.map((name) => `${name}/bins/x/file.node`)),
    ...targets.flatMap((target) => nativesOf(target).files),
    '@lancedb/lancedb-linux-x64-musl/lancedb.linux-x64-musl.node',
    '@node-llama-cpp/linux-armv7l/bins/linux-armv7l/llama-addon.node',
    '@node-llama-cpp/linux-x64-cuda/index.js',
    'better-sqlite3/prebuilds/linuxmusl-x64.node',
    '@reflink/reflink-darwin-arm64/reflink.darwin-arm64.node',
  ]

  it.each(targets)('keep of all natives those of %s', (target) => {
    const [platform, arch] = target.split('-')
    const macros = {
      arch,
      os: { win32: 'win', darwin: 'mac', linux: 'linux' }[platform],
      'env.NATIVE_PLATFORM': platform,
    }
    const excluded = config.files
      .filter((pattern) => pattern.startsWith('!'))
      .map((pattern) => pattern.slice(1).replace(/\$\{([^}]+)\}/g, (_, name) => macros[name]))
    const kept = everything.filter(
      (file) => !excluded.some((pattern) => matchesGlob(`node_modules/${file}`, pattern)),
    )
    const { packages, files } = nativesOf(target)
    const reflink =
      target === 'darwin-arm64' ? ['@reflink/reflink-darwin-arm64/reflink.darwin-arm64.node'] : []
    expect(kept.sort()).toEqual(
      [...packages.map((name) => `${name}/bins/x/file.node`), ...files, ...reflink].sort(),
    )
    expect(
      excluded.some((pattern) => matchesGlob('node_modules/@lancedb/lancedb/dist/index.js', pattern)),
    ).toBe(false)
    expect(excluded.some((pattern) => matchesGlob('node_modules/@reflink/reflink/index.js', pattern))).toBe(
      false,
    )
  })
})

it('docs/packaging.md gives the sizes of each target', () => {
  const text = readFileSync(inRoot('docs', 'packaging.md'), 'utf8')
  const names = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' }
  for (const target of targets) {
    const [platform, arch] = target.split('-')
    const { archive, natives } = budgets[target]
    expect(text).toMatch(
      new RegExp(`^\\| ${names[platform]} ${arch} .* ${archive} / ${natives} MB \\|$`, 'm'),
    )
  }
})

describe('licences', () => {
  it.each([
    ['a', 'MIT', true],
    ['a', '(MIT OR GPL-3.0)', true],
    ['a', '(MIT AND Zlib)', true],
    ['a', 'MIT AND GPL-3.0', false],
    ['a', 'GPL-3.0-only', false],
    ['a', 'none named', false],
    ['a', 'LGPL-3.0-or-later', false],
    ['node-webpmux', 'LGPL-3.0-or-later', true],
  ])('%s under %s may be shipped: %s', (name, licence, allowed) => {
    expect(isAllowed(name, licence)).toBe(allowed)
  })

  it('of everything that is shipped are allowed and have their words', () => {
    const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
    const packages = closure(root, [...Object.keys(dependencies), ...bundledInDesk(root)])
    expect(packages.length).toBeGreaterThan(300)
    expect(noticesOf(packages).problems).toEqual([])
  })

  it('stop a package that has none', () => {
    const folder = inRoot('resources', 'icons')
    const one = { name: 'x', version: '1.0.0', folder, manifest: {} }
    expect(noticesOf([one]).problems).toEqual([
      'x@1.0.0: licence none named',
      'x@1.0.0: no text of none named',
    ])
    const copyleft = { ...one, manifest: { license: 'GPL-3.0' } }
    expect(noticesOf([copyleft]).problems).toContain('x@1.0.0: licence GPL-3.0')
  })

  it('find the packages of the desk by what it imports', () => {
    expect(bundledInDesk(root)).toEqual(
      expect.arrayContaining(['react', '@mantine/core', 'zustand', 'wouter']),
    )
  })
})

describe('npm run package', () => {
  const computer = { platform: 'linux', arch: 'x64', env: {} }

  it('packages for this computer, and publishes nothing', () => {
    expect(builderArguments([], computer)).toEqual(['--linux', '--x64', '--publish', 'never'])
    expect(builderArguments(['--dir', '--win', '--arm64'], computer)).toEqual([
      '--win',
      '--arm64',
      '--dir',
      '--publish',
      'never',
    ])
  })

  it('takes from the environment what depends on who distributes', () => {
    const env = { MOSTRADOR_FEED_URL: 'https://feed.example/', MOSTRADOR_HOMEPAGE: '' }
    expect(builderArguments([], { ...computer, env })).toContain('--config.publish.url=https://feed.example/')
    expect(builderArguments([], { ...computer, env }).join(' ')).not.toContain('homepage')
  })

  it('refuses what it does not know', () => {
    expect(() => builderArguments(['--win', '--mac'], computer)).toThrow('one system')
    expect(() => builderArguments(['--publish'], computer)).toThrow()
    expect(() => builderArguments([], { ...computer, platform: 'sunos' })).toThrow('no installer')
  })
})

describe('electron-builder.yml', () => {
  it('installs for one person, asks for no rights, opens mostrador: links and no kind of file', () => {
    expect(config.nsis).toMatchObject({ perMachine: false, oneClick: true, packElevateHelper: false })
    expect(config.win.requestedExecutionLevel).toBe('asInvoker')
    expect(config.protocols).toEqual([{ name: 'Mostrador', schemes: ['mostrador'] }])
    expect(config).not.toHaveProperty('fileAssociations')
    expect(config.mac).toMatchObject({ hardenedRuntime: true, target: ['dmg', 'zip'] })
    expect(config.linux.target).toEqual(['AppImage', 'deb'])
  })

  it('names files that exist', () => {
    const { win, mac, linux, nsis, beforePack, afterPack } = config
    const named = [win.icon, mac.icon, mac.entitlements, mac.entitlementsInherit, linux.icon, nsis.include]
    for (const file of [...named, beforePack, afterPack]) expect(existsSync(inRoot(file)), file).toBe(true)
    expect(readdirSync(inRoot(linux.icon))).toContain('512x512.png')
  })
})

describe('the release workflow', () => {
  const workflow = load(readFileSync(inRoot('.github', 'workflows', 'release.yml'), 'utf8'))
  const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const commands = steps.map((step) => step.run ?? '').join('\n')

  it('calls scripts that exist', () => {
    const named = [...commands.matchAll(/npm (?:run )?([a-z][a-z0-9:-]*)/g)].map(([, name]) => name)
    const ofNpm = ['ci', 'install']
    for (const name of named.filter((one) => !ofNpm.includes(one)))
      expect(scripts, name).toHaveProperty([name])
    expect(named).toEqual(expect.arrayContaining(['ci', 'test', 'package', 'e2e:electron']))
    const files = [...commands.matchAll(/node (scripts\/\S+\.mjs)/g)].map(([, file]) => file)
    expect(files).toHaveLength(3)
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true)
  })

  it('builds each target on a computer of its kind', () => {
    const built = workflow.jobs.package.strategy.matrix.include.map(({ target }) => target)
    const ours = targets.map((target) => target.replace('win32', 'win').replace('darwin', 'mac'))
    expect(built.sort()).toEqual(ours.sort())
  })

  it('may read, and write in its last step alone', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.jobs.package).not.toHaveProperty('permissions')
    expect(workflow.jobs.draft.permissions).toEqual({ contents: 'write' })
  })

  it('pins actions, and gives secrets to single steps by their environment', () => {
    for (const { uses } of steps.filter((step) => step.uses))
      expect(uses).toMatch(/^actions\/[a-z-]+@(v\d+|[0-9a-f]{40})$/)
    expect(commands).not.toContain('secrets.')
    expect(workflow).not.toHaveProperty('env')
    for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty('env')
  })
})
