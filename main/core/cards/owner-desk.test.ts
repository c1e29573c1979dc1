import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardShop } from '../../../tests/fixtures/card-shop.ts'
import { withMutant } from '../mutants.ts'
import { priceIn, readOwnerMessage } from './owner-message.ts'

let shop: CardShop
beforeEach(() => {
  shop = new CardShop()
  shop.write('owner', shop.pair().code)
  shop.deliverNotices()
})
afterEach(() => shop.close())

const last = () => shop.notices().at(-1)
const state = (seq: number) => shop.cards.bySeq(seq)?.state
const announced = () => shop.notices().filter((notice) => notice.kind === 'card')
/** The external id that a card's announcement has once it was delivered. */
const announcementOf = (seq: number) =>
  String(
    shop.way.value(
      `SELECT n.external_id FROM owner_notices n JOIN cards c ON c.id = n.card_id WHERE c.seq = ${seq} AND n.kind = 'card'`,
    ),
  )

describe('the owner’s chat', () => {
  it('hears of each new card once, whoever else joins it', () => {
    shop.ask('Ana\n#7', '¿tenéis pianos?')
    shop.ask('Luis', '¿tenéis pianos?')
    expect(announced()).toHaveLength(1)
    expect(announced()[0]?.text).toContain('#1 · Ana #7 pregunta:\n«¿tenéis pianos?»')
  })

  it('answers the only question that waits with plain words', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.deliverNotices()
    shop.write('owner', 'sí, 250 €')
    expect(state(1)).toBe('answered')
    expect(shop.cards.bySeq(1)?.answeredBy).toBe('person:ana')
    expect(shop.told('Ana')[0]).toContain('sí, 250 €')
    expect(last()).toMatchObject({ kind: 'offer', text: expect.stringContaining('Ana') })
    expect(last()?.text).toContain('¿Añado «Pianos» al catálogo por 250,00 €?')
  })

  it('answers by replying to a question, or by its number', () => {
    for (const thing of ['pianos', 'violines', 'arpas']) shop.ask('Ana', `¿tenéis ${thing}?`)
    shop.deliverNotices()
    shop.write('owner', 'No', { replyToExternalId: announcementOf(2) })
    shop.write('owner', '#3: sí, mañana')
    expect([state(1), state(2), state(3)]).toEqual(['open', 'answered', 'answered'])
    expect(shop.told('Ana')).toEqual([
      expect.stringMatching(/violines[\s\S]*No/),
      expect.stringMatching(/arpas[\s\S]*sí, mañana/),
    ])
  })

  it('asks which one is meant when several wait', () => {
    for (const thing of ['pianos', 'violines']) shop.ask('Ana', `¿tenéis ${thing}?`)
    shop.deliverNotices()
    shop.write('owner', 'sí, 25 €')
    expect([state(1), state(2)]).toEqual(['open', 'open'])
    expect(last()?.text).toMatch(/#1[\s\S]*#2/)
  })

  it('takes no plain words for a question that it was not shown', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', 'sí')
    expect(state(1)).toBe('open')
    expect(last()?.text).toContain('#1')
    shop.write('owner', '#1 sí')
    expect(state(1)).toBe('answered')
  })

  it('takes greetings, thanks and pictures for no answers', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.deliverNotices()
    for (const text of ['Hola', 'gracias!', 'Hello', '/help', '']) shop.write('owner', text)
    expect(state(1)).toBe('open')
    expect(shop.told('Ana')).toEqual([])
  })

  it('lists what waits', () => {
    shop.write('owner', '/cards')
    expect(last()?.text).toContain('No hay ninguna pregunta')
    for (let at = 0; at < 12; at++) shop.ask(`C${at}`, `¿tenéis ${'abcdefghijkl'[at]}rpas${at}?`)
    shop.write('owner', '/cards')
    expect(last()?.text).toMatch(/#1 [\s\S]*#10 [\s\S]*2 más/)
  })

  it('still takes the answer to a question whose time was over', async () => {
    shop.parts.start({ deadlines: true })
    shop.ask('Ana', '¿tenéis pianos?')
    shop.deliverNotices()
    shop.clock.advance(25 * 60 * 60_000)
    expect(state(1)).toBe('timed_out')
    await shop.parts.stop()
    shop.write('owner', '/cards')
    expect(last()?.text).toContain('#1')
    shop.write('owner', 'sí, dos')
    expect(state(1)).toBe('answered')
    expect(shop.told('Ana').at(-1)).toContain('sí, dos')
  })

  it('says what was answered already, and what there is not', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', '#1 sí')
    shop.write('owner', '#1 no')
    expect(last()?.text).toContain('ya está contestada')
    shop.write('owner', '#9 no')
    expect(last()?.text).toContain('No hay ninguna pregunta #9')
    expect(shop.told('Ana')).toHaveLength(1)
  })

  it('keeps an answer on yes, in the catalog or in knowledge', () => {
    shop.ask('Ana', '¿tenéis bicicletas eléctricas?')
    shop.write('owner', '#1 sí, a 1.250,50 €')
    shop.deliverNotices()
    shop.write('owner', 'Sí')
    expect(last()?.text).toBe('Añadido al catálogo: Bicicletas eléctricas, 1.250,50 €.')
    expect(shop.catalog.product(shop.cards.bySeq(1)?.productId ?? '')).toMatchObject({
      name: 'Bicicletas eléctricas',
      variants: [{ price: { kind: 'exact', amount: 125_050 } }],
    })
    shop.ask('Ana', '¿se puede aparcar?', { kind: 'question' })
    shop.write('owner', '#2 en la plaza')
    shop.deliverNotices()
    shop.write('owner', 'vale', { replyToExternalId: String(last() && `notice-${shop.notices().length}`) })
    expect(shop.knowledge.entry(shop.cards.bySeq(2)?.knowledgeId ?? '')).toMatchObject({
      answer: 'en la plaza',
    })
    shop.write('owner', 'sí')
    expect(last()?.text).toContain('No hay ninguna pregunta')
  })

  it('keeps nothing on no', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', '#1 no')
    expect(last()?.text).toContain('¿Guardo esta respuesta')
    shop.write('owner', 'no')
    expect(last()?.text).toContain('no la guardo')
    expect(shop.cards.bySeq(1)).toMatchObject({ knowledgeId: null, productId: null })
  })

  it('asks back when a yes may be for the offer or for a newer question', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', '#1 sí, 250 €')
    shop.ask('Luis', '¿tenéis arpas?')
    shop.deliverNotices()
    shop.write('owner', 'sí')
    expect(state(2)).toBe('open')
    expect(shop.cards.bySeq(1)?.productId).toBeNull()
    expect(last()?.text).toContain('#2')
    shop.write('owner', 'sí', { replyToExternalId: announcementOf(2) })
    expect(state(2)).toBe('answered')
  })

  it('changes nothing when a message comes again', async () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.ask('Luis', '¿tenéis arpas?')
    const again = { externalId: 'same' }
    shop.write('owner', '#1 sí', again)
    const said = shop.notices().length
    shop.write('owner', '#1 sí', again)
    expect(shop.notices()).toHaveLength(said)
    await withMutant('owner.repeat', () => void shop.write('owner', '#1 sí', again))
    expect(shop.notices().length).toBeGreaterThan(said)
  })

  it('does not take the code that paired it for an answer when that comes again', () => {
    const other = new CardShop()
    const { code } = other.pair()
    other.write('owner', code, { externalId: 'code' })
    other.ask('Ana', '¿tenéis pianos?')
    other.deliverNotices()
    other.write('owner', code, { externalId: 'code' })
    expect(other.cards.bySeq(1)?.state).toBe('open')
    other.close()
  })

  it('says so when something cannot be done, and goes on', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', `#1 ${'x'.repeat(3_000)}`)
    expect(last()?.text).toContain('input.invalid')
    shop.write('owner', '#1 sí')
    expect(state(1)).toBe('answered')
  })

  it('says when a person has the conversation', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.way.conversations.take('person:ana', shop.conversation('Ana'))
    shop.write('owner', '#1 sí')
    expect(shop.told('Ana')).toEqual([])
    expect(last()?.text).toContain('la lleva ahora una persona')
  })

  it('is a stranger’s again after /stop', () => {
    shop.write('owner', '/stop')
    expect(shop.parts.ownerChats.list()).toEqual([])
    expect(last()?.text).toContain('Desconectado')
    shop.ask('Ana', '¿tenéis pianos?')
    expect(announced()).toEqual([])
    shop.write('owner', '#1 sí')
    expect(state(1)).toBe('open')
    expect(shop.way.value("SELECT count(*) FROM messages WHERE chat_id = 'owner'")).toBe(1)
  })
})

