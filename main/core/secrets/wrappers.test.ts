import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyFileWrapper } from './key-file.ts'
import { passphraseWrapper } from './passphrase.ts'

let dir: string
const key = randomBytes(32)

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const posix = process.platform !== 'win32'

describe('keyFileWrapper', () => {
  const path = () => join(dir, 'host', 'secret.key')

  it('makes a file that only its owner reads, and opens with it what it wrapped', async () => {
    const wrapped = await keyFileWrapper(path()).wrap(key)
    expect(Buffer.from(await keyFileWrapper(path()).unwrap(wrapped))).toEqual(key)
    if (posix) expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(dir, 'host'))).toEqual(['secret.key'])
    expect(Buffer.from(wrapped).includes(key)).toBe(false)
  })

  it('agrees on one key when many start at once', async () => {
    const wrapped = await Promise.all(Array.from({ length: 8 }, () => keyFileWrapper(path()).wrap(key)))
    for (const blob of wrapped) expect(Buffer.from(await keyFileWrapper(path()).unwrap(blob))).toEqual(key)
  })

  it('never makes a new key to open an old one', async () => {
    const wrapped = await keyFileWrapper(path()).wrap(key)
    rmSync(path())
    await expect(keyFileWrapper(path()).unwrap(wrapped)).rejects.toMatchObject({
      data: { reason: 'missing' },
    })
    expect(existsSync(path())).toBe(false)
  })

  it.runIf(posix)('refuses a file that others can read, and a link', async () => {
    const wrapper = keyFileWrapper(path())
    const wrapped = await wrapper.wrap(key)
    chmodSync(path(), 0o640)
    await expect(wrapper.wrap(key)).rejects.toMatchObject({ data: { reason: 'permissions' } })
    await expect(wrapper.unwrap(wrapped)).rejects.toMatchObject({ data: { reason: 'permissions' } })
    chmodSync(path(), 0o600)
    const linked = join(dir, 'linked.key')
    symlinkSync(path(), linked)
    await expect(keyFileWrapper(linked).wrap(key)).rejects.toMatchObject({ data: { reason: 'not_a_file' } })
  })

  it('refuses a damaged file and leaves it as it is', async () => {
    const wrapped = await keyFileWrapper(path()).wrap(key)
    const whole = readFileSync(path(), 'utf8')
    for (const damaged of [
      '',
      'hello',
      whole.slice(0, 30),
      whole.replace('mostrador-key-1 ', 'mostrador-key-1 A'),
    ]) {
      writeFileSync(path(), damaged)
      await expect(keyFileWrapper(path()).unwrap(wrapped)).rejects.toMatchObject({
        code: 'host.secrets_locked',
        data: { reason: 'damaged' },
      })
      expect(readFileSync(path(), 'utf8')).toBe(damaged)
    }
  })
})

describe('passphraseWrapper', () => {
  // A cheap cost keeps the test quick; what is tested is the shape, not scrypt.
  const wrapper = (passphrase: string) => passphraseWrapper(passphrase, 10)

  it('opens with the same passphrase only', async () => {
    const wrapped = await wrapper('año nuevo').wrap(key)
    expect(Buffer.from(await wrapper('an\u0303o nuevo').unwrap(wrapped))).toEqual(key)
    await expect(wrapper('ano nuevo').unwrap(wrapped)).rejects.toMatchObject({
      data: { reason: 'passphrase' },
    })
  })

  it('refuses a blob that asks for too much work, and an empty passphrase', async () => {
    const wrapped = await wrapper('x').wrap(key)
    wrapped[0] = 40
    await expect(wrapper('x').unwrap(wrapped)).rejects.toMatchObject({ data: { reason: 'damaged' } })
    await expect(wrapper('x').unwrap(Uint8Array.of(10, 1))).rejects.toMatchObject({
      data: { reason: 'damaged' },
    })
    expect(() => passphraseWrapper('')).toThrow('host.secrets_locked')
  })
})
