import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { withMutant } from '../mutants.ts'
import { ChannelRepository } from './repository.ts'
import { WhatsAppAccounts } from './whatsapp-accounts.ts'

describe('WhatsApp accounts', () => {
  let test: TestStorage
  let clock: ManualClock
  let repository: ChannelRepository
  let accounts: WhatsAppAccounts
  const ready = { name: 'La Tienda', externalId: '549115' }

  beforeEach(() => {
    clock = new ManualClock()
    test = createTestStorage({ clock })
    repository = new ChannelRepository(test.storage)
    accounts = new WhatsAppAccounts(test.storage, repository)
  })
  afterEach(() => test.close())

  it('are nobody’s until a phone has scanned the code, and that one is used again', () => {
    const id = accounts.add('system', undefined)
    expect(repository.find(id)).toMatchObject({ name: '', externalId: null, enabled: true })
    expect(accounts.add('system', '/opt/chrome')).toBe(id)
    expect(repository.find(id)?.config).toMatchObject({ browser: '/opt/chrome' })
    expect(accounts.identify(id, ready)).toBeNull()
    expect(repository.find(id)).toMatchObject(ready)
    expect(accounts.add('system', undefined)).not.toBe(id)
  })

  it('keep since when they are connected, unless another number comes', () => {
    const id = accounts.add('system', undefined)
    accounts.identify(id, ready)
    const { firstReadyAt } = repository.find(id)?.config ?? {}
    expect(firstReadyAt).toBeDefined()
    clock.advance(60_000)
    accounts.identify(id, { ...ready, name: 'Otro nombre' })
    expect(repository.find(id)).toMatchObject({ name: 'Otro nombre', config: { firstReadyAt } })
    accounts.identify(id, { ...ready, externalId: '549116' })
    expect(repository.find(id)?.config.firstReadyAt).not.toBe(firstReadyAt)
  })

  it('come back with their conversations when the same number is connected again', () => {
    const { sql } = test.storage
    const first = accounts.add('system', undefined)
    accounts.identify(first, ready)
    const row = `'2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'system', 'system'`
    const audit = 'created_at, updated_at, created_by, updated_by'
    sql.exec(`INSERT INTO customers (id, name, ${audit}) VALUES ('eva', 'Eva', ${row});
      INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, ${audit})
        VALUES ('chat', 'eva', '${first}', '34600@c.us', ${row})`)
    const accountOf = () => sql.prepare('SELECT channel_account_id FROM conversations').pluck().get()
    test.storage.write('system', (tx) => repository.remove(tx, first))
    const other = accounts.add('system', undefined)
    accounts.identify(other, { ...ready, externalId: '549116' })
    expect(accountOf()).toBe(first)
    const again = accounts.add('system', undefined)
    accounts.identify(again, ready)
    expect(accountOf()).toBe(again)
  })

  it('are one for each number', async () => {
    const first = accounts.add('system', undefined)
    accounts.identify(first, ready)
    const second = accounts.add('system', undefined)
    expect(accounts.identify(second, ready)).toMatchObject({ state: 'refused', reason: 'duplicate' })
    expect(repository.find(second)?.externalId).toBeNull()
    await withMutant('whatsapp.number_once', () => {
      // Only the database's index stands then.
      expect(() => accounts.identify(second, ready)).toThrow()
    })
  })
})