describe('a chat that was let go', () => {
  it('is told nothing that was still on its way', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    expect(announced()).toMatchObject([{ state: 'queued' }])
    const [chat] = shop.parts.ownerChats.list()
    shop.way.test.storage.write('person:ana', (tx) => shop.parts.ownerChats.unpair(tx, chat?.id ?? ''))
    expect(announced()).toMatchObject([{ state: 'failed' }])
  })
})

describe('an owner’s message', () => {
  it('never becomes a customer’s, not even when it comes again after the chat was let go', () => {
    shop.write('owner', '/cards', { externalId: 'list' })
    shop.write('owner', '/stop', { externalId: 'stop' })
    const said = shop.notices().length
    shop.write('owner', '/cards', { externalId: 'list' })
    shop.write('owner', '/stop', { externalId: 'stop' })
    expect(shop.notices()).toHaveLength(said)
    expect(shop.way.value("SELECT count(*) FROM messages WHERE chat_id = 'owner'")).toBe(0)
  })

  it('is queued for no account that was taken off', () => {
    shop.way.test.storage.sql.prepare("UPDATE channel_accounts SET deleted_at = 'now'").run()
    const said = shop.notices().length
    shop.ask('Ana', '¿tenéis pianos?')
    expect(shop.notices()).toHaveLength(said)
  })
})

