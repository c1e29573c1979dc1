import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { DomainError } from '../errors.ts'
import { keyFileWrapper, passphraseWrapper, Secrets } from './service.ts'

const token = '123456:AAE-a-token-nobody-may-read'

describe('Secrets', () => {
  let test: TestStorage
  beforeEach(() => {
    test = createTestStorage()
  })
  afterEach(() => test.close())

  const secretsOf = (): Secrets => new Secrets(test.storage, keyFileWrapper(join(test.dir, 'secret.key')))

  async function put(secrets: Secrets, plain: string): Promise<string> {
    await secrets.unlock()
    return test.storage.write('system', (tx) => secrets.put(tx, plain))
  }

  it('opens in another process what was sealed in this one; the database never holds it plain', async () => {
    const id = await put(secretsOf(), token)
    expect(await secretsOf().open(id)).toBe(token)
    expect(test.storage.sql.serialize().includes(token)).toBe(false)
  })

  it('makes one key however many ask at once', async () => {
    const secrets = secretsOf()
    await Promise.all([secrets.unlock(), secrets.unlock(), secrets.unlock()])
    const id = await put(secrets, token)
    expect(await secretsOf().open(id)).toBe(token)
  })

  it('replaces and removes', async () => {
    const secrets = secretsOf()
    const id = await put(secrets, token)
    test.storage.write('system', (tx) => secrets.replace(tx, id, 'other'))
    expect(await secrets.open(id)).toBe('other')
    test.storage.write('system', (tx) => secrets.remove(tx, id))
    await expect(secrets.open(id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('does not open a blob under the id of another', async () => {
    const secrets = secretsOf()
    const [first, second] = [await put(secrets, 'first'), await put(secrets, 'second')]
    test.storage.sql
      .prepare('UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE id = ?) WHERE id = ?')
      .run(first, second)
    await expect(secrets.open(second)).rejects.toMatchObject({ code: 'host.secrets_locked' })
  })

  it('says which method a shop needs, and touches nothing', async () => {
    const id = await put(secretsOf(), token)
    const other = new Secrets(test.storage, passphraseWrapper('x', 10))
    await expect(other.open(id)).rejects.toMatchObject({ data: { reason: 'method', stored: 'keyfile' } })
    expect(await secretsOf().open(id)).toBe(token)
  })

  it('wraps such a key anew at a start, though nobody asks for a secret', async () => {
    const file = keyFileWrapper(join(test.dir, 'secret.key'))
    const now = { ...passphraseWrapper('x', 10), former: [file] }
    await new Secrets(test.storage, now).renewWrapping()
    expect(methodOf(test)).toBeNull()
    const id = await put(secretsOf(), token)
    await secretsOf().renewWrapping()
    expect(methodOf(test)).toBe('keyfile')
    await new Secrets(test.storage, now).renewWrapping()
    expect(methodOf(test)).toBe('passphrase')
    expect(await new Secrets(test.storage, now).open(id)).toBe(token)
    // Where it cannot be opened nothing happens.
    await new Secrets(test.storage, file).renewWrapping()
    expect(methodOf(test)).toBe('passphrase')
  })

  it('wraps a key of a former method anew, and opens it as before', async () => {
    const file = keyFileWrapper(join(test.dir, 'secret.key'))
    const id = await put(new Secrets(test.storage, file), token)
    const now = { ...passphraseWrapper('x', 10), former: [file] }
    expect(await new Secrets(test.storage, now).open(id)).toBe(token)
    expect(methodOf(test)).toBe('passphrase')
    // Without the file: nothing needs it any more.
    expect(await new Secrets(test.storage, passphraseWrapper('x', 10)).open(id)).toBe(token)
  })

  it('leaves the key as it was where the new wrapping does not open', async () => {
    const file = keyFileWrapper(join(test.dir, 'secret.key'))
    const id = await put(new Secrets(test.storage, file), token)
    const broken = {
      method: 'os',
      wrap: async () => Uint8Array.of(1, 2, 3),
      unwrap: async () => Uint8Array.of(1, 2, 3),
      former: [file],
    }
    expect(await new Secrets(test.storage, broken).open(id)).toBe(token)
    expect(methodOf(test)).toBe('keyfile')
    expect(await secretsOf().open(id)).toBe(token)
  })

  it('takes a secret that is entered again where the key is lost, and finds the old ones when it is back', async () => {
    const elsewhere = new Map<string, Uint8Array>()
    const os = (known: boolean) => ({
      method: 'os',
      wrap: async (key: Uint8Array) => {
        elsewhere.set('key', key)
        return Buffer.from('handle')
      },
      unwrap: async () => {
        const key = elsewhere.get('key')
        if (!known || key === undefined) throw new DomainError('host.secrets_locked', { reason: 'keyring' })
        return key
      },
    })
    const old = await put(new Secrets(test.storage, os(true)), token)
    const here = new Secrets(test.storage, {
      ...keyFileWrapper(join(test.dir, 'secret.key')),
      former: [os(false)],
    })
    await expect(here.unlock()).rejects.toMatchObject({ code: 'host.secrets_locked' })
    await here.unlockToKeep()
    const fresh = test.storage.write('system', (tx) => here.put(tx, 'entered again'))
    expect(await here.open(fresh)).toBe('entered again')
    await expect(here.open(old)).rejects.toMatchObject({ code: 'host.secrets_locked' })
    const back = new Secrets(test.storage, {
      ...keyFileWrapper(join(test.dir, 'secret.key')),
      former: [os(true)],
    })
    expect(await back.open(old)).toBe(token)
    expect(await back.open(fresh)).toBe('entered again')
    // It was sealed anew.
    expect(await secretsOf().open(old)).toBe(token)
  })

  it('makes no other key for a passphrase that was mistyped', async () => {
    await put(new Secrets(test.storage, passphraseWrapper('right', 10)), token)
    const wrong = new Secrets(test.storage, passphraseWrapper('wrong', 10))
    await expect(wrong.unlockToKeep()).rejects.toMatchObject({ data: { reason: 'passphrase' } })
    await expect(secretsOf().unlockToKeep()).rejects.toMatchObject({ data: { reason: 'method' } })
  })

  it('puts nothing while it is locked', async () => {
    const secrets = secretsOf()
    expect(() => test.storage.write('system', (tx) => secrets.put(tx, token))).toThrow('host.secrets_locked')
  })
})

function methodOf({ storage }: TestStorage): string | undefined {
  return storage.prepare<[], string>('SELECT wrapped_key_method FROM shop').pluck().get() as
    | string
    | undefined
}
