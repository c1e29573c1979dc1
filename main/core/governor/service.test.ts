import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import type { ChannelRules } from '../channels/account.ts'
import type { InboundMessage } from '../channels/channel.ts'
import type { ErrorCode } from '../errors.ts'
import { withMutant } from '../mutants.ts'
import type { ChatAnswer } from './rules.ts'

let way: MessageWay
let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock()
  way = new MessageWay({ kind: 'whatsapp', clock })
})
afterEach(() => way.close())

const mother = {
  chatId: '34600111222@c.us',
  from: { externalId: '34600111222@c.us', name: 'Mamá', isBot: false },
}
const motherLid = {
  chatId: '9988@lid',
  from: { externalId: '9988@lid', name: 'Mamá', isBot: false, phone: '34600111222' },
}
const client = {
  chatId: '34611222333@c.us',
  from: { externalId: '34611222333@c.us', name: 'Luis', isBot: false },
}

function rules(changes: Partial<ChannelRules>): void {
  way.test.storage.write('person:1', (tx) => way.governor.setRules(tx, way.accountId, changes))
}
function know(chatId: string, phone: string | null = null): void {
  way.test.storage.write('system', (tx) =>
    way.governor.knowChats(tx, way.accountId, [{ chatId, name: 'Mamá', phone }]),
  )
}
function setChat(chat: string, answer: ChatAnswer) {
  return way.test.storage.write('person:1', (tx) => way.governor.setChat(tx, way.accountId, chat, answer))
}
/** Who holds the conversation after a message, and whether a turn waits. */
function hear(text: string, values: Partial<InboundMessage>): [string, string, boolean] {
  const { conversationId } = way.receive(text, values)
  return stateOf(conversationId)
}
function stateOf(conversationId: string): [string, string, boolean] {
  const { mode, modeReason } = way.conversations.get(conversationId)
  return [mode, modeReason, way.turns.openOf(conversationId) !== null]
}
const coded = (code: ErrorCode, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) })

describe('who was there before the shop', () => {
  it('is not answered, under any id of the same person', () => {
    know(mother.chatId)
    expect(hear('hola hija', mother)).toEqual(['paused', 'known_before', false])
    expect(hear('¿estás?', motherLid)).toEqual(['paused', 'known_before', false])
    expect(hear('hola', client)).toEqual(['bot', '', true])
  })

  it('is known too when the chat has older messages, or the platform told another id with the phone', () => {
    expect(hear('hola', { ...client, chatIsOlder: true })).toEqual(['paused', 'known_before', false])
    know('9988@lid', '34600111222')
    expect(hear('hola', mother)).toEqual(['paused', 'known_before', false])
  })

  it('is a customer when they wrote before the account was paired again', () => {
    hear('hola', client)
    know(client.chatId)
    expect(hear('¿tienen café?', { ...client, chatIsOlder: true })).toEqual(['bot', '', true])
    know('7777@lid', '34611222333')
    expect(hear('¿y té?', client)).toEqual(['bot', '', true])
  })

  it('is answered by mistake without the guard', async () => {
    know(mother.chatId)
    await withMutant('governor.known_before', () =>
      expect(hear('hola hija', mother)).toEqual(['bot', '', true]),
    )
  })

  it('is whom the owner writes to first', () => {
    way.inbox.receive(way.accountId, way.message('Hola, soy Marta', { ...client, own: true }))
    expect(hear('¡hola Marta!', client)).toEqual(['paused', 'owner_wrote_first', false])
  })
})

