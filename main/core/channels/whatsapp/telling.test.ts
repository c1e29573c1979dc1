import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withMutant } from '../../mutants.ts'
import type { FromProcess } from './protocol.ts'
import { type News, Telling } from './telling.ts'

let said: FromProcess[]
let telling: Telling

beforeEach(() => {
  vi.useFakeTimers()
  said = []
  telling = new Telling((message) => said.push(message))
})

afterEach(() => {
  telling.close()
  vi.useRealTimers()
})

const receipt = (chatId: string, externalId: string): News => ({
  type: 'delivered',
  receipt: { chatId, externalId, at: 0 },
})

function ids(): number[] {
  return said.flatMap((message) => ('id' in message ? [message.id] : []))
}

describe('telling', () => {
  it('says one thing of a chat at a time, and the next when it is stored', () => {
    telling.tell('a', receipt('a', '1'))
    telling.tell('a', receipt('a', '2'))
    telling.tell('b', receipt('b', '1'))
    expect(ids()).toEqual([1, 3])
    telling.stored(1)
    expect(ids()).toEqual([1, 3, 2])
    telling.stored(99)
    expect(ids()).toEqual([1, 3, 2])
  })

  it('says again what is not stored', () => {
    telling.tell('a', receipt('a', '1'))
    vi.advanceTimersByTime(11_000)
    expect(ids()).toEqual([1, 1, 1])
    telling.stored(1)
    vi.advanceTimersByTime(60_000)
    expect(ids()).toEqual([1, 1, 1])
  })

  function tellsBeforeChats(lane = 'a'): boolean {
    telling.holdForChats()
    telling.tell(lane, receipt(lane, '1'))
    return ids().length > 0
  }

  it('says nothing of anybody before the chats of the moment of pairing are stored', async () => {
    expect(tellsBeforeChats()).toBe(false)
    telling.tell('chats', { type: 'chats', chats: [] })
    expect(ids()).toEqual([2])
    telling.stored(2)
    expect(ids()).toEqual([2, 1])
    said = []
    expect(await withMutant('whatsapp.chats_first', () => tellsBeforeChats('b'))).toBe(true)
  })
})
