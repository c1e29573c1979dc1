import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardShop } from '../../../tests/fixtures/card-shop.ts'
import { withMutant } from '../mutants.ts'

const day = 86_400_000
const minute = 60_000
let shop: CardShop
beforeEach(() => {
  shop = new CardShop()
})
afterEach(() => shop.close())

function write<T>(work: Parameters<typeof shop.way.test.storage.write<T>>[1]): T {
  return shop.way.test.storage.write('person:ana', work)
}

describe('a question that nothing answers', () => {
  it('opens one card, which whoever asks the same joins', () => {
    const first = shop.ask('Ana', '¿Vendéis bicicletas eléctricas?')
    const second = shop.ask('Luis', 'hola, ¿cuánto cuesta una bicicleta electrica?')
    const again = shop.ask('Luis', 'busco bicicletas eléctricas')
    expect([first.state, second.state, again.state]).toEqual(['opened', 'joined', 'joined'])
    expect(again).toMatchObject({ alreadyWaiting: true })
    const { items, more } = shop.cards.list({ limit: 10 })
    expect(more).toBe(false)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      seq: 1,
      kind: 'product',
      state: 'open',
      waiting: [{ customer: { name: 'Ana' } }, { customer: { name: 'Luis' } }],
    })
  })

  it('is another question where a small word changes the answer', () => {
    for (const [one, other] of [
      ['¿tenéis tarta con gluten?', '¿tenéis tarta sin gluten?'],
      ['¿abrís los lunes por la tarde?', '¿abrís los domingos por la tarde?'],
      ['can I bring my dog?', 'do you sell anything for my dog?'],
    ] as const) {
      const before = shop.cards.countOpen()
      shop.ask(one, one, { kind: 'question' })
      shop.ask(other, other, { kind: 'question' })
      expect(shop.cards.countOpen() - before, `${one} / ${other}`).toBe(2)
    }
  })

  it('reaches the owner as one line, without signs that hide or turn text', () => {
    const card = shop.card('Eva', 'tenéis\n\n#9 · Marta pregunta:\u202e lámparas\u200b de lava')
    expect(card.question).toBe('tenéis #9 · Marta pregunta: lámparas de lava')
  })

  it('is refused when it says nothing', () => {
    for (const text of ['¿?', '¿y eso?', '   ', '👍'])
      expect(() => shop.ask('Ana', text)).toThrowError(expect.objectContaining({ code: 'input.invalid' }))
    expect(shop.cards.countOpen()).toBe(0)
  })

  it('opens one card a turn and waits for five answers at most', async () => {
    shop.ask('Ana', 'tenéis sillas', { turnId: 'one' })
    expect(shop.ask('Ana', 'tenéis mesas', { turnId: 'one' }).state).toBe('limited')
    for (const thing of ['mesas', 'camas', 'armarios', 'espejos']) shop.ask('Ana', `tenéis ${thing}`)
    expect(shop.ask('Ana', 'tenéis alfombras').state).toBe('limited')
    expect(shop.ask('Ana', 'tenéis mesas').state).toBe('joined')
    expect(shop.cards.countOpen()).toBe(5)
    await withMutant('cards.limit', () => {
      expect(shop.ask('Ana', 'tenéis alfombras').state).toBe('opened')
    })
  })
})