describe('the scope', () => {
  it('of a test lets only test contacts in, however their number is written', () => {
    rules({ scope: 'test', testContacts: ['+34 611 22 23 33', '@ana_m'] })
    expect(hear('hola', client)).toEqual(['bot', '', true])
    expect(hear('hola', mother)).toEqual(['paused', 'scope', false])
    const ana = {
      chatId: '1@lid',
      from: { externalId: '1@lid', name: 'Ana', isBot: false, username: 'Ana_M' },
    }
    expect(hear('hola', ana)).toEqual(['bot', '', true])
    rules({ testContacts: ['600111222'] })
    expect(hear('sigo aquí', mother)).toEqual(['bot', '', true])
    expect(hear('¿y yo?', client)).toEqual(['paused', 'scope', false])
  })

  it('that grows brings back whom only it kept out, and they are answered', () => {
    know(mother.chatId)
    const { conversationId } = way.receive('hola hija', mother)
    const test = way.receive('hola', client)
    rules({ scope: 'test' })
    expect(stateOf(test.conversationId)).toEqual(['paused', 'scope', false])
    rules({ scope: 'new' })
    expect(stateOf(test.conversationId)).toEqual(['bot', '', true])
    expect(stateOf(conversationId)).toEqual(['paused', 'known_before', false])
    rules({ scope: 'all' })
    expect(stateOf(conversationId)).toEqual(['bot', '', true])
  })

  it('touches nobody whom a person has or the owner paused', () => {
    const one = way.receive('hola', client)
    const two = way.receive('hola', mother)
    way.conversations.take('person:1', one.conversationId)
    way.conversations.pause('person:1', two.conversationId)
    rules({ scope: 'test' })
    rules({ scope: 'all' })
    expect(stateOf(one.conversationId)).toEqual(['person', 'taken', false])
    expect(stateOf(two.conversationId)).toEqual(['paused', 'paused', false])
  })

  it('that shrinks stops what is being written', async () => {
    const { conversationId } = way.receive('hola', client)
    await way.runOpenTurn(conversationId)
    rules({ scope: 'test' })
    expect(way.value('SELECT group_concat(state) FROM outbox')).toBe('cancelled')
  })
})

describe('the owner’s word', () => {
  it('never goes before everything, for every id of that person and before they write', () => {
    expect(setChat('600 11 12 22', 'never')).toMatchObject({ phone: '34600111222', answer: 'never' })
    expect(hear('hola', motherLid)).toEqual(['paused', 'never', false])
    expect(hear('hola', mother)).toEqual(['paused', 'never', false])
    rules({ scope: 'test', testContacts: ['600111222'] })
    expect(hear('¿hola?', mother)).toEqual(['paused', 'never', false])
  })

  it.each([
    ['5491122334455', '+54 11 2233 4455'],
    ['541122334455', '+54 9 11 2233 4455'],
    ['5215512345678', '+52 55 1234 5678'],
    ['525512345678', '+52 1 55 1234 5678'],
  ])('finds %s by %s', (phone, typed) => {
    setChat(typed, 'never')
    const from = { externalId: '3@lid', name: 'X', isBot: false, phone }
    expect(hear('hola', { chatId: '3@lid', from })).toEqual(['paused', 'never', false])
  })

  it('stops a conversation at once and lets it go on', async () => {
    const { conversationId } = way.receive('hola', client)
    await way.runOpenTurn(conversationId)
    setChat(client.chatId, 'never')
    expect(stateOf(conversationId)).toEqual(['paused', 'never', false])
    expect(way.value('SELECT group_concat(state) FROM outbox')).toBe('cancelled')
    setChat('+34 611 222 333', 'default')
    expect(stateOf(conversationId)).toEqual(['bot', '', true])
    expect(way.value("SELECT count(*) FROM audit_log WHERE entity = 'chat_rules'")).toBe(2)
  })

  it('always lets in whom the scope keeps out', () => {
    know(mother.chatId)
    const { conversationId } = way.receive('hola', mother)
    setChat(mother.chatId, 'always')
    expect(stateOf(conversationId)).toEqual(['bot', '', true])
  })

  it('is written when the owner hands such a conversation to the assistant', () => {
    know(mother.chatId)
    const { conversationId } = way.receive('hola', mother)
    expect(way.governor.answerOf(conversationId)).toEqual({ answers: false, reason: 'known_before' })
    way.conversations.handBack('person:1', conversationId)
    expect(stateOf(conversationId)).toEqual(['bot', '', true])
    expect(way.governor.answerOf(conversationId)).toEqual({ answers: true })
    expect(hear('¿sigues ahí?', mother)).toEqual(['bot', '', true])
    // Where no rule speaks against it nothing is written.
    const other = way.receive('hola', client)
    way.conversations.handBack('person:1', other.conversationId)
    expect(way.governor.chats(way.accountId, { only: 'always', limit: 9 }).items).toHaveLength(1)
  })

  it('is seen to be missed without the guard', async () => {
    setChat(client.chatId, 'never')
    await withMutant('governor.never', () => expect(hear('hola', client)).toEqual(['bot', '', true]))
  })

  it('is about a chat that can be', () => {
    for (const chat of ['', 'mamá', '12'])
      expect(() => setChat(chat, 'never')).toThrowError(coded('input.invalid', { field: 'chatId' }))
    const nowhere = () =>
      way.test.storage.write('person:1', (tx) => way.governor.setChat(tx, 'x', '34600111222', 'never'))
    expect(nowhere).toThrowError(coded('channel.not_found'))
  })
})

