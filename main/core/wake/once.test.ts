import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { EventBus } from '../events.ts'
import { openStorage } from '../storage/open.ts'

const minute = 60_000
const hour = 60 * minute

type Act =
  | { act: 'message'; chat: number; agoMs: number; missed: boolean }
  | { act: 'pass' | 'sleep' | 'restart' | 'clock'; ms: number }
  | { act: 'pause' | 'resume' | 'answer' | 'send_draft' | 'write_drafts' }

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('message' as const),
      chat: fc.nat(2),
      agoMs: fc.constantFrom(0, minute, 3 * hour, 9 * hour),
      missed: fc.boolean(),
    }),
  },
  fc.record({
    act: fc.constantFrom('pass' as const, 'sleep' as const, 'restart' as const),
    ms: fc.constantFrom(minute, 30 * minute, 3 * hour, 12 * hour),
  }),
  fc.record({ act: fc.constant('clock' as const), ms: fc.constantFrom(-5 * hour, 5 * hour) }),
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom(
        'pause' as const,
        'resume' as const,
        'answer' as const,
        'send_draft' as const,
        'write_drafts' as const,
      ),
    }),
  },
)

let way: MessageWay | null = null
afterEach(() => way?.close())

/** A shop that lives through these acts; at the end nothing is paused and everybody had their turn. */
async function live(all: readonly Act[], isForgetful = false): Promise<MessageWay> {
  let clock = new ManualClock()
  let shop = new MessageWay({ clock, wake: true })
  // A new message does not take in what a draft was to answer.
  if (isForgetful) shop.wake.overtake = () => null
  const folder = shop.test
  let number = 0
  const answer = async (): Promise<void> => {
    if (shop.wake.paused()) return
    for (const turn of shop.turns.open()) await shop.runOpenTurn(turn.conversationId)
  }
  for (const one of all) {
    if (one.act === 'message') {
      number += 1
      const chatId = `chat${one.chat}`
      // No loop of two bots, which the inbox stops: nobody writes the same again and again, or faster than one reads.
      clock.advance(2_000)
      shop.receive(`mensaje ${String.fromCharCode(96 + number)}`, {
        chatId,
        externalId: `x${number}`,
        from: { externalId: chatId, name: chatId, isBot: false },
        sentAt: clock.now() - one.agoMs,
        missed: one.missed,
      })
    } else if (one.act === 'pass') clock.advance(one.ms)
    else if (one.act === 'sleep') clock.sleep(one.ms)
    else if (one.act === 'clock') clock.jump(one.ms)
    else if (one.act === 'pause') shop.wake.pause('person:ana')
    else if (one.act === 'resume') shop.wake.resume('person:ana')
    else if (one.act === 'answer') await answer()
    else if (one.act === 'write_drafts')
      for (let draft = shop.drafts.begin(); draft !== null; draft = shop.drafts.begin())
        shop.drafts.finish(draft.id, { text: 'borrador', engine: 'builtin' })
    else if (one.act === 'send_draft') {
      const ready = shop.drafts.list().find(({ state }) => state === 'ready')
      if (ready !== undefined) shop.drafts.send('person:ana', ready.id, ready.text)
    } else if (one.act === 'restart') {
      folder.storage.sql.close()
      clock = new ManualClock(clock.now() + one.ms)
      const bus = new EventBus((error) => {
        throw error
      })
      const storage = openStorage(join(folder.dir, 'shop.db'), { clock, bus })
      folder.storage = storage
      shop = new MessageWay({
        storage: { ...folder, storage, bus, clock, close: folder.close },
        wake: true,
      })
    }
  }
  shop.wake.resume('person:ana')
  await answer()
  return shop
}

/** By how many replies, sent drafts and drafts that wait each customer's message is answered. */
function answers(shop: MessageWay): { text: string; times: number }[] {
  return shop.test.storage.sql
    .prepare<[], { text: string; times: number }>(
      `SELECT m.text,
         (SELECT count(*) FROM turns t WHERE t.conversation_id = m.conversation_id AND t.end_reason = 'replied'
            AND m.seq BETWEEN t.first_message_seq AND t.last_message_seq)
         + (SELECT count(*) FROM reply_drafts d WHERE d.conversation_id = m.conversation_id
            AND d.state IN ('waiting', 'ready', 'sent') AND m.seq BETWEEN d.first_message_seq AND d.last_message_seq) AS times
       FROM messages m WHERE m.author = 'customer' ORDER BY m.seq`,
    )
    .all()
}

it('answers every message once, or keeps one draft for it, through sleep, restarts, pauses and clocks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 3, maxLength: 25 }), async (all) => {
      way = await live(all)
      const shop = way
      expect(answers(shop).filter(({ times }) => times !== 1)).toEqual([])
      expect(shop.turns.open()).toEqual([])
      shop.close()
      way = null
    }),
    { numRuns: 40 },
  )
}, 240_000)

it('would see a message that nobody answers', async () => {
  const message = { act: 'message' as const, chat: 0, missed: true }
  const all: Act[] = [{ ...message, agoMs: 9 * hour }, { act: 'answer' }, { ...message, agoMs: minute }]
  way = await live(all, true)
  expect(answers(way).map(({ times }) => times)).toEqual([0, 1])
})