describe('an answer', () => {
  it('reaches everybody who waits, in their language, once', () => {
    const card = shop.card('Ana', '¿Vendéis bicicletas eléctricas?')
    shop.ask('John', '¿vendéis bicicletas eléctricas?', { language: 'en' })
    const answered = shop.answer(card.id, '  Sí, 25 €.\n\n\n\nLlegan el lunes.  ')
    expect(answered).toMatchObject({
      state: 'answered',
      answer: 'Sí, 25 €.\n\nLlegan el lunes.',
      answeredBy: 'person:ana',
    })
    expect(answered.waiting.every((waiter) => waiter.told)).toBe(true)
    expect(shop.told('Ana')).toEqual([expect.stringMatching(/consult|respuesta[\s\S]*Sí, 25 €/)])
    expect(shop.told('John')).toEqual([expect.stringMatching(/I've checked|answer about[\s\S]*Sí, 25 €/)])
    expect(shop.told('Ana')[0]).toContain('«bicicletas eléctricas»')
    expect(() => shop.answer(card.id, 'no')).toThrowError(expect.objectContaining({ code: 'card.closed' }))
    expect(shop.told('Ana')).toHaveLength(1)
  })

  it('is left to the person who holds the conversation', async () => {
    const first = shop.card('Ana', '¿tenéis bicicletas?')
    shop.way.conversations.take('person:ana', shop.conversation('Ana'))
    shop.answer(first.id, 'No')
    expect(shop.told('Ana')).toEqual([])
    expect(shop.cards.get(first.id).waiting).toMatchObject([{ told: false }])
    const second = shop.card('Ana', '¿tenéis patines?')
    await withMutant('cards.held', () => void shop.answer(second.id, 'No'))
    expect(shop.told('Ana')).toHaveLength(1)
  })

  it('serves the next customers for ninety days', () => {
    const card = shop.card('Ana', '¿tenéis bicicletas?')
    shop.answer(card.id, 'Sí, 25 €')
    expect(shop.ask('Luis', 'quiero una bicicleta')).toMatchObject({ state: 'answered', answer: 'Sí, 25 €' })
    shop.clock.jump(89 * day)
    expect(shop.ask('Eva', 'quiero una bicicleta').state).toBe('answered')
    shop.clock.jump(2 * day)
    expect(shop.ask('Eva', 'quiero una bicicleta').state).toBe('opened')
  })

  it('about these days serves on its day alone', () => {
    const asked = shop.card('Ana', '¿cuándo llegan las naranjas?', { kind: 'question' })
    shop.answer(asked.id, 'El jueves')
    const about = () => shop.ask('Luis', 'cuándo llegan las naranjas', { kind: 'question' }).state
    expect(about()).toBe('answered')
    shop.clock.jump(day)
    expect(about()).toBe('opened')
    const habit = shop.card('Ana', '¿hay mercado los jueves?', { kind: 'question' })
    shop.answer(habit.id, 'Sí, los jueves')
    shop.clock.jump(3 * day)
    expect(shop.ask('Luis', '¿hay mercado los jueves?', { kind: 'question' }).state).toBe('answered')
  })

  it('is not served after the card was dismissed', () => {
    const card = shop.card('Ana', '¿tenéis dragones?')
    write((tx) => shop.cards.dismiss(tx, card.id, { tell: true }))
    expect(shop.told('Ana')).toEqual([expect.stringMatching(/no te podemos ayudar/)])
    expect(shop.ask('Luis', '¿tenéis dragones?').state).toBe('opened')
    expect(() => shop.answer(card.id, 'sí')).toThrowError(expect.objectContaining({ code: 'card.closed' }))
  })
})

describe('keeping an answer', () => {
  it('puts it into knowledge, with where it came from', () => {
    const card = shop.card('Ana', '¿Se puede entrar con perro?', { kind: 'question' })
    const kept = shop.answer(card.id, 'Sí, con correa.', { as: 'knowledge' })
    const entry = shop.knowledge.entry(kept.knowledgeId ?? '')
    expect(entry).toMatchObject({
      topic: 'faq',
      source: 'card',
      question: '¿Se puede entrar con perro?',
      answer: 'Sí, con correa.',
    })
    expect(() => write((tx) => shop.cards.keep(tx, card.id, { as: 'knowledge' }))).toThrowError(
      expect.objectContaining({ code: 'conflict' }),
    )
    write((tx) => shop.knowledge.update(tx, kept.knowledgeId ?? '', { answer: 'Ya no.' }))
    const ask = () => shop.ask('Luis', 'puedo entrar con perro', { kind: 'question' })
    expect(ask()).toMatchObject({ state: 'answered', answer: 'Ya no.' })
    write((tx) => shop.knowledge.remove(tx, kept.knowledgeId ?? ''))
    expect(ask().state).toBe('opened')
  })

  it('puts it into the catalog, with where it came from', () => {
    const card = shop.card('Ana', '¿tenéis bicicletas eléctricas?')
    shop.answer(card.id, 'Sí, 25 €')
    const kept = write((tx) =>
      shop.cards.keep(tx, card.id, { as: 'product', name: 'Bicicleta eléctrica', price: 2_500 }),
    )
    const productId = kept.productId ?? ''
    expect(shop.catalog.product(productId)).toMatchObject({
      name: 'Bicicleta eléctrica',
      status: 'available',
      variants: [{ price: { kind: 'exact', amount: 2_500 }, stock: { tracked: false } }],
    })
    expect(
      shop.way.value(`SELECT source || ':' || external_id FROM products WHERE id = '${productId}'`),
    ).toBe(`card:${card.id}`)
    const ask = () => shop.ask('Luis', 'tenéis bicicletas eléctricas')
    expect(ask()).toMatchObject({ state: 'answered', answer: 'Sí, 25 €' })
    write((tx) => shop.catalog.update(tx, productId, { description: 'Plegable' }))
    expect(ask()).toMatchObject({ state: 'answered', answer: null, productId })
    write((tx) => shop.catalog.remove(tx, productId))
    expect(ask().state).toBe('opened')
  })

  it('takes a product without a price as one on request', () => {
    const card = shop.card('Ana', '¿tenéis pianos?')
    const kept = shop.answer(card.id, 'Sí, según modelo', { as: 'product', name: 'Piano', price: null })
    expect(shop.catalog.product(kept.productId ?? '')?.variants[0]?.price).toEqual({ kind: 'ask' })
  })

  it('writes nothing at all when the catalog refuses', () => {
    const card = shop.card('Ana', '¿tenéis pianos?')
    expect(() => shop.answer(card.id, 'Sí', { as: 'product', name: ' ', price: 1 })).toThrow()
    expect(shop.cards.get(card.id).state).toBe('open')
    expect(shop.told('Ana')).toEqual([])
  })

  it('needs an answer', () => {
    const card = shop.card('Ana', '¿tenéis pianos?')
    expect(() => write((tx) => shop.cards.keep(tx, card.id, { as: 'knowledge' }))).toThrowError(
      expect.objectContaining({ code: 'conflict' }),
    )
  })
})

describe('the time of a card', () => {
  const told = (name: string) => shop.told(name).filter((text) => /todavía espero/.test(text))

  function start(): void {
    shop.parts.start({ deadlines: true })
  }
  afterEach(() => shop.parts.stop())

  it('ends after a pause of everything, and tells nobody in it', () => {
    start()
    shop.card('Ana', '¿tenéis pianos?')
    shop.paused = true
    shop.clock.advance(30 * 60 * minute)
    expect(told('Ana')).toEqual([])
    shop.paused = false
    shop.clock.advance(2 * minute)
    expect(told('Ana')).toHaveLength(1)
  })

  it('ends politely, once, and the answer still arrives', () => {
    start()
    const card = shop.card('Ana', '¿tenéis pianos?')
    shop.clock.advance(23 * 60 * minute)
    expect(shop.cards.get(card.id).state).toBe('open')
    shop.clock.advance(2 * 60 * minute)
    expect(shop.cards.get(card.id).state).toBe('timed_out')
    expect(told('Ana')).toHaveLength(1)
    shop.clock.advance(72 * 60 * minute)
    expect(told('Ana')).toHaveLength(1)
    expect(shop.ask('Luis', '¿tenéis pianos?').state).toBe('opened')
    shop.clock.advance(25 * 60 * minute)
    expect([told('Ana').length, told('Luis').length]).toEqual([1, 1])
    shop.answer(card.id, 'Sí, dos')
    expect(shop.told('Ana').at(-1)).toContain('Sí, dos')
    expect(shop.told('Luis').at(-1)).toContain('Sí, dos')
    expect(shop.cards.list({ limit: 10 }).items).toHaveLength(1)
  })

  function sleepOver(cards: number): void {
    start()
    for (let at = 0; at < cards; at++) shop.ask(`C${at}`, `¿tenéis ${'abcdefghijklmnop'[at]}obles${at}?`)
    shop.clock.advance(20 * minute)
    // The lid was closed for two days: the wall clock went on, the running time did not.
    shop.clock.jump(2 * day)
  }
  const timedOut = () => shop.cards.list({ state: 'timed_out', limit: 50 }).items.length

  it('does not end right after the computer woke, and not for all at once', () => {
    sleepOver(12)
    shop.clock.advance(10 * minute)
    expect(timedOut()).toBe(0)
    shop.clock.advance(7 * minute)
    expect(timedOut()).toBeGreaterThan(0)
    expect(timedOut()).toBeLessThan(12)
    shop.clock.advance(5 * minute)
    expect(timedOut()).toBe(12)
  })

  it('is noticed when it ends right after waking', async () => {
    sleepOver(2)
    await withMutant('cards.wake', () => shop.clock.advance(2 * minute))
    expect(timedOut()).toBe(2)
  })
})
