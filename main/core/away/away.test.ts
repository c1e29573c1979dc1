import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { calls, MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import { createApp } from '../app.ts'
import type { ShopProfileInput } from '../knowledge/profile.ts'
import { withMutant } from '../mutants.ts'
import { maxAttempts } from '../turns/runner.ts'

/** Tuesday 3 March 2026, 22:00 in Madrid: closed since 20:00, open again on Wednesday at 10:00. */
const closedEvening = Date.parse('2026-03-03T21:00:00Z')
const hour = 3_600_000
const workday: [string, string][] = [['10:00', '20:00']]
const profile: ShopProfileInput = {
  hours: { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday },
}

let clock: ManualClock
let way: MessageWay
beforeEach(() => {
  clock = new ManualClock(closedEvening)
  way = new MessageWay({ clock })
  way.engine.answer = () => says('¡Hola! ¿En qué te ayudo?')
})
afterEach(() => way.close())

function closed(whenClosed: 'answer' | 'orders_later' | 'away', more: ShopProfileInput = {}): void {
  way.test.storage.write('person:1', (tx) =>
    way.knowledge.setProfile(tx, { ...profile, whenClosed, ...more }),
  )
}

/** One message and its turn. Answers the shop's texts of the conversation so far. */
async function write(text: string, chatId = 'chat'): Promise<string[]> {
  const from = { externalId: chatId, name: 'Ana', isBot: false }
  const { conversationId } = way.receive(text, { chatId, from })
  if (way.turns.openOf(conversationId) !== null) await way.runOpenTurn(conversationId)
  return replies(conversationId)
}

function replies(conversationId: string): string[] {
  return way
    .texts(conversationId)
    .filter((text) => text.startsWith('agent: '))
    .map((text) => text.slice('agent: '.length))
}

const away =
  '¡Hola! Ahora mismo la tienda está cerrada. Abrimos mañana a las 10:00 y te responderemos entonces.'
const later =
  'Ahora mismo la tienda está cerrada. Abrimos mañana a las 10:00 y a partir de entonces atendemos los pedidos.'

describe('a shop that is away', () => {
  it('says so once for each conversation and closed period, and asks no engine', async () => {
    closed('away')
    expect(await write('hola, ¿tenéis pan?')).toEqual([away])
    expect(await write('¿hola?')).toEqual([away])
    expect(await write('buenas noches', 'otro')).toEqual([away])
    expect(way.engine.asked).toEqual([])
    expect(way.value("SELECT count(*) FROM turns WHERE state = 'done'")).toBe(3)
  })

  it('leaves the conversation with the bot and its messages unread', async () => {
    closed('away')
    await write('hola')
    await write('¿estáis?')
    expect(way.value("SELECT mode || ' ' || unread FROM conversations")).toBe('bot 2')
    const [message] = way.conversations.messages({
      conversationId: String(way.value('SELECT id FROM conversations')),
      limit: 1,
    })
    expect(message?.understanding).not.toBeNull()
  })

  it('answers again once it is open, and is away again the next night', async () => {
    closed('away')
    await write('hola')
    clock.jump(13 * hour)
    expect(await write('buenos días')).toEqual([away, '¡Hola! ¿En qué te ayudo?'])
    clock.jump(10 * hour)
    expect((await write('¿y ahora?')).at(-1)).toBe(away)
    expect(await write('¿nada?')).toHaveLength(3)
  })

  it('sends nothing by itself at opening', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    clock.advance(14 * hour)
    expect(way.turns.openOf(conversationId)).toBeNull()
    expect(way.value('SELECT count(*) FROM outbox')).toBe(1)
  })

  it('tells it once for a burst', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    way.receive('¿tenéis pan?')
    way.receive('¿y leche?')
    await way.runOpenTurn(conversationId)
    expect(way.turns.openOf(conversationId)).toBeNull()
    expect(replies(conversationId)).toEqual([away])
  })

  it('sends the shop’s own words in the customer’s language, and the usual ones where there are none', async () => {
    closed('away', { awayMessage: { es: 'Cerrado. ¡Mañana más!' } })
    expect(await write('¿tenéis pan de centeno?')).toEqual(['Cerrado. ¡Mañana más!'])
    expect(await write('hello, do you have any bread?', 'english')).toEqual([
      'Hello! The shop is closed right now. We open tomorrow at 10:00 and will answer you then.',
    ])
  })

  it('names the day after a vacation', async () => {
    closed('away', { vacations: [{ from: '2026-03-02', to: '2026-03-20' }] })
    expect(await write('hola')).toEqual([
      '¡Hola! Ahora mismo estamos de vacaciones. Abrimos el lunes 23 de marzo a las 10:00 y te responderemos entonces.',
    ])
  })

  it('keeps its reason in the trace', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    const [, reply] = way.conversations.messages({ conversationId, limit: 5 })
    expect(way.conversations.trace(reply?.id ?? '')).toMatchObject({
      engine: 'none',
      endReason: 'away',
      steps: [],
    })
  })

  it('answers as always where the hours are not known', async () => {
    closed('away', { hours: null })
    expect(await write('hola')).toEqual(['¡Hola! ¿En qué te ayudo?'])
  })

  it('is noticed when it would repeat itself', async () => {
    closed('away')
    await withMutant('away.once', async () => {
      await write('hola')
      expect(await write('¿hola?')).toHaveLength(2)
    })
  })
})