describe('more conversations than are looked at in one go', () => {
  const count = 230

  function fill(): void {
    rules({ scope: 'all' })
    for (let index = 0; index < count; index++) {
      const chatId = `3460000${1000 + index}@c.us`
      const from = { externalId: chatId, name: `C${index}`, isBot: false }
      way.receive('hola', { chatId, from })
    }
  }

  it('are all brought in line, first those where something is about to be said', async () => {
    fill()
    way.test.storage.sql.exec(
      "UPDATE turns SET state = 'done' WHERE conversation_id <> (SELECT id FROM conversations ORDER BY id LIMIT 1)",
    )
    expect(way.turns.open()).toHaveLength(1)
    rules({ scope: 'test', testContacts: ['nobody'] })
    expect(way.turns.open()).toEqual([])
    const answered = () => way.value("SELECT count(*) FROM conversations WHERE mode = 'bot'")
    expect(answered()).toBeGreaterThan(100)
    // The process ends here, and the next one goes on.
    way.governor.reconsideration.stop()
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered()).toBeGreaterThan(100)
    way = new MessageWay({ kind: 'whatsapp', clock, storage: way.test })
    way.governor.reconsideration.resume()
    for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve))
    expect(answered()).toBe(0)
    expect(way.value("SELECT count(*) FROM settings WHERE key LIKE 'channel.reconsider%'")).toBe(0)
  })
})

describe('groups, status and newsletters', () => {
  const group = { chatId: '120363@g.us', chatKind: 'group' as const }

  it('are not heard unless groups are on and somebody speaks to the shop', () => {
    const receive = (values: Partial<InboundMessage>) =>
      way.inbox.receive(way.accountId, way.message('hola', { ...group, ...values })).status
    expect(receive({ addressed: true })).toBe('ignored')
    rules({ groups: true })
    expect(receive({})).toBe('ignored')
    expect(receive({ chatKind: 'broadcast', addressed: true })).toBe('ignored')
    expect(receive({ addressed: true })).toBe('new')
    setChat(mother.chatId, 'never')
    expect(receive({ addressed: true, from: mother.from })).toBe('ignored')
  })

  it('that are turned off again are paused', () => {
    rules({ groups: true })
    const { conversationId } = way.receive('hola', { ...group, addressed: true })
    expect(stateOf(conversationId)).toEqual(['bot', '', true])
    rules({ groups: false })
    expect(stateOf(conversationId)).toEqual(['paused', 'group', false])
  })
})

