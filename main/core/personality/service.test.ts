import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { defaultPersonality, PersonalityService } from './service.ts'

let test: TestStorage
let personality: PersonalityService
beforeEach(() => {
  test = createTestStorage()
  personality = new PersonalityService(test.storage)
})
afterEach(() => test.close())

const set = (input: unknown) => test.storage.write('person:1', (tx) => personality.set(tx, input))

it('is friendly, short and as the customer speaks where nobody has said', () => {
  expect(personality.get()).toEqual(defaultPersonality())
})

it('is kept, noted in the audit log and told of', () => {
  const events: string[] = []
  test.bus.subscribe(({ type }) => events.push(type))
  const wanted = { ...defaultPersonality(), assistantName: ' Lola ', rules: ['Recomienda la miel'] }
  expect(set(wanted)).toMatchObject({ assistantName: 'Lola' })
  expect(new PersonalityService(test.storage).get()).toMatchObject({
    assistantName: 'Lola',
    rules: ['Recomienda la miel'],
  })
  expect(events).toEqual(['personality.changed'])
  const logged = test.storage.sql
    .prepare("SELECT actor FROM audit_log WHERE entity_id = 'personality'")
    .pluck()
    .get()
  expect(logged).toBe('person:1')
})

it.each([
  ['tone', { tone: 'rude' }],
  ['assistantName', { assistantName: 'x'.repeat(41) }],
  ['rules', { rules: Array.from({ length: 21 }, () => 'a') }],
])('refuses a wrong %s', (field, wrong) => {
  expect(() => set({ ...defaultPersonality(), ...wrong })).toThrowError(
    expect.objectContaining({ code: 'input.invalid', data: { field } }),
  )
})

it('starts afresh from what it cannot read', () => {
  test.storage.write('system', (tx) => {
    tx.sql
      .prepare(
        "INSERT INTO settings (key, value, updated_at, updated_by) VALUES ('personality', '{\"tone\":5}', '', '')",
      )
      .run()
  })
  expect(personality.get()).toEqual(defaultPersonality())
})