describe('the away message and what goes wrong', () => {
  it('a commit that fails leaves nothing, and the next attempt says it once', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    const { sql } = way.test.storage
    sql.exec("CREATE TEMP TRIGGER die BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'died'); END")
    await expect(way.runOpenTurn(conversationId)).rejects.toThrow('died')
    expect(replies(conversationId)).toEqual([])
    expect(way.value('SELECT count(*) FROM closed_notices')).toBe(0)
    sql.exec('DROP TRIGGER die')
    await way.runOpenTurn(conversationId)
    expect(replies(conversationId)).toEqual([away])
    expect(await write('¿hola?')).toEqual([away])
  })

  it('a death before the turn ran costs nothing: it runs at the next start', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    way.turns.claim(way.turns.openOf(conversationId)?.id ?? '')
    const runner = way.runner()
    const ended = way.event('turn.changed', ({ state }) => state === 'done')
    runner.start({ resume: true })
    await ended
    await runner.stop()
    expect(replies(conversationId)).toEqual([away])
    expect(Number(way.value('SELECT attempts FROM turns'))).toBeLessThanOrEqual(maxAttempts)
  })

  it('a take-over before the commit stops it', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    const turn = way.turns.claim(way.turns.openOf(conversationId)?.id ?? '')
    if (turn === null) throw new Error('no turn')
    way.conversations.take('person:1', conversationId)
    await way.agent.run(turn, AbortSignal.timeout(5_000))
    expect(replies(conversationId)).toEqual([])
    expect(way.value('SELECT count(*) FROM closed_notices')).toBe(0)
  })

  it('a take-over afterwards cancels what is not sent; handed back it is not said twice', async () => {
    closed('away')
    const { conversationId } = way.receive('hola')
    await way.runOpenTurn(conversationId)
    way.conversations.take('person:1', conversationId)
    expect(way.value('SELECT state FROM outbox')).toBe('cancelled')
    way.conversations.handBack('person:1', conversationId)
    if (way.turns.openOf(conversationId) !== null) await way.runOpenTurn(conversationId)
    expect(await write('¿hola?')).toHaveLength(1)
  })

  it('a clock that jumps back into the same closed period does not repeat it, nor one that returns to an old one', async () => {
    closed('away')
    await write('hola')
    clock.jump(-1.5 * hour)
    expect(await write('¿hola?')).toHaveLength(1)
    clock.jump(24 * hour)
    expect(await write('otra noche')).toHaveLength(2)
    clock.jump(-24 * hour)
    expect(await write('la primera otra vez')).toHaveLength(2)
  })

  it('a turn that the engine began before closing time is told to its end', async () => {
    clock.jump(-3 * hour)
    closed('away')
    way.engine.answer = (request) => {
      if (request.steps.length > 0) return says('Hecho.')
      clock.jump(3 * hour)
      return calls({ name: 'count', arguments: {} })
    }
    expect(await write('ponme uno')).toEqual(['Hecho.'])
    expect(await write('¿y otro?')).toEqual(['Hecho.', away])
  })
})

describe('a restart', () => {
  it('does not make a shop say again that it is away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mostrador-away-'))
    const config = { quietWindowMs: 0, longestWaitMs: 0, closed: true }
    const always: ShopProfileInput = {
      whenClosed: 'away',
      vacations: [{ from: '2000-01-01', to: '2199-12-31' }],
    }
    try {
      const first = await createApp(config, createTestHost(folder))
      const shop = await first.shops.create({ name: 'Tienda', currency: 'EUR', locale: 'es-ES' })
      shop.storage.write('person:1', (tx) => shop.knowledge.setProfile(tx, always))
      expect((await shop.chat.ask('ana', 'hola')).reply).toContain('estamos de vacaciones')
      await first.stop()

      const second = await createApp({ ...config, shop: shop.slug }, createTestHost(folder))
      const again = second.shops.open(shop.slug)
      expect(await again.chat.ask('ana', '¿hola?')).toMatchObject({ reply: null, mode: 'bot' })
      expect((await again.chat.ask('eva', '¿hola?')).reply).toContain('estamos de vacaciones')
      await second.stop()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a shop that takes orders for later', () => {
  it('answers, and the first reply of each closed period says when orders are seen to', async () => {
    closed('orders_later')
    const hello = '¡Hola! ¿En qué te ayudo?'
    expect(await write('hola')).toEqual([`${hello}\n\n${later}`])
    expect(await write('¿tenéis pan?')).toEqual([`${hello}\n\n${later}`, hello])
    expect(way.away.closedNotice('es')).toBe(later)
    expect(way.away.closedNotice('en')).toBe(
      'The shop is closed right now. We open tomorrow at 10:00 and will see to orders from then on.',
    )
    clock.jump(13 * hour)
    expect(way.away.closedNotice('es')).toBeNull()
    expect((await write('buenos días')).at(-1)).toBe(hello)
    clock.jump(10 * hour)
    expect((await write('buenas noches')).at(-1)).toContain('Abrimos mañana a las 10:00')
  })

  it('does not say it twice in a reply that says it already, and the gate lets it through', async () => {
    closed('orders_later')
    way.engine.answer = () => says(`¿Qué te preparo?\n${later}`)
    const [reply = ''] = await write('quiero pagar')
    expect(reply.split('Ahora mismo la tienda está cerrada')).toHaveLength(2)
    expect(reply).toContain('Qué te preparo')
    expect(await write('vale')).toHaveLength(2)
  })

  it('says nothing of it while the shop answers as always', async () => {
    closed('answer')
    expect(await write('hola')).toEqual(['¡Hola! ¿En qué te ayudo?'])
    expect(way.away.closedNotice('es')).toBeNull()
    expect(way.value('SELECT count(*) FROM closed_notices')).toBe(0)
  })
})