describe('a customer who wants no automatic answers', () => {
  it('is told once, left alone, and comes back by a word', async () => {
    const { conversationId } = way.receive('hola', client)
    await way.runOpenTurn(conversationId)
    expect(hear('STOP', client)).toEqual(['paused', 'opted_out', false])
    expect(hear('stop', client)).toEqual(['paused', 'opted_out', false])
    expect(hear('¿tienen café?', client)).toEqual(['paused', 'opted_out', false])
    expect(way.texts(conversationId).filter((text) => text.startsWith('system'))).toHaveLength(1)
    expect(way.texts(conversationId).find((text) => text.startsWith('system'))).toContain('ALTA')
    expect(way.value('SELECT group_concat(kind) FROM channel_incidents')).toBe('opted_out')
    rules({ scope: 'all' })
    setChat(client.chatId, 'always')
    expect(stateOf(conversationId)).toEqual(['paused', 'opted_out', false])
    expect(hear('alta', client)).toEqual(['bot', '', false])
    expect(way.texts(conversationId).filter((text) => text.startsWith('system'))).toHaveLength(2)
    expect(hear('¿tienen té?', client)).toEqual(['bot', '', true])
  })

  it('is not told again and again who goes in and out without end', () => {
    const said = () =>
      way.value("SELECT count(*) FROM messages WHERE author = 'system' AND created_at > '2026-03-02T20'")
    for (let round = 0; round < 20; round++) {
      expect(hear('BAJA', client)).toEqual(['paused', 'opted_out', false])
      expect(hear('ALTA', client)).toEqual(['bot', '', false])
      clock.advance(60_000)
    }
    expect(way.value("SELECT count(*) FROM messages WHERE author = 'system'")).toBe(4)
    expect(way.value("SELECT count(*) FROM channel_incidents WHERE kind = 'opted_out'")).toBe(2)
    clock.advance(25 * 3_600_000)
    hear('BAJA', client)
    expect(said()).toBe(1)
  })

  it('is heard in a pause of everything, without a word about it', () => {
    way = new MessageWay({ kind: 'whatsapp', clock, wake: true })
    way.wake.pause('person:1')
    const { conversationId } = way.receive('BAJA', client)
    expect(stateOf(conversationId)).toEqual(['paused', 'opted_out', false])
    expect(way.value("SELECT count(*) FROM messages WHERE author = 'system'")).toBe(0)
  })

  it('is spoken to in their language', () => {
    way.receive('hello, do you have any coffee today?', client)
    const { conversationId } = way.receive('STOP', client)
    expect(way.texts(conversationId).at(-1)).toContain('START')
    const other = way.receive('STOP', mother)
    expect(way.texts(other.conversationId).at(-1)).toContain('ALTA')
  })

  it('is left alone under another id too', () => {
    way.receive('baja', motherLid)
    expect(hear('hola', mother)).toEqual(['paused', 'opted_out', false])
  })

  it('who was never answered gets no automatic word about it', () => {
    know(mother.chatId)
    const { conversationId } = way.receive('stop', mother)
    expect(way.texts(conversationId)).toEqual(['customer: stop'])
    expect(way.conversations.get(conversationId).mode).toBe('paused')
  })

  it('keeps the person they talk to', () => {
    const { conversationId } = way.receive('hola', client)
    way.conversations.take('person:1', conversationId)
    expect(hear('stop', client)).toEqual(['person', 'taken', false])
    expect(way.texts(conversationId)).toHaveLength(2)
    expect(way.governor.answerOf(conversationId)).toEqual({ answers: false, reason: 'opted_out' })
    way.conversations.handBack('person:1', conversationId)
    expect(way.governor.answerOf(conversationId)).toEqual({ answers: true })
  })

  it('says nothing of the kind with a word inside a sentence', () => {
    expect(hear('quiero la mesa baja', client)).toEqual(['bot', '', true])
  })

  it('is answered by mistake without the guard', async () => {
    way.receive('hola', client)
    await withMutant('governor.opt_out', () => expect(hear('STOP', client)).toEqual(['bot', '', true]))
  })
})

