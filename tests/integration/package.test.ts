import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createPackageWithOptions } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { filesOf, problemsOf, sizesOf } from '../../scripts/package/inspection.mjs'
import { closure } from '../../scripts/package/production.mjs'
import { type PackedApp, PackedProgram, packApp } from '../fixtures/packed-app.ts'

// electron-builder copies some 12,000 files, on machines that do other things too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })

const target = `linux-${process.arch}`

// The stand-in is laid out as Electron for Linux; the natives of other systems are not installed here.
describe.skipIf(process.platform !== 'linux')('a packaged app', () => {
  let app: PackedApp
  let files: string[]
  beforeAll(async () => {
    app = await packApp()
    files = filesOf(join(app.resources, 'app.asar'))
  })
  afterAll(() => app?.remove())

  it('holds what it needs, and nothing of tests, sources, secrets or other systems', () => {
    expect(problemsOf(app.resources, target)).toEqual([])
    expect(files).toContain('out/main/core/engines/local/model-process.js')
    expect(files).toContain('out/main/core/channels/whatsapp/whatsapp-process.js')
    expect(files).toContain('resources/update-keys.json')
    expect(files.filter((file) => file.endsWith('.node')).map((file) => dirname(file))).toContain(
      'node_modules/better-sqlite3/prebuilds',
    )
    const { archive, natives } = sizesOf(app.resources)
    process.stdout.write(
      `${target}: app.asar ${(archive / 1e6).toFixed(0)} MB, natives ${(natives / 1e6).toFixed(0)} MB, ${files.length} files\n`,
    )
  })

  it('starts at the entry of the desktop, and knows its feed', () => {
    const manifest = JSON.parse(readFileSync(join(app.extracted, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ name: 'mostrador', main: 'out/main/electron/main.js', type: 'module' })
    expect(manifest).not.toHaveProperty('devDependencies')
    expect(manifest).not.toHaveProperty('scripts')
    expect(readFileSync(join(app.resources, 'app-update.yml'), 'utf8')).toMatch(
      /provider: generic\nurl: https:\/\/releases\.example\/mostrador\//,
    )
  })

  it('has every package that it needs when it runs, and each can be loaded', async () => {
    const { dependencies } = JSON.parse(readFileSync(join(app.extracted, 'package.json'), 'utf8'))
    const names = Object.keys(dependencies)
    // Types, what only a build needs, and packages for a runtime named Bare.
    const notShipped = ['typescript', '@types/', 'undici-types', 'node-addon-api', 'bare-']
    const missing: string[] = []
    closure(app.extracted, names, (name: string) => missing.push(name))
    expect(missing.filter((name) => !notShipped.some((start) => name.startsWith(start)))).toEqual([])
    const program = `
      for (const name of ${JSON.stringify(names)}) await import(name)
      const { getLlama } = await import('node-llama-cpp')
      const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false })
      await llama.dispose()
      console.log('loaded')`
    const file = join(app.extracted, 'load.mjs')
    writeFileSync(file, program)
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
    const said: string[] = []
    child.stdout.on('data', (chunk) => said.push(String(chunk)))
    child.stderr.on('data', (chunk) => said.push(String(chunk)))
    await once(child, 'close')
    expect(said.join('')).toContain('loaded')
  })

  it('has its switches set', async () => {
    const wire = await getCurrentFuseWire(join(app.folder, 'mostrador'))
    // A fuse's state is a character in the program. Source: @electron/fuses, `FuseState`.
    const [on, off] = [...Buffer.from('10')]
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    })
  })

  it('says under which licences it is, with a list of its parts', () => {
    expect(readdirSync(app.folder)).toEqual(
      expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
    )
    const notices = readFileSync(join(app.resources, 'licences', 'THIRD-PARTY.txt'), 'utf8')
    for (const name of ['better-sqlite3', 'react', '@mantine/core', 'whatsapp-web.js', 'node-webpmux', 'zod'])
      expect(notices).toContain(`\n${name} `)
    expect(notices).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
    const list = JSON.parse(readFileSync(join(app.resources, 'licences', 'sbom.cdx.json'), 'utf8'))
    const parts: string[] = list.components.map((one: { name: string }) => one.name)
    expect(list.bomFormat).toBe('CycloneDX')
    expect(parts).toEqual(expect.arrayContaining(['electron', 'react', 'better-sqlite3', 'grammy']))
    expect(parts).not.toContain('vitest')
    expect(readdirSync(join(app.folder, 'locales')).sort()).toEqual(['en-US.pak', 'es-419.pak', 'es.pak'])
    expect(existsSync(join(app.resources, 'default_app.asar'))).toBe(false)
  })

  it('serves the demo shop without a window', async () => {
    expect(await servedAnswer(app, 'hola, ¿qué tartas tienen?')).toMatchObject({
      reply: expect.stringMatching(/tarta.*€/is),
    })
  })

  it('finds products where there is no binary of the search index, as on Intel Macs', async () => {
    const vendor = join(app.extracted, 'node_modules', '@lancedb')
    for (const name of readdirSync(vendor))
      if (name !== 'lancedb') rmSync(join(vendor, name), { recursive: true })
    expect(await servedAnswer(app, 'hola, ¿qué tartas tienen?')).toMatchObject({
      reply: expect.stringMatching(/tarta.*€/is),
    })
  })
})

/** What the packed headless host answers a customer of the demo shop, asked through the packed command line. */
async function servedAnswer(app: PackedApp, question: string): Promise<unknown> {
  const data = mkdtempSync(join(tmpdir(), 'packed-data-'))
  const serve = ['--no-open', '--json', '--port', '0', '--data', data]
  const host = new PackedProgram(app.extracted, 'out/main/headless/main.js', serve)
  const run = async (...args: string[]) => {
    const all = [...args, '--data', data, '--json']
    const program = new PackedProgram(app.extracted, 'out/main/cli/main.js', all)
    const answer = await program.next()
    await program.stop()
    return answer
  }
  try {
    expect(await host.next()).toMatchObject({ event: 'ready' })
    const create = ['shop', 'create', '--name', 'Demo', '--currency', 'EUR', '--locale', 'es-ES', '--demo']
    expect(await run(...create)).toEqual({ slug: 'demo' })
    const answer = await run('chat', '--as', 'Ana', '--say', question)
    expect(await host.stop()).toBe(0)
    return answer
  } finally {
    host.child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
}

it('sees in a package what does not belong there', async () => {
  const base = mkdtempSync(join(tmpdir(), 'wrong-package-'))
  try {
    const planted = [
      'main/core/app.ts',
      'tests/integration/package.test.ts',
      'node_modules/vitest/index.js',
      'node_modules/@node-llama-cpp/linux-arm64/bins/linux-arm64/libggml.so',
      'node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node',
      '.env',
      'resources/signing.pem',
      'out/main/core/app.js.map',
    ]
    for (const path of planted) {
      mkdirSync(join(base, 'app', dirname(path)), { recursive: true })
      writeFileSync(join(base, 'app', path), 'x')
    }
    const archive = join(base, 'resources', 'app.asar')
    await createPackageWithOptions(join(base, 'app'), archive, { unpack: '*.so' })
    const found = problemsOf(join(base, 'resources'), 'linux-x64').join('\n')
    for (const path of planted) expect(found).toContain(path)
    expect(found).toContain('not unpacked: node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node')
    expect(found).toContain('missing: out/main/electron/main.js')
    expect(found).toContain('missing: @lancedb/lancedb-linux-x64-gnu')
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})