describe('nobody else', () => {
  it('answers cards: the same words are a customer’s message', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.deliverNotices()
    for (const text of ['#1 sí, gratis', '/cards', '/stop', 'sí']) shop.write('mallory', text)
    shop.write('mallory', 'sí', { replyToExternalId: announcementOf(1) })
    expect(state(1)).toBe('open')
    expect(shop.parts.ownerChats.list()).toHaveLength(1)
    const written = "SELECT count(*) FROM messages WHERE chat_id = 'mallory' AND author = 'customer'"
    expect(shop.way.value(written)).toBe(5)
  })

  it('speaks for the owner from within their chat', () => {
    shop.ask('Ana', '¿tenéis pianos?')
    shop.write('owner', '#1 sí', { from: { externalId: 'mallory', name: 'owner', isBot: false } })
    expect(state(1)).toBe('open')
  })
})

describe('reading', () => {
  it('tells answers from everything else', () => {
    const kinds = (texts: string[]) => texts.map((text) => readOwnerMessage(text).kind)
    expect(kinds(['sí', 'Si!', 'vale', 'ok', 'yes please', '👍'])).toEqual(Array(6).fill('yes'))
    expect(kinds(['no', 'No, gracias', 'nope'])).toEqual(Array(3).fill('no'))
    expect(kinds(['sí, 25 €', 'el jueves', 'no quedan', 'Thursday', '25'])).toEqual(Array(5).fill('text'))
    expect(kinds(['hola', 'buenos días', 'muchas gracias', '/ayuda'])).toEqual(Array(4).fill('help'))
    expect(readOwnerMessage('# 12 - sí, 25 €')).toEqual({ kind: 'numbered', seq: 12, text: 'sí, 25 €' })
  })

  it('finds the one price of an answer', () => {
    const found: [string, string, number | null][] = [
      ['sí, 25 €', 'EUR', 2_500],
      ['Sí, 25', 'EUR', 2_500],
      ['yes, £22.50 each', 'GBP', 2_250],
      ['claro, son 12,90 euros', 'EUR', 1_290],
      ['sí, a $ 85.000', 'COP', 8_500_000],
      ['sí, 120 pesos', 'MXN', 12_000],
      ['sí, ¥1200', 'JPY', null],
      ['25 € o 30 €', 'EUR', null],
      ['sí, 25 $', 'EUR', null],
      ['llegan el 25', 'EUR', null],
      ['quedan 3', 'EUR', null],
      ['no', 'EUR', null],
    ]
    for (const [text, currency, amount] of found) expect(priceIn(text, currency), text).toBe(amount)
  })
})