describe('chats', () => {
  it('are listed by name, page by page, and found by name and number', () => {
    know(mother.chatId)
    way.receive('hola', client)
    setChat('34600999888', 'never')
    const first = way.governor.chats(way.accountId, { limit: 2 })
    expect(first.more).toBe(true)
    const rest = way.governor.chats(way.accountId, { limit: 2, after: first.items[1]?.chatId })
    expect(rest.more).toBe(false)
    const all = [...first.items, ...rest.items]
    expect(all.map(({ name, answer, existed }) => [name, answer, existed])).toEqual([
      ['', 'never', false],
      ['Luis', 'default', false],
      ['Mamá', 'default', true],
    ])
    const find = (text: string) => way.governor.chats(way.accountId, { text, limit: 9 }).items.length
    expect([find('mam'), find('600 111'), find('nadie')]).toEqual([1, 1, 0])
    const only = (what: 'existed' | 'never' | 'opted_out') =>
      way.governor.chats(way.accountId, { only: what, limit: 9 }).items.length
    expect([only('existed'), only('never'), only('opted_out')]).toEqual([1, 1, 0])
  })
})

describe('the rules of an account', () => {
  it('are the usual ones where nothing was said, and keep what was', () => {
    expect(way.governor.rulesOf(way.accountId)).toMatchObject({
      scope: 'new',
      dailyReplies: 400,
      humanPace: true,
    })
    rules({ dailyReplies: null })
    rules({ quietHours: { from: '22:00', to: '08:00' } })
    expect(way.governor.rulesOf(way.accountId)).toMatchObject({
      scope: 'new',
      dailyReplies: null,
      quietHours: { from: '22:00', to: '08:00' },
    })
    expect(way.value("SELECT value FROM settings WHERE key = 'channel.rules.account'")).toBe(
      '{"dailyReplies":null,"quietHours":{"from":"22:00","to":"08:00"}}',
    )
  })

  it.each([
    [{ dailyReplies: 0 }, 'dailyReplies'],
    [{ quietHours: { from: '22:00', to: '22:00' } }, 'quietHours'],
    [{ quietHours: { from: '24:00', to: '08:00' } }, 'quietHours.from'],
    [{ testContacts: [''] }, 'testContacts.0'],
  ])('refuse %j', (changes, field) => {
    expect(() => rules(changes)).toThrowError(coded('channel.rules_invalid', { field }))
  })
})

describe('the health of an account', () => {
  it('is judged from what happened, which is forgotten after 30 days', () => {
    const happen = () =>
      way.test.storage.write('system', (tx) => way.governor.incident(tx, way.accountId, 'logged_out'))
    happen()
    happen()
    expect(way.governor.risk(way.accountId)).toEqual({
      level: 'high',
      reasons: [{ code: 'logged_out', data: { count: 2 } }],
    })
    clock.advance(31 * 86_400_000)
    happen()
    expect(way.value('SELECT count(*) FROM channel_incidents')).toBe(1)
    expect(way.governor.risk(way.accountId).level).toBe('raised')
  })

  it('knows when two machines talked', () => {
    way.receive('hola', { ...client, from: { ...client.from, isBot: true } })
    expect(way.value('SELECT kind FROM channel_incidents')).toBe('loop')
  })
})

