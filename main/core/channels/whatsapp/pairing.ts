import type { ShopClient } from './client.ts'
import { describeError } from './failure.ts'
import { readKnownChats } from './known-chats.ts'
import type { FromProcess } from './protocol.ts'
import type { Telling } from './telling.ts'

const RETRY_MS = 5000

export interface PairingDeps {
  client: ShopClient
  telling: Telling
  say(message: FromProcess): void
  /** Since when the account is connected, ms since the epoch. */
  connectedAt(): number
  /** The chats of a pairing before this life are still to be told. */
  tellChats: boolean
}

/** From the code on the screen to the chats that were there when the phone scanned it. */
export class Pairing {
  readonly #deps: PairingDeps
  #code: string | null = null
  #paired = false
  #chatsToTell: boolean
  #ended = false

  constructor(deps: PairingDeps) {
    this.#deps = deps
    this.#chatsToTell = deps.tellChats
    if (deps.tellChats) deps.telling.holdForChats()
  }

  showCode(qr: string): void {
    if (qr === this.#code) return
    this.#code = qr
    this.sayCode()
  }

  sayCode(): void {
    if (this.#code !== null) this.#deps.say({ type: 'code', qr: this.#code })
  }

  /** The library is signed in; repeats. True when that was by a code of this life. */
  signedIn(): boolean {
    if (this.#code === null || this.#paired) return false
    this.#paired = true
    this.#chatsToTell = true
    this.#deps.telling.holdForChats()
    this.#deps.say({ type: 'paired' })
    return true
  }

  /** Tells the chats of the moment of pairing, where that is still to be done. */
  async tellChats(): Promise<void> {
    if (!this.#chatsToTell || this.#ended) return
    this.#chatsToTell = false
    const { client, telling, say, connectedAt } = this.#deps
    try {
      telling.tell('chats', { type: 'chats', chats: await readKnownChats(client, connectedAt()) })
    } catch (error) {
      // Until they are known nobody's message is told: a friend's must not look like a customer's.
      this.#chatsToTell = true
      const data = { detail: describeError(error) }
      say({ type: 'log', level: 'warn', event: 'whatsapp.chats_unread', data })
      setTimeout(() => void this.tellChats(), RETRY_MS)
    }
  }

  end(): void {
    this.#ended = true
  }
}
