import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readUpdateKeys, verifiedRelease } from '../../main/electron/updates/signature.ts'

// Each script is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000 })

let folder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mostrador-release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(script, args, env = {}) {
  const file = join(import.meta.dirname, script)
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { ok: status === 0, stdout, stderr }
}

function makeKey(name) {
  const lines = run('sign-updates.mjs', ['--new-key']).stdout.match(/\S+$/gm)
  const [publicKey, privateKey] = lines
  return { name, publicKey, privateKey }
}

/** A file of a release, and a feed file that names it as electron-builder does. */
function publish(feedName, fileName, content, version = '1.1.0') {
  writeFileSync(join(folder, fileName), content)
  const sha512 = createHash('sha512').update(content).digest('base64')
  writeFileSync(
    join(folder, feedName),
    `version: ${version}\nfiles:\n  - url: ${fileName}\n    sha512: ${sha512}\n    size: ${content.length}\n` +
      `path: ${fileName}\nsha512: ${sha512}\nreleaseDate: '2026-03-01T08:00:00.000Z'\n`,
  )
}

const read = (name) => load(readFileSync(join(folder, name), 'utf8'))

function believe(...keys) {
  const file = join(folder, 'keys.json')
  const json = JSON.stringify({ keys: keys.map(({ name, publicKey }) => ({ name, publicKey })) })
  writeFileSync(file, json)
  return { file, keys: readUpdateKeys(json) }
}

describe('signing a release', () => {
  it('puts a signature into every feed file, which the app then believes', () => {
    const key = makeKey('now')
    const known = believe(key)
    publish('latest.yml', 'Mostrador-1.1.0-x64.exe', 'windows')
    publish('latest-linux-arm64.yml', 'Mostrador-1.1.0-arm64.AppImage', 'linux')
    publish('beta-mac.yml', 'Mostrador-1.1.0-mac.zip', 'mac')
    const signed = run('sign-updates.mjs', [folder], {
      MOSTRADOR_UPDATE_KEY: key.privateKey,
      MOSTRADOR_UPDATE_KEYS: known.file,
    })
    expect(signed.stderr).toBe('')
    for (const name of ['latest.yml', 'latest-linux-arm64.yml', 'beta-mac.yml'])
      expect(verifiedRelease(read(name), known.keys).version).toBe('1.1.0')
    // The key is in no file and on no screen.
    expect(signed.stdout + readFileSync(join(folder, 'latest.yml'), 'utf8')).not.toContain(key.privateKey)
  })

  it('signs with two keys while one replaces the other', () => {
    const old = makeKey('old')
    const next = makeKey('next')
    const { file } = believe(old, next)
    publish('latest.yml', 'a.exe', 'windows')
    const env = { MOSTRADOR_UPDATE_KEY: `${old.privateKey},${next.privateKey}`, MOSTRADOR_UPDATE_KEYS: file }
    expect(run('sign-updates.mjs', [folder], env).ok).toBe(true)
    for (const key of [old, next])
      expect(verifiedRelease(read('latest.yml'), believe(key).keys).files).toHaveLength(1)
  })

  it('signs nothing with a key that no installation knows, or without one', () => {
    const key = makeKey('now')
    const { file } = believe(makeKey('another'))
    publish('latest.yml', 'a.exe', 'windows')
    for (const MOSTRADOR_UPDATE_KEY of [key.privateKey, '', 'rubbish']) {
      const env = { MOSTRADOR_UPDATE_KEY, MOSTRADOR_UPDATE_KEYS: file }
      expect(run('sign-updates.mjs', [folder], env).ok).toBe(false)
    }
    expect(read('latest.yml').signature).toBeUndefined()
  })

  it('signs no file that is not there as the feed says', () => {
    const key = makeKey('now')
    const env = { MOSTRADOR_UPDATE_KEY: key.privateKey, MOSTRADOR_UPDATE_KEYS: believe(key).file }
    publish('latest.yml', 'a.exe', 'windows')
    writeFileSync(join(folder, 'a.exe'), 'WINDOWS')
    expect(run('sign-updates.mjs', [folder], env).stderr).toContain('a.exe is not the file')
    rmSync(join(folder, 'a.exe'))
    expect(run('sign-updates.mjs', [folder], env).ok).toBe(false)
    expect(read('latest.yml').signature).toBeUndefined()
  })
})

describe('merging the feed files of one system', () => {
  it('names the files of all processors, the first one first, and carries no signature', () => {
    publish('x64.yml', 'a-x64.exe', 'x64')
    publish('arm64.yml', 'a-arm64.exe', 'arm64')
    const at = (name) => join(folder, name)
    writeFileSync(at('x64.yml'), `${readFileSync(at('x64.yml'), 'utf8')}signature: AAAA\n`)
    expect(run('merge-updates.mjs', [at('latest.yml'), at('x64.yml'), at('arm64.yml')]).ok).toBe(true)
    const merged = read('latest.yml')
    expect(merged.files.map((file) => file.url)).toEqual(['a-x64.exe', 'a-arm64.exe'])
    expect(merged.path).toBe('a-x64.exe')
    expect(merged.signature).toBeUndefined()
  })

  it('refuses two releases, and two files of one name', () => {
    publish('one.yml', 'a.exe', 'one')
    publish('two.yml', 'b.exe', 'two', '1.2.0')
    publish('three.yml', 'a.exe', 'three')
    const at = (name) => join(folder, name)
    for (const other of ['two.yml', 'three.yml'])
      expect(run('merge-updates.mjs', [at('latest.yml'), at('one.yml'), at(other)]).ok, other).toBe(false)
  })
})

describe('checksums', () => {
  it('are what sha256sum reads, and the same each time', () => {
    writeFileSync(join(folder, 'b.deb'), 'two')
    writeFileSync(join(folder, 'a.exe'), 'one')
    const hash = (text) => createHash('sha256').update(text).digest('hex')
    const expected = `${hash('one')}  a.exe\n${hash('two')}  b.deb\n`
    for (let time = 0; time < 2; time += 1) {
      expect(run('checksums.mjs', [folder]).ok).toBe(true)
      expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toBe(expected)
    }
  })
})