describe('the first reply', () => {
  let told: MessageWay
  beforeEach(() => {
    told = new MessageWay({ kind: 'whatsapp', clock, discloses: true })
  })
  afterEach(() => told.close())

  async function reply(text: string, values: Partial<InboundMessage> = client): Promise<string> {
    const { conversationId } = told.receive(text, values)
    await told.runOpenTurn(conversationId)
    return told.texts(conversationId).at(-1) ?? ''
  }

  it('says what answers, once and with the reply', async () => {
    expect(await reply('hola')).toMatch(
      /^agent: Contesta el asistente automático de Tienda de prueba\.[\s\S]*Hola\.$/,
    )
    expect(told.value('SELECT disclosed_at IS NOT NULL FROM conversations')).toBe(1)
    expect(await reply('¿y té?')).toBe('agent: Hola.')
  })

  it('says it in the owner’s words and the customer’s language, or not at all', async () => {
    const set = (disclosure: { enabled: boolean; es: string; en: string }) =>
      told.test.storage.write('person:1', (tx) => told.serving.set(tx, { disclosure }))
    set({ enabled: true, es: '¡Buenas! Soy el robot de {tienda}.', en: '' })
    expect(await reply('hola')).toBe('agent: ¡Buenas! Soy el robot de Tienda de prueba.\n\nHola.')
    told.engine.answer = () => [
      { type: 'text', delta: 'Hi.' },
      { type: 'end', state: {}, language: 'en', formOfAddress: null },
    ]
    expect(await reply('hello', mother)).toContain('automatic assistant of Tienda de prueba')
    set({ enabled: false, es: '', en: '' })
    const other = { chatId: '5@lid', from: { externalId: '5@lid', name: 'X', isBot: false } }
    expect(await reply('hello', other)).toBe('agent: Hi.')
  })

  it('says it again when what said it never left', async () => {
    expect(await reply('hola')).toContain('asistente automático')
    const id = String(told.value('SELECT id FROM conversations'))
    told.conversations.take('person:1', id)
    told.conversations.handBack('person:1', id)
    await told.runOpenTurn(id)
    expect(told.texts(id).at(-1)).toContain('asistente automático')
  })

  it('says it too when the shop is away and says only that', async () => {
    told.test.storage.write('person:1', (tx) =>
      told.knowledge.setProfile(tx, {
        hours: { tue: [['10:00', '20:00']] },
        whenClosed: 'away',
        awayMessage: { es: 'Hoy no estamos.', en: '' },
      }),
    )
    expect(await reply('hola')).toMatch(/^agent: Contesta el asistente[\s\S]*\n\nHoy no estamos\.$/)
    expect(told.engine.asked).toEqual([])
  })

  it('says nothing of the kind on the test chat, nor takes links out on a bot’s account', async () => {
    const way = new MessageWay({ kind: 'testchat', clock, discloses: true })
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    expect(way.texts(conversationId).at(-1)).toBe('agent: Hola.')
    way.close()
    const bot = new MessageWay({ clock, discloses: true })
    bot.engine.answer = () => says('Puedes verlo en nuestra web: https://tienda.example/x ¿Te ayudo?')
    const { conversationId: id } = bot.receive('hola, he visto https://tienda.example/x')
    await bot.runOpenTurn(id)
    expect(bot.texts(id).at(-1)).toContain('https://tienda.example/x')
    bot.close()
  })

  it('says it when the turn is given up', () => {
    const { conversationId } = told.receive('hola', client)
    const turn = told.turns.openOf(conversationId)
    if (turn === null) throw new Error('a turn is open')
    told.agent.giveUp(turn)
    expect(told.texts(conversationId).at(-1)).toMatch(/^agent: Contesta el asistente/)
  })

  it('has no link unless one was asked for', async () => {
    const seen = 'hola, he visto https://tienda.example/x'
    told.engine.answer = () => says('Puedes verlo en nuestra web: https://tienda.example/x ¿Te ayudo?')
    expect(await reply(seen)).not.toContain('http')
    expect(await reply(seen)).toContain('https://tienda.example/x')
    expect(await reply(`${seen}, ¿es vuestra web?`, mother)).toContain('https://tienda.example/x')
  })

  it('is seen to say nothing without the guard', async () => {
    await withMutant('governor.disclosure', async () => expect(await reply('hola')).toBe('agent: Hola.'))
  })
})
