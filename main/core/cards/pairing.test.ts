import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardShop } from '../../../tests/fixtures/card-shop.ts'
import { withMutant } from '../mutants.ts'
import { hashPairingCode, newPairingCode, readPairingCode } from './pairing.ts'

let shop: CardShop
beforeEach(() => {
  shop = new CardShop()
})
afterEach(() => shop.close())

const wrong = ['K7QF-9X2M', 'A2B3-C4D5', 'Z9Y8-X7W6', 'M2N3-P4Q5', 'R6S7-T8V9']
const chats = () => shop.parts.ownerChats.list()
const stored = (from: string) =>
  shop.way.value(`SELECT count(*) FROM messages WHERE chat_id = '${from}' AND author = 'customer'`)

describe('a code', () => {
  it('is long, without look-alikes, and read however it is written', () => {
    const codes = new Set(Array.from({ length: 200 }, newPairingCode))
    expect(codes.size).toBe(200)
    for (const code of codes) {
      expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
      const bare = code.replace('-', '')
      for (const written of [code, bare, code.toLowerCase(), ` ${bare} `, code.replace('-', ' ')])
        expect(readPairingCode(written)).toBe(bare)
    }
    for (const text of [
      'hola',
      'BUFANDAS',
      'el código es K7QF-9X2M',
      'K7QF-9X2',
      '600111222',
      '',
      'K7QF-9X2M-K7QF',
    ])
      expect(readPairingCode(text), text).toBeNull()
  })

  it('is not kept', () => {
    const { code } = shop.pair()
    const row = JSON.stringify(shop.way.test.storage.sql.prepare('SELECT * FROM owner_pairings').all())
    expect(row).not.toContain(code)
    expect(row).not.toContain(code.replace('-', ''))
    expect(hashPairingCode(code, 'a')).not.toBe(hashPairingCode(code, 'b'))
  })
})

describe('pairing', () => {
  it('makes the chat that sends the code the owner’s, and nothing of it a customer’s', () => {
    const { code } = shop.pair()
    shop.write('ana', code.toLowerCase())
    expect(chats()).toMatchObject([{ name: 'ana', account: 'bot' }])
    expect(stored('ana')).toBe(0)
    expect(shop.notices()).toMatchObject([{ kind: 'reply', text: expect.stringContaining('/cards') }])
  })

  it('works once', async () => {
    const { code } = shop.pair()
    shop.write('ana', code)
    shop.write('eva', code)
    expect(chats()).toHaveLength(1)
    expect(stored('eva')).toBe(1)
    await withMutant('pairing.once', () => void shop.write('mallory', code))
    expect(chats()).toHaveLength(2)
  })

  it('ends after ten minutes', () => {
    const { code } = shop.pair()
    shop.clock.jump(10 * 60_000 + 1)
    shop.write('ana', code)
    expect(chats()).toEqual([])
    expect(stored('ana')).toBe(1)
  })

  it('ends with a newer code', () => {
    const first = shop.pair()
    const second = shop.pair()
    shop.write('ana', first.code)
    expect(chats()).toEqual([])
    shop.write('ana', second.code)
    expect(chats()).toHaveLength(1)
  })

  it('dies of five wrong codes', async () => {
    const { code } = shop.pair()
    for (const [at, guess] of wrong.entries()) shop.write(`guesser-${at}`, guess)
    shop.write('ana', code)
    expect(chats()).toEqual([])
    expect([stored('guesser-0'), stored('ana')]).toEqual([1, 1])
    await withMutant('pairing.attempts', () => void shop.write('ana', code))
    expect(chats()).toHaveLength(1)
  })

  it('is not spent by words that are no code', () => {
    const { code } = shop.pair()
    for (let at = 0; at < 9; at++) shop.write('luis', at % 2 === 0 ? 'BUFANDAS' : '¿tenéis K7QF-9X2M?')
    shop.write('ana', code)
    expect(chats()).toHaveLength(1)
  })

  it('is for private chats of people', () => {
    const { code } = shop.pair()
    shop.write('group', code, { chatKind: 'group' })
    shop.write('bot', code, { from: { externalId: 'bot', name: 'bot', isBot: true } })
    shop.write('own', code, { own: true })
    expect(chats()).toEqual([])
  })

  it('takes a chat that was a customer’s, and leaves its conversation', () => {
    shop.write('ana', 'hola, ¿tenéis pan?')
    const { code } = shop.pair()
    shop.write('ana', code)
    shop.write('ana', 'no')
    expect(chats()).toHaveLength(1)
    expect(stored('ana')).toBe(1)
  })

  it('is refused for a channel without a bot of its own', () => {
    expect(() =>
      shop.way.test.storage.write('person:ana', (tx) => shop.parts.ownerChats.pair(tx, 'nowhere', 'ana')),
    ).toThrowError(expect.objectContaining({ code: 'channel.not_found' }))
    shop.way.test.storage.sql.prepare("UPDATE channel_accounts SET kind = 'testchat'").run()
    expect(() => shop.pair()).toThrowError(expect.objectContaining({ code: 'pairing.not_possible' }))
  })
})
