import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import type { ChannelRules } from '../channels/account.ts'
import { withMutant } from '../mutants.ts'
import type { ChatAnswer } from './rules.ts'

/** Three people; each may write under two ids that a phone holds together. */
const phones = ['34600000001', '34600000002', '34600000003'] as const
const people = [0, 1, 2] as const
type Who = (typeof people)[number]

type Step =
  | { do: 'know'; who: Who; lid: boolean }
  | { do: 'answer'; who: Who; answer: ChatAnswer; by: 'id' | 'phone' }
  | { do: 'scope'; scope: ChannelRules['scope']; tests: Who[] }
  | { do: 'write'; who: Who; lid: boolean; text: string }
  | { do: 'own'; who: Who }
  | { do: 'work' }

const who = fc.constantFrom(...people)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('know' as const), who, lid: fc.boolean() }),
  fc.record({
    do: fc.constant('answer' as const),
    who,
    answer: fc.constantFrom('default', 'always', 'never'),
    by: fc.constantFrom('id', 'phone'),
  }),
  fc.record({
    do: fc.constant('scope' as const),
    scope: fc.constantFrom('test', 'new', 'all'),
    tests: fc.uniqueArray(who, { maxLength: 2 }),
  }),
  fc.record({
    do: fc.constant('write' as const),
    who,
    lid: fc.boolean(),
    text: fc.constantFrom('hola', '¿tienen café?', 'STOP', 'ALTA', 'quiero la mesa baja'),
  }),
  fc.record({ do: fc.constant('own' as const), who }),
  fc.constant({ do: 'work' as const }),
)

interface Person {
  existed: boolean
  wrote: boolean
  answer: ChatAnswer
  out: boolean
}

/** The rules as an owner would say them, written a second time and without any storage. */
class Model {
  readonly persons: Person[] = people.map(() => ({
    existed: false,
    wrote: false,
    answer: 'default',
    out: false,
  }))
  scope: ChannelRules['scope'] = 'new'
  tests: Who[] = []

  of(who: Who): Person {
    const person = this.persons[who]
    if (person === undefined) throw new Error('there are three')
    return person
  }

  mayAnswer(who: Who): boolean {
    const { answer, out, existed } = this.of(who)
    if (answer === 'never' || out) return false
    if (answer === 'always' || this.scope === 'all') return true
    return this.scope === 'test' ? this.tests.includes(who) : !existed
  }
}

const idOf = (who: Who, lid: boolean) => (lid ? `${who}5551@lid` : `${phones[who]}@c.us`)

/** Does the steps; after each one nothing of the assistant's may wait or be written where the model says no. */
async function play(way: MessageWay, steps: readonly Step[]): Promise<void> {
  const { storage } = way.test
  const accountId = newAccount(way)
  const model = new Model()
  for (const item of steps) {
    switch (item.do) {
      case 'know': {
        const phone = item.lid ? phones[item.who] : null
        const chat = { chatId: idOf(item.who, item.lid), name: '', phone }
        storage.write('system', (tx) => way.governor.knowChats(tx, accountId, [chat]))
        if (!model.of(item.who).wrote) model.of(item.who).existed = true
        break
      }
      case 'own':
        way.inbox.receive(accountId, way.message('hola', { chatId: idOf(item.who, false), own: true }))
        // In a chat where somebody wrote it takes the conversation over: another matter.
        if (!model.of(item.who).wrote) model.of(item.who).existed = true
        break
      case 'answer': {
        const chat = item.by === 'phone' ? phones[item.who].slice(2) : idOf(item.who, false)
        storage.write('person:1', (tx) => way.governor.setChat(tx, accountId, chat, item.answer))
        model.of(item.who).answer = item.answer
        break
      }
      case 'scope': {
        const testContacts = item.tests.map((one) => phones[one])
        const { scope } = item
        storage.write('person:1', (tx) => way.governor.setRules(tx, accountId, { scope, testContacts }))
        Object.assign(model, { scope, tests: item.tests })
        break
      }
      case 'write': {
        const chatId = idOf(item.who, item.lid)
        const from = { externalId: chatId, name: 'X', isBot: false, phone: phones[item.who] }
        const received = way.inbox.receive(accountId, way.message(item.text, { chatId, from }))
        if (received.status !== 'new') throw new Error('it is stored')
        model.of(item.who).wrote = true
        if (item.text === 'STOP') model.of(item.who).out = true
        if (item.text === 'ALTA') model.of(item.who).out = false
        const { mode, modeReason } = way.conversations.get(received.conversationId)
        const isElsewhere = mode === 'person' || modeReason.startsWith('loop_')
        if (model.mayAnswer(item.who) && !isElsewhere) expect([mode, modeReason]).toEqual(['bot', ''])
        break
      }
      case 'work':
        for (const turn of way.turns.open())
          if (way.conversations.get(turn.conversationId).accountId === accountId)
            await way.runOpenTurn(turn.conversationId)
    }
    for (const one of people) {
      if (model.mayAnswer(one)) continue
      const waits = storage.sql
        .prepare(
          `SELECT count(*) FROM conversations c WHERE c.channel_account_id = ? AND c.chat_id IN (?, ?) AND (
               EXISTS (SELECT 1 FROM turns t WHERE t.conversation_id = c.id AND t.state IN ('pending', 'running'))
               OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.author = 'agent' AND o.state = 'queued'))`,
        )
        .pluck()
        .get(accountId, idOf(one, false), idOf(one, true))
      expect(waits, `${JSON.stringify(item)} and person ${one}`).toBe(0)
    }
  }
}

/** Each run has an account of its own: nothing of another one is known there. */
function newAccount(way: MessageWay): string {
  const id = randomUUID()
  way.test.storage.write('system', (tx) => {
    tx.sql
      .prepare(
        "INSERT INTO channel_accounts (id, kind, name, created_at, updated_at, created_by, updated_by) VALUES (?, 'whatsapp', 'phone', '', '', '', '')",
      )
      .run(id)
  })
  return id
}

const runs = { numRuns: 50 }

describe('whatever happens, in whatever order', () => {
  let way: MessageWay
  beforeEach(() => {
    way = new MessageWay({ kind: 'whatsapp', clock: new ManualClock() })
  })
  afterEach(() => way.close())

  const whatever = () =>
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), (steps) => play(way, steps))

  it('the assistant writes to nobody who must not be answered', async () => {
    await fc.assert(whatever(), runs)
  })

  it.each(['governor.known_before', 'governor.never', 'governor.opt_out'] as const)(
    'it is noticed without %s',
    async (guard) => {
      await withMutant(guard, async () => {
        const { failed } = await fc.check(whatever(), { ...runs, endOnFailure: true })
        expect(failed).toBe(true)
      })
    },
  )
})
