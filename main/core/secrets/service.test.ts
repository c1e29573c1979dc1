import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
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

  it('puts nothing while it is locked', async () => {
    const secrets = secretsOf()
    expect(() => test.storage.write('system', (tx) => secrets.put(tx, token))).toThrow('host.secrets_locked')
  })
})
