import { afterEach, describe, expect, it } from 'vitest'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'

let way: MessageWay
afterEach(() => way.close())

const voice = { attachments: [{ kind: 'voice' as const, reference: {} }] }

function begin(
  policy: 'ask_to_write' | 'person' = 'ask_to_write',
  settled: () => Promise<void> = async () => undefined,
): void {
  way = new MessageWay({ voiceNotes: { policy: () => policy, settled } })
}

async function hear(text = '', values: object = voice): Promise<string> {
  const { conversationId } = way.receive(text, values)
  await way.runOpenTurn(conversationId)
  return conversationId
}

const mode = (id: string) => {
  const { mode, modeReason } = way.conversations.get(id)
  return [mode, modeReason]
}

describe('voice notes that nobody understands', () => {
  it('reach no engine: the customer is asked to write, and the next one brings a person', async () => {
    begin()
    const id = await hear()
    expect(way.texts(id).at(-1)).toMatch(/escucharlo/)
    expect(mode(id)).toEqual(['bot', ''])
    const called = way.event('handover.requested', ({ reason }) => reason === 'voice_note')
    await hear()
    await called
    expect(mode(id)).toEqual(['person', 'voice_note'])
    expect(way.engine.asked).toEqual([])
    expect(way.value("SELECT count(*) FROM outbox WHERE state = 'queued'")).toBe(2)
  })

  it('are asked for again only after something else was answered', async () => {
    begin()
    const id = await hear()
    await hear('hola', {})
    await hear()
    expect(mode(id)[0]).toBe('bot')
    expect(way.engine.asked).toHaveLength(1)
  })

  it('several of a burst are one', async () => {
    begin()
    const { conversationId: id } = way.receive('', voice)
    way.receive('', voice)
    await way.runOpenTurn(id)
    expect(mode(id)[0]).toBe('bot')
    expect(way.texts(id)).toHaveLength(3)
  })

  it('go to a person at once where the owner says so', async () => {
    begin('person')
    expect(mode(await hear())).toEqual(['person', 'voice_note'])
  })

  it('beside words are for the engine, which knows that one came', async () => {
    begin()
    const { conversationId: id } = way.receive('', voice)
    way.receive('¿tenéis pan?')
    way.engine.answer = () => says('Sí.')
    await way.runOpenTurn(id)
    expect(way.engine.asked[0]?.input.map(({ text, attachments }) => [text, attachments.length])).toEqual([
      ['', 1],
      ['¿tenéis pan?', 0],
    ])
    way.receive('¿y leche?')
    await way.runOpenTurn(id)
    expect(way.engine.asked.at(-1)?.history.map(({ text }) => text)).toEqual([
      '[nota de voz]',
      '¿tenéis pan?',
      'Sí.',
    ])
  })

  it('that are understood meanwhile are words', async () => {
    begin('ask_to_write', async () => {
      way.test.storage.write('system', (tx) =>
        tx.sql.prepare("UPDATE attachments SET understood = '¿tenéis pan?'").run(),
      )
    })
    await hear()
    expect(way.engine.asked[0]?.input[0]?.text).toBe('¿tenéis pan?')
  })

  it('are left alone when a person takes the conversation while they are listened to', async () => {
    begin('ask_to_write', async () =>
      way.conversations.take('person:ana', way.conversations.list({ limit: 1 })[0]?.id ?? ''),
    )
    const { conversationId } = way.receive('', voice)
    await expect(way.runOpenTurn(conversationId)).rejects.toThrow('turn.epoch_changed')
    expect(way.texts(conversationId)).toHaveLength(1)
  })
})
