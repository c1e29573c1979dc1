import { describe, expect, it } from 'vitest'
import type { Message } from '../../../../preload/contract/index.ts'
import { appeared, arrange, dayName, deliveryText, sideOf, visibleTo, writtenOnPhone } from './state.ts'

function message(
  seq: number,
  author: Message['author'],
  sentAt: string,
  more: Partial<Message> = {},
): Message {
  return {
    id: `m${seq}`,
    seq,
    conversationId: 'c',
    author,
    kind: 'text',
    text: 'hola',
    replyToId: null,
    sentAt,
    editedAt: null,
    removedAt: null,
    attachments: [],
    delivery: null,
    deliveryReason: null,
    personId: null,
    understanding: null,
    hasTrace: false,
    ...more,
  }
}

describe('thread', () => {
  it('parts days by the shop’s time zone and joins runs', () => {
    const items = arrange(
      [
        message(1, 'customer', '2026-03-01T21:30:00Z'),
        message(2, 'customer', '2026-03-01T22:59:00Z'),
        message(3, 'customer', '2026-03-01T23:01:00Z'),
        message(4, 'agent', '2026-03-01T23:02:00Z'),
      ],
      'Europe/Madrid',
    )
    expect(items.map((item) => (item.kind === 'day' ? item.day : [item.first, item.last]))).toEqual([
      '2026-03-01',
      [true, false],
      [false, true],
      '2026-03-02',
      [true, true],
      [true, true],
    ])
  })

  it('names today and yesterday', () => {
    const now = Date.parse('2026-03-02T10:00:00Z')
    expect(dayName('2026-03-02', now, 'Europe/Madrid')).toBe('today')
    expect(dayName('2026-03-01', now, 'Europe/Madrid')).toBe('yesterday')
    expect(dayName('2026-02-01', now, 'Europe/Madrid')).toBe('other')
  })

  it('puts the reader’s own side to the right', () => {
    const agent = message(1, 'agent', '2026-03-01T10:00:00Z')
    expect(sideOf(agent, 'owner')).toBe('right')
    expect(sideOf(agent, 'customer')).toBe('left')
  })

  it('hides notes and unsent replies from the customer', () => {
    const shown = visibleTo(
      [
        message(1, 'customer', '2026-03-01T10:00:00Z'),
        message(2, 'person', '2026-03-01T10:00:00Z', { kind: 'note' }),
        message(3, 'agent', '2026-03-01T10:00:00Z', { delivery: 'cancelled' }),
      ],
      'customer',
    )
    expect(shown.map((each) => each.seq)).toEqual([1])
  })

  it('shows the customer what the app sent, but not its notices to the desk', () => {
    const notices = [
      message(1, 'system', '2026-03-01T10:00:00Z', { delivery: null }),
      message(2, 'system', '2026-03-01T10:00:00Z', { delivery: 'sent' }),
    ]
    expect(visibleTo(notices, 'customer').map((each) => each.seq)).toEqual([2])
    expect(notices.map((each) => sideOf(each, 'owner'))).toEqual(['right', 'right'])
  })

  it('announces only what is newer than the last one seen', () => {
    const all = [1, 2, 3].map((seq) => message(seq, 'agent', '2026-03-01T10:00:00Z'))
    expect(appeared(all, null)).toEqual([])
    expect(appeared(all, 2).map((each) => each.seq)).toEqual([3])
  })

  it('knows what was written on the phone', () => {
    const at = '2026-03-01T10:00:00Z'
    expect(writtenOnPhone(message(1, 'person', at))).toBe(true)
    expect(writtenOnPhone(message(1, 'person', at, { delivery: 'queued' }))).toBe(false)
    expect(writtenOnPhone(message(1, 'person', at, { kind: 'note' }))).toBe(false)
    expect(writtenOnPhone(message(1, 'customer', at))).toBe(false)
  })

  it('says what the messenger keeps for later, and why something failed', () => {
    expect(deliveryText('unknown', 'queued_there')).toBe('state.queuedThere')
    expect(deliveryText('unknown', 'killed')).toBe('state.unknown')
    expect(deliveryText('failed', 'blocked')).toBe('state.failures.blocked')
    expect(deliveryText('failed', 'telegram 403 Forbidden: bot was blocked by the user')).toBe(
      'state.failures.blocked',
    )
    expect(deliveryText('failed', 'no_chat')).toBe('state.failures.no_chat')
    expect(deliveryText('failed', 'file_missing')).toBe('state.failures.media_missing')
    expect(deliveryText('failed', 'E42')).toBe('state.failed')
    expect(deliveryText('cancelled', 'old')).toBe('state.waitedTooLong')
    expect(deliveryText('cancelled', 'epoch')).toBe('state.cancelled')
    expect(deliveryText('sent', 'blocked')).toBe('state.sent')
  })
})
