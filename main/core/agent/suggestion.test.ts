import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { asks, PromptedShop, writes } from '../../../tests/fixtures/prompted-shop.ts'
import { EngineError } from '../engines/engine.ts'

let shop: PromptedShop
let conversationId: string
beforeAll(async () => {
  shop = await PromptedShop.start()
})
afterAll(() => shop.close())
beforeEach(() => {
  conversationId = shop.shop.chat.open(`Ana ${Math.random()}`)
  shop.shop.conversations.take('person:1', conversationId)
  shop.model.asked.length = 0
})

const suggest = (signal = new AbortController().signal) =>
  shop.shop.suggestions.suggest(conversationId, signal)
const say = (text: string) => shop.shop.chat.say(conversationId, text)

/** Everything that is stored, but for events: what a person wrote leaves meanwhile. */
function stored(): string {
  const { sql } = shop.shop.storage
  const tables = sql
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
    .map(String)
  return tables
    .filter((name) => !name.includes('_fts') && !name.startsWith('search') && name !== 'events')
    .map((name) => `${name} ${String(sql.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())}`)
    .join('\n')
}

it('answers what the customer has asked, knowing what was said before, and writes nothing', async () => {
  say('Hola, soy Ana')
  shop.shop.conversations.send('person:1', conversationId, 'Hola, Ana, dime')
  say('¿cuánto cuesta la miel de azahar?')
  const before = stored()
  shop.model.steps(writes('La Miel de azahar cuesta 7,90 €.'))
  expect(await suggest()).toEqual({
    text: 'La Miel de azahar cuesta 7,90 €.',
    engine: 'model',
    gate: { ok: true },
  })
  const { request } = shop.model.asked[0] ?? {}
  expect(request?.input.map(({ text }) => text)).toEqual(['¿cuánto cuesta la miel de azahar?'])
  expect(request?.history.map(({ text }) => text)).toEqual(['Hola, soy Ana', 'Hola, Ana, dime'])
  expect(request?.prompt).toMatchObject({ purpose: 'preview', ofCustomer: true, conversationId })
  expect(stored()).toBe(before)
  expect(shop.shop.conversations.get(conversationId).mode).toBe('person')
})

it('passes the gate like every reply, and does nothing', async () => {
  say('ponme una miel de azahar, ¿cuánto es?')
  const { variantId } = shop.variant('MIE-1')
  const before = stored()
  shop.model.steps(
    asks(['set_cart_line', { variantId, quantity: 1 }], ['hand_over', { reason: 'asked', summary: '' }]),
    writes('La Miel de azahar cuesta 1 €.'),
    writes('La Miel de azahar cuesta 2 €.'),
  )
  const suggested = await suggest()
  expect(suggested.gate.ok).toBe(false)
  expect(suggested.text).not.toMatch(/[12] €/)
  expect(stored()).toBe(before)
})

it('is made one at a time for each conversation, and can be let go', async () => {
  await expect(suggest()).rejects.toMatchObject({ code: 'conversation.nothing_to_answer' })
  say('¿cuánto cuesta la miel de azahar?')
  shop.model.steps(writes('La Miel de azahar cuesta 7,90 €.'))
  const controller = new AbortController()
  const first = suggest(controller.signal)
  await expect(suggest()).rejects.toMatchObject({ code: 'engine.busy' })
  controller.abort()
  await expect(first).rejects.toMatchObject({ code: 'cancelled' })
  expect((await suggest()).text).toContain('7,90')
  shop.model.steps(new EngineError('offline'))
  expect((await suggest()).engine).toBe('builtin')
})
