import { isOff } from '../../mutants.ts'
import type { FromProcess } from './protocol.ts'

type WithNumber = Extract<FromProcess, { type: 'chats' | 'message' | 'edit' | 'removal' | 'delivered' }>
type WithoutNumber<Message> = Message extends unknown ? Omit<Message, 'id'> : never
/** What has to be committed by the app; its number is given here. */
export type News = WithoutNumber<WithNumber>

interface Told {
  id: number
  news: News
  /** When it was last said, ms of a monotonic clock; null when it waits for its turn. */
  saidAt: number | null
}

const REPEAT_MS = 5000

/**
 * Tells the app what happened until it says that it is stored: in order within a chat, and nothing about messages
 * before the chats of the moment of pairing are stored.
 */
export class Telling {
  readonly #say: (message: FromProcess) => void
  readonly #lanes = new Map<string, Told[]>()
  readonly #timer: NodeJS.Timeout
  #lastId = 0
  #held = false

  constructor(say: (message: FromProcess) => void) {
    this.#say = say
    this.#timer = setInterval(() => this.#repeat(), 1000)
  }

  /** Messages wait until the `chats` that are told next are stored. */
  holdForChats(): void {
    this.#held = true
  }

  tell(lane: string, news: News): void {
    this.#lastId += 1
    const told: Told = { id: this.#lastId, news, saidAt: null }
    const waiting = this.#lanes.get(lane)
    if (waiting === undefined) this.#lanes.set(lane, [told])
    else waiting.push(told)
    this.#sayHead(lane)
  }

  stored(id: number): void {
    for (const [lane, [head, ...rest]] of this.#lanes) {
      if (head?.id !== id || head.saidAt === null) continue
      if (rest.length === 0) this.#lanes.delete(lane)
      else this.#lanes.set(lane, rest)
      if (head.news.type === 'chats') this.#release()
      else this.#sayHead(lane)
      return
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#lanes.clear()
  }

  #release(): void {
    this.#held = false
    for (const lane of [...this.#lanes.keys()]) this.#sayHead(lane)
  }

  #sayHead(lane: string): void {
    const head = this.#lanes.get(lane)?.[0]
    if (head === undefined || head.saidAt !== null) return
    if (this.#held && head.news.type !== 'chats' && !isOff('whatsapp.chats_first')) return
    this.#sayNow(head)
  }

  #sayNow(told: Told): void {
    told.saidAt = performance.now()
    this.#say({ ...told.news, id: told.id })
  }

  #repeat(): void {
    const before = performance.now() - REPEAT_MS
    for (const [head] of this.#lanes.values()) {
      if (head !== undefined && head.saidAt !== null && head.saidAt <= before) this.#sayNow(head)
    }
  }
}
